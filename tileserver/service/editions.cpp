#include <cmath>

#include "tileserver/service/document.hpp"
#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

template <class Value>
Document value_or_null(const std::optional<Value>& value) {
  return value ? Document(*value) : Document(nullptr);
}

std::string edition_address(const Exchange& exchange, const std::string& id) {
  return exchange.base_url + "/editions/" + percent_encoded(id);
}

Document decisions_of(const std::vector<atlas::DecisionRecord>& decisions) {
  Document list = Document::array();
  for (const auto& decision : decisions)
    list.push_back({{"body", decision.body},
                    {"date", text_or_null(decision.date)},
                    {"outcome", text_or_null(decision.outcome)},
                    {"why", text_or_null(decision.why)},
                    {"quarter", text_or_null(decision.quarter)},
                    {"tier", text_or_null(decision.tier)}});
  return list;
}

Document legend_of(const std::vector<atlas::TierLegend>& tiers) {
  Document list = Document::array();
  for (const auto& tier : tiers)
    list.push_back({{"code", tier.code},
                    {"rank", value_or_null(tier.rank)},
                    {"label", tier.label},
                    {"label_en", text_or_null(tier.label_en)},
                    {"label_falc", text_or_null(tier.label_falc)},
                    {"short", tier.short_name},
                    {"fill", tier.fill},
                    {"pattern", text_or_null(tier.pattern)},
                    {"outline", text_or_null(tier.outline)},
                    {"dash", tier.dash}});
  return list;
}

Document indicators_of(const std::vector<atlas::IndicatorExplanation>& indicators) {
  Document list = Document::array();
  for (const auto& indicator : indicators)
    list.push_back({{"id", indicator.id},
                    {"label", indicator.label},
                    {"value", value_or_null(indicator.value)},
                    {"unit", text_or_null(indicator.unit)},
                    {"reference", value_or_null(indicator.reference)},
                    {"direction", indicator.direction},
                    {"weight", indicator.weight},
                    {"score", value_or_null(indicator.score)},
                    {"source", text_or_null(indicator.source)},
                    {"vintage", text_or_null(indicator.vintage)}});
  return list;
}

Document explanation_of(const std::optional<atlas::Explanation>& explanation) {
  if (!explanation) return nullptr;
  Document axes = Document::array();
  for (const auto& axis : explanation->axes)
    axes.push_back({{"id", axis.id},
                    {"score", value_or_null(axis.score)},
                    {"coverage", axis.coverage},
                    {"indicators", indicators_of(axis.indicators)}});
  return {{"rule", text_or_null(explanation->rule)},
          {"condition", text_or_null(explanation->condition)},
          {"flags", explanation->flags},
          {"axes", axes}};
}

Document edition_summary(const Exchange& exchange, const atlas::EditionRecord& edition) {
  return {{"id", edition.id},
          {"title", edition.title.empty() ? edition.id : edition.title},
          {"stage", edition.stage},
          {"valid_from", text_or_null(edition.valid_from)},
          {"valid_to", text_or_null(edition.valid_to)},
          {"links", Document::array({link("self", "application/json", edition_address(exchange, edition.id))})}};
}

/// Links to what is published of the edition: its collections.
Document edition_links(const Exchange& exchange, const atlas::EditionRecord& edition) {
  Document links = Document::array({link("self", "application/json", edition_address(exchange, edition.id)),
                                    link("collection", "application/json", exchange.base_url + "/editions")});
  for (const auto& layer : exchange.atlas.layers)
    if (layer.edition == edition.id)
      links.push_back(link("item", "application/json", exchange.base_url + "/collections/" + percent_encoded(layer.id),
                           layer.title));
  if (!edition.previous.empty())
    links.push_back(link("predecessor-version", "application/json", edition_address(exchange, edition.previous)));
  return links;
}

Preview edition_preview(const Exchange& exchange, const atlas::EditionRecord& edition) {
  return {.style = exchange.base_url + "/styles/" + percent_encoded(edition.id + ".tiers") + "?f=json"};
}

Problem unknown_quarter(const atlas::EditionRecord& edition, const std::string& asked) {
  std::vector<std::string> codes;
  for (const auto& quarter : edition.quarters) codes.push_back(quarter.code);
  return {.status = 404,
          .kind = "unknown-quarter",
          .detail = {"L'édition « " + edition.id + " » n'a pas de quartier « " + asked + " ».",
                     "The edition “" + edition.id + "” has no quarter “" + asked + "”."},
          .parameter = "quarter",
          .value = asked,
          .suggestion = nearest(asked, codes)};
}

