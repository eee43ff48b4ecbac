#include "tileserver/service/item_filter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/filter_geometry.hpp"
#include "tileserver/service/json_filter.hpp"
#include "tileserver/service/layer_schema.hpp"

namespace geoprio::service {
namespace {

using expression::Expression;

Problem broken_filter(std::string_view parameter, std::string_view text, const expression::ParseFailure& failure) {
  const auto place = std::to_string(failure.position);
  return {.status = 400,
          .kind = "broken-filter",
          .detail = {"À l'octet " + place + " : " + failure.message.french + ".",
                     "At byte " + place + ": " + failure.message.english + "."},
          .parameter = std::string(parameter),
          .value = std::string(text)};
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

Problem too_long(std::size_t characters) {
  const auto now = std::to_string(characters);
  const auto most = std::to_string(longest_filter);
  return {.status = 400,
          .kind = "long-filter",
          .detail = {"Ce filtre a " + now + " caractères ; " + most +
                         " au plus. Demandez par parties : plusieurs filtres plus courts, ou une bbox.",
                     "This filter has " + now + " characters; " + most +
                         " at most. Ask by parts: several shorter filters, or a bbox."},
          .parameter = "filter"};
}

Problem too_costly(std::string_view parameter, std::string_view text, std::size_t steps, std::size_t features) {
  const auto now = std::to_string(steps);
  const auto most = std::to_string(most_filter_steps / std::max<std::size_t>(features, 1));
  return {
      .status = 400,
      .kind = "costly-filter",
      .detail = {"Ce filtre prendrait " + now + " étapes par objet ; " + most + " sont la limite pour cette couche.",
                 "This filter would take " + now + " steps an item; " + most + " are the limit for this layer."},
      .parameter = std::string(parameter),
      .value = std::string(text)};
}

Problem not_a_value(const Field& field, std::string_view text) {
  const bool truth = field.type == FieldType::boolean;
  return {.status = 400,
          .kind = "broken-value",
          .detail =
              truth ? Text{"« " + field.name + " » attend true ou false.", "“" + field.name + "” takes true or false."}
                    : Text{"« " + field.name + " » attend un nombre.", "“" + field.name + "” takes a number."},
          .parameter = field.name,
          .value = std::string(text),
          .allowed = truth ? std::vector<std::string>{"true", "false"} : std::vector<std::string>{}};
}

/// What a query's text means for a field; nothing when it means nothing.
std::optional<expression::Value> value_of(const Field& field, std::string_view text) {
  if (field.type == FieldType::text) return expression::Value(std::string(text));
  if (field.type == FieldType::boolean) {
    if (text != "true" && text != "false") return std::nullopt;
    return expression::Value(text == "true");
  }
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return expression::Value(number);
}

/// What one feature says to a condition.
class FeatureVariables final : public expression::Variables {
 public:
  FeatureVariables(const domain::Layer& layer, std::size_t place, std::span<const expression::Variable> names,
                   std::span<const std::optional<std::size_t>> fields,
                   std::span<const geometry::ComparedGeometry> geometries)
      : features_(layer.features), place_(place), names_(names), geometries_(geometries) {
    // A geometry is not a value; a filter can ask whether it is there.
    const auto there = [&] { return features_.bounds(place_) ? AttributeValue(true) : AttributeValue(); };
    for (const auto& field : fields) values_.push_back(field ? features_.value(place_, *field) : there());
  }

  [[nodiscard]] const AttributeValue* find(std::string_view name) const override {
    for (std::size_t number = 0; number < names_.size(); ++number)
      if (names_[number].name == name) return &values_[number];
    return nullptr;
  }

  [[nodiscard]] expression::Truth related(expression::SpatialRelation relation, const expression::SpatialOperand& one,
                                          const expression::SpatialOperand& other) const override {
    const auto wanted = geos_relation(relation);
    if (one.literal && other.literal)
      return expression::truth_of(geometries_[*other.literal].holds(geometries_[*one.literal], wanted));
    const auto bounds = features_.bounds(place_);
    if (!bounds) return expression::Truth::unknown;
    if (other.literal) return compared(geometries_[*other.literal], *bounds, wanted);
    if (one.literal) return compared(geometries_[*one.literal], *bounds, geometry::turned(wanted));
    // A layer has one geometry: it is compared with itself.
    return expression::truth_of(wanted == Relation::intersects || wanted == Relation::equals ||
                                wanted == Relation::within || wanted == Relation::contains);
  }

 private:
  using Relation = geometry::Relation;

  [[nodiscard]] expression::Truth compared(const geometry::ComparedGeometry& literal, const DegreeBox& bounds,
                                           Relation relation) const {
    if (!literal.bounds() || !literal.bounds()->intersects(bounds))
      return expression::truth_of(relation == Relation::disjoint);
    return expression::truth_of(literal.holds(features_.geometry(place_), relation));
  }

  const domain::Features& features_;
  std::size_t place_;
  std::span<const expression::Variable> names_;
  std::span<const geometry::ComparedGeometry> geometries_;
  std::vector<AttributeValue> values_;
};

constexpr std::string_view text_language = "cql2-text";
constexpr std::string_view json_language = "cql2-json";

/// GEOS knows how a collection lies to others only as far as they meet or not.
bool asks_too_much_of_collections(const Expression& expression) {
  const auto nodes = expression.nodes();
  return std::any_of(nodes.begin(), nodes.end(), [&](const expression::Node& node) {
    using expression::SpatialRelation;
    if (node.operation != expression::Operation::spatial || node.relation == SpatialRelation::intersects ||
        node.relation == SpatialRelation::disjoint)
      return false;
    return std::any_of(node.operands.begin(), node.operands.end(), [&](std::size_t number) {
      const auto& operand = nodes[number];
      return operand.operation == expression::Operation::geometry &&
             expression.geometries()[operand.geometry].geometry.kind == GeometryKind::collection;
    });
  });
}

Problem collection_refused(std::string_view text) {
  return {.status = 400,
          .kind = "broken-geometry",
          .detail = {"Une collection de géométries ne se compare que par S_INTERSECTS et S_DISJOINT.",
                     "A collection of geometries is compared by S_INTERSECTS and S_DISJOINT alone."},
          .parameter = "filter",
          .value = std::string(text)};
}

Result<std::string_view, Problem> filter_language(const Query& query) {
  const auto language = query.find("filter-lang").value_or(text_language);
  if (language == text_language || language == json_language) return language;
  return Unexpected{
      Problem{.status = 400,
              .kind = "unknown-filter-language",
              .detail = {"Ce langage de filtre n'est pas proposé ici.", "This filter language is not offered here."},
              .parameter = "filter-lang",
              .value = std::string(language),
              .allowed = {std::string(text_language), std::string(json_language)}}};
}

}  // namespace

std::span<const std::string_view> item_parameters() {
  static constexpr std::array<std::string_view, 13> names = {
      "f",        "lang",   "limit",       "offset",     "bbox",       "bbox-crs", "crs",
      "datetime", "filter", "filter-lang", "filter-crs", "properties", "sortby"};
  return names;
}

std::optional<Problem> ItemFilter::add(Expression expression, std::string_view parameter, std::string_view text,
                                       const projection::OfferedCrs& crs) {
  Condition condition{std::move(expression), {}, {}};
  const auto types = filter_variables(*layer_);
  for (const auto& variable : condition.expression.variables()) {
    if (variable.name == geometry_property) {
      condition.fields.emplace_back();
      continue;
    }
    const auto field = field_named(*layer_, variable.name, parameter);
    if (!field) return field.error();
    condition.fields.emplace_back(*field);
  }
  if (const auto failure = condition.expression.type_problem(types)) return broken_filter(parameter, text, *failure);
  if (asks_too_much_of_collections(condition.expression)) return collection_refused(text);
  const auto steps = condition.expression.cost();
  if (steps * layer_->features.size() > most_filter_steps)
    return too_costly(parameter, text, steps, layer_->features.size());
  for (const auto& literal : condition.expression.geometries()) {
    auto compared = filter_geometry(literal, crs);
    if (!compared) return compared.error();
    condition.geometries.push_back(*std::move(compared));
  }
  conditions_.push_back(std::move(condition));
  return std::nullopt;
}

Result<ItemFilter, Problem> ItemFilter::parse(const Exchange& exchange, const domain::Layer& layer) {
  ItemFilter filter(layer);
  const auto reserved = item_parameters();
  std::vector<std::pair<std::string, expression::Value>> equalities;
  for (const auto& [name, text] : exchange.query.parameters()) {
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) continue;
    const auto field = field_named(layer, name, name);
    if (!field) return Unexpected{field.error()};
    auto value = value_of(layer.fields[*field], text);
    if (!value) return Unexpected{not_a_value(layer.fields[*field], text)};
    equalities.emplace_back(name, *std::move(value));
  }
  if (!equalities.empty())
    if (auto fault = filter.add(Expression::of_equalities(equalities), equalities.front().first, "",
                                exchange.snapshot.crs.front()))
      return Unexpected{std::move(*fault)};

  const auto crs = crs_parameter(exchange, "filter-crs");
  if (!crs) return Unexpected{crs.error()};
  const auto language = filter_language(exchange.query);
  if (!language) return Unexpected{language.error()};
  if (const auto text = exchange.query.find("filter")) {
    if (const auto length = characters_in(*text); length > longest_filter) return Unexpected{too_long(length)};
    auto expression = *language == json_language ? json_filter(*text) : Expression::parse(*text);
    if (!expression) return Unexpected{broken_filter("filter", *text, expression.error())};
    if (auto fault = filter.add(*std::move(expression), "filter", *text, **crs)) return Unexpected{std::move(*fault)};
  }
  return filter;
}

bool ItemFilter::selects(std::size_t place) const {
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
    const FeatureVariables variables(*layer_, place, condition.expression.variables(), condition.fields,
                                     condition.geometries);
    return condition.expression.evaluate(variables) == expression::Truth::yes;
  });
}

}  // namespace geoprio::service
