#include "tileserver/service/count_parameter.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace geoprio::service {
namespace {

Problem not_a_count(std::string_view parameter, std::string_view value, std::uint64_t lowest) {
  const std::string least = std::to_string(lowest);
  return {.status = 400,
          .kind = "broken-number",
          .detail = {"« " + std::string(parameter) + " » attend un nombre entier à partir de " + least + ".",
                     "“" + std::string(parameter) + "” takes a whole number from " + least + "."},
          .parameter = std::string(parameter),
          .value = std::string(value)};
}

}  // namespace

Result<std::uint64_t, Problem> count_of(const Query& query, std::string_view parameter, std::uint64_t lowest,
                                        std::uint64_t otherwise) {
  const auto text = query.find(parameter);
  if (!text) return otherwise;
  const bool digits = !text->empty() && std::all_of(text->begin(), text->end(),
                                                    [](char letter) { return letter >= '0' && letter <= '9'; });
  if (!digits) return Unexpected{not_a_count(parameter, *text, lowest)};
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc()) number = UINT64_MAX;
  if (number < lowest) return Unexpected{not_a_count(parameter, *text, lowest)};
  return number;
}

}  // namespace geoprio::service
