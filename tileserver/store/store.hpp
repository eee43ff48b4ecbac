// The one thread that owns the store, and the line of those who wait for it.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "tileserver/store/ledger.hpp"

namespace geoprio::observability {
class Log;
}

namespace geoprio::store {

struct StoreOptions {
  std::string location;  ///< a path or a connection string, as OGR opens it
  int retention_days = 365;
  std::function<domain::Date()> today{};  ///< empty: the calendar's
};

/// Jobs run one after another on a thread of its own. All that wait are one transaction, so that one sync acknowledges
/// many contributions; each is told once it is on disk. When something fails, each is tried again alone, so that none
/// fails for another's sake.
/// Thread safety: any thread; but the last owner must not be a job of its own, so whoever made it calls stop() first.
class Store {
 public:
  /// Reads and writes; may run twice, then what it wrote the first time is undone.
  using Job = std::function<void(Ledger&)>;
  /// Called on the store's thread once what the job wrote is durable, or with what was thrown. Must not take its time.
  using Done = std::function<void(const std::exception_ptr&)>;

  /// `log` may be null, and outlives the store. Purges at once and daily what is past its retention.
  Store(StoreOptions options, observability::Log* log);
  ~Store() { stop(); }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void submit(Job job, Done done);
  /// Does what was submitted, and then nothing more.
  void stop();
  /// Of the atlas that is served now.
  void keep_for(int days);
  [[nodiscard]] domain::Date today() const;
  [[nodiscard]] const std::string& location() const noexcept { return options_.location; }

 private:
  struct Waiting {
    Job job;
    Done done;
  };
  void run(const std::stop_token& stopping);
  [[nodiscard]] std::deque<Waiting> next(const std::stop_token& stopping);
  void do_together(std::deque<Waiting>& batch);
  [[nodiscard]] std::exception_ptr attempt(std::deque<Waiting>::iterator first,
                                           const std::deque<Waiting>::iterator& last);
  void purge_what_is_old();
  void say_whether_held();

  StoreOptions options_;
  observability::Log* log_;
  Ledger ledger_;
  std::optional<domain::Date> purged_;  ///< the day of the last purge
  std::optional<bool> said_held_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Waiting> waiting_;
  int retention_days_;
  std::jthread thread_;  ///< the last: it uses all else
};

}  // namespace geoprio::store
