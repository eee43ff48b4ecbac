#include "geo/ogr/updated_dataset.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/location.hpp"
#include "geo/ogr/source_values.hpp"
#include "geo/ogr/written_feature.hpp"

namespace geoprio::ogr {
namespace {

/// The words that SQLite, PostgreSQL and the system have for a disk that takes no more. A file at the size limit of its
/// process is an "I/O error" to SQLite; the next try tells whether it was more than that.
UpdateFault fault_of(const std::string& said) {
  static constexpr std::array words{"is full", "disk I/O error", "No space left", "File too large"};
  const bool full = std::ranges::any_of(words, [&](const char* word) { return said.find(word) != std::string::npos; });
  return full ? UpdateFault::full : UpdateFault::other;
}

OGRFieldType type_of(FieldType type) {
  switch (type) {
    case FieldType::boolean:
    case FieldType::integer:
      return OFTInteger64;
    case FieldType::real:
      return OFTReal;
    case FieldType::text:
      break;
  }
  return OFTString;
}

/// What a library said, without what it had been told: statements hold what people wrote, and messages go to logs.
std::string without_statement(std::string said, const std::string& statement) {
  constexpr std::size_t telling = 24;  // so much of one is no part of another's message, and the end may be cut off
  const auto begins = statement.substr(0, std::min(telling, statement.size()));
  while (!begins.empty()) {
    const auto first = said.find(begins);
    if (first == std::string::npos) break;
    const bool whole = said.compare(first, statement.size(), statement) == 0;
    said.replace(first, whole ? statement.size() : std::string::npos, "…");
  }
  // Where PostgreSQL and its driver in GDAL repeat a statement or a row.
  for (const auto* mark : {"\nLINE ", "\nDETAIL:", "\nCommand:"}) said.resize(std::min(said.find(mark), said.size()));
  return said;
}

/// For one thread and one scope.
class Configured {
 public:
  Configured(const char* name, const char* value) : name_(name) { CPLSetThreadLocalConfigOption(name, value); }
  ~Configured() { CPLSetThreadLocalConfigOption(name_, nullptr); }
  Configured(const Configured&) = delete;
  Configured& operator=(const Configured&) = delete;

 private:
  const char* name_;
};

}  // namespace

UpdateError::UpdateError(UpdateFault fault, const std::string& location, const std::string& said)
    : Error("store " + without_passwords(location) + ": " + without_passwords(said)), fault_(fault) {}

bool is_database(const std::string& location) { return is_postgresql(location); }

std::string printable(const std::string& location) { return without_passwords(location); }

std::string sql_text(std::string_view text) {
  std::string literal = "'";
  for (const char letter : text) {
    if (letter == '\0') continue;  // ends a statement for both libraries, and is in no text that they can hold
    literal.push_back(letter);
    if (letter == '\'') literal.push_back(letter);
  }
  return literal + "'";
}

struct UpdatedDataset::State {
  std::string location;
  DatasetHandle dataset;
  bool database = false;

