// What all connections of a server share.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "tileserver/http/asio.hpp"
#include "tileserver/http/server.hpp"

namespace geoprio::http {

/// Counts what is open, so that stopping can wait for the last to end.
/// Thread safety: any thread.
class Doorkeeper {
 public:
  /// One more connection, and how many there are now.
  std::size_t entered() {
    const std::lock_guard lock(mutex_);
    return ++inside_;
  }
  void left() {
    const std::lock_guard lock(mutex_);
    --inside_;
    changed_.notify_all();
  }
  /// No connection enters from now on.
  void closed() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  void ask_to_stop() {
    const std::lock_guard lock(mutex_);
    stop_asked_ = true;
    changed_.notify_all();
  }
  [[nodiscard]] bool is_stopping() {
    const std::lock_guard lock(mutex_);
    return stop_asked_;
  }
  void wait_for_stop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stop_asked_; });
  }
  /// Whether all had left after at most that long.
  [[nodiscard]] bool wait_for_all_to_leave(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, longest, [this] { return closed_ && inside_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t inside_ = 0;
  bool closed_ = false;
  bool stop_asked_ = false;
};

/// Outlives the sessions. Thread safety: options and handler are immutable, the rest safe from any thread.
struct Site {
  ServerOptions options;
  Handler handler;
  Doorkeeper doorkeeper;
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> connections{0};
  asio::thread_pool workers;

  Site(const ServerOptions& chosen, Handler asked, std::size_t worker_threads)
      : options(chosen), handler(std::move(asked)), workers(worker_threads) {}

  [[nodiscard]] bool trusts(const asio::ip::address& address) const {
    return std::any_of(options.trusted_proxies.begin(), options.trusted_proxies.end(), [&](const AddressRange& range) {
      return address.is_v4() ? range.contains(address.to_v4().to_bytes()) : range.contains(address.to_v6().to_bytes());
    });
  }

  /// The target without what all public addresses begin with, where it begins so.
  [[nodiscard]] std::string mounted(std::string_view target) const {
    const auto& prefix = options.path_prefix;
    if (prefix.empty() || !target.starts_with(prefix)) return std::string(target);
    const auto rest = target.substr(prefix.size());
    if (rest.starts_with('/')) return std::string(rest);
    return rest.empty() || rest.starts_with('?') ? "/" + std::string(rest) : std::string(target);
  }
};

}  // namespace geoprio::http
