#include "geo/ogr/source.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/location.hpp"
#include "geo/ogr/source_crs.hpp"
#include "geo/ogr/source_geometry.hpp"
#include "geo/ogr/source_values.hpp"
#include "geo/ogr/text_decoder.hpp"

namespace geoprio::ogr {

struct Source::State {
  // In this order: the layer is the dataset's, so the dataset outlives it.
  DatasetHandle dataset;
  OGRLayerH layer_handle = nullptr;
  TextDecoder decoder;
  std::string location;
  std::string driver;
  std::string layer;
  std::vector<Field> fields;
  std::optional<SourceCrs> crs;
  bool northing_first = false;
  bool has_geometry = false;
  bool empty_text_is_unknown = false;
  std::vector<BilingualText> warnings;

  void warn(const BilingualText& warning);
  void warn_of_row(std::int64_t row, const std::string& said);
  void keep_warnings(CaughtMessages& messages);
  SourceFeature feature_of(OGRFeatureH handle, std::int64_t row);
};

namespace {

constexpr std::size_t most_warnings = 20;  // a report, not a log: a file that is odd a thousand times is odd once

class OpenOptions {
 public:
  void set(const char* name, const char* value) { list_.reset(CSLSetNameValue(list_.release(), name, value)); }
  [[nodiscard]] const char* const* get() const { return list_.get(); }

 private:
  StringListHandle list_;
};

DatasetHandle opened(const std::string& name, const OpenOptions& options) {
  return DatasetHandle(GDALOpenEx(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr,
                                  options.get(), nullptr));
}

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() &&
         EQUALN(text.data() + text.size() - ending.size(), ending.data(), ending.size());
}

/// CSV: no type is guessed (a code keeps its leading zeros), the first line is always the names ("2014" is one), and
/// the usual names of coordinate columns make points.
OpenOptions options_for(const std::string& name) {
  OpenOptions options;
  if (ends_with(name, ".csv") || ends_with(name, ".tsv") || name.starts_with("CSV:")) {
    options.set("AUTODETECT_TYPE", "NO");
    options.set("HEADERS", "YES");
    options.set("X_POSSIBLE_NAMES", "lon,longitude,lng,x,x_coord,easting");
    options.set("Y_POSSIBLE_NAMES", "lat,latitude,y,y_coord,northing");
    options.set("GEOM_POSSIBLE_NAMES", "wkt,the_geom,geom,geometry,geom_wkt");
  }
  if (ends_with(name, ".gml")) options.set("WRITE_GFS", "NO");  // GDAL would write beside a file that is not ours
  return options;
}

std::vector<std::string> layer_names(GDALDatasetH dataset) {
  std::vector<std::string> names;
  for (int index = 0; index < GDALDatasetGetLayerCount(dataset); ++index)
    names.emplace_back(OGR_L_GetName(GDALDatasetGetLayer(dataset, index)));
  return names;
}

OGRLayerH chosen_layer(GDALDatasetH dataset, const SourceOptions& options, CaughtMessages& messages) {
  const auto names = layer_names(dataset);
  if (options.layer.empty()) {
    if (names.empty()) throw SourceError(SourceProblem::no_layer, options.location, messages.take_failures());
    if (names.size() > 1) throw SourceError(SourceProblem::several_layers, options.location, "", names);
    return GDALDatasetGetLayer(dataset, 0);
  }
  // By name, so that PostGIS also finds a table that it does not list; GDAL matches without regard to case.
  OGRLayerH layer = GDALDatasetGetLayerByName(dataset, options.layer.c_str());
  if (layer == nullptr) throw SourceError(SourceProblem::unknown_layer, options.location, options.layer, names);
  return layer;
}

/// A .dbf that says nothing, or "ANSI" (which GDAL reads as Latin-1, where CP1252's œ and € are control characters), is
/// read raw, for the decoder to judge.
bool encoding_is_unsure(OGRLayerH layer) {
  const char* const domain = "SHAPEFILE";
  const char* const by_sidecar = GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", domain);
  if (by_sidecar != nullptr && *by_sidecar != '\0') return false;
  const char* const used = GDALGetMetadataItem(layer, "SOURCE_ENCODING", domain);
  return used == nullptr || *used == '\0' || EQUAL(used, CPL_ENC_ISO8859_1);
}

std::string driver_of(GDALDatasetH dataset) { return GDALGetDriverShortName(GDALGetDatasetDriver(dataset)); }

/// The layer is the dataset's.
struct OpenLayer {
  DatasetHandle dataset;
  OGRLayerH layer;
};

OpenLayer opened_layer(const SourceOptions& options, CaughtMessages& messages) {
  const std::string name = openable_name(options.location, options.layer);
  const auto attempt = [&](const OpenOptions& how) {
    auto dataset = opened(name, how);
    if (!dataset)
      throw SourceError(is_postgresql(name) ? SourceProblem::no_connection : SourceProblem::unreadable,
                        options.location, messages.take_failures());
    SourceOptions choice = options;
    const bool file_was_chosen = name != options.location && GDALDatasetGetLayerCount(dataset.get()) == 1;
    if (file_was_chosen) choice.layer.clear();  // it named a file of the archive
    const OGRLayerH layer = chosen_layer(dataset.get(), choice, messages);
    return OpenLayer{std::move(dataset), layer};
  };
  auto found = attempt(options_for(name));
  if (driver_of(found.dataset.get()) != "ESRI Shapefile") return found;
  if (options.encoding.empty() && !encoding_is_unsure(found.layer)) return found;
  OpenOptions raw;
  raw.set("ENCODING", "");  // our decoder's business, not GDAL's guess
  return attempt(raw);
}

}  // namespace

