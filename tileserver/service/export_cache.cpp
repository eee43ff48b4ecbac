#include "tileserver/service/export_cache.hpp"

#include <algorithm>

namespace geoprio::service {

std::optional<Body> ExportCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(bodies_.begin(), bodies_.end(), [&](const auto& one) { return one.first == key; });
  if (found == bodies_.end()) return std::nullopt;
  bodies_.splice(bodies_.begin(), bodies_, found);
  return found->second;
}

void ExportCache::keep(const std::string& key, const Body& body) {
  const std::lock_guard lock(mutex_);
  if (body.size() > most_bytes_) return;
  // Two who asked at the same time have made it twice.
  std::erase_if(bodies_, [&](const auto& one) {
    if (one.first == key) bytes_ -= one.second.size();
    return one.first == key;
  });
  bodies_.emplace_front(key, body);
  bytes_ += body.size();
  while (bytes_ > most_bytes_) {
    bytes_ -= bodies_.back().second.size();
    bodies_.pop_back();
  }
}

}  // namespace geoprio::service
