#include "geo/ogr/updated_dataset.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "geo/ogr/source.hpp"
#include "tests/geo/ogr/reading.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::ogr;
using tests::ScratchFolder;

namespace {

const Table remarks{"remarks", {{"code", FieldType::text}, {"count", FieldType::integer}}, true};

class Remarks {
 public:
  Remarks() { UpdatedDataset::create_geopackage(path, {&remarks, 1}, std::vector{index}); }
  [[nodiscard]] UpdatedDataset open() const { return UpdatedDataset::open(path); }
  static void add(UpdatedDataset& dataset, const std::string& code, std::int64_t count) {
    dataset.add("remarks", std::vector<AttributeValue>{code, count}, LonLat::make(4.39, 45.43));
  }

 private:
  ScratchFolder folder_{"updated-dataset"};
  std::string index = "CREATE UNIQUE INDEX remarks_code ON remarks (code)";

 public:
  std::string path = (folder_.path() / "remarks.gpkg").string();
};

std::vector<Row> all_of(UpdatedDataset& dataset) {
  return dataset.rows("SELECT code, count FROM remarks ORDER BY fid");
}

Row row(const char* code, std::int64_t count) { return {std::string(code), count}; }

}  // namespace

TEST_CASE("what is committed is there for whoever opens the file next, quotes and accents included", "[store]") {
  const Remarks file;
  {
    auto dataset = file.open();
    dataset.begin();
    Remarks::add(dataset, "l'été \"42\"", 7);
    dataset.commit();
  }
  auto dataset = file.open();
  CHECK(all_of(dataset) == std::vector<Row>{row("l'été \"42\"", 7)});
  CHECK(dataset.rows("SELECT count FROM remarks WHERE code = " + sql_text("l'été \"42\"")).size() == 1);
  auto source = tests::opened(file.path, "remarks");
  CHECK(tests::all_rows(source).front().point == SourceCoordinate{4.39, 45.43});
}

TEST_CASE("what is rolled back, or not committed, is not there", "[store]") {
  const Remarks file;
  {
    auto dataset = file.open();
    dataset.begin();
    Remarks::add(dataset, "a", 1);
    dataset.roll_back();
    dataset.begin();
    Remarks::add(dataset, "b", 2);
  }
  auto dataset = file.open();
  CHECK(all_of(dataset).empty());
}

TEST_CASE("a row that breaks a rule of its table is refused, and the dataset lives on", "[store]") {
  const Remarks file;
  auto dataset = file.open();
  dataset.begin();
  Remarks::add(dataset, "a", 1);
  dataset.commit();
  dataset.begin();
  CHECK_THROWS_AS(Remarks::add(dataset, "a", 2), UpdateError);
  dataset.roll_back();
  dataset.begin();
  dataset.execute("UPDATE remarks SET count = 3 WHERE code = 'a'");
  dataset.commit();
  CHECK(all_of(dataset) == std::vector<Row>{row("a", 3)});
}

TEST_CASE("another process may write between two transactions, and is seen", "[store]") {
  const Remarks file;
  auto ours = file.open();
  auto theirs = file.open();
  for (const auto* code : {"a", "b"}) {
    auto& writer = *code == 'a' ? ours : theirs;
    writer.begin();
    Remarks::add(writer, code, 1);
    writer.commit();
  }
  CHECK(all_of(ours).size() == 2);
}

TEST_CASE("commits are synced and deletions overwritten", "[store]") {
  const Remarks file;
  auto dataset = file.open();
  CHECK(dataset.rows("PRAGMA journal_mode") == std::vector<Row>{Row{std::string("wal")}});
  // FULL is 2 (https://sqlite.org/pragma.html#pragma_synchronous).
  CHECK(dataset.rows("PRAGMA synchronous") == std::vector<Row>{Row{std::int64_t{2}}});
  CHECK(dataset.rows("PRAGMA secure_delete") == std::vector<Row>{Row{std::int64_t{1}}});
}

TEST_CASE("a place without a file, and a message about a database, say no password", "[store]") {
  try {
    static_cast<void>(UpdatedDataset::open("PG:host=127.0.0.1 port=1 dbname=x password=tr3s-secret"));
    FAIL("nobody listens on port 1");
  } catch (const UpdateError& error) {
    CHECK(std::string(error.what()).find("tr3s-secret") == std::string::npos);
  }
  CHECK_THROWS_AS(UpdatedDataset::open("/nowhere/at/all.gpkg"), UpdateError);
}

TEST_CASE("a failure says what went wrong, and not what had been written", "[ogr][store]") {
  const Remarks remarks_file;
  auto dataset = remarks_file.open();
  for (const auto* statement : {"SELECT code FROM nowhere WHERE code = 'what somebody wrote'", "SELECT",
                                "DELETE FROM remarks WHERE wrong = 'what somebody wrote'"}) {
    INFO(statement);
    try {
      dataset.execute(statement);
      FAIL("it was done");
    } catch (const UpdateError& error) {
      const std::string said = error.what();
      INFO(said);
      CHECK(said.find("somebody") == std::string::npos);
      CHECK(said.find(remarks_file.path) != std::string::npos);
    }
  }
}
