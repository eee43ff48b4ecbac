#include "tileserver/observability/log.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>

namespace geoprio::observability {
namespace {

std::string_view known_method(std::string_view method) {
  static constexpr std::array<std::string_view, 9> known = {"GET",   "HEAD",   "OPTIONS", "POST", "PUT",
                                                            "PATCH", "DELETE", "CONNECT", "TRACE"};
  if (method.empty()) return "-";
  return std::find(known.begin(), known.end(), method) == known.end() ? std::string_view("OTHER") : method;
}

/// ISO 8601 in UTC with milliseconds.
std::string instant(std::chrono::system_clock::time_point time) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
  const std::time_t clock = seconds.count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(clock), (milliseconds - seconds).count());
}

/// logfmt: a value with spaces, quotes, controls or no letter at all is quoted; a control cannot start a new line.
std::string value_of(std::string_view text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return letter > ' ' && letter < 127 && letter != '"' && letter != '=' && letter != '\\';
  });
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted.push_back('\\');
    const bool control = (letter >= 0 && letter < ' ') || letter == 127;
    quoted.push_back(control ? ' ' : letter);
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace

std::string line_of(const RequestLine& request) {
  const double milliseconds = static_cast<double>(request.duration.count()) / 1000.0;
  return fmt::format("time={} method={} route={} status={} bytes={} duration_ms={:.3f} cache={} request={}",
                     instant(request.time), known_method(request.method), value_of(request.route), request.status,
                     request.bytes, milliseconds, request.cache.empty() ? "-" : request.cache, request.request);
}

std::string line_of(std::chrono::system_clock::time_point time, std::string_view event,
                    std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string line = fmt::format("time={} event={}", instant(time), value_of(event));
  for (const auto& [key, value] : fields) line += fmt::format(" {}={}", key, value_of(value));
  return line;
}

struct Log::Writer {
  static constexpr std::size_t waiting_lines = 8192;
  // Destroyed in reverse: the pool first, whose thread writes what still waits and is joined; then nobody uses the
  // logger.
  std::shared_ptr<spdlog::async_logger> logger;
  std::shared_ptr<spdlog::details::thread_pool> pool;

  Writer() : pool(std::make_shared<spdlog::details::thread_pool>(waiting_lines, 1)) {
    logger = std::make_shared<spdlog::async_logger>("geoprio", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool,
                                                    spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern("%v");
    logger->flush_on(spdlog::level::warn);
  }
  void write(std::string_view line) { logger->info(spdlog::string_view_t(line.data(), line.size())); }
};

Log::Log(bool requests) : requests_(requests), writer_(std::make_unique<Writer>()) {}

Log::~Log() = default;

void Log::request(const RequestLine& line) {
  if (requests_) writer_->write(line_of(line));
}

void Log::event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  writer_->write(line_of(std::chrono::system_clock::now(), name, fields));
}

}  // namespace geoprio::observability
