#include "tileserver/search/sqlite.hpp"

namespace geoprio::search {
namespace {

[[noreturn]] void fail(sqlite3* connection, std::string_view what) {
  const std::string said = connection != nullptr ? sqlite3_errmsg(connection) : "out of memory";
  throw SqliteError("SQLite: " + std::string(what) + ": " + said);
}

}  // namespace

Statement::Statement(sqlite3* connection, std::string_view text) : connection_(connection) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(connection, text.data(), static_cast<int>(text.size()), &made, nullptr) != SQLITE_OK)
    fail(connection, text);
  handle_.reset(made);
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(handle_.get(), ++bound_, value);
  return *this;
}

Statement& Statement::bind(double value) {
  sqlite3_bind_double(handle_.get(), ++bound_, value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  sqlite3_bind_text(handle_.get(), ++bound_, value.data(), static_cast<int>(value.size()), nullptr);
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(handle_.get());
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) fail(connection_, "step");
  return false;
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  bound_ = 0;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

ConnectionHandle opened_in_memory() {
  sqlite3* opened = nullptr;
  const int result =
      sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  ConnectionHandle connection(opened);
  if (result != SQLITE_OK) fail(opened, "open");
  return connection;
}

ConnectionHandle opened_over(std::span<const char> bytes) {
  auto connection = opened_in_memory();
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): it takes no `const`; read only, it writes and frees nothing
  auto* start = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  if (sqlite3_deserialize(connection.get(), "main", start, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    fail(connection.get(), "deserialize");
  return connection;
}

}  // namespace geoprio::search
