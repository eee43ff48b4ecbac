#include "tileserver/service/export_cache.hpp"

#include <algorithm>

namespace geoprio::service {

std::optional<KeptExport> ExportCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& one) { return one.first == key; });
  if (found == kept_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found);
  return found->second;
}

void ExportCache::keep(const std::string& key, const KeptExport& made) {
  const std::lock_guard lock(mutex_);
  if (made.body.size() > most_bytes_) return;
  // Two who asked at the same time have made it twice.
  std::erase_if(kept_, [&](const auto& one) {
    if (one.first == key) bytes_ -= one.second.body.size();
    return one.first == key;
  });
  kept_.emplace_front(key, made);
  bytes_ += made.body.size();
  while (bytes_ > most_bytes_) {
    bytes_ -= kept_.back().second.body.size();
    kept_.pop_back();
  }
}

}  // namespace geoprio::service
