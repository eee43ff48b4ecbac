#include "tileserver/service/packaged_export.hpp"

#include <fmt/chrono.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "geo/core/error.hpp"
#include "geo/ogr/dataset_writer.hpp"
#include "tileserver/atlas/mapped_file.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/export_metadata.hpp"
#include "tileserver/service/geometry_mover.hpp"
#include "tileserver/service/styles.hpp"
#include "tileserver/service/stylesheets.hpp"

namespace geoprio::service {
namespace {

/// Where the metadata goes, beside the description of the layer that KML, GeoPackage and (GDAL 3.9) FlatGeobuf have.
enum class Package { none, table, text_beside };

struct Packaging {
  std::string_view format, driver, type;
  Package package = Package::none;
  bool with_geometry = true;
  std::vector<std::string> options{};
  bool with_styles = false;  ///< whether QGIS finds its style in the file
  /// The option that leaves out the format's spatial index, where that cannot hold a feature without a geometry.
  std::string unindexed{};
};

constexpr std::string_view geometry_column = "geom";

const std::array<Packaging, 6>& packagings() {
  // A French spreadsheet opens a CSV with semicolons, and knows UTF-8 by its mark. GDAL would quote codes of digits,
  // and whole numbers with them.
  static const std::array<Packaging, 6> all = {{
      {"gpkg",
       "GPKG",
       "application/geopackage+sqlite3",
       Package::table,
       true,
       {"GEOMETRY_NAME=" + std::string(geometry_column)},
       true},
      {.format = "fgb", .driver = "FlatGeobuf", .type = "application/flatgeobuf", .unindexed = "SPATIAL_INDEX=NO"},
      {"shp.zip", "ESRI Shapefile", "application/zip", Package::text_beside, true, {"ENCODING=UTF-8"}},
      {"csv",
       "CSV",
       "text/csv; charset=utf-8",
       Package::none,
       true,
       {"GEOMETRY=AS_WKT", "SEPARATOR=SEMICOLON", "WRITE_BOM=YES", "STRING_QUOTING=IF_NEEDED"}},
      {"ods", "ODS", "application/vnd.oasis.opendocument.spreadsheet", Package::table, false},
      {"kml", "LIBKML", "application/vnd.google-earth.kml+xml"},
  }};
  return all;
}

const Packaging& packaging_of(std::string_view format) {
  return *std::find_if(packagings().begin(), packagings().end(),
                       [&](const Packaging& one) { return one.format == format; });
}

/// A folder of its own, gone with this.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "geoprio-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr)
      throw Error("a folder for downloads in " + std::filesystem::temp_directory_path().string() + ": " +
                  std::generic_category().message(errno));
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

ogr::WrittenGeometry geometry_of(domain::LayerKind kind) {
  if (kind == domain::LayerKind::labels) return ogr::WrittenGeometry::points;
  return kind == domain::LayerKind::borders ? ogr::WrittenGeometry::lines : ogr::WrittenGeometry::polygons;
}

std::vector<std::size_t> selected_places(const atlas::Atlas& atlas, const domain::Layer& layer,
                                         const ItemSelection& selection) {
  std::vector<std::size_t> places;
  if (!is_of_time(atlas, layer, selection)) return places;
  for (std::size_t place = 0; place < layer.features.size(); ++place)
    if (selects(selection, layer, place)) places.push_back(place);
  sort_places(places, layer, selection.order);
  return places;
}

Problem client_left() {
  return {.status = 503,
          .kind = "client-left",
          .detail = {"La connexion a été fermée avant la fin.", "The connection was closed before the end."}};
}

void add_metadata_table(ogr::DatasetWriter& writer, const std::vector<MetadataRow>& rows) {
  writer.begin_layer({.name = "metadonnees", .fields = {{"cle", FieldType::text}, {"valeur", FieldType::text}}});
  for (const auto& [key, value] : rows) {
    const std::array<AttributeValue, 2> values = {AttributeValue(key), AttributeValue(value)};
    writer.add(values, std::nullopt);
  }
}

MetadataRow left_out_geometry() {
  return {"Géométrie", "absente de ce format, que les tableurs lisent ; le GeoPackage (.gpkg) de la couche la porte"};
}

/// What QGIS looks for in a GeoPackage when it opens a layer, under the names that it made the table with.
void add_styles_table(ogr::DatasetWriter& writer, const atlas::Atlas& atlas, const domain::Layer& layer) {
  const auto style = style_of_layer(atlas, layer);
  if (!style) return;
  const std::vector<std::pair<const char*, AttributeValue>> row = {
      {"f_table_catalog", std::string()},
      {"f_table_schema", std::string()},
      {"f_table_name", layer.id},
      {"f_geometry_column", std::string(geometry_column)},
      {"styleName", *style},
      {"styleQML", *stylesheet(atlas, *style, "qml")},
      {"styleSLD", *stylesheet(atlas, *style, "sld")},
      {"useAsDefault", true},
      {"description", title_of_style(atlas, *style)},
      {"owner", std::string()},
      {"ui", AttributeValue()},
      {"update_time", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))}};
  std::vector<Field> fields;
  std::vector<AttributeValue> values;
  for (const auto& [name, value] : row) {
    fields.push_back({name, std::holds_alternative<bool>(value) ? FieldType::boolean : FieldType::text});
    values.push_back(value);
  }
  writer.begin_layer({.name = "layer_styles", .fields = std::move(fields), .moment = "update_time"});
  writer.add(values, std::nullopt);
}