void Source::State::warn(const BilingualText& warning) {
  if (warnings.size() < most_warnings && std::ranges::find(warnings, warning) == warnings.end())
    warnings.push_back(warning);
}

void Source::State::warn_of_row(std::int64_t row, const std::string& said) {
  const std::string words = std::to_string(row) + " : " + without_passwords(said);
  warn({"entité " + words, "feature " + words});
}

void Source::State::keep_warnings(CaughtMessages& messages) {
  for (const auto& warning : messages.take_warnings()) {
    const std::string said = without_passwords(warning);
    warn({said, said});
  }
}

SourceFeature Source::State::feature_of(OGRFeatureH handle, std::int64_t row) {
  SourceFeature feature{.row = row, .values = {}, .geometry = {}, .point = {}, .geometry_name = {}};
  feature.values.reserve(fields.size());
  for (int index = 0; index < static_cast<int>(fields.size()); ++index) {
    auto value = value_of(handle, index, decoder);
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && text->empty() && empty_text_is_unknown) value = {};
    feature.values.push_back(std::move(value));
  }
  if (has_geometry) read_geometry(OGR_F_GetGeometryRef(handle), northing_first, feature);
  return feature;
}

Source::Source(std::unique_ptr<State> state) : state_(std::move(state)) {}
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;
Source::~Source() = default;

Source Source::open(const SourceOptions& options) {
  register_drivers();
  CaughtMessages messages;
  auto decoder = TextDecoder::make(options.encoding);
  if (!decoder) throw SourceError(SourceProblem::unknown_encoding, options.location, options.encoding);
  auto [dataset, layer] = opened_layer(options, messages);

  const OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
  const std::string driver = driver_of(dataset.get());
  auto state = std::make_unique<State>(State{.dataset = std::move(dataset),
                                             .layer_handle = layer,
                                             .decoder = std::move(*decoder),
                                             .location = without_passwords(options.location),
                                             .driver = driver,
                                             .layer = OGR_L_GetName(layer),
                                             .fields = {},
                                             .crs = crs_of(reference, driver),
                                             .northing_first = northing_comes_first(reference),
                                             .has_geometry = OGR_L_GetGeomType(layer) != wkbNone,
                                             .empty_text_is_unknown = driver == "CSV",
                                             .warnings = {}});
  state->fields = fields_of(OGR_L_GetLayerDefn(layer), state->decoder);
  state->keep_warnings(messages);
  return Source(std::move(state));
}

const std::vector<Field>& Source::fields() const noexcept { return state_->fields; }
const std::optional<SourceCrs>& Source::crs() const noexcept { return state_->crs; }
const std::string& Source::layer() const noexcept { return state_->layer; }
const std::string& Source::driver() const noexcept { return state_->driver; }
const std::string& Source::location() const noexcept { return state_->location; }
bool Source::has_geometry() const noexcept { return state_->has_geometry; }
const std::vector<BilingualText>& Source::warnings() const noexcept { return state_->warnings; }

std::optional<std::size_t> Source::feature_count() const {
  const CaughtMessages quiet;
  const auto count = OGR_L_GetFeatureCount(state_->layer_handle, FALSE);
  if (count < 0) return std::nullopt;
  return static_cast<std::size_t>(count);
}

void Source::for_each(const std::function<void(SourceFeature&&)>& take) {
  CaughtMessages messages;
  OGR_L_ResetReading(state_->layer_handle);
  for (std::int64_t row = 1;; ++row) {
    const FeatureHandle handle(OGR_L_GetNextFeature(state_->layer_handle));
    const std::string failures = messages.take_failures();
    if (!handle && !failures.empty())
      throw SourceError(SourceProblem::broken_off, state_->location, failures + " (" + std::to_string(row - 1) + ")");
    if (!handle) break;
    if (!failures.empty()) state_->warn_of_row(row, failures);
    take(state_->feature_of(handle.get(), row));
  }
  if (state_->decoder.guessed())
    state_->warn({"textes lus en CP1252, faute d'un encodage déclaré ; écrire `encoding` pour le dire",
                  "texts read as CP1252 for want of a declared encoding; write `encoding` to say so"});
  state_->keep_warnings(messages);
}

}  // namespace geoprio::ogr
