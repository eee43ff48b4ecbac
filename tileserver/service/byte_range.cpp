#include "tileserver/service/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// First and last byte; they may lie beyond the body.
struct Asked {
  std::uint64_t first = 0, last = 0;
};

/// Nothing for what is no single range of bytes: RFC 9110 §14.2 has it ignored.
std::optional<Asked> asked_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  header.remove_prefix(unit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return std::nullopt;
  const auto first = number_in(header.substr(0, dash));
  const auto last = number_in(header.substr(dash + 1));
  if (first && last) return *first <= *last ? std::optional(Asked{*first, *last}) : std::nullopt;
  if (first && dash + 1 == header.size()) return Asked{*first, UINT64_MAX};
  // The last so many bytes.
  if (last && dash == 0) return *last == 0 ? Asked{size, size} : Asked{size - std::min(*last, size), UINT64_MAX};
  return std::nullopt;
}

/// RFC 9110 §15.5.17: Content-Range tells how long the body is now.
Response behind_the_end(const Headers& request, std::string_view range, std::uint64_t size) {
  const auto bytes = std::to_string(size);
  Response response =
      problem_response({.status = 416,
                        .kind = "range-not-satisfiable",
                        .detail = {"Ce fichier a " + bytes +
                                       " octets : la partie demandée commence après sa fin. Sans l'en-tête Range, "
                                       "il est envoyé entier.",
                                   "This file has " + bytes +
                                       " bytes: the part asked for begins behind its end. Without the header "
                                       "Range it is sent whole."},
                        .parameter = "Range",
                        .value = std::string(range)},
                       preferred_language(request));
  response.headers.set("Accept-Ranges", "bytes");
  response.headers.set("Content-Range", "bytes */" + bytes);
  return response;
}

}  // namespace

std::optional<BytePart> part_asked(const Request& request, Response& response, std::uint64_t size) {
  const BytePart whole{0, size};
  response.headers.set("Accept-Ranges", "bytes");
  const auto header = request.headers.find("Range");
  // RFC 9110 §14.2: of GET alone.
  if (!header || request.method != "GET" || response.status != 200) return whole;
  if (const auto tag = request.headers.find("If-Range"); tag && tag != response.headers.find("ETag")) return whole;
  const auto asked = asked_range(*header, size);
  if (!asked) return whole;
  if (asked->first >= size) {
    response = behind_the_end(request.headers, *header, size);
    return std::nullopt;
  }
  const auto last = std::min(asked->last, size - 1);
  response.status = 206;
  response.headers.set("Content-Range", "bytes " + std::to_string(asked->first) + "-" + std::to_string(last) + "/" +
                                            std::to_string(size));
  return BytePart{asked->first, last - asked->first + 1};
}

Response with_range(const Request& request, Response response) {
  if (const auto part = part_asked(request, response, response.body.size()))
    response.body = response.body.part(part->first, part->count);
  return response;
}

}  // namespace geoprio::service
