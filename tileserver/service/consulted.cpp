#include "tileserver/service/consulted.hpp"

#include <exception>
#include <optional>
#include <utility>
#include <variant>

#include "tileserver/service/desk.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/staff.hpp"
#include "tileserver/service/submission.hpp"
#include "tileserver/store/fault.hpp"

namespace geoprio::service {
namespace {

/// One request on its way through the store.
struct Consulting {
  std::shared_ptr<const Snapshot> snapshot;
  Exchange exchange;  ///< borrows the snapshot and the request
  StoreRoute route;
  Language language;
  Reply reply;
  StoreWork work{};
  std::optional<Answer> answer{};

  [[nodiscard]] bool asks_for_session() const {
    const auto& method = exchange.request.method;
    return std::holds_alternative<SessionRoute>(route) && (method == "GET" || method == "HEAD");
  }
  void send(Answer made) const {
    auto response = made ? std::move(*made) : problem_response(made.error(), language);
    response.route = template_of(route);
    reply(std::move(response));
  }
};

Problem no_store() {
  return {.status = 404,
          .kind = "no-consultation",
          .detail = {"Cet atlas ne recueille pas de contributions.", "This atlas takes no contributions."}};
}

struct Plans {
  const Exchange& exchange;
  Planned operator()(const ContributionsRoute&) const { return contributions(exchange); }
  Planned operator()(const ContributionRoute& route) const { return contribution(exchange, route); }
  Planned operator()(const SessionRoute&) const { return session(exchange); }
};

void finish(const Consulting& consulting, const std::exception_ptr& thrown) {
  if (!thrown) return consulting.send(*consulting.answer);
  if (consulting.asks_for_session()) return consulting.send(no_session());
  if (const auto fault = store::fault_of(thrown)) return consulting.send(Unexpected{problem_of(*fault)});
  consulting.reply(Unexpected{thrown});
}

void consult(const std::shared_ptr<Consulting>& consulting) {
  const auto& desk = consulting->snapshot->desk;
  if (!desk) return consulting->send(consulting->asks_for_session() ? Answer(no_session()) : Unexpected{no_store()});
  auto plan = std::visit(Plans{consulting->exchange}, consulting->route);
  if (!plan) return consulting->send(Unexpected{plan.error()});
  consulting->work = *std::move(plan);
  desk->store->submit([consulting](store::Ledger& ledger) { consulting->answer = consulting->work(ledger); },
                      [consulting](const std::exception_ptr& thrown) { finish(*consulting, thrown); });
}

}  // namespace

Problem problem_of(store::Fault fault) {
  switch (fault) {
    case store::Fault::full:
      return {.status = 507,
              .kind = "store-full",
              .detail = {"Il n'y a plus de place pour enregistrer la contribution ; rien n'est perdu de celles qui le "
                         "sont déjà. Réessayez plus tard.",
                         "There is no room left to store the contribution; none that is stored already is lost. Try "
                         "again later."},
              .retry_after_s = 60};
    case store::Fault::held_elsewhere:
      return {.status = 503,
              .kind = "store-held-elsewhere",
              .detail = {"Un autre serveur tient le magasin des contributions, ou son dossier refuse l'écriture : "
                         "celui-ci le lit seulement.",
                         "Another server holds the store of contributions, or its folder cannot be written to: this "
                         "one only reads it."},
              .retry_after_s = 10};
    case store::Fault::unavailable:
      break;
  }
  return {.status = 503,
          .kind = "store-unavailable",
          .detail = {"Le magasin des contributions ne répond pas ; réessayez dans un instant.",
                     "The store of contributions does not answer; try again in a moment."},
          .retry_after_s = 5};
}

std::optional<Problem> fault_of_header(const Exchange& exchange, const StoreRoute& route) {
  if (!exchange.snapshot.desk) return no_store();
  if (std::holds_alternative<ContributionRoute>(route)) return fault_of_writer(exchange);
  if (std::holds_alternative<SessionRoute>(route)) return fault_of_origin(exchange, /*must_have_one=*/false);
  const auto key = key_of(exchange);
  return key ? std::nullopt : std::optional(key.error());
}

std::function<void()> consulted_later(const Request& request, const std::shared_ptr<const Snapshot>& snapshot,
                                      const StoreRoute& route, std::string_view query, Reply reply) {
  auto exchange = exchange_of(request, *snapshot, query);
  const auto language = preferred_language(request.headers);
  if (!exchange)
    return [problem = exchange.error(), language, route, reply = std::move(reply)] {
      auto response = problem_response(problem, language);
      response.route = template_of(route);
      reply(std::move(response));
    };
  auto consulting =
      std::make_shared<Consulting>(Consulting{snapshot, *std::move(exchange), route, language, std::move(reply)});
  return [consulting = std::move(consulting)] {
    try {
      consult(consulting);
    } catch (...) {
      consulting->reply(Unexpected{std::current_exception()});
    }
  };
}

}  // namespace geoprio::service
