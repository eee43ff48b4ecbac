#include "tileserver/service/turns.hpp"

#include <utility>

namespace geoprio::service {

std::function<void()> Turns::take(const std::shared_ptr<Turns>& turns, std::function<void()> job) {
  const std::lock_guard lock(turns->mutex_);
  turns->waiting_.push_back(std::move(job));
  if (std::exchange(turns->busy_, true)) return {};
  return [turns] { turns->work_on(); };
}

void Turns::work_on() {
  for (;;) {
    std::list<std::function<void()>> next;
    {
      const std::lock_guard lock(mutex_);
      busy_ = !waiting_.empty();
      if (!busy_) return;
      next.splice(next.begin(), waiting_, waiting_.begin());
    }
    next.front()();
  }
}

}  // namespace geoprio::service
