#include "geo/loading/perimeter_reader.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/domain/codes.hpp"
#include "geo/loading/field_places.hpp"
#include "geo/loading/load_error.hpp"
#include "geo/loading/source_rows.hpp"
#include "geo/projection/metric_crs.hpp"

namespace geoprio::loading {
namespace {

constexpr std::size_t progress_step = 256;

BilingualText no_crs(const std::string& file) {
  return {"la source ne déclare pas de système de coordonnées (" + file + ")",
          "the source declares no coordinate reference system (" + file + ")"};
}
const BilingualText write_crs{
    "Ajoutez le système de coordonnées à côté de data dans atlas.toml, par exemple crs = \"EPSG:2154\" (Lambert-93) ou "
    "crs = \"EPSG:4326\" (degrés WGS 84).",
    "Add the system beside data in atlas.toml, for example crs = \"EPSG:2154\" (Lambert-93) or crs = \"EPSG:4326\" "
    "(WGS 84 "
    "degrees)."};

std::size_t point_count(const SourceShape& shape) {
  std::size_t count = 0;
  for (const auto& polygon : shape.polygons) {
    count += polygon.shell.points.size();
    for (const auto& hole : polygon.holes) count += hole.points.size();
  }
  return count;
}

std::string feature_name(std::int64_t row, const std::string& code) {
  return std::to_string(row) + (code.empty() ? "" : " (" + code + ")");
}

}  // namespace

std::string code_text(const AttributeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return std::string(domain::trimmed(*text));
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value);
      real != nullptr && std::abs(*real) < 1e15 && *real == std::trunc(*real))
    return std::to_string(static_cast<std::int64_t>(*real));
  return {};
}

PerimeterReader::PerimeterReader(const AtlasFile& file, const SourceSettings& settings, std::string set,
                                 const LoadOptions& options, LoadReport& report)
    : options_(options),
      report_(report),
      set_(std::move(set)),
      location_(file.location_of(settings.data)),
      source_(ogr::Source::open({location_, settings.layer, settings.encoding})) {
  record_.set = set_;
  record_.file = printed_source(settings.data, location_, source_);
  record_.layer = source_.layer();
  std::string definition = settings.crs;
  if (definition.empty() && source_.crs()) definition = source_.crs()->definition;
  if (definition.empty()) {
    refuse("*", no_crs(record_.file), write_crs);
    return;
  }
  geographic_ = settings.crs.empty() ? source_.crs()->geographic : !projection::MetricCrs::make(definition).has_value();
  try {
    to_degrees_.push_back(projection::Reprojector::make(definition, projection::degrees_crs));
  } catch (const projection::CrsError& error) {
    throw LoadError(record_.file + ": " + error.what() + " " + in(options_.language, write_crs));
  }
}

std::optional<std::size_t> PerimeterReader::field(const std::string& name) const { return field_place(fields(), name); }

std::size_t PerimeterReader::required_field(const std::string& name) const {
  return required_field_place(fields(), name, record_.file, options_.language);
}

void PerimeterReader::refuse(const std::string& feature, const BilingualText& reason, const BilingualText& remedy) {
  ++record_.refused;
  report_.refusals.push_back({record_.file, feature, in(options_.language, reason), in(options_.language, remedy)});
}

void PerimeterReader::warn(const BilingualText& text) {
  report_.warnings.push_back(record_.file + ": " + in(options_.language, text));
}

void PerimeterReader::read(std::optional<std::size_t> code_field, const std::function<bool(PerimeterRow&&)>& take,
                           const std::function<void(const PerimeterRow&)>& again) {
  total_ = source_.feature_count().value_or(0);
  constexpr std::size_t many_points = 50'000;  // some 5 MB
  const RowTaker taker{code_field, take, again};
  std::vector<ogr::SourceFeature> features;
  std::size_t points = 0;
  record_.snapshot = read_rows(source_, location_, [&](ogr::SourceFeature&& feature) {
    points += 1 + (feature.geometry ? point_count(*feature.geometry) : 0);
    features.push_back(std::move(feature));
    if (points < many_points) return;
    take_rows(features, points, taker);
    features.clear();
    points = 0;
  });
  take_rows(features, points, taker);
  report_source();
}