const atlas::QuarterRecord* quarter_coded(const atlas::EditionRecord& edition, std::string_view code) {
  for (const auto& quarter : edition.quarters)
    if (quarter.code == code) return &quarter;
  return nullptr;
}

/// The properties of a quarter's feature, flat as DESIGN's clients read them.
Document properties_of(const Exchange& exchange, const atlas::EditionRecord& edition, const std::string& code) {
  Document document = Document::object();
  const auto number = exchange.atlas.layer_number(edition.id + ".quarters");
  if (!number) return document;
  const auto& layer = exchange.atlas.layers[*number];
  const auto place = layer.features.find(code);
  if (!place) return document;
  for (std::size_t field = 0; field < layer.fields.size(); ++field)
    document[layer.fields[field].name] = value_document(layer.features.value(*place, field));
  return document;
}

/// The quarters around it, with what a map shows of them.
Document neighbours_of(const Exchange& exchange, const atlas::EditionRecord& edition,
                       const atlas::QuarterRecord& record) {
  Document list = Document::array();
  for (const auto& neighbour : record.neighbours) {
    const auto properties = properties_of(exchange, edition, neighbour.code);
    const auto named = [&](const char* name) { return properties.contains(name) ? properties[name] : Document(); };
    list.push_back({{"code", neighbour.code},
                    {"name", named("name")},
                    {"tier", named("tier")},
                    {"border_m", neighbour.border ? Document(std::round(neighbour.border->value() * 10) / 10)
                                                  : Document(nullptr)}});
  }
  return list;
}

Document alternatives_of(const std::vector<atlas::AlternativeRecord>& alternatives) {
  Document list = Document::array();
  for (const auto& one : alternatives)
    // The difference of two decimals, without the noise of doubles.
    list.push_back({{"tier", one.tier},
                    {"kind", one.kind},
                    {"id", one.id},
                    {"from", one.from},
                    {"to", one.to},
                    {"change", std::round((one.to - one.from) * 1e6) / 1e6}});
  return list;
}

}  // namespace

Answer editions(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  Document list = Document::array();
  for (const auto& edition : exchange.atlas.editions) list.push_back(edition_summary(exchange, edition));
  return document_response(
      exchange, {{"editions", list},
                 {"current", text_or_null(exchange.atlas.current_edition)},
                 {"links", Document::array({link("self", "application/json", exchange.base_url + "/editions")})}});
}

Answer edition(const Exchange& exchange, const EditionRoute& route) {
  const auto found = edition_named(exchange.atlas, route.edition);
  if (!found) return Unexpected{found.error()};
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  const auto& edition = **found;
  Document document = edition_summary(exchange, edition);
  document["previous"] = text_or_null(edition.previous);
  document["working_document"] = edition.working_document;
  document["rules"] = edition.tiers.empty() && edition.rules_text.empty()
                          ? Document(nullptr)
                          : Document{{"label", text_or_null(edition.rules_label)}, {"text", edition.rules_text}};
  document["tiers"] = legend_of(edition.tiers);
  document["decisions"] = decisions_of(edition.decisions);
  document["links"] = edition_links(exchange, edition);
  return document_response(exchange, std::move(document), "application/json", edition_preview(exchange, edition));
}

Answer quarter(const Exchange& exchange, const QuarterRoute& route) {
  const auto found = edition_named(exchange.atlas, route.edition);
  if (!found) return Unexpected{found.error()};
  const auto& edition = **found;
  const auto* record = quarter_coded(edition, route.quarter);
  if (record == nullptr) return Unexpected{unknown_quarter(edition, route.quarter)};
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};

  Document document = properties_of(exchange, edition, record->code);
  document["explanation"] = explanation_of(record->explanation);
  document["decisions"] = decisions_of(record->decisions);
  document["neighbours"] = neighbours_of(exchange, edition, *record);
  const auto& range = record->population_range;
  document["population_range"] = range ? Document::array({range->low.value(), range->high.value()}) : Document(nullptr);
  document["alternatives"] = alternatives_of(record->alternatives);
  const std::string self = edition_address(exchange, edition.id) + "/quarters/" + percent_encoded(record->code);
  const std::string item = exchange.base_url + "/collections/" + percent_encoded(edition.id + ".quarters") + "/items/" +
                           percent_encoded(record->code);
  document["links"] = Document::array({link("self", "application/json", self),
                                       link("edition", "application/json", edition_address(exchange, edition.id)),
                                       link("alternate", "application/geo+json", item)});
  return document_response(exchange, std::move(document), "application/json", {.features = item + "?f=json"});
}

}  // namespace geoprio::service
