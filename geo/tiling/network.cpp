#include "geo/tiling/network.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace geoprio::tiling {

Network Network::make(const partition::Partition& partition, const partition::Grouping& grouping,
                      std::uint64_t kept_sets, unsigned max_zoom) {
  const auto segments = border_segments(partition, grouping, kept_sets);
  Network network;
  network.zooms_.resize(max_zoom + 1U);
  // Deepest first: it is the largest, and the others fill the time that is left.
  std::atomic<unsigned> next{0};
  std::vector<std::exception_ptr> failures(max_zoom + 1U);
  const auto work = [&] {
    for (unsigned taken = next++; taken <= max_zoom; taken = next++) {
      const unsigned zoom = max_zoom - taken;
      try {
        network.zooms_[zoom] = ZoomNetwork::make(segments, zoom);
      } catch (...) {
        failures[zoom] = std::current_exception();  // rethrown below, on the caller's thread
      }
    }
  };
  {
    std::vector<std::jthread> threads(std::max(1U, std::thread::hardware_concurrency()) - 1U);
    for (auto& thread : threads) thread = std::jthread(work);
    work();
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return network;
}

}  // namespace geoprio::tiling