std::vector<PerimeterOutcome> PerimeterReader::outcomes_of(std::span<const ogr::SourceFeature> features,
                                                           std::size_t points) {
  // What a thread and a reprojector of its own cost, in points.
  constexpr std::size_t points_worth_a_thread = 5'000;
  const auto threads = std::clamp<std::size_t>(points / points_worth_a_thread, 1, core_count());
  while (to_degrees_.size() < threads) to_degrees_.push_back(to_degrees_.front().clone());
  std::vector<std::optional<PerimeterOutcome>> found(features.size());
  std::atomic<std::size_t> next{0};
  in_parallel(threads, [&](std::size_t thread) {
    for (auto number = next++; number < features.size(); number = next++)
      found[number] = perimeter_of(features[number], to_degrees_[thread], geographic_);
  });
  std::vector<PerimeterOutcome> outcomes;
  for (auto& outcome : found) outcomes.push_back(*std::move(outcome));
  return outcomes;
}

void PerimeterReader::take_rows(std::vector<ogr::SourceFeature>& features, std::size_t points, const RowTaker& taker) {
  std::vector<PerimeterOutcome> outcomes;
  if (!to_degrees_.empty()) outcomes = outcomes_of(features, points);
  for (std::size_t number = 0; number < features.size(); ++number) {
    if (options_.progress && record_.read % progress_step == 0) options_.progress({set_, record_.read, total_});
    ++record_.read;
    // Without one the source has been refused whole, and that was said once.
    if (!to_degrees_.empty()) take_row(std::move(features[number]), std::move(outcomes[number]), taker);
  }
}

void PerimeterReader::take_row(ogr::SourceFeature&& feature, PerimeterOutcome&& outcome, const RowTaker& taker) {
  auto code = taker.code_field ? code_text(feature.values[*taker.code_field]) : std::string();
  if (set_ == commune_set_id)
    if (const auto insee = domain::InseeCode::parse(code)) code = insee->text();
  const auto name = feature_name(feature.row, code);
  if (taker.code_field && !domain::QuarterCode::parse(code)) {
    refuse(name, {"l'objet n'a pas de code", "the feature has no code"},
           {"Donnez-lui un code dans la source, ou nommez le bon champ dans atlas.toml (code = \"…\").",
            "Give it a code in the source, or name the right field in atlas.toml (code = \"…\")."});
    return;
  }
  if (!outcome) {
    refuse(name, outcome.error().reason, outcome.error().remedy);
    return;
  }
  if (outcome->repair) {
    ++record_.repaired;
    report_.repairs.push_back({record_.file, name, code, outcome->repair->area_m2, outcome->repair->share});
  }
  PerimeterRow row{{code, {}, std::move(feature.values), std::move(outcome->shape), feature.row}, name};
  const auto found = sums_.find(code);
  if (!taker.code_field || found == sums_.end()) {
    if (taker.take(std::move(row)) && taker.code_field) sums_.emplace(code, outcome->sum);
    return;
  }
  if (taker.again && found->second == outcome->sum)
    taker.again(row);
  else
    refuse(name,
           {"le code « " + code + " » est déjà pris par un autre objet de cette source",
            "the code “" + code + "” is taken by another feature of this source"},
           {"Gardez un seul objet par code : fusionnez leurs périmètres ou corrigez le code.",
            "Keep one feature per code: merge their perimeters or mend the code."});
}

void PerimeterReader::report_source() {
  for (const auto& warning : source_.warnings()) warn(warning);
  report_.sources.push_back(record_);
}

}  // namespace geoprio::loading
