// A projected system in metres, where an atlas measures distances, and the area it is made for.
#pragma once

#include <optional>
#include <string>

#include "geo/core/bilingual.hpp"
#include "geo/core/box.hpp"
#include "geo/core/result.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::projection {

class MetricCrs {
 public:
  /// The reason when PROJ does not know the definition, or it is not projected, or its unit is not the metre,
  /// or it is Web Mercator (a "300 m" buffer made there is 210 m at Saint-Étienne).
  static Result<MetricCrs, BilingualText> make(const std::string& definition);

  [[nodiscard]] const std::string& definition() const noexcept { return definition_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// Nothing when the definition states none (a PROJ string). A box over the date line has low.x > high.x.
  [[nodiscard]] const std::optional<DegreeBox>& area_of_use() const noexcept { return area_of_use_; }
  /// True when all of `box` is in the area of use, or there is none stated.
  [[nodiscard]] bool contains(const DegreeBox& box) const noexcept;
  /// True when all its polygons are there, on whichever side of the date line each is.
  [[nodiscard]] bool contains(const DegreeShape& shape) const noexcept;

 private:
  MetricCrs(std::string definition, std::string name, std::optional<DegreeBox> area_of_use);
  std::string definition_;
  std::string name_;
  std::optional<DegreeBox> area_of_use_;
};

}  // namespace geoprio::projection
