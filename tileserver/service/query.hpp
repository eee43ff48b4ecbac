// The parameters behind a request's question mark.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/result.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

struct QueryParameter {
  std::string name;
  std::string value;
};

/// Thread safety: immutable.
class Query {
 public:
  /// A problem (400) when an escape is broken. Parameters without a name are left out.
  static Result<Query, Problem> parse(std::string_view encoded);

  /// The value of the first parameter of that name, or nothing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

  /// All of them, in their order.
  [[nodiscard]] std::span<const QueryParameter> parameters() const { return parameters_; }

  /// The problem (400) of a parameter that is not among `known`, naming the near one, or that is given twice.
  [[nodiscard]] std::optional<Problem> fault(std::initializer_list<std::string_view> known) const {
    return fault(std::span(known.begin(), known.size()));
  }
  [[nodiscard]] std::optional<Problem> fault(std::span<const std::string_view> known) const;

 private:
  std::vector<QueryParameter> parameters_;
};

/// The names of a value like `a,b,c`; an empty text has none.
[[nodiscard]] std::vector<std::string> names_listed(std::string_view list);

}  // namespace geoprio::service
