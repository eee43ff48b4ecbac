#include "tileserver/atlas/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/analysis/label_point.hpp"
#include "geo/core/ascii_case.hpp"
#include "geo/domain/stage.hpp"

namespace geoprio::atlas {
namespace {

AttributeValue text_or_unknown(const std::string& text) {
  return text.empty() ? AttributeValue() : AttributeValue(text);
}
AttributeValue number_or_unknown(const std::optional<double>& number) {
  return number ? AttributeValue(*number) : AttributeValue();
}
AttributeValue rank_or_unknown(const std::optional<int>& rank) {
  return rank ? AttributeValue(static_cast<std::int64_t>(*rank)) : AttributeValue();
}
/// Square metres to the nearest dm²: finer than a hundredth of a unit of the grid along any border.
AttributeValue area_value(SquareMetres area) { return std::round(area.value() * 100) / 100; }
/// People to a tenth: an estimate by shares of cells is not known more finely.
AttributeValue people_value(analysis::People people, bool known) {
  return known ? AttributeValue(std::round(people.value() * 10) / 10) : AttributeValue();
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ";") + part;
  return text;
}

/// The source's fields whose names clash with none of ours, nor with each other, whatever their case.
std::vector<std::size_t> fields_that_follow(const std::vector<Field>& ours, const std::vector<Field>& source) {
  std::vector<std::string> taken;
  for (const auto& field : ours) taken.push_back(ascii_lower(field.name));
  std::vector<std::size_t> kept;
  for (std::size_t index = 0; index < source.size(); ++index) {
    auto name = ascii_lower(source[index].name);
    if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
    taken.push_back(std::move(name));
    kept.push_back(index);
  }
  return kept;
}

void append_source_fields(domain::Layer& layer, const std::vector<Field>& source,
                          const std::vector<std::size_t>& kept) {
  for (const auto index : kept) layer.fields.push_back(source[index]);
}

void append_source_values(domain::Feature& feature, const std::vector<AttributeValue>& values,
                          const std::vector<std::size_t>& kept) {
  for (const auto index : kept) feature.values.push_back(values[index]);
}

/// A layer and, until it is whole, its features.
struct LayerInMaking : domain::Layer {
  domain::Features::Builder made;

  void add(const domain::Feature& feature) {
    made.add(feature);
    if (!feature.bounds) return;
    if (!bounds) bounds = feature.bounds;
    bounds->extend(feature.bounds->low);
    bounds->extend(feature.bounds->high);
  }
  domain::Layer finished() && {
    features = std::move(made).finished();
    return std::move(*this);
  }
};

domain::Feature shaped(std::string id, DegreeShape shape) {
  domain::Feature feature;
  feature.id = std::move(id);
  feature.bounds = bounds_of(shape);
  if (feature.bounds) feature.geometry = std::move(shape);
  return feature;
}

LayerInMaking edition_layer(const RankedEdition& edition, domain::LayerKind kind, const std::string& id,
                            const std::string& title) {
  LayerInMaking layer;
  layer.id = edition.id() + "." + id;
  layer.kind = kind;
  layer.title = fmt::format("{} ({})", title,
                            edition.loaded->settings.title.empty() ? edition.id() : edition.loaded->settings.title);
  layer.edition = edition.id();
  layer.licence = edition.loaded->settings.quarters.source.licence;
  layer.attribution = edition.loaded->settings.quarters.source.attribution;
  return layer;
}

std::string stage_of(const RankedEdition& edition) {
  return std::string(domain::code_of(edition.loaded->settings.stage));
}

/// The score (or coverage) on one axis, unknown for an unranked edition or an axis that its rules do not have.
template <class Member>
AttributeValue on_axis(const RankedEdition& edition, std::size_t quarter, const std::string& axis, Member member) {
  const auto* score = edition.assignments[quarter].axis(axis);
  return score != nullptr ? member(*score) : AttributeValue();
}

std::vector<std::string> axes_of(const RankedEdition& edition) {
  std::vector<std::string> axes{"social", "urban"};
  if (const auto* rules = edition.loaded->rules())
    for (const auto& axis : rules->axes)
      if (std::find(axes.begin(), axes.end(), axis.id) == axes.end()) axes.push_back(axis.id);
  return axes;
}

std::vector<Field> quarter_fields(const std::vector<std::string>& axes) {
  std::vector<Field> fields{{"id", FieldType::text},
                            {"code", FieldType::text},
                            {"name", FieldType::text},
                            {"communes", FieldType::text},
                            {"tier", FieldType::text},
                            {"tier_rank", FieldType::integer},
                            {"tier_computed", FieldType::text},
                            {"tier_adopted", FieldType::text}};
  for (const auto& axis : axes) fields.push_back({"score_" + axis, FieldType::real});
  for (const auto& axis : axes) fields.push_back({"coverage_" + axis, FieldType::real});
  fields.push_back({"status_national", FieldType::text});
  fields.push_back({"population", FieldType::real});
  fields.push_back({"area_m2", FieldType::real});
  fields.push_back({"edition", FieldType::text});
  fields.push_back({"stage", FieldType::text});
  return fields;
}

std::vector<AttributeValue> tier_values(const RankedEdition& edition, std::size_t quarter) {
  if (!edition.ranked()) return std::vector<AttributeValue>(4);
  const auto& assignment = edition.assignments[quarter];
  const auto place = edition.tiers.place_of_quarter(static_cast<std::uint32_t>(quarter));
  return {text_or_unknown(assignment.tier().value_or("")), rank_or_unknown(edition.tiers.tiers()[place].rank),
          text_or_unknown(assignment.tier_computed.value_or("")),
          text_or_unknown(assignment.tier_adopted.value_or(""))};
}

const std::vector<Field> tier_fields{{"id", FieldType::text},
                                     {"tier", FieldType::text},
                                     {"tier_rank", FieldType::integer},
                                     {"label", FieldType::text},
                                     {"quarter_count", FieldType::integer},
                                     {"population", FieldType::real},
                                     {"area_m2", FieldType::real},
                                     {"edition", FieldType::text},
                                     {"stage", FieldType::text}};

std::vector<AttributeValue> tier_row(const RankedEdition& edition, const std::string& id, const TierLegend& tier,
                                     std::int64_t quarter_count, const Sums& sums, bool people) {
  return {id,
          tier.code,
          rank_or_unknown(tier.rank),
          text_or_unknown(tier.label),
          quarter_count,
          people_value(sums.people, people),
          area_value(sums.area),
          edition.id(),
          stage_of(edition)};
}

std::int64_t quarters_in(const RankedEdition& edition, std::uint32_t tier, const std::string& commune) {
  std::int64_t count = 0;
  for (std::uint32_t quarter = 0; quarter < edition.loaded->quarters.size(); ++quarter) {
    const auto& communes = edition.communes[quarter];
    const bool there = commune.empty() || std::find(communes.begin(), communes.end(), commune) != communes.end();
    if (there && edition.tiers.place_of_quarter(quarter) == tier) ++count;
  }
  return count;
}

}  // namespace

