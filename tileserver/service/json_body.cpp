#include "tileserver/service/json_body.hpp"

#include <algorithm>
#include <vector>

#include "geo/domain/codes.hpp"
#include "geo/domain/consultation.hpp"
#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
namespace {

bool is_json(std::string_view content_type) {
  auto type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return equal_ignoring_case(type, "application/json");
}

/// The next code point of text that is UTF-8.
char32_t taken_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t place = 1; place < length && place < text.size(); ++place)
    point = (point << 6U) | (static_cast<unsigned char>(text[place]) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

/// C0, DEL and C1 (Unicode's category Cc), but for the end of a line: a remark may have paragraphs.
bool is_control(char32_t point) { return (point < 0x20 && point != '\n') || (point >= 0x7F && point < 0xA0); }

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (std::size_t place = 0; place < text.size(); ++place)
    if (text[place] != '\r' || place + 1 == text.size() || text[place + 1] != '\n') plain.push_back(text[place]);
  return plain;
}

}  // namespace

Problem wrong_member(std::string_view name, const Text& detail) {
  return {.status = 400, .kind = "wrong-member", .detail = detail, .parameter = std::string(name)};
}

Result<Document, Problem> json_body(const Exchange& exchange, std::initializer_list<std::string_view> known) {
  const auto type = exchange.request.headers.find("Content-Type");
  if (!type || !is_json(*type))
    return Unexpected{Problem{.status = 415,
                              .kind = "unsupported-type",
                              .detail = {"Le corps doit être du JSON : Content-Type: application/json.",
                                         "The body must be JSON: Content-Type: application/json."},
                              .parameter = "Content-Type",
                              .allowed = {"application/json"}}};
  auto body = Document::parse(exchange.request.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object())
    return Unexpected{
        Problem{.status = 400,
                .kind = "broken-json",
                .detail = {"Le corps n'est pas un objet JSON en UTF-8.", "The body is not a JSON object in UTF-8."}}};
  for (const auto& [name, value] : body.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::vector<std::string> allowed(known.begin(), known.end());
    return Unexpected{Problem{.status = 400,
                              .kind = "unknown-member",
                              .detail = {"Le corps a un membre qui n'est pas attendu ici ; rien d'autre que ce qui est "
                                         "demandé n'est recueilli.",
                                         "The body has a member that is not expected here; nothing but what is asked "
                                         "for is taken."},
                              .parameter = name,
                              .allowed = allowed,
                              .suggestion = nearest(name, allowed)}};
  }
  return body;
}

Result<std::optional<std::string>, Problem> text_member(const Document& body, std::string_view name) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null()) return std::optional<std::string>();
  if (!found->is_string())
    return Unexpected{wrong_member(
        name, {"« " + std::string(name) + " » doit être un texte.", "“" + std::string(name) + "” must be a text."})};
  return std::optional(found->get<std::string>());
}

Result<std::string, Problem> words_of(std::string_view name, std::string_view text) {
  auto words = with_plain_line_ends(domain::trimmed(text));
  std::size_t count = 0;
  for (std::string_view rest = words; !rest.empty(); ++count)
    if (is_control(taken_code_point(rest)))
      return Unexpected{wrong_member(name, {"Le texte contient un caractère de commande : écrivez des lettres, des "
                                            "signes et des fins de ligne.",
                                            "The text holds a control character: write letters, signs and line "
                                            "ends."})};
  if (count > domain::longest_contribution)
    return Unexpected{wrong_member(name, {"Le texte a " + std::to_string(count) + " caractères ; 1 000 au plus.",
                                          "The text has " + std::to_string(count) + " characters; 1,000 at most."})};
  return words;
}

}  // namespace geoprio::service
