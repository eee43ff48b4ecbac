// `/contributions` and `/contributions/{id}`.
#include <algorithm>
#include <array>
#include <utility>

#include "tileserver/service/consulted.hpp"
#include "tileserver/service/contribution_documents.hpp"
#include "tileserver/service/count_parameter.hpp"
#include "tileserver/service/desk.hpp"
#include "tileserver/service/json_body.hpp"
#include "tileserver/service/page_size.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/staff.hpp"
#include "tileserver/service/submission.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view geojson_type = "application/geo+json";
constexpr std::array<Format, 5> formats = {Format{"json", geojson_type}, Format{"geojson", geojson_type},
                                           Format{"csv", "text/csv"}, Format{"json", "application/json"},
                                           Format{"html", "text/html"}};

std::string dumped(const Document& document) {
  return document.dump(-1, ' ', false, Document::error_handler_t::replace);
}

bool moderates(const std::optional<store::Token>& staff) { return staff && staff->role >= store::Role::moderator; }

std::string address_of(const Exchange& exchange, const std::string& id) {
  return exchange.base_url + "/contributions/" + percent_encoded(id);
}

Problem unknown_contribution(const std::string& id) {
  return {.status = 404,
          .kind = "unknown-contribution",
          .detail = {"Il n'y a pas de contribution publiée sous ce nom.", "No contribution is published by that name."},
          .parameter = "id",
          .value = id};
}

Problem unknown_state(std::string_view asked) {
  return {.status = 400,
          .kind = "unknown-state",
          .detail = {"« state » vaut pending, published ou rejected.", "“state” is pending, published or rejected."},
          .parameter = "state",
          .value = std::string(asked),
          .allowed = {"pending", "published", "rejected"}};
}

/// As if there were none: a state tells what is not published.
Problem hidden_state(std::string_view asked) {
  return {.status = 404,
          .kind = "unknown-contribution",
          .detail = {"Il n'y a de contributions ici que publiées.", "There are none but published contributions here."},
          .parameter = "state",
          .value = std::string(asked),
          .allowed = {"published"}};
}