std::optional<DegreeBox> bounds_of(const DegreeShape& shape) {
  std::optional<DegreeBox> box;
  for (const auto& polygon : shape.polygons)
    for (const auto point : polygon.shell.points) {
      if (!box) box = DegreeBox::around(point);
      box->extend(point);
    }
  return box;
}

std::string band_id(const std::string& edition, const std::string& tier, Metres metres) {
  return fmt::format("{}.band_{}_{}m", edition, tier, metres.value());
}

domain::Layer quarters_layer(const RankedEdition& edition, const std::vector<Sums>& sums, bool people) {
  auto layer = edition_layer(edition, domain::LayerKind::quarters, "quarters", "Quartiers");
  const auto axes = axes_of(edition);
  layer.fields = quarter_fields(axes);
  const auto kept = fields_that_follow(layer.fields, edition.loaded->fields);
  append_source_fields(layer, edition.loaded->fields, kept);
  for (std::size_t index = 0; index < edition.loaded->quarters.size(); ++index) {
    const auto& loaded = edition.loaded->quarters[index];
    const auto& quarter = loaded.perimeter;
    auto feature = shaped(quarter.code, quarter.shape);
    feature.values = {quarter.code, quarter.code, text_or_unknown(quarter.name),
                      text_or_unknown(joined(edition.communes[index]))};
    for (auto& value : tier_values(edition, index)) feature.values.push_back(std::move(value));
    for (const auto& axis : axes)
      feature.values.push_back(
          on_axis(edition, index, axis, [](const auto& score) { return number_or_unknown(score.score); }));
    for (const auto& axis : axes)
      feature.values.push_back(
          on_axis(edition, index, axis, [](const auto& score) { return AttributeValue(score.coverage); }));
    feature.values.push_back(text_or_unknown(loaded.status_national.value_or("")));
    feature.values.push_back(people_value(sums[index].people, people));
    feature.values.push_back(area_value(sums[index].area));
    feature.values.emplace_back(edition.id());
    feature.values.emplace_back(stage_of(edition));
    append_source_values(feature, quarter.values, kept);
    layer.add(feature);
  }
  return std::move(layer).finished();
}

domain::Layer tiers_layer(const RankedEdition& edition, const std::vector<Sums>& sums, std::vector<DegreeShape> shapes,
                          bool people) {
  auto layer = edition_layer(edition, domain::LayerKind::tiers, "tiers", "Niveaux de priorité");
  layer.fields = tier_fields;
  for (std::uint32_t place = 0; place < edition.tiers.tiers().size(); ++place) {
    const auto& tier = edition.tiers.tiers()[place];
    auto feature = shaped(tier.code, std::move(shapes[place]));
    feature.values = tier_row(edition, tier.code, tier, quarters_in(edition, place, ""), sums[place], people);
    layer.add(feature);
  }
  return std::move(layer).finished();
}

