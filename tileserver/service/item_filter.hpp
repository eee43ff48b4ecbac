// Conditions on the properties of items: `filter` in CQL2 (OGC 21-065r2) and `?name=value` (OGC 19-079r2 §7).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "geo/domain/layer.hpp"
#include "geo/expression/expression.hpp"
#include "geo/geometry/relations.hpp"
#include "geo/projection/offered_crs.hpp"
#include "tileserver/service/exchange.hpp"

namespace geoprio::service {

/// The parameters of items that are no property's name, even where a property is called so.
[[nodiscard]] std::span<const std::string_view> item_parameters();

/// Of `filter`, in characters once decoded: with the header's limit of 8 kB, what a GET can bring where most of them
/// need no escape. What needs more escapes meets that limit first (414).
inline constexpr std::size_t longest_filter = 4'096;

/// At most so many steps for one answer: the features of the layer times the steps of the condition. Measured:
/// ten million steps take about a second of one worker.
inline constexpr std::size_t most_filter_steps = 20'000'000;

/// All conditions of a query; without any, everything is selected.
/// Thread safety: confined to one thread.
class ItemFilter {
 public:
  /// `layer` must outlive it. The problem (400) of a condition that cannot be read, names what the layer does not have,
  /// compares what does not compare, or costs too much.
  static Result<ItemFilter, Problem> parse(const Exchange& exchange, const domain::Layer& layer);

  [[nodiscard]] bool selects(std::size_t place) const;

 private:
  struct Condition {
    expression::Expression expression;
    std::vector<std::optional<std::size_t>> fields;      ///< of the layer, one per variable; nothing: the geometry
    std::vector<geometry::ComparedGeometry> geometries;  ///< those that the expression writes
  };
  explicit ItemFilter(const domain::Layer& layer) : layer_(&layer) {}
  std::optional<Problem> add(expression::Expression expression, std::string_view parameter, std::string_view text,
                             const projection::OfferedCrs& crs);

  const domain::Layer* layer_;
  std::vector<Condition> conditions_;
};

}  // namespace geoprio::service