Answer taken(const Exchange& exchange, const Submission& submission, store::Ledger& ledger) {
  const auto added = ledger.add(submission.remark, submission.key, exchange.snapshot.desk->store->today());
  if (!added.same_request)
    return Unexpected{Problem{.status = 422,
                              .kind = "key-used-before",
                              .detail = {"Cette clé a déjà servi pour une autre contribution : une nouvelle "
                                         "contribution demande une nouvelle clé.",
                                         "This key was used for another contribution: a new contribution needs a new "
                                         "key."},
                              .parameter = "Idempotency-Key"}};
  auto response = public_response(201, "application/json", Body::of(dumped({{"id", added.id}, {"state", "pending"}})));
  response.headers.set("Location", address_of(exchange, added.id));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Planned posted(const Exchange& exchange) {
  const auto kiosk = kiosk_of(exchange);
  if (!kiosk) return Unexpected{kiosk.error()};
  if (const auto wait = exchange.snapshot.desk->gates->wait_to_contribute(exchange.request.connection, *kiosk))
    return Unexpected{too_many_requests(*wait)};
  auto submission = submission_of(exchange);
  if (!submission) return Unexpected{submission.error()};
  return StoreWork([&exchange, submission = *std::move(submission)](store::Ledger& ledger) {
    return taken(exchange, submission, ledger);
  });
}

/// What the query asks for; its state and editions depend on who asks.
struct Listing {
  store::Selection selection;
  std::optional<store::State> state;
  bool csv = false;
  bool page = false;  ///< for people: the summary, which asks for the rest by itself
};

std::optional<std::string> text_parameter(const Query& query, std::string_view name) {
  const auto text = query.find(name);
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

Result<Listing, Problem> listing_of(const Exchange& exchange) {
  const auto& query = exchange.query;
  if (auto fault = query.fault({"edition", "quarter", "theme", "state", "limit", "offset", "f", "lang"}))
    return Unexpected{*std::move(fault)};
  const auto format = negotiated(exchange, formats);
  if (!format) return Unexpected{format.error()};
  const auto limit = count_of(query, "limit", 1, usual_limit);
  if (!limit) return Unexpected{limit.error()};
  const auto offset = count_of(query, "offset", 0, 0);
  if (!offset) return Unexpected{offset.error()};
  Listing listing;
  listing.csv = format->word == "csv";
  listing.page = format->word == "html";
  listing.selection.limit = std::min(*limit, highest_limit);
  listing.selection.offset = std::min<std::uint64_t>(*offset, INT64_MAX);
  listing.selection.quarter = text_parameter(query, "quarter");
  listing.selection.theme = text_parameter(query, "theme");
  if (const auto edition = query.find("edition")) listing.selection.editions = {std::string(*edition)};
  if (const auto state = query.find("state")) {
    listing.state = store::parse_state(*state);
    if (!listing.state) return Unexpected{unknown_state(*state)};
  }
  return listing;
}

std::vector<std::string> edition_ids(const atlas::Atlas& atlas) {
  std::vector<std::string> ids;
  for (const auto& edition : atlas.editions) ids.push_back(edition.id);
  return ids;
}

std::string page_of(const Exchange& exchange, const store::Selection& selection, std::size_t offset) {
  std::string address = exchange.base_url + "/contributions?limit=" + std::to_string(*selection.limit);
  if (offset > 0) address += "&offset=" + std::to_string(offset);
  for (const auto& [name, value] : exchange.query.parameters())
    if (name != "limit" && name != "offset") address += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  return address;
}

Document collection_of(const Exchange& exchange, const atlas::Atlas& atlas, const store::Selection& selection,
                       std::size_t matched, const std::vector<store::Contribution>& contributions,
                       const History* history) {
  Document features = Document::array();
  for (const auto& one : contributions) features.push_back(contribution_feature(atlas, one, history));
  const auto address = [&](std::string_view relation, std::size_t offset) {
    return link(relation, geojson_type, page_of(exchange, selection, offset));
  };
  Document links = Document::array({address("self", selection.offset)});
  if (selection.offset + contributions.size() < matched && !contributions.empty())
    links.push_back(address("next", selection.offset + contributions.size()));
  if (selection.offset > 0)
    links.push_back(address("prev", selection.offset - std::min(selection.offset, *selection.limit)));
  return {{"type", "FeatureCollection"},
          {"numberMatched", matched},
          {"numberReturned", contributions.size()},
          {"retention_days", exchange.atlas.consultation.retention_days},
          {"features", std::move(features)},
          {"links", std::move(links)}};
}

Answer listed(const Exchange& exchange, const Listing& listing, store::Ledger& ledger) {
  const auto staff = reader(exchange, ledger);
  if (!staff) return Unexpected{staff.error()};
  const bool moderator = moderates(*staff);
  auto selection = listing.selection;
  selection.state = listing.state.value_or(store::State::published);
  if (!moderator && *selection.state != store::State::published)
    return Unexpected{hidden_state(store::code_of(*selection.state))};
  const auto& atlas = *staff ? exchange.snapshot.atlas_for_staff() : exchange.atlas;
  if (selection.editions)
    if (const auto edition = edition_named(atlas, selection.editions->front()); !edition)
      return Unexpected{edition.error()};
  if (!selection.editions) selection.editions = edition_ids(atlas);
  const auto contributions = ledger.contributions(selection);
  const auto changes = moderator ? history_of(ledger.changes(selection)) : History();
  const auto* history = moderator ? &changes : nullptr;
  auto text = listing.csv
                  ? contributions_csv(atlas, contributions, history)
                  : dumped(collection_of(exchange, atlas, selection, ledger.count(selection), contributions, history));
  const std::string_view type = listing.csv ? "text/csv; charset=utf-8" : geojson_type;
  auto response =
      *staff ? private_response(200, type, Body::of(std::move(text))) : text_response(exchange, std::move(text), type);
  if (listing.csv) response.headers.set("Content-Disposition", "attachment; filename=\"contributions.csv\"");
  return response;
}

std::optional<store::Contribution> found(store::Ledger& ledger, const std::string& id) {
  auto contributions = ledger.contributions({.id = id});
  return contributions.empty() ? std::nullopt : std::optional(std::move(contributions.front()));
}

/// The feature with its history, for staff.
Answer shown_to_staff(const Exchange& exchange, const store::Contribution& contribution, store::Ledger& ledger) {
  const auto changes = history_of(ledger.changes({.id = contribution.id}));
  return private_response(
      200, geojson_type,
      Body::of(dumped(contribution_feature(exchange.snapshot.atlas_for_staff(), contribution, &changes))));
}

Answer shown(const Exchange& exchange, const std::string& id, store::Ledger& ledger) {
  const auto staff = reader(exchange, ledger);
  if (!staff) return Unexpected{staff.error()};
  const auto contribution = found(ledger, id);
  if (contribution && *staff) return shown_to_staff(exchange, *contribution, ledger);
  const bool open = contribution && contribution->state == store::State::published &&
                    exchange.atlas.edition(contribution->remark.edition) != nullptr;
  if (!open) return Unexpected{unknown_contribution(id)};
  return text_response(exchange, dumped(contribution_feature(exchange.atlas, *contribution, nullptr)), geojson_type);
}

struct Verdict {
  store::State state;
  std::string reason;
};

Result<Verdict, Problem> verdict_of(const Exchange& exchange) {
  const auto body = json_body(exchange, {"state", "reason"});
  if (!body) return Unexpected{body.error()};
  const auto state = text_member(*body, "state");
  if (!state) return Unexpected{state.error()};
  const auto parsed = store::parse_state(state->value_or(""));
  if (!parsed) return Unexpected{unknown_state(state->value_or(""))};
  const auto reason = text_member(*body, "reason");
  if (!reason) return Unexpected{reason.error()};
  auto words = words_of("reason", reason->value_or(""));
  if (!words) return Unexpected{words.error()};
  if (*parsed == store::State::rejected && words->empty())
    return Unexpected{
        wrong_member("reason", {"Un rejet dit pourquoi : « reason ».", "A rejection says why: “reason”."})};
  return Verdict{*parsed, *std::move(words)};
}

Answer judged(const Exchange& exchange, const std::string& id, const Result<Verdict, Problem>& verdict,
              store::Ledger& ledger) {
  const auto staff = writer(exchange, ledger, store::Role::moderator);
  if (!staff) return Unexpected{staff.error()};
  if (!verdict) return Unexpected{verdict.error()};
  auto contribution = found(ledger, id);
  if (!contribution) return Unexpected{unknown_contribution(id)};
  // The same again is a second click, and no change.
  if (contribution->state != verdict->state) {
    contribution->state = verdict->state;
    ledger.change({.contribution = id,
                   .date = exchange.snapshot.desk->store->today(),
                   .state = verdict->state,
                   .reason = verdict->reason,
                   .label = staff->label.empty() ? staff->id : staff->label});
  }
  return shown_to_staff(exchange, *contribution, ledger);
}

}  // namespace

Planned contributions(const Exchange& exchange) {
  if (exchange.request.method == "POST") return posted(exchange);
  auto listing = listing_of(exchange);
  if (!listing) return Unexpected{listing.error()};
  if (listing->page)
    return StoreWork([&exchange](store::Ledger&) { return page(exchange, "summary.html", Embedding::by_this_server); });
  return StoreWork(
      [&exchange, listing = *std::move(listing)](store::Ledger& ledger) { return listed(exchange, listing, ledger); });
}

Planned contribution(const Exchange& exchange, const ContributionRoute& route) {
  if (exchange.request.method == "PATCH")
    // Who may not write learns nothing of what was wrong with it.
    return StoreWork([&exchange, id = route.contribution, verdict = verdict_of(exchange)](store::Ledger& ledger) {
      return judged(exchange, id, verdict, ledger);
    });
  if (auto fault = exchange.query.fault({"f", "lang"})) return Unexpected{*std::move(fault)};
  return StoreWork([&exchange, id = route.contribution](store::Ledger& ledger) { return shown(exchange, id, ledger); });
}

}  // namespace geoprio::service
