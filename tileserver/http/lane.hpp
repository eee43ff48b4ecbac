// One I/O thread and the connections that belong to it.
#pragma once

#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <unordered_set>

#include "tileserver/http/asio.hpp"
#include "tileserver/http/head.hpp"

namespace geoprio::http {

class Session;

/// Thread safety: `context` may be posted to from any thread; all else is confined to the lane's thread.
struct Lane {
  // Outlives the sessions: their sockets are registered with it.
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::unordered_set<std::shared_ptr<Session>> sessions;
  bool stopping = false;

  /// The Date field of now, written once a second.
  [[nodiscard]] const std::string& date() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (now != date_time) {
      date_text = http_date(now);
      date_time = now;
    }
    return date_text;
  }

 private:
  std::time_t date_time = 0;
  std::string date_text;
};

}  // namespace geoprio::http
