#include "geo/ogr/dataset_writer.hpp"

#include <algorithm>
#include <utility>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/written_feature.hpp"

namespace geoprio::ogr {
namespace {

using Geometry = AnyGeometry<SourceCoordinate>;

OGRwkbGeometryType type_of(WrittenGeometry geometry) {
  switch (geometry) {
    case WrittenGeometry::points:
      return wkbPoint;
    case WrittenGeometry::lines:
      return wkbMultiLineString;
    case WrittenGeometry::polygons:
      return wkbMultiPolygon;
    case WrittenGeometry::none:
      break;
  }
  return wkbNone;
}

DefinitionHandle definition_of(const Field& field, bool moment) {
  const auto type = [&] {
    if (moment) return OFTDateTime;
    switch (field.type) {
      case FieldType::boolean:
      case FieldType::integer:
        return field.type == FieldType::boolean ? OFTInteger : OFTInteger64;
      case FieldType::real:
        return OFTReal;
      case FieldType::text:
        break;
    }
    return OFTString;
  }();
  DefinitionHandle definition(OGR_Fld_Create(field.name.c_str(), type));
  if (field.type == FieldType::boolean) OGR_Fld_SetSubType(definition.get(), OFSTBoolean);
  return definition;
}

GeometryHandle line_of(const std::vector<SourceCoordinate>& places, OGRwkbGeometryType type) {
  GeometryHandle line(OGR_G_CreateGeometry(type));
  OGR_G_SetPointCount(line.get(), static_cast<int>(places.size()));
  for (std::size_t number = 0; number < places.size(); ++number)
    OGR_G_SetPoint_2D(line.get(), static_cast<int>(number), places[number].easting, places[number].northing);
  return line;
}

/// One part, of the type that the layer's multi-geometries are made of.
GeometryHandle part_of(const std::vector<std::vector<SourceCoordinate>>& part, bool polygon) {
  if (!polygon) return line_of(part.front(), wkbLineString);
  GeometryHandle made(OGR_G_CreateGeometry(wkbPolygon));
  for (const auto& ring : part) OGR_G_AddGeometryDirectly(made.get(), line_of(ring, wkbLinearRing).release());
  return made;
}

GeometryHandle written(const Geometry& geometry) {
  if (geometry.kind == GeometryKind::point) {
    const auto& place = geometry.parts.front().front().front();
    return point_at(place.easting, place.northing);
  }
  const bool polygons = geometry.kind == GeometryKind::polygon || geometry.kind == GeometryKind::multi_polygon;
  GeometryHandle many(OGR_G_CreateGeometry(polygons ? wkbMultiPolygon : wkbMultiLineString));
  for (const auto& part : geometry.parts) OGR_G_AddGeometryDirectly(many.get(), part_of(part, polygons).release());
  return many;
}

/// The options that a layer is made with: the format's own, and what it has a place for. GDAL lists what it knows,
/// which grows with its versions: FlatGeobuf takes both since 3.9.
StringListHandle options_of(const WrittenLayer& layer, GDALDatasetH dataset) {
  StringListHandle options;
  for (const auto& option : layer.options) options.reset(CSLAddString(options.release(), option.c_str()));
  const char* listed = GDALGetMetadataItem(GDALGetDatasetDriver(dataset), GDAL_DS_LAYER_CREATIONOPTIONLIST, nullptr);
  std::string known = listed == nullptr ? "" : listed;
  std::replace(known.begin(), known.end(), '"', '\'');
  for (const auto& [name, value] : {std::pair("TITLE", layer.title), std::pair("DESCRIPTION", layer.description)})
    if (!value.empty() && known.find("name='" + std::string(name) + "'") != std::string::npos)
      options.reset(CSLSetNameValue(options.release(), name, value.c_str()));
  return options;
}

}  // namespace

struct DatasetWriter::State {
  std::string path;
  DatasetHandle dataset;
  OGRLayerH layer = nullptr;

  /// @throws WriteError with what GDAL said when `done` is not so, or when it said that something failed.
  void check(bool done, CaughtMessages& messages) const {
    const auto failures = messages.take_failures();
    if (!done || !failures.empty()) throw WriteError("write " + path + ": " + failures);
  }
};

DatasetWriter::DatasetWriter(const std::string& driver, const std::string& path)
    : state_(std::make_unique<State>(State{path, nullptr, nullptr})) {
  register_drivers();
  CaughtMessages messages;
  const GDALDriverH maker = GDALGetDriverByName(driver.c_str());
  if (maker == nullptr) throw WriteError("write " + path + ": this GDAL has no driver " + driver);
  state_->dataset.reset(GDALCreate(maker, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  state_->check(state_->dataset != nullptr, messages);
}

DatasetWriter::~DatasetWriter() {
  const CaughtMessages silenced;
  state_.reset();
}

void DatasetWriter::begin_layer(const WrittenLayer& layer) {
  CaughtMessages messages;
  SystemHandle system;
  if (!layer.crs.empty()) {
    system.reset(OSRNewSpatialReference(nullptr));
    state_->check(OSRSetFromUserInput(system.get(), layer.crs.c_str()) == OGRERR_NONE, messages);
    OSRSetAxisMappingStrategy(system.get(), OAMS_TRADITIONAL_GIS_ORDER);
  }
  const auto options = options_of(layer, state_->dataset.get());
  state_->layer = GDALDatasetCreateLayer(state_->dataset.get(), layer.name.c_str(), system.get(),
                                         type_of(layer.geometry), options.get());
  state_->check(state_->layer != nullptr, messages);
  for (const auto& field : layer.fields)
    state_->check(
        OGR_L_CreateField(state_->layer, definition_of(field, field.name == layer.moment).get(), TRUE) == OGRERR_NONE,
        messages);
}

void DatasetWriter::add(std::span<const AttributeValue> values, const std::optional<Geometry>& geometry) {
  CaughtMessages messages;
  const auto feature = feature_with(state_->layer, values);
  if (geometry) OGR_F_SetGeometryDirectly(feature.get(), written(*geometry).release());
  state_->check(OGR_L_CreateFeature(state_->layer, feature.get()) == OGRERR_NONE, messages);
}

void DatasetWriter::finish() {
  CaughtMessages messages;
  GDALFlushCache(state_->dataset.get());
  state_->dataset.reset();
  state_->check(true, messages);
}

void add_text_to_zip(const std::string& archive, const std::string& name, const std::string& text) {
  CaughtMessages messages;
  const std::string place = "/vsizip/" + archive + "/" + name;
  VSILFILE* file = VSIFOpenL(place.c_str(), "wb");
  const bool written = file != nullptr && VSIFWriteL(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && VSIFCloseL(file) == 0;
  const auto failures = messages.take_failures();
  if (!written || !closed) throw WriteError("write " + place + ": " + failures);
}

}  // namespace geoprio::ogr
