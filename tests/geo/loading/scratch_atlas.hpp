// A small atlas in a folder of its own, for tests that change one thing in it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "geo/loading/load.hpp"
#include "geo/loading/load_error.hpp"

namespace geoprio::tests {

/// A folder under the system's temporary one with an atlas that loads; gone with the object.
class ScratchAtlas {
 public:
  explicit ScratchAtlas(const std::string& name)
      : folder_(std::filesystem::temp_directory_path() / ("geoprio-loading-" + name)) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    write("atlas.toml", settings());
    write("quarters.geojson", quarters(square("A1", 4.0) + "," + square("A2", 4.1)));
  }
  ~ScratchAtlas() { std::filesystem::remove_all(folder_); }
  ScratchAtlas(const ScratchAtlas&) = delete;
  ScratchAtlas& operator=(const ScratchAtlas&) = delete;

  /// `edition` follows `quarters` in the edition's table, `rest` follows that table.
  static std::string settings(const std::string& edition = "", const std::string& rest = "",
                              const std::string& quarters = "data = \"quarters.geojson\", code = \"code\"") {
    return "title = \"Essai\"\nmetric_crs = \"EPSG:2154\"\n\n[[editions]]\nid = \"2014\"\nstage = \"consultation\"\n"
           "quarters = { " +
           quarters + " }\n" + edition + "\n" + rest;
  }
  static std::string quarters(const std::string& features, const std::string& members = "") {
    return "{\"type\":\"FeatureCollection\"," + members + "\"features\":[" + features + "]}";
  }
  static std::string feature(const std::string& properties, const std::string& geometry) {
    return "{\"type\":\"Feature\",\"properties\":{" + properties + "},\"geometry\":" + geometry + "}";
  }
  /// 0.01 degree on each side, its west border at `west`, at 45.4 degrees north, outer ring clockwise as most files
  /// have.
  static std::string square_geometry(double west) {
    const auto w = std::to_string(west);
    const auto e = std::to_string(west + 0.01);
    return "{\"type\":\"Polygon\",\"coordinates\":[[[" + w + ",45.4],[" + w + ",45.41],[" + e + ",45.41],[" + e +
           ",45.4],[" + w + ",45.4]]]}";
  }
  static std::string square(const std::string& code, double west, const std::string& properties = "") {
    return feature("\"code\":\"" + code + "\"" + (properties.empty() ? "" : "," + properties), square_geometry(west));
  }

  void write(const std::string& file, const std::string& content) const {
    std::ofstream(folder_ / file, std::ios::binary) << content;
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] loading::LoadedAtlas loaded(Language language = Language::english) const {
    return loading::load(folder_, {.language = language, .progress = {}});
  }
  /// What the load says when it fails; empty when it does not.
  [[nodiscard]] std::string failure(Language language = Language::english) const {
    try {
      static_cast<void>(loaded(language));
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }
  /// The same for other settings.
  [[nodiscard]] std::string failure_of(const std::string& settings, Language language = Language::english) const {
    write("atlas.toml", settings);
    return failure(language);
  }

 private:
  std::filesystem::path folder_;
};

inline bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace geoprio::tests
