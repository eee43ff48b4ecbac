// A dataset that lives on: tables of typed rows, read and written in transactions that are on disk once committed.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/error.hpp"
#include "geo/core/lon_lat.hpp"

namespace geoprio::ogr {

enum class UpdateFault { full, other };

/// GDAL could not read or write; its own words, without a password.
class UpdateError : public Error {
 public:
  UpdateError(UpdateFault fault, const std::string& location, const std::string& said);
  [[nodiscard]] UpdateFault fault() const noexcept { return fault_; }

 private:
  UpdateFault fault_;
};

struct Table {
  std::string name;
  std::vector<Field> fields;  ///< named as columns are: no column is called `fid` or `geom`
  bool has_points = false;    ///< a place in degrees of WGS 84 beside the fields
};

using Row = std::vector<AttributeValue>;

/// True for `PG:…` and `postgresql://…`: a database, not a file.
[[nodiscard]] bool is_database(const std::string& location);

/// The location fit to print: without a password.
[[nodiscard]] std::string printable(const std::string& location);

/// The text as an SQL literal, quotes doubled. Nothing a client sends may reach SQL in another way.
[[nodiscard]] std::string sql_text(std::string_view text);

/// A GeoPackage or a PostGIS database, by the same calls. Statements are SQL that SQLite and PostgreSQL both read;
/// every table has a column `fid` that grows with each row.
///
/// A GeoPackage is kept in write-ahead mode with synchronous=FULL: one sync a commit, and whoever reads it meanwhile
/// waits for nobody and holds nobody up (with a rollback journal, a reader's lock makes the writer wait, and a commit
/// takes three syncs). What is deleted is overwritten (secure_delete).
/// Thread safety: confined to one thread.
class UpdatedDataset {
 public:
  /// @throws UpdateError; so do all others.
  static UpdatedDataset open(const std::string& location);
  /// Makes a GeoPackage with these tables and these statements run, and closes it. There must be no such file.
  static void create_geopackage(const std::string& path, std::span<const Table> tables,
                                std::span<const std::string> statements);
  UpdatedDataset(UpdatedDataset&&) noexcept;
  UpdatedDataset& operator=(UpdatedDataset&&) noexcept;
  ~UpdatedDataset();

  [[nodiscard]] bool has_table(const std::string& name);
  void create(const Table& table);

  void begin();
  /// On disk when it returns; when it throws, nothing of the transaction is.
  void commit();
  /// As if nothing had happened since `begin`. Says nothing when that fails: the dataset is then of no use.
  void roll_back() noexcept;

  /// One value a field of the table, in their order.
  void add(const std::string& table, std::span<const AttributeValue> values,
           const std::optional<LonLat>& place = std::nullopt);
  /// The rows of a SELECT.
  [[nodiscard]] std::vector<Row> rows(const std::string& statement);
  /// A statement without rows.
  void execute(const std::string& statement);

 private:
  struct State;
  explicit UpdatedDataset(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::ogr