  /// @throws UpdateError when `done` is not so, or when GDAL said that something failed.
  void check(bool done, CaughtMessages& messages, const std::string& statement = {}) const {
    const auto failures = without_statement(messages.take_failures(), statement);
    if (!done || !failures.empty()) throw UpdateError(fault_of(failures), location, failures);
  }
};

UpdatedDataset::UpdatedDataset(std::unique_ptr<State> state) : state_(std::move(state)) {}
UpdatedDataset::UpdatedDataset(UpdatedDataset&&) noexcept = default;
UpdatedDataset& UpdatedDataset::operator=(UpdatedDataset&&) noexcept = default;

UpdatedDataset::~UpdatedDataset() {
  const CaughtMessages silenced;
  state_.reset();
}

UpdatedDataset UpdatedDataset::open(const std::string& location) {
  register_drivers();
  CaughtMessages messages;
  auto state = std::make_unique<State>(State{location, nullptr, is_postgresql(location)});
  state->dataset.reset(
      GDALOpenEx(location.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE | GDAL_OF_VERBOSE_ERROR, nullptr, nullptr, nullptr));
  state->check(state->dataset != nullptr, messages);
  UpdatedDataset opened(std::move(state));
  if (opened.state_->database) {
    // What durable and a literal mean must not depend on how the database is set up.
    opened.execute("SET synchronous_commit = on");
    opened.execute("SET standard_conforming_strings = on");
    return opened;
  }
  static_cast<void>(opened.rows("PRAGMA busy_timeout = 10000"));
  static_cast<void>(opened.rows("PRAGMA journal_mode = WAL"));
  opened.execute("PRAGMA synchronous = FULL");
  static_cast<void>(opened.rows("PRAGMA secure_delete = ON"));
  return opened;
}

void UpdatedDataset::create_geopackage(const std::string& path, std::span<const Table> tables,
                                       std::span<const std::string> statements) {
  register_drivers();
  CaughtMessages messages;
  auto state = std::make_unique<State>(State{path, nullptr, false});
  state->dataset.reset(GDALCreate(GDALGetDriverByName("GPKG"), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  state->check(state->dataset != nullptr, messages);
  UpdatedDataset made(std::move(state));
  for (const auto& table : tables) made.create(table);
  for (const auto& statement : statements) made.execute(statement);
  GDALFlushCache(made.state_->dataset.get());
  made.state_->dataset.reset();
  made.state_->check(true, messages);
}

bool UpdatedDataset::has_table(const std::string& name) {
  const CaughtMessages silenced;  // a table that is not there is a failure to PostgreSQL's driver
  return GDALDatasetGetLayerByName(state_->dataset.get(), name.c_str()) != nullptr;
}

void UpdatedDataset::create(const Table& table) {
  CaughtMessages messages;
  const SystemHandle degrees(OSRNewSpatialReference(nullptr));
  state_->check(OSRImportFromEPSG(degrees.get(), 4326) == OGRERR_NONE, messages);
  StringListHandle options;
  for (const char* option : {"GEOMETRY_NAME=geom", "FID=fid"}) options.reset(CSLAddString(options.release(), option));
  const OGRLayerH layer =
      GDALDatasetCreateLayer(state_->dataset.get(), table.name.c_str(), table.has_points ? degrees.get() : nullptr,
                             table.has_points ? wkbPoint : wkbNone, options.get());
  state_->check(layer != nullptr, messages);
  for (const auto& field : table.fields) {
    const DefinitionHandle definition(OGR_Fld_Create(field.name.c_str(), type_of(field.type)));
    state_->check(OGR_L_CreateField(layer, definition.get(), FALSE) == OGRERR_NONE, messages);
  }
  // Else GDAL creates it with the first row, wherever that is.
  OGR_L_SyncToDisk(layer);
  state_->check(true, messages);
}

// In SQL and in two words: GDAL takes a bare COMMIT or ROLLBACK for one of its own, of which there is none, and does
// nothing. Its own on a GeoPackage take the triggers that count rows away and put them back at every commit.
// On PostgreSQL its cursors need to know of the transaction that they are in.

void UpdatedDataset::begin() {
  if (!state_->database) return execute("BEGIN IMMEDIATE");
  CaughtMessages messages;
  state_->check(GDALDatasetStartTransaction(state_->dataset.get(), FALSE) == OGRERR_NONE, messages);
}

void UpdatedDataset::commit() {
  if (!state_->database) return execute("COMMIT TRANSACTION");
  CaughtMessages messages;
  state_->check(GDALDatasetCommitTransaction(state_->dataset.get()) == OGRERR_NONE, messages);
}

void UpdatedDataset::roll_back() noexcept {
  const CaughtMessages silenced;
  if (state_->database)
    static_cast<void>(GDALDatasetRollbackTransaction(state_->dataset.get()));
  else
    GDALDatasetReleaseResultSet(state_->dataset.get(),
                                GDALDatasetExecuteSQL(state_->dataset.get(), "ROLLBACK TRANSACTION", nullptr, nullptr));
}

void UpdatedDataset::add(const std::string& table, std::span<const AttributeValue> values,
                         const std::optional<LonLat>& place) {
  CaughtMessages messages;
  // A COPY would be checked at its end only.
  const Configured inserting("PG_USE_COPY", "NO");
  const OGRLayerH layer = GDALDatasetGetLayerByName(state_->dataset.get(), table.c_str());
  state_->check(layer != nullptr, messages);
  const auto feature = feature_with(layer, values);
  if (place) OGR_F_SetGeometryDirectly(feature.get(), point_at(place->lon.degrees(), place->lat.degrees()).release());
  state_->check(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE, messages);
}

std::vector<Row> UpdatedDataset::rows(const std::string& statement) {
  CaughtMessages messages;
  const auto release = [this](OGRLayerH layer) { GDALDatasetReleaseResultSet(state_->dataset.get(), layer); };
  const std::unique_ptr<std::remove_pointer_t<OGRLayerH>, decltype(release)> result(
      GDALDatasetExecuteSQL(state_->dataset.get(), statement.c_str(), nullptr, nullptr), release);
  std::vector<Row> rows;
  auto decoder = *TextDecoder::make("");
  while (result) {
    const FeatureHandle feature(OGR_L_GetNextFeature(result.get()));
    if (!feature) break;
    Row& row = rows.emplace_back();
    for (int field = 0; field < OGR_F_GetFieldCount(feature.get()); ++field)
      row.push_back(value_of(feature.get(), field, decoder));
  }
  state_->check(true, messages, statement);
  return rows;
}

void UpdatedDataset::execute(const std::string& statement) { static_cast<void>(rows(statement)); }

}  // namespace geoprio::ogr
