#include "tileserver/service/layer_schema.hpp"

#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view schema_type = "application/schema+json";

expression::ValueType value_type(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return expression::ValueType::boolean;
    case FieldType::integer:
    case FieldType::real:
      return expression::ValueType::number;
    case FieldType::text:
      break;
  }
  return expression::ValueType::text;
}

std::string_view json_type(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return "boolean";
    case FieldType::integer:
      return "integer";
    case FieldType::real:
      return "number";
    case FieldType::text:
      break;
  }
  return "string";
}

/// OGC 23-058r1, requirements class "returnables and receivables": the formats of geometries.
std::string_view geometry_format(domain::LayerKind kind) {
  if (kind == domain::LayerKind::labels) return "geometry-point";
  if (kind == domain::LayerKind::borders) return "geometry-multilinestring";
  return "geometry-polygon-or-multipolygon";
}

Document schema_document(const domain::Layer& layer, std::string address, bool with_roles) {
  Document properties = Document::object();
  for (const auto& field : layer.fields) {
    Document property{{"title", field.name}, {"type", json_type(field.type)}};
    const bool is_id = field.name == "id";
    if (with_roles && is_id) property["x-ogc-role"] = "id";
    // What is unknown is null in an item; a filter has IS NULL for it, and no type.
    if (with_roles && !is_id) property["type"] = Document::array({json_type(field.type), "null"});
    properties[field.name] = std::move(property);
  }
  Document geometry{{"title", geometry_property}, {"format", geometry_format(layer.kind)}};
  if (with_roles) geometry["x-ogc-role"] = "primary-geometry";
  properties[std::string(geometry_property)] = std::move(geometry);
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"$id", std::move(address)},
          {"title", layer.title.empty() ? layer.id : layer.title},
          {"type", "object"},
          {"properties", properties},
          {"additionalProperties", false}};
}

Answer schema_answer(const Exchange& exchange, const std::string& layer_id, std::string_view word, bool with_roles) {
  const auto number = layer_named(exchange.atlas, layer_id);
  if (!number) return Unexpected{number.error()};
  if (auto fault = fault_of_document(exchange, Strict::yes, schema_type)) return Unexpected{std::move(*fault)};
  auto address = exchange.base_url + "/collections/" + percent_encoded(layer_id) + "/" + std::string(word);
  return document_response(exchange, schema_document(exchange.atlas.layers[*number], std::move(address), with_roles),
                           schema_type);
}

}  // namespace

expression::VariableTypes filter_variables(const domain::Layer& layer) {
  expression::VariableTypes types;
  for (const auto& field : layer.fields) types.emplace(field.name, value_type(field.type));
  types.insert_or_assign(std::string(geometry_property), expression::ValueType::geometry);
  return types;
}

std::vector<std::string> field_names(const domain::Layer& layer) {
  std::vector<std::string> names;
  for (const auto& field : layer.fields) names.push_back(field.name);
  return names;
}

Result<std::size_t, Problem> field_named(const domain::Layer& layer, std::string_view name,
                                         std::string_view parameter) {
  for (std::size_t place = 0; place < layer.fields.size(); ++place)
    if (layer.fields[place].name == name) return place;
  const auto names = field_names(layer);
  return Unexpected{
      Problem{.status = 400,
              .kind = "unknown-property",
              .detail = {"La couche « " + layer.id + " » n'a pas de propriété « " + std::string(name) + " ».",
                         "The layer “" + layer.id + "” has no property “" + std::string(name) + "”."},
              .parameter = std::string(parameter),
              .value = std::string(name),
              .allowed = names,
              .suggestion = nearest(name, names)}};
}

Answer queryables(const Exchange& exchange, const QueryablesRoute& route) {
  return schema_answer(exchange, route.layer, "queryables", false);
}

Answer schema(const Exchange& exchange, const SchemaRoute& route) {
  return schema_answer(exchange, route.layer, "schema", true);
}

}  // namespace geoprio::service
