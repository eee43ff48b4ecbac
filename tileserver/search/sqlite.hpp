// SQLite's handles with their owners. Private to tileserver/search.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/error.hpp"

namespace geoprio::search {

/// SQLite gave up; the message says on what, and what it said.
class SqliteError : public Error {
 public:
  using Error::Error;
};

struct ConnectionRelease {
  void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
};
struct StatementRelease {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using ConnectionHandle = std::unique_ptr<sqlite3, ConnectionRelease>;

/// A statement with its values bound in order. Confined to one thread.
class Statement {
 public:
  /// @throws SqliteError
  Statement(sqlite3* connection, std::string_view text);
  Statement& bind(std::int64_t value);
  Statement& bind(double value);
  /// The text must stay until the next `step`.
  Statement& bind(std::string_view value);
  /// Whether there is another row. @throws SqliteError
  bool step();
  /// Ready for the next values.
  void reset();
  /// Runs it to its end, and makes it ready for the next values.
  void run();
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  [[nodiscard]] double real(int column) const { return sqlite3_column_double(handle_.get(), column); }
  [[nodiscard]] std::string text(int column) const;

 private:
  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, StatementRelease> handle_;
  int bound_ = 0;
};

/// An empty database in memory, confined to one thread. @throws SqliteError
ConnectionHandle opened_in_memory();
/// A database in memory over bytes that stay and are never written. @throws SqliteError
ConnectionHandle opened_over(std::span<const char> bytes);

}  // namespace geoprio::search
