#include "tileserver/service/forwarded.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

constexpr bool is_letter_or_digit(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

constexpr bool is_token_letter(char letter) {
  return is_letter_or_digit(letter) || std::string_view("!#$%&'*+-.^_`|~").find(letter) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& letter : result)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return result;
}

struct Pair {
  std::string name, value;
};
using Element = std::vector<Pair>;

/// RFC 7239 §4: `Forwarded = 1#forwarded-element`, `forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ]
/// )`, where white space may stand around the commas alone.
class ForwardedReader {
 public:
  explicit ForwardedReader(std::string_view text) : text_(text) {}

  /// The last element; nothing when the list is not well formed, or an element names a parameter twice.
  std::optional<Element> last_element() {
    Element last;
    do {
      skip_white_space();
      auto found = element();
      if (!found) return std::nullopt;
      if (!found->empty()) last = *std::move(found);  // RFC 9110 §5.6.1.2: an empty element is none
      skip_white_space();
    } while (taken(','));
    return text_.empty() ? std::optional(std::move(last)) : std::nullopt;
  }

 private:
  void skip_white_space() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) text_.remove_prefix(1);
  }
  bool taken(char letter) {
    if (text_.empty() || text_.front() != letter) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::string token() {
    const auto end = std::find_if_not(text_.begin(), text_.end(), is_token_letter);
    std::string found(text_.begin(), end);
    text_.remove_prefix(found.size());
    return found;
  }
  /// RFC 9110 §5.6.4; the opening quote is taken already.
  std::optional<std::string> quoted_rest() {
    std::string found;
    while (!text_.empty()) {
      char letter = text_.front();
      text_.remove_prefix(1);
      if (letter == '"') return found;
      if (letter == '\\') {
        if (text_.empty()) return std::nullopt;
        letter = text_.front();
        text_.remove_prefix(1);
      }
      const auto code = static_cast<unsigned char>(letter);
      if ((code < 0x20 && letter != '\t') || code == 0x7F) return std::nullopt;
      found.push_back(letter);
    }
    return std::nullopt;
  }
  std::optional<Element> element() {
    Element pairs;
    do {
      auto name = lower(token());
      if (name.empty()) continue;  // RFC 7239 §4 lets a pair be absent
      if (!taken('=')) return std::nullopt;
      auto value = taken('"') ? quoted_rest() : std::optional(token());
      const bool repeated =
          std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.name == name; });
      if (!value || value->empty() || repeated) return std::nullopt;
      pairs.push_back({std::move(name), *std::move(value)});
    } while (taken(';'));
    return pairs;
  }
  std::string_view text_;
};

Problem broken(std::string_view header, std::string_view value, const Text& expected) {
  return {.status = 400,
          .kind = "broken-forwarded",
          .detail = {"L'en-tête « " + std::string(header) + " » du mandataire est incorrect : " + expected.french,
                     "The proxy's header “" + std::string(header) + "” is not correct: " + expected.english},
          .parameter = std::string(header),
          .value = std::string(value)};
}

Problem contradiction(std::string_view header, std::string_view value) {
  return {.status = 400,
          .kind = "contradictory-forwarded",
          .detail = {"Forwarded et « " + std::string(header) +
                         " » se contredisent : le mandataire doit effacer celui qu'il n'écrit pas lui-même.",
                     "Forwarded and “" + std::string(header) +
                         "” contradict each other: the proxy must clear the one that it does not write itself."},
          .parameter = std::string(header),
          .value = std::string(value)};
}

std::optional<std::string> scheme_of(std::string_view text) {
  auto scheme = lower(text);
  return scheme == "http" || scheme == "https" ? std::optional(std::move(scheme)) : std::nullopt;
}

std::optional<std::string> host_of(std::string_view text) {
  return is_host(text) ? std::optional(std::string(text)) : std::nullopt;
}

