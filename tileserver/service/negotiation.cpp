#include "tileserver/service/negotiation.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace geoprio::service {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes what stands before `separator` from the front of `text`.
std::string_view taken_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(piece);
}

/// RFC 9110 §12.4.2: a weight has at most three decimals; what cannot be read counts as 1.
double weight_of(std::string_view text) {
  double weight = 1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (fault != std::errc() || end != text.data() + text.size() || std::isnan(weight)) return 1;
  return std::clamp(weight, 0.0, 1.0);
}

/// How exactly a range of Accept names a type: 0 not at all, 1 by `*/*`, 2 by `type/*`, 3 by its name.
int exactness(std::string_view range, std::string_view type) {
  if (equal_ignoring_case(range, type)) return 3;
  if (range == "*/*") return 1;
  if (range.ends_with("/*") && type.size() > range.size() - 1 &&
      equal_ignoring_case(range.substr(0, range.size() - 1), type.substr(0, range.size() - 1)))
    return 2;
  return 0;
}

/// Parameters, as of `application/vnd.oai.openapi+json;version=3.0`, are in neither: `preferences` leaves them out.
double weight_for(std::span<const Preference> accepted, std::string_view type) {
  type = trimmed(type.substr(0, type.find(';')));
  int best = 0;
  double weight = 0;
  for (const auto& preference : accepted) {
    const int exact = exactness(preference.word, type);
    if (exact <= best) continue;
    best = exact;
    weight = preference.weight;
  }
  return weight;
}

std::optional<double> weight_of_word(std::span<const Preference> accepted, std::string_view word) {
  for (const auto& preference : accepted)
    if (equal_ignoring_case(preference.word, word)) return preference.weight;
  return std::nullopt;
}

/// The highest weight of a language or one of its regions (`fr`, `fr-CA`).
double weight_of_language(std::span<const Preference> accepted, std::string_view language) {
  double highest = 0;
  for (const auto& [word, weight] : accepted) {
    const bool named = equal_ignoring_case(word.substr(0, word.find('-')), language);
    if (named) highest = std::max(highest, weight);
  }
  return highest;
}

}  // namespace

std::vector<Preference> preferences(std::string_view header) {
  std::vector<Preference> result;
  while (!header.empty()) {
    std::string_view element = taken_until(header, ',');
    Preference preference{taken_until(element, ';'), 1};
    while (!element.empty()) {
      const std::string_view parameter = taken_until(element, ';');
      if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
        preference.weight = weight_of(parameter.substr(2));
    }
    if (!preference.word.empty()) result.push_back(preference);
  }
  return result;
}

Language preferred_language(const Headers& headers) {
  const auto header = headers.find("Accept-Language");
  if (!header) return Language::french;
  const auto accepted = preferences(*header);
  const double french = std::max(weight_of_language(accepted, "fr"), weight_of_word(accepted, "*").value_or(0));
  return weight_of_language(accepted, "en") > french ? Language::english : Language::french;
}

AcceptedEncodings accepted_encodings(const Headers& headers) {
  AcceptedEncodings result;
  const auto header = headers.find("Accept-Encoding");
  if (!header) {
    result.add(cache::Encoding::identity);
    return result;
  }
  std::array<double, cache::all_encodings.size()> weights{};
  const auto accepted = preferences(*header);
  const double any = weight_of_word(accepted, "*").value_or(0);
  for (const auto encoding : cache::all_encodings)
    weights[cache::place_of(encoding)] =
        weight_of_word(accepted, cache::name_of(encoding)).value_or(encoding == cache::Encoding::identity ? 0 : any);
  std::array<cache::Encoding, cache::all_encodings.size()> order = cache::all_encodings;
  // Among equals by place, so that no stable sort is needed: that one asks for memory at every request.
  std::sort(order.begin(), order.end(), [&](cache::Encoding left, cache::Encoding right) {
    return std::pair(-weights[cache::place_of(left)], cache::place_of(left)) <
           std::pair(-weights[cache::place_of(right)], cache::place_of(right));
  });
  for (const auto encoding : order)
    if (weights[cache::place_of(encoding)] > 0) result.add(encoding);
  if (weights[cache::place_of(cache::Encoding::identity)] <= 0) result.add(cache::Encoding::identity);
  return result;
}

std::optional<std::string_view> preferred_type(const Headers& headers, std::span<const std::string_view> offered) {
  const auto header = headers.find("Accept");
  if (!header) return offered.front();
  const auto accepted = preferences(*header);
  if (accepted.empty()) return offered.front();
  std::optional<std::string_view> best;
  double best_weight = 0;
  for (const auto type : offered) {
    const double weight = weight_for(accepted, type);
    if (weight <= best_weight) continue;
    best = type;
    best_weight = weight;
  }
  return best;
}

}  // namespace geoprio::service
