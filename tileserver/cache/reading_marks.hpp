// Lets one thread read what another may take away at any moment, without a lock: hazard pointers.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <utility>

namespace geoprio::cache {

/// A reader marks the object it reads; who has taken an object out of the table deletes it only once nobody marks it.
/// (M. M. Michael, "Hazard Pointers", IEEE TPDS 15(6), 2004, with marks that are borrowed for one reading instead of
/// belonging to threads, so that threads need not be counted or known.)
/// Why it holds: the reader marks, then looks again whether the object is still in its place; the writer takes it out
/// of its place, then looks at the marks. All four steps are sequentially consistent, so at least one of the two sees
/// the other: the reader lets go, or the writer keeps the object for later.
/// Thread safety: any thread.
template <class Object>
class ReadingMarks {
 public:
  /// Until it dies, the object it names stays. Empty when the place was empty or all marks are taken.
  class Reading {
   public:
    Reading() = default;
    Reading(std::atomic<const Object*>& mark, const Object* object) : mark_(&mark), object_(object) {}
    Reading(Reading&& other) noexcept
        : mark_(std::exchange(other.mark_, nullptr)), object_(std::exchange(other.object_, nullptr)) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    Reading& operator=(Reading&&) = delete;
    ~Reading() {
      if (mark_ != nullptr) mark_->store(nullptr, std::memory_order_release);
    }
    [[nodiscard]] const Object* object() const noexcept { return object_; }

   private:
    std::atomic<const Object*>* mark_ = nullptr;
    const Object* object_ = nullptr;
  };

  /// What stands in `place` now.
  [[nodiscard]] Reading reading(const std::atomic<const Object*>& place) {
    const Object* object = place.load(std::memory_order_acquire);
    if (object == nullptr) return {};
    // Threads begin at different marks: two rarely want the same one.
    const std::size_t first = std::hash<std::thread::id>()(std::this_thread::get_id());
    for (std::size_t number = 0; number < marks_.size(); ++number) {
      auto& mark = marks_[(first + number) % marks_.size()].object;
      const Object* free = nullptr;
      if (!mark.compare_exchange_strong(free, object)) continue;
      for (const Object* now = place.load(); now != object; now = place.load()) {
        object = now;
        mark.store(object);
        if (object == nullptr) return {};
      }
      return Reading(mark, object);
    }
    return {};
  }

  /// Whether somebody reads the object, which no place holds any more: false is final.
  [[nodiscard]] bool is_read(const Object* object) const noexcept {
    return std::ranges::any_of(marks_, [object](const Mark& mark) { return mark.object.load() == object; });
  }

 private:
  struct alignas(64) Mark {  // a cache line each
    std::atomic<const Object*> object{nullptr};
  };
  // More than the threads that are inside a reading of some 50 ns at the same time.
  std::array<Mark, 64> marks_;
};

}  // namespace geoprio::cache
