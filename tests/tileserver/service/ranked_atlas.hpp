// A small public atlas for tests of what is drawn: one ranked edition, one without rules, two communes.
#pragma once

#include <string>
#include <vector>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::testing {

inline DegreeShape square(std::int32_t west, std::int32_t south, std::int32_t side) {
  return {{{{{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}}}, {}}}};
}

inline domain::Layer layer_of(std::string id, domain::LayerKind kind, std::vector<Field> fields,
                              const std::vector<domain::Feature>& features) {
  domain::Layer layer;
  layer.id = std::move(id);
  layer.kind = kind;
  layer.fields = std::move(fields);
  layer.features = features;
  return layer;
}

/// Edition 2014 has four tiers (solid, diagonal, dots with a dash, one without a fill); edition 2007 has no rules.
inline atlas::Atlas ranked_atlas() {
  atlas::Atlas made;
  made.title = "Atlas d'essai";
  atlas::EditionRecord unranked;
  unranked.id = "2007";
  atlas::EditionRecord edition;
  edition.id = "2014";
  edition.title = "Préparation 2014";
  edition.stage = "consultation";
  edition.tiers = {{"priority_1", "P1", "Priorité 1", "#5E1A3A", "solid", "#1A1A1A", 1, {}, "Priority 1", ""},
                   {"social_development", "DS", "Développement social", "#D55E00", "diagonal", "#1A1A1A", 2, {}},
                   {"watch", "V", "Veille", "#56B4E9", "dots", "#1F4E79", 3, {6, 3}},
                   {"outside", "", "Hors géographie", "", "", "", std::nullopt, {}}};
  made.editions = {unranked, edition};
  made.default_edition = made.current_edition = "2014";

  const Field code{"code", FieldType::text};
  const Field name{"name", FieldType::text};
  const Field communes{"communes", FieldType::text};
  const auto west = 43000000;
  const auto south = 454000000;
  auto quarters = layer_of("2014.quarters", domain::LayerKind::quarters, {code, communes},
                           {{"q1", {std::string("q1"), std::string("42218;42005")}, square(west, south, 100000), {}}});
  quarters.bounds = DegreeBox{{west, south}, {west + 100000, south + 100000}};
  made.layers = {
      layer_of("communes", domain::LayerKind::context, {code, name},
               {{"42218", {std::string("42218"), std::string("Saint-Étienne")}, square(west, south, 400000), {}},
                {"69123", {std::string("69123"), std::string("Lyon")}, square(2 * west, south, 400000), {}}}),
      std::move(quarters), layer_of("2014.tiers", domain::LayerKind::tiers, {}, {}),
      layer_of("2014.labels", domain::LayerKind::labels, {}, {})};
  return made;
}

}  // namespace geoprio::testing
