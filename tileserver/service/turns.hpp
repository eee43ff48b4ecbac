// Work that is done one piece after another, by whichever worker is free.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace geoprio::service {

/// Long work must not take every worker: those who wait for a tile would wait for it too.
/// Thread safety: any thread.
class Turns {
 public:
  /// What a worker must do now; empty while another is at it, who will then do this too. `job` must not throw.
  [[nodiscard]] static std::function<void()> take(const std::shared_ptr<Turns>& turns, std::function<void()> job);

 private:
  void work_on();

  std::mutex mutex_;
  std::list<std::function<void()>> waiting_;
  bool busy_ = false;
};

}  // namespace geoprio::service
