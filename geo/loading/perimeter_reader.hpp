// From the rows of one source to valid perimeters on the grid, or refusals that say why. Private to geo/loading.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/loading/load.hpp"
#include "geo/loading/perimeter_outcome.hpp"
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
  /// same: published files repeat a quarter for each of its communes. Then `again` gets it. Rows are repaired and
  /// projected by all cores, and taken on this thread in the order of the source.
  void read(std::optional<std::size_t> code_field, const std::function<bool(PerimeterRow&&)>& take,
            const std::function<void(const PerimeterRow&)>& again = {});

  void refuse(const std::string& feature, const BilingualText& reason, const BilingualText& remedy);
  void warn(const BilingualText& text);

 private:
  struct RowTaker {
    std::optional<std::size_t> code_field;
    const std::function<bool(PerimeterRow&&)>& take;
    const std::function<void(const PerimeterRow&)>& again;
  };
  void take_rows(std::vector<ogr::SourceFeature>& features, std::size_t points, const RowTaker& taker);
  [[nodiscard]] std::vector<PerimeterOutcome> outcomes_of(std::span<const ogr::SourceFeature> features,
                                                          std::size_t points);
  void take_row(ogr::SourceFeature&& feature, PerimeterOutcome&& outcome, const RowTaker& taker);
  void report_source();

  const LoadOptions& options_;
  LoadReport& report_;
  std::string set_;
  std::string location_;  // may hold a password: never printed
  ogr::Source source_;
  SourceRecord record_;
  std::size_t total_ = 0;                            // rows, as far as the source knows
  std::vector<projection::Reprojector> to_degrees_;  // one per thread; none: the source has no CRS and is refused whole
  bool geographic_ = false;
  std::map<std::string, std::uint64_t> sums_;  // of the perimeters kept, by code
};

/// An attribute as the text of a code: numbers without a decimal point, texts trimmed; empty for unknown.
std::string code_text(const AttributeValue& value);

}  // namespace geoprio::loading
