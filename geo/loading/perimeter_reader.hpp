// From the rows of one source to valid perimeters on the grid, or refusals that say why. Private to geo/loading.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo/loading/load.hpp"
#include "geo/ogr/source.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::loading {

/// One row on its way in, while the reader still knows its source.
struct PerimeterRow {
  LoadedPerimeter perimeter;
  std::string feature;  ///< how reports call it: `3 (QP042001)`
};

class PerimeterReader {
 public:
  /// @throws SourceError when the source cannot be opened; LoadError when it has no usable CRS or no such field.
  PerimeterReader(const AtlasFile& file, const SourceSettings& settings, std::string set, const LoadOptions& options,
                  LoadReport& report);

  [[nodiscard]] const std::vector<Field>& fields() const { return source_.fields(); }
  /// The place of the field with that name, whatever its case. @throws LoadError naming the fields that there are.
  [[nodiscard]] std::size_t required_field(const std::string& name) const;
  [[nodiscard]] std::optional<std::size_t> field(const std::string& name) const;

  /// Reads every row; `code_field` holds the codes (nothing: rows are named by number). `take` gets each row that has a
  /// perimeter and says whether it keeps it; a row whose code was kept before is refused, unless its perimeter is the
  /// same: published files repeat a quarter for each of its communes. Then `again` gets it.
  void read(std::optional<std::size_t> code_field, const std::function<bool(PerimeterRow&&)>& take,
            const std::function<void(const PerimeterRow&)>& again = {});

  void refuse(const std::string& feature, const BilingualText& reason, const BilingualText& remedy);
  void warn(const BilingualText& text);

 private:
  std::optional<DegreeShape> perimeter_of(ogr::SourceFeature& feature, const std::string& name,
                                          const std::string& code);
  void report_repair(const std::string& feature, const std::string& code, double area_m2, double share);
  void report_source();

  const LoadOptions& options_;
  LoadReport& report_;
  std::string set_;
  std::string location_;  // may hold a password: never printed
  ogr::Source source_;
  SourceRecord record_;
  std::optional<projection::Reprojector> to_degrees_;  // nothing: the source has no usable CRS and is refused whole
  bool geographic_ = false;
};

/// An attribute as the text of a code: numbers without a decimal point, texts trimmed; empty for unknown.
std::string code_text(const AttributeValue& value);

}  // namespace geoprio::loading
