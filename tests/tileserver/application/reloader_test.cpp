#include "tileserver/reloader.hpp"

#include <unistd.h>

#include <fstream>

#include "tests/support/catch.hpp"

using namespace geoprio;

namespace {

/// A folder that is gone with the test.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("geoprio-stamps-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a file that is written, and one that lies beside it under its stem, change the stamps", "[reload]") {
  const Folder folder;
  const auto shapes = folder.write("quarters.shp", "1");
  const auto before = stamps_of({shapes});
  CHECK(stamps_of({shapes}) == before);
  folder.write("other.csv", "1");
  CHECK(stamps_of({shapes}) == before);
  folder.write("quarters.dbf", "1");
  CHECK_FALSE(stamps_of({shapes}) == before);
  const auto with_table = stamps_of({shapes});
  folder.write("quarters.shp", "12");
  CHECK_FALSE(stamps_of({shapes}) == with_table);
}

TEST_CASE("a file of the same size whose time moved has another stamp, and one that is gone has none", "[reload]") {
  const Folder folder;
  const auto file = folder.write("rules.toml", "1");
  const auto before = stamps_of({file});
  std::filesystem::last_write_time(file, before.at(file).changed + std::chrono::seconds(1));
  CHECK_FALSE(stamps_of({file}) == before);
  std::filesystem::remove(file);
  CHECK(stamps_of({file}).empty());
}