/// RFC 3986 §3.3: segments of unreserved characters and escapes, none of them empty or made of dots alone.
std::optional<std::string> prefix_of(std::string_view text) {
  constexpr std::size_t longest = 256;
  if (text.empty() || text.front() != '/' || text.size() > longest) return std::nullopt;
  if (text.size() > 1 && text.back() == '/') text.remove_suffix(1);
  if (text == "/") return std::string();
  for (auto rest = text; !rest.empty();) {
    rest.remove_prefix(1);
    const auto segment = rest.substr(0, rest.find('/'));
    const auto decoded = decoded_segment(segment);
    if (!decoded || decoded->find_first_not_of('.') == std::string::npos) return std::nullopt;
    for (const char letter : segment)
      if (!is_letter_or_digit(letter) && std::string_view("-._~%").find(letter) == std::string_view::npos)
        return std::nullopt;
    rest.remove_prefix(segment.size());
  }
  return std::string(text);
}

/// The last of a list that each proxy adds to.
std::string_view last_of(std::string_view list) {
  const auto comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  while (!list.empty() && (list.front() == ' ' || list.front() == '\t')) list.remove_prefix(1);
  while (!list.empty() && (list.back() == ' ' || list.back() == '\t')) list.remove_suffix(1);
  return list;
}

const Text scheme_wanted{"attendu http ou https.", "expected http or https."};
const Text host_wanted{"attendu un nom d'hôte, avec ou sans port.", "expected a host name, with or without a port."};
const Text prefix_wanted{"attendu un chemin comme /geoprio.", "expected a path like /geoprio."};

std::optional<Problem> read_forwarded(std::string_view header, ForwardedOrigin& origin) {
  const auto element = ForwardedReader(header).last_element();
  if (!element)
    return broken("Forwarded", header,
                  {"attendu for=…;proto=https;host=… (RFC 7239).", "expected for=…;proto=https;host=… (RFC 7239)."});
  for (const auto& [name, value] : *element) {
    if (name == "proto" && !(origin.scheme = scheme_of(value))) return broken("Forwarded", value, scheme_wanted);
    if (name == "host" && !(origin.host = host_of(value))) return broken("Forwarded", value, host_wanted);
  }
  return std::nullopt;
}

/// Reads one header of the other way into a place that `Forwarded` may have filled.
template <class Read>
std::optional<Problem> read_one(const Headers& headers, std::string_view name, const Read& read, const Text& wanted,
                                std::optional<std::string>& place) {
  const auto header = headers.find(name);
  if (!header) return std::nullopt;
  auto value = read(last_of(*header));
  if (!value) return broken(name, *header, wanted);
  if (place && *place != *value) return contradiction(name, *header);
  place = std::move(value);
  return std::nullopt;
}

}  // namespace

bool is_host(std::string_view text) {
  constexpr std::size_t longest_host = 261;  // 255 for the name (RFC 1035 §2.3.4), a colon and a port
  return !text.empty() && text.size() <= longest_host && std::all_of(text.begin(), text.end(), [](char letter) {
    return is_letter_or_digit(letter) || letter == '.' || letter == ':' || letter == '-' || letter == '_' ||
           letter == '[' || letter == ']';
  });
}

Result<ForwardedOrigin, Problem> forwarded_origin(const Headers& headers) {
  ForwardedOrigin origin;
  if (const auto header = headers.find("Forwarded"))
    if (auto fault = read_forwarded(*header, origin)) return Unexpected{*std::move(fault)};
  std::optional<std::string> prefix;
  if (auto fault = read_one(headers, "X-Forwarded-Proto", scheme_of, scheme_wanted, origin.scheme))
    return Unexpected{*std::move(fault)};
  if (auto fault = read_one(headers, "X-Forwarded-Host", host_of, host_wanted, origin.host))
    return Unexpected{*std::move(fault)};
  if (auto fault = read_one(headers, "X-Forwarded-Prefix", prefix_of, prefix_wanted, prefix))
    return Unexpected{*std::move(fault)};
  origin.prefix = prefix.value_or("");
  return origin;
}

}  // namespace geoprio::service