/// Writes one layer into one file.
class Writing {
 public:
  Writing(const atlas::Atlas& atlas, const domain::Layer& layer, const ItemSelection& selection,
          const Packaging& packaging)
      : atlas_(atlas), layer_(layer), selection_(selection), packaging_(packaging) {
    for (std::size_t field = 0; field < layer.fields.size(); ++field)
      if (!selection.fields || (*selection.fields)[field]) fields_.push_back(field);
    for (const auto field : fields_) written_.push_back(layer.fields[field]);
    if (packaging.package == Package::text_beside) short_names(written_);
  }

  std::optional<Problem> to(const std::string& path, const std::stop_token& left) {
    auto rows = metadata_rows(atlas_, layer_, *selection_.crs);
    if (!packaging_.with_geometry) rows.push_back(left_out_geometry());
    const auto places = selected_places(atlas_, layer_, selection_);
    ogr::DatasetWriter writer(std::string(packaging_.driver), path);
    writer.begin_layer({.name = layer_.id,
                        .fields = written_,
                        .geometry = packaging_.with_geometry ? geometry_of(layer_.kind) : ogr::WrittenGeometry::none,
                        .crs = packaging_.with_geometry ? selection_.crs->definition() : std::string(),
                        .options = options(places),
                        .title = layer_.title,
                        .description = metadata_text(rows, {}, "\n")});
    const GeometryMover mover(*selection_.crs);
    for (const auto place : places) {
      if (left.stop_requested()) return client_left();
      std::vector<AttributeValue> values;
      for (const auto field : fields_) values.push_back(layer_.features.value(place, field));
      std::optional<AnyGeometry<SourceCoordinate>> geometry;
      if (packaging_.with_geometry) {
        auto moved = mover.moved(layer_.features.geometry(place));
        if (!moved) return outside_crs("crs", *selection_.crs, moved.error());
        geometry = *std::move(moved);
      }
      writer.add(values, geometry);
    }
    if (packaging_.package == Package::table) add_metadata_table(writer, rows);
    if (packaging_.with_styles) add_styles_table(writer, atlas_, layer_);
    writer.finish();
    if (packaging_.package == Package::text_beside)
      ogr::add_text_to_zip(path, "LISEZMOI.txt", metadata_text(rows, renamed()));
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::vector<std::string> options(const std::vector<std::size_t>& places) const {
    auto options = packaging_.options;
    const auto no_land = [&](std::size_t place) { return !layer_.features.bounds(place).has_value(); };
    if (!packaging_.unindexed.empty() && std::any_of(places.begin(), places.end(), no_land))
      options.push_back(packaging_.unindexed);
    return options;
  }

  /// What a name became where it is longer than the format's ten characters.
  [[nodiscard]] std::vector<MetadataRow> renamed() const {
    std::vector<MetadataRow> rows;
    for (std::size_t number = 0; number < fields_.size(); ++number)
      if (const auto& name = layer_.fields[fields_[number]].name; name != written_[number].name)
        rows.push_back({written_[number].name, name});
    return rows;
  }

  const atlas::Atlas& atlas_;
  const domain::Layer& layer_;
  const ItemSelection& selection_;
  const Packaging& packaging_;
  std::vector<std::size_t> fields_;  ///< of the layer, that are written
  std::vector<Field> written_;
};

}  // namespace

bool is_packaged(std::string_view format) {
  return std::any_of(packagings().begin(), packagings().end(),
                     [&](const Packaging& one) { return one.format == format; });
}

std::string_view packaged_type(std::string_view format) { return packaging_of(format).type; }

Result<Body, Problem> packaged(const atlas::Atlas& atlas, const domain::Layer& layer, const ItemSelection& selection,
                               const std::string& format, const std::stop_token& left) {
  if (left.stop_requested()) return Unexpected{client_left()};
  const Folder folder;
  const auto path = folder.file("download." + format);
  if (auto fault = Writing(atlas, layer, selection, packaging_of(format)).to(path, left))
    return Unexpected{*std::move(fault)};
  const auto file = MappedFile::open(path);
  const auto bytes = file->bytes();
  return Body::inside(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace geoprio::service
