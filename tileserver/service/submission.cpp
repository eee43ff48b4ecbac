#include "tileserver/service/submission.hpp"

#include <algorithm>
#include <utility>

#include "tileserver/service/desk.hpp"
#include "tileserver/service/json_body.hpp"
#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
namespace {

/// RFC 9562 §4, of any version, in lower case; in quotes too, as a structured field would write it.
std::optional<std::string> uuid_of(std::string_view text) {
  if (text.size() == 38 && text.front() == '"' && text.back() == '"') text = text.substr(1, 36);
  if (text.size() != 36) return std::nullopt;
  std::string uuid;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char letter = text[place];
    const bool dash = place == 8 || place == 13 || place == 18 || place == 23;
    const char lower = letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const bool digit = (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f');
    if (dash ? letter != '-' : !digit) return std::nullopt;
    uuid.push_back(lower);
  }
  return uuid;
}

Problem no_uuid(const char* header) {
  const std::string name(header);
  return {.status = 400,
          .kind = "no-uuid",
          .detail = {"Il faut l'en-tête « " + name +
                         " » avec un UUID, par exemple "
                         "6f1c2a9e-3b7d-4c58-9a10-2d4e5f607182.",
                     "The header “" + name + "” is needed with a UUID, say 6f1c2a9e-3b7d-4c58-9a10-2d4e5f607182."},
          .parameter = name};
}

Result<std::string, Problem> required_text(const Document& body, std::string_view name) {
  auto text = text_member(body, name);
  if (!text) return Unexpected{text.error()};
  if (*text && !(*text)->empty()) return std::move(**text);
  return Unexpected{
      wrong_member(name, {"Il manque « " + std::string(name) + " ».", "“" + std::string(name) + "” is missing."})};
}

Problem not_one_of(std::string_view name, const std::string& value, const std::vector<std::string>& allowed) {
  auto problem =
      wrong_member(name, {"« " + value + " » n'est pas proposé ici.", "“" + value + "” is not offered here."});
  problem.value = value;
  problem.allowed = allowed;
  problem.suggestion = nearest(value, allowed);
  return problem;
}

/// The member, which must be one of a list.
Result<std::string, Problem> choice(const Document& body, std::string_view name,
                                    const std::vector<std::string>& allowed) {
  auto text = required_text(body, name);
  if (text && std::find(allowed.begin(), allowed.end(), *text) == allowed.end())
    return Unexpected{not_one_of(name, *text, allowed)};
  return text;
}

Result<std::string, Problem> language_of_member(const Document& body) {
  auto language = text_member(body, "language");
  if (!language) return Unexpected{language.error()};
  if (!*language) return std::string("fr");
  constexpr std::size_t longest = 35;  // RFC 5646 §4.4.1
  const bool tag =
      !(*language)->empty() && (*language)->size() <= longest && std::ranges::all_of(**language, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-';
      });
  if (tag) return **language;
  return Unexpected{wrong_member("language", {"« language » attend une langue, comme fr, en ou fr-x-falc.",
                                              "“language” takes a language, such as fr, en or fr-x-falc."})};
}

Result<double, Problem> degrees(const Document& body, std::string_view name) {
  const auto found = body.find(name);
  if (found != body.end() && found->is_number()) return found->get<double>();
  return Unexpected{wrong_member(name, {"« " + std::string(name) + " » doit être un nombre de degrés.",
                                        "“" + std::string(name) + "” must be a number of degrees."})};
}

Result<LonLat, Problem> cell_of(const Exchange& exchange, const Document& body) {
  const auto lon = degrees(body, "lon");
  if (!lon) return Unexpected{lon.error()};
  const auto lat = degrees(body, "lat");
  if (!lat) return Unexpected{lat.error()};
  const auto place = LonLat::make(*lon, *lat);
  std::vector<std::size_t> all(exchange.atlas.layers.size());
  for (std::size_t number = 0; number < all.size(); ++number) all[number] = number;
  const auto bounds = exchange.atlas.bounds(all);
  constexpr double units = 1e7;
  const bool inside = place && bounds && *lon * units >= bounds->low.x && *lon * units <= bounds->high.x &&
                      *lat * units >= bounds->low.y && *lat * units <= bounds->high.y;
  const auto centre = inside ? exchange.snapshot.desk->grid->centre_around(*place) : std::nullopt;
  if (centre) return *centre;
  return Unexpected{wrong_member(
      "lon", {"Ce lieu est hors du territoire de l'atlas.", "This place is outside the territory of the atlas."})};
}

std::optional<Problem> read_place(const Exchange& exchange, const Document& body, store::Remark& remark) {
  const bool point = body.contains("lon") || body.contains("lat");
  auto quarter = text_member(body, "quarter");
  if (!quarter) return quarter.error();
  if (point == quarter->has_value())
    return wrong_member("quarter", {"Dites le lieu par « quarter » ou par « lon » et « lat », l'un ou l'autre.",
                                    "Say the place by “quarter” or by “lon” and “lat”, one or the other."});
  if (point) {
    const auto cell = cell_of(exchange, body);
    if (!cell) return cell.error();
    remark.cell = *cell;
    return std::nullopt;
  }
  std::vector<std::string> codes;
  for (const auto& one : exchange.atlas.edition(remark.edition)->quarters) codes.push_back(one.code);
  auto code = choice(body, "quarter", codes);
  if (!code) return code.error();
  remark.quarter = *std::move(code);
  return std::nullopt;
}

}  // namespace

Result<std::string, Problem> kiosk_of(const Exchange& exchange) {
  const auto header = exchange.request.headers.find("Kiosk-Id");
  if (!header) return std::string();
  if (auto uuid = uuid_of(*header)) return *std::move(uuid);
  return Unexpected{no_uuid("Kiosk-Id")};
}

Result<std::string, Problem> key_of(const Exchange& exchange) {
  constexpr auto name = "Idempotency-Key";
  const auto header = exchange.request.headers.find(name);
  if (auto uuid = header ? uuid_of(*header) : std::nullopt) return *std::move(uuid);
  return Unexpected{no_uuid(name)};
}

Result<Submission, Problem> submission_of(const Exchange& exchange) {
  const auto key = key_of(exchange);
  if (!key) return Unexpected{key.error()};
  const auto body = json_body(exchange, {"edition", "theme", "text", "quarter", "lon", "lat", "language"});
  if (!body) return Unexpected{body.error()};
  std::vector<std::string> editions;
  for (const auto& edition : exchange.atlas.editions) editions.push_back(edition.id);
  auto edition = choice(*body, "edition", editions);
  if (!edition) return Unexpected{edition.error()};
  auto theme = choice(*body, "theme", exchange.atlas.consultation.themes);
  if (!theme) return Unexpected{theme.error()};
  auto language = language_of_member(*body);
  if (!language) return Unexpected{language.error()};
  const auto text = required_text(*body, "text");
  if (!text) return Unexpected{text.error()};
  auto words = words_of("text", *text);
  if (!words) return Unexpected{words.error()};
  if (words->empty()) return Unexpected{wrong_member("text", {"Le texte est vide.", "The text is empty."})};
  Submission submission{*key,
                        {*std::move(edition), *std::move(theme), *std::move(words), *std::move(language), {}, {}}};
  if (auto fault = read_place(exchange, *body, submission.remark)) return Unexpected{*std::move(fault)};
  return submission;
}

}  // namespace geoprio::service
