#include "tileserver/search/index_builder.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "tileserver/search/sqlite.hpp"
#include "tileserver/search/words.hpp"

namespace geoprio::search {
namespace {

void execute(sqlite3* connection, std::string_view text) { Statement(connection, text).run(); }

ConnectionHandle with_tables() {
  auto connection = opened_in_memory();
  // Two tables of grams: names of streets are many and alike, and would crowd out quarters and communes. Without
  // positions and contents: grams only choose the candidates, whose words are compared one by one.
  for (const char* text :
       {"PRAGMA page_size = 4096", "BEGIN",
        "CREATE TABLE name (id INTEGER PRIMARY KEY, kind INTEGER, code TEXT, name TEXT, context TEXT, lon REAL, "
        "lat REAL)",
        "CREATE TABLE house (street INTEGER, number INTEGER, suffix TEXT, code TEXT, lon REAL, lat REAL, "
        "PRIMARY KEY (street, number, suffix, code)) WITHOUT ROWID",
        "CREATE VIRTUAL TABLE place_grams USING fts5 (grams, content = '', detail = none, "
        "tokenize = \"ascii tokenchars '_'\")",
        "CREATE VIRTUAL TABLE street_grams USING fts5 (grams, content = '', detail = none, "
        "tokenize = \"ascii tokenchars '_'\")"})
    execute(connection.get(), text);
  return connection;
}

}  // namespace

struct IndexBuilder::State {
  ConnectionHandle connection = with_tables();
  Statement name{connection.get(), "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)"};
  Statement house{connection.get(), "INSERT OR IGNORE INTO house VALUES (?, ?, ?, ?, ?, ?)"};
  Statement place_grams{connection.get(), "INSERT INTO place_grams (rowid, grams) VALUES (?, ?)"};
  Statement street_grams{connection.get(), "INSERT INTO street_grams (rowid, grams) VALUES (?, ?)"};
  std::int64_t last = 0;

  void add(Kind kind, std::string_view code, std::string_view text, std::string_view context, LonLat place) {
    name.bind(++last).bind(std::int64_t{static_cast<int>(kind)}).bind(code).bind(text).bind(context);
    name.bind(place.lon.degrees()).bind(place.lat.degrees()).run();
    std::string grams;
    for (const auto part : {text, context})
      for (const auto& word : words_of(part))
        for (const auto& gram : grams_of(word.full())) grams += gram + " ";
    auto& table = kind == Kind::address ? street_grams : place_grams;
    table.bind(last).bind(std::string_view(grams)).run();
  }
};

IndexBuilder::IndexBuilder() : state_(std::make_unique<State>()) {}
IndexBuilder::~IndexBuilder() = default;

void IndexBuilder::add_place(Kind kind, std::string_view code, std::string_view name, std::string_view context,
                             LonLat place) {
  state_->add(kind, code, name, context, place);
}

void IndexBuilder::add_street(std::string_view name, std::string_view context, std::span<const HouseNumber> numbers) {
  state_->add(Kind::address, "", name, context, {});
  for (const auto& house : numbers) {
    state_->house.bind(state_->last).bind(std::int64_t{house.number}).bind(std::string_view(house.suffix));
    state_->house.bind(std::string_view(house.code)).bind(house.place.lon.degrees()).bind(house.place.lat.degrees());
    state_->house.run();
  }
}

SearchIndex IndexBuilder::finished() && {
  auto* connection = state_->connection.get();
  execute(connection, "INSERT INTO place_grams (place_grams) VALUES ('optimize')");
  execute(connection, "INSERT INTO street_grams (street_grams) VALUES ('optimize')");
  execute(connection, "COMMIT");
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(sqlite3_serialize(connection, "main", &size, 0),
                                                                      &sqlite3_free);
  if (!bytes) throw SqliteError("SQLite: serialize: out of memory");
  const auto* start = reinterpret_cast<const char*>(bytes.get());
  return SearchIndex(FlatArray(std::vector<char>(start, start + size)));
}

}  // namespace geoprio::search