domain::Layer tiers_by_commune_layer(const RankedEdition& edition, const std::vector<TierInCommune>& pairs,
                                     const std::vector<CommuneFacts>& communes, const std::vector<Sums>& sums,
                                     std::vector<DegreeShape> shapes, bool people) {
  auto layer = edition_layer(edition, domain::LayerKind::tiers_by_commune, "tiers_by_commune",
                             "Niveaux de priorité par commune");
  layer.fields = tier_fields;
  layer.fields.push_back({"commune", FieldType::text});
  layer.fields.push_back({"commune_name", FieldType::text});
  layer.fields.push_back({"share", FieldType::real});
  for (std::size_t index = 0; index < pairs.size(); ++index) {
    const auto& tier = edition.tiers.tiers()[pairs[index].tier];
    const auto& commune = communes[pairs[index].commune];
    auto feature = shaped(tier.code + "." + commune.code, std::move(shapes[index]));
    feature.values =
        tier_row(edition, feature.id, tier, quarters_in(edition, pairs[index].tier, commune.code), sums[index], people);
    feature.values.emplace_back(commune.code);
    feature.values.push_back(text_or_unknown(commune.name));
    feature.values.push_back(commune.area > SquareMetres(0) ? AttributeValue(sums[index].area / commune.area)
                                                            : AttributeValue());
    layer.add(feature);
  }
  return std::move(layer).finished();
}

domain::Layer band_layer(const RankedEdition& edition, const std::string& tier, Metres metres, Sums sums,
                         DegreeShape shape, bool people) {
  auto layer = edition_layer(edition, domain::LayerKind::band, "band",
                             fmt::format("Bande de {} m autour de {}", metres.value(), tier));
  layer.id = band_id(edition.id(), tier, metres);
  layer.fields = {{"id", FieldType::text},         {"tier", FieldType::text},    {"metres", FieldType::real},
                  {"population", FieldType::real}, {"area_m2", FieldType::real}, {"edition", FieldType::text}};
  auto feature = shaped(fmt::format("{}.{}", tier, metres.value()), std::move(shape));
  feature.values = {feature.id,  tier, metres.value(), people_value(sums.people, people), area_value(sums.area),
                    edition.id()};
  layer.add(feature);
  return std::move(layer).finished();
}

domain::Layer borders_layer(const RankedEdition& edition, const std::vector<std::string>& sides,
                            std::vector<TierBorder> borders) {
  auto layer = edition_layer(edition, domain::LayerKind::borders, "borders", "Limites entre niveaux de priorité");
  layer.fields = {
      {"id", FieldType::text}, {"left", FieldType::text}, {"right", FieldType::text}, {"edition", FieldType::text}};
  for (auto& border : borders) {
    domain::Feature feature;
    feature.id = sides[border.left] + "." + sides[border.right];
    feature.values = {feature.id, sides[border.left], sides[border.right], edition.id()};
    for (const auto& line : border.lines.lines)
      for (const auto point : line) {
        if (!feature.bounds) feature.bounds = DegreeBox::around(point);
        feature.bounds->extend(point);
      }
    feature.geometry = std::move(border.lines);
    layer.add(feature);
  }
  return std::move(layer).finished();
}

domain::Layer labels_layer(const RankedEdition& edition) {
  auto layer = edition_layer(edition, domain::LayerKind::labels, "labels", "Noms des quartiers");
  layer.fields = {{"id", FieldType::text},
                  {"code", FieldType::text},
                  {"name", FieldType::text},
                  {"tier", FieldType::text},
                  {"edition", FieldType::text}};
  for (std::size_t index = 0; index < edition.loaded->quarters.size(); ++index) {
    const auto& quarter = edition.loaded->quarters[index].perimeter;
    const auto place = analysis::label_point(quarter.shape);
    domain::Feature feature;
    feature.id = quarter.code;
    if (place) {
      feature.geometry = *place;
      feature.bounds = DegreeBox::around(*place);
    }
    feature.values = {quarter.code, quarter.code, text_or_unknown(quarter.name), tier_values(edition, index)[0],
                      edition.id()};
    layer.add(feature);
  }
  return std::move(layer).finished();
}

domain::Layer context_layer(const loading::LoadedSet& set) {
  LayerInMaking layer;
  layer.id = set.settings.id;
  layer.kind = domain::LayerKind::context;
  layer.title = set.settings.source.title.empty() ? layer.id : set.settings.source.title;
  layer.licence = set.settings.source.licence;
  layer.attribution = set.settings.source.attribution;
  layer.fields = {{"id", FieldType::text}, {"code", FieldType::text}, {"name", FieldType::text}};
  const auto kept = fields_that_follow(layer.fields, set.fields);
  append_source_fields(layer, set.fields, kept);
  for (const auto& perimeter : set.perimeters) {
    const auto id = perimeter.code.empty() ? std::to_string(perimeter.row) : perimeter.code;
    auto feature = shaped(id, perimeter.shape);
    feature.values = {id, text_or_unknown(perimeter.code), text_or_unknown(perimeter.name)};
    append_source_values(feature, perimeter.values, kept);
    layer.add(feature);
  }
  return std::move(layer).finished();
}

}  // namespace geoprio::atlas
