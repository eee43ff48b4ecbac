// What the server says of itself on stderr: one logfmt line per request and per event, with English keys.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace geoprio::observability {

/// All that a line says of a request. There is no field for an address, a user agent, a token, the query's text or
/// coordinates, so that none can slip in: a tile's place would tell where somebody lives.
struct RequestLine {
  std::chrono::system_clock::time_point time;
  std::string_view method;  ///< only the methods of RFC 9110 are written; any other becomes OTHER, none `-`
  std::string_view route;   ///< the template, never the path: `/collections/{layer}`
  unsigned status = 0;
  std::size_t bytes = 0;  ///< of the body on the wire
  std::chrono::microseconds duration{0};
  std::string_view cache;     ///< `hit`, `miss`, `waited`, or empty
  std::uint64_t request = 0;  ///< counts from 1 since the start
};

/// The line without its end: `time=2026-01-31T09:30:00.125Z method=GET route=/ status=200 …`.
[[nodiscard]] std::string line_of(const RequestLine& request);

/// `time=… event=name key=value …`; values are quoted where they hold anything but plain ASCII.
[[nodiscard]] std::string line_of(std::chrono::system_clock::time_point time, std::string_view event,
                                  std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

/// Writes lines to stderr from a thread of its own: a terminal that does not read, or a full pipe, costs log lines
/// (the oldest that wait), never an answer.
/// Thread safety: any thread at any time.
class Log {
 public:
  /// Without `requests` only events are written.
  explicit Log(bool requests);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  [[nodiscard]] bool writes_requests() const noexcept { return requests_; }
  void request(const RequestLine& line);
  void event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {});

 private:
  struct Writer;
  bool requests_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace geoprio::observability
