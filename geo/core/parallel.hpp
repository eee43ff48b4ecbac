// Work on all cores: a fork that is joined before the call returns.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace geoprio {

/// How many threads work at once. Asked once: the system's answer is a file read anew each time, which took as long as
/// cutting a deep tile.
inline unsigned core_count() {
  static const unsigned count = std::max(1U, std::thread::hardware_concurrency());
  return count;
}

/// Calls `work(number)` for each number under `count`, on as many threads as there are cores, the caller's among them.
/// @throws what the first of the failed calls, by its number, threw; the others have ended by then.
template <class Work>
void in_parallel(std::size_t count, Work&& work) {
  if (count == 1) {
    work(std::size_t{0});
    return;
  }
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failures(count);
  const auto loop = [&] {
    for (auto number = next++; number < count; number = next++) {
      try {
        work(number);
      } catch (...) {
        failures[number] = std::current_exception();  // rethrown below, on the caller's thread
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < std::min<std::size_t>(core_count(), count); ++thread)
      others.emplace_back(loop);
    loop();
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

/// Calls `work(first, end)` for ranges of `at_once` numbers that make up all under `count`, each long enough for a
/// thread. @throws as in_parallel.
template <class Work>
void in_ranges(std::size_t count, Work&& work, std::size_t at_once = 20'000) {
  in_parallel((count + at_once - 1) / at_once,
              [&](std::size_t range) { work(range * at_once, std::min(count, (range + 1) * at_once)); });
}

/// Both at once.
template <class First, class Second>
void both(First&& first, Second&& second) {
  in_parallel(2, [&](std::size_t number) {
    if (number == 0)
      first();
    else
      second();
  });
}

/// As std::sort; halves of long ranges on two threads. For strict total orders: equal elements must be alike.
template <class Iterator, class Less>
void sort_in_parallel(Iterator begin, Iterator end, Less less) {
  constexpr std::ptrdiff_t worth_a_thread = 20'000;
  if (end - begin < worth_a_thread || core_count() == 1) {
    std::sort(begin, end, less);
    return;
  }
  const Iterator middle = begin + (end - begin) / 2;
  both([&] { std::sort(begin, middle, less); }, [&] { std::sort(middle, end, less); });
  std::inplace_merge(begin, middle, end, less);
}

/// As sort_in_parallel, for elements that a number puts in order already but for few of each: `bucket(element)`, under
/// `buckets`, never falls where `less` rises. One pass puts them where they belong, instead of twenty that halve. Takes
/// the memory of all elements once more, for a while.
template <class T, class Bucket, class Less>
void sort_by_buckets(std::vector<T>& elements, std::size_t buckets, Bucket bucket, Less less) {
  constexpr std::size_t worth_a_pass = 1000;
  if (elements.size() < worth_a_pass) {
    std::sort(elements.begin(), elements.end(), less);
    return;
  }
  const auto all = std::span(elements);
  const std::array halves = {all.first(all.size() / 2), all.subspan(all.size() / 2)};
  std::array<std::vector<std::uint32_t>, 2> places;  // per bucket, where the half's next element goes
  in_parallel(2, [&](std::size_t half) {
    places[half].assign(buckets, 0);
    for (const auto& element : halves[half]) ++places[half][bucket(element)];
  });
  std::uint32_t place = 0;
  for (std::size_t number = 0; number < buckets; ++number)
    for (auto& of_half : places) place += std::exchange(of_half[number], place);
  {
    std::vector<T> placed(elements.size());
    in_parallel(2, [&](std::size_t half) {
      for (const auto& element : halves[half]) placed[places[half][bucket(element)]++] = element;
    });
    elements.swap(placed);
  }
  const auto& ends = places.back();
  constexpr std::size_t at_once = 20'000;
  in_parallel((buckets + at_once - 1) / at_once, [&](std::size_t chunk) {
    const auto last = std::min(buckets, (chunk + 1) * at_once);
    for (auto number = chunk * at_once; number < last; ++number) {
      const auto begin = elements.begin() + (number == 0 ? 0 : ends[number - 1]);
      const auto end = elements.begin() + ends[number];
      if (end - begin > 1) std::sort(begin, end, less);
    }
  });
}

}  // namespace geoprio
