#include "tileserver/http/head.hpp"

#include <array>

namespace geoprio::http {
namespace {

std::string_view reason_of(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "";  // RFC 9112 §4: the phrase may be empty
  }
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void append_head(std::string& head, const service::Response& response, std::string_view date, Afterwards afterwards,
                 Framing framing) {
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_of(response.status)).append("\r\n");
  append_field(head, "Date", date);
  if (const auto* fixed = response.headers.fixed()) head.append(fixed->wire());
  for (const auto& [name, value] : response.headers) append_field(head, name, value);
  const bool without_length = response.status == 204 || response.status == 304;
  if (response.stream != nullptr && framing == Framing::chunks)
    append_field(head, "Transfer-Encoding", "chunked");
  else if (response.stream == nullptr && !without_length)
    append_field(head, "Content-Length", std::to_string(response.body.size()));
  if (afterwards == Afterwards::close) append_field(head, "Connection", "close");
  if (afterwards == Afterwards::keep_open_for_http_1_0) append_field(head, "Connection", "keep-alive");
  head.append("\r\n");
}

std::string http_date(std::time_t time) {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  gmtime_r(&time, &parts);
  // Not by %a and %b: those follow the locale, and HTTP speaks English.
  std::array<char, 16> numbers{};
  std::strftime(numbers.data(), numbers.size(), "%H:%M:%S", &parts);
  std::array<char, 8> day{};
  std::strftime(day.data(), day.size(), "%d", &parts);
  std::array<char, 8> year{};
  std::strftime(year.data(), year.size(), "%Y", &parts);
  return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + day.data() + " " +
         months[static_cast<std::size_t>(parts.tm_mon)] + " " + year.data() + " " + numbers.data() + " GMT";
}

}  // namespace geoprio::http
