#include "tileserver/service/floods.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace geoprio::service {
namespace {

// Past that, buckets that are full again are forgotten. What is left then came in within two minutes, through the
// bucket of all.
constexpr std::size_t most_buckets = 4096;

unsigned seconds_until_one(double level, const Allowance& allowance) {
  return static_cast<unsigned>(std::max(1.0, std::ceil((1 - level) / allowance.per_second)));
}

}  // namespace

FloodGates::FloodGates(const FloodLimits& limits, std::function<Clock::time_point()> now)
    : limits_(limits), now_(std::move(now)) {}

FloodGates::Bucket FloodGates::filled(const Bucket* former, const Allowance& allowance, Clock::time_point now) {
  if (former == nullptr) return {allowance.burst, now};
  const double passed = std::chrono::duration<double>(now - former->filled).count();
  return {std::min(allowance.burst, former->level + passed * allowance.per_second), now};
}

template <class Key>
FloodGates::Bucket& FloodGates::bucket_of(Buckets<Key>& buckets, const Key& key, const Allowance& allowance) {
  const auto now = now_();
  if (buckets.size() >= most_buckets)
    std::erase_if(buckets,
                  [&](const auto& entry) { return filled(&entry.second, allowance, now).level >= allowance.burst; });
  const auto found = buckets.find(key);
  auto& bucket = buckets[key];
  bucket = filled(found == buckets.end() ? nullptr : &found->second, allowance, now);
  return bucket;
}

std::optional<unsigned> FloodGates::wait_to_contribute(std::uint64_t connection, const std::string& kiosk) {
  const std::lock_guard lock(mutex_);
  all_ = filled(all_ ? &*all_ : nullptr, limits_.of_all, now_());
  if (all_->level < 1) return seconds_until_one(all_->level, limits_.of_all);
  auto& of_connection = bucket_of(connections_, connection, limits_.of_connection);
  if (of_connection.level < 1) return seconds_until_one(of_connection.level, limits_.of_connection);
  if (!kiosk.empty()) {
    auto& of_kiosk = bucket_of(kiosks_, kiosk, limits_.of_kiosk);
    if (of_kiosk.level < 1) return seconds_until_one(of_kiosk.level, limits_.of_kiosk);
    --of_kiosk.level;
  }
  --of_connection.level;
  --all_->level;
  return std::nullopt;
}

std::optional<unsigned> FloodGates::wait_after_failure(std::uint64_t connection) {
  const std::lock_guard lock(mutex_);
  all_attempts_ = filled(all_attempts_ ? &*all_attempts_ : nullptr, limits_.attempts_of_all, now_());
  if (all_attempts_->level < 1) return seconds_until_one(all_attempts_->level, limits_.attempts_of_all);
  auto& bucket = bucket_of(attempts_, connection, limits_.attempts_of_connection);
  if (bucket.level < 1) return seconds_until_one(bucket.level, limits_.attempts_of_connection);
  --bucket.level;
  --all_attempts_->level;
  return std::nullopt;
}

}  // namespace geoprio::service
