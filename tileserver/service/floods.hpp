// Limits against floods that keep no address: buckets of tokens by connection, by kiosk, and one for all.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace geoprio::service {

/// So many at once, and so many a second from then on.
struct Allowance {
  double burst = 1;
  double per_second = 1;
};

struct FloodLimits {
  // A kiosk that was cut off for days sends what waited in one go; who writes by hand never comes near.
  Allowance of_connection{30, 0.5};
  Allowance of_kiosk{30, 0.5};
  // All residents together. At 10 a second the disk takes half a gigabyte a day: enough time to notice.
  Allowance of_all{1000, 10};
  // 256 bits are not guessed at any rate; this keeps guessing from being worth a try, and out of the way.
  Allowance attempts_of_connection{10, 0.1};
  Allowance attempts_of_all{60, 0.5};
};

/// Nothing of it is stored: it is gone with the process. Thread safety: any thread.
class FloodGates {
 public:
  using Clock = std::chrono::steady_clock;
  /// `now` is for tests.
  explicit FloodGates(
      const FloodLimits& limits = {}, std::function<Clock::time_point()> now = [] { return Clock::now(); });

  /// One contribution: nothing when it may pass, else how many seconds to wait.
  [[nodiscard]] std::optional<unsigned> wait_to_contribute(std::uint64_t connection, const std::string& kiosk);
  /// A token was wrong: nothing, or how many seconds to wait, because there were too many. Asked after the token was
  /// looked at, never before: behind a proxy a moderator shares connections with whoever guesses.
  [[nodiscard]] std::optional<unsigned> wait_after_failure(std::uint64_t connection);

 private:
  struct Bucket {
    double level = 0;
    Clock::time_point filled;
  };
  template <class Key>
  using Buckets = std::unordered_map<Key, Bucket>;
  /// The bucket as it is now.
  [[nodiscard]] static Bucket filled(const Bucket* former, const Allowance& allowance, Clock::time_point now);
  template <class Key>
  [[nodiscard]] Bucket& bucket_of(Buckets<Key>& buckets, const Key& key, const Allowance& allowance);

  FloodLimits limits_;
  std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  Buckets<std::uint64_t> connections_, attempts_;
  Buckets<std::string> kiosks_;
  std::optional<Bucket> all_, all_attempts_;
};

}  // namespace geoprio::service
