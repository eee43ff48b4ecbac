// Any bytes as a filter in CQL2 JSON: reading, evaluating and comparing must end, whatever is nested in what.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "geo/projection/offered_crs.hpp"
#include "tileserver/service/filter_geometry.hpp"
#include "tileserver/service/json_filter.hpp"

using namespace geoprio;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto crs84 = projection::OfferedCrs::make("OGC:CRS84");
  const auto filter = service::json_filter(std::string(bytes, bytes + size));
  if (!filter) {
    if (filter.error().message.french.empty() || filter.error().message.english.empty()) std::abort();
    return 0;
  }
  for (std::size_t number = 0; number < filter->nodes().size(); ++number)
    for (const auto operand : filter->nodes()[number].operands)
      if (operand >= number) std::abort();
  static_cast<void>(filter->evaluate(expression::VariableTable()));
  for (const auto& literal : filter->geometries())
    if (const auto made = service::filter_geometry(literal, crs84))
      static_cast<void>(made->holds(GridPoint<DegreeGrid>{0, 0}, geometry::Relation::intersects));
  return 0;
}
