#include "geo/loading/perimeter_reader.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "geo/core/hash.hpp"
#include "geo/domain/codes.hpp"
#include "geo/geometry/repair.hpp"
#include "geo/loading/field_places.hpp"
#include "geo/loading/load_error.hpp"
#include "geo/loading/source_rows.hpp"
#include "geo/projection/metric_crs.hpp"

namespace geoprio::loading {
namespace {

constexpr std::size_t progress_step = 256;

const BilingualText write_valid_geometry{
    "Corrigez la géométrie dans la source (dans QGIS : « Réparer les géométries ») et rechargez.",
    "Mend the geometry in the source (in QGIS: “Fix geometries”) and load again."};

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
// RFC 7946 §3.1.9; ogr2ogr -wrapdateline cuts.
const BilingualText cut_at_antimeridian{
    "Coupez le périmètre en deux le long de la longitude 180, par exemple par ogr2ogr -wrapdateline -t_srs EPSG:4326.",
    "Cut the perimeter in two along longitude 180, for example by ogr2ogr -wrapdateline -t_srs EPSG:4326."};
const BilingualText write_other_crs{
    "Les coordonnées ne vont pas avec le système déclaré : écrivez le bon à côté de data dans atlas.toml, par exemple "
    "crs = \"EPSG:2154\" si elles sont en mètres (Lambert-93).",
    "The coordinates do not fit the declared system: write the right one beside data in atlas.toml, for example "
    "crs = \"EPSG:2154\" when they are metres (Lambert-93)."};

std::uint64_t hash_of(const DegreeShape& shape) {
  Fnv1a hash;
  const auto add = [&hash](const Ring<DegreePoint>& ring) {
    for (const auto& point : ring.points)
      hash.add(std::to_string(point.x)).add(",").add(std::to_string(point.y)).add(";");
    hash.add("/");
  };
  for (const auto& polygon : shape.polygons) {
    add(polygon.shell);
    for (const auto& hole : polygon.holes) add(hole);
  }
  return hash.value();
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
    to_degrees_ = projection::Reprojector::make(definition, projection::degrees_crs);
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
  std::map<std::string, std::uint64_t> kept;
  const auto total = static_cast<std::size_t>(std::max<std::int64_t>(0, source_.feature_count()));
  record_.snapshot = read_rows(source_, location_, [&](ogr::SourceFeature&& feature) {
    if (options_.progress && record_.read % progress_step == 0) options_.progress({set_, record_.read, total});
    ++record_.read;
    auto code = code_field ? code_text(feature.values[*code_field]) : std::string();
    if (set_ == commune_set_id)
      if (const auto insee = domain::InseeCode::parse(code)) code = insee->text();
    const auto name = feature_name(feature.row, code);
    if (!to_degrees_) return;  // refused whole, and said once
    if (code_field && !domain::QuarterCode::parse(code)) {
      refuse(name, {"l'objet n'a pas de code", "the feature has no code"},
             {"Donnez-lui un code dans la source, ou nommez le bon champ dans atlas.toml (code = \"…\").",
              "Give it a code in the source, or name the right field in atlas.toml (code = \"…\")."});
      return;
    }
    auto shape = perimeter_of(feature, name, code);
    if (!shape) return;
    const auto hash = hash_of(*shape);
    PerimeterRow row{{code, {}, std::move(feature.values), std::move(*shape), feature.row}, name};
    if (const auto found = kept.find(code); code_field && found != kept.end()) {
      if (again && found->second == hash)
        again(row);
      else
        refuse(name,
               {"le code « " + code + " » est déjà pris par un autre objet de cette source",
                "the code “" + code + "” is taken by another feature of this source"},
               {"Gardez un seul objet par code : fusionnez leurs périmètres ou corrigez le code.",
                "Keep one feature per code: merge their perimeters or mend the code."});
      return;
    }
    if (take(std::move(row)) && code_field) kept.emplace(code, hash);
  });
  report_source();
}

void PerimeterReader::report_source() {
  for (const auto& warning : source_.warnings()) warn(warning);
  report_.sources.push_back(record_);
}

std::optional<DegreeShape> PerimeterReader::perimeter_of(ogr::SourceFeature& feature, const std::string& name,
                                                         const std::string& code) {
  if (!feature.geometry) {
    const auto what = feature.geometry_name.empty() ? std::string("NULL") : feature.geometry_name;
    refuse(name, {"la géométrie n'est pas un polygone (" + what + ")", "the geometry is no polygon (" + what + ")"},
           {"Donnez un polygone ou un multipolygone, ou retirez l'objet de la source.",
            "Give a polygon or a multipolygon, or take the feature out of the source."});
    return std::nullopt;
  }
  auto repaired = geometry::repair(*feature.geometry);
  if (!repaired) {
    refuse(name, repaired.error().text(), write_valid_geometry);
    return std::nullopt;
  }
  auto on_grid = to_degrees_->to_degrees(repaired->shape);
  if (!on_grid) {
    const bool across = on_grid.error().reason == projection::ReprojectionFailure::Reason::across_antimeridian;
    refuse(name, on_grid.error().text(), across ? cut_at_antimeridian : write_other_crs);
    return std::nullopt;
  }
  // Rounding to the grid may break what was valid; what this changes is under a centimetre and is not a repair of the
  // source.
  auto valid = geometry::repair(*on_grid);
  if (!valid) {
    refuse(name, valid.error().text(), write_valid_geometry);
    return std::nullopt;
  }
  if (repaired->changed) {
    double area_m2 = repaired->area_changed;
    if (geographic_)
      if (const auto latitude = Latitude::make(repaired->mean_northing))
        area_m2 = geometry::area_on_ground(repaired->area_changed, *latitude).value();
    report_repair(name, code, area_m2, repaired->share);
  }
  return std::move(valid).value().shape;
}

void PerimeterReader::report_repair(const std::string& feature, const std::string& code, double area_m2, double share) {
  ++record_.repaired;
  report_.repairs.push_back({record_.file, feature, code, area_m2, share});
}

}  // namespace geoprio::loading
