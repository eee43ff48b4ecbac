// An array that nobody changes any more: built in memory, or part of a file that is mapped.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace geoprio {

/// Thread safety: immutable. Copies share the elements.
template <class T>
class FlatArray {
  static_assert(std::is_trivially_copyable_v<T>, "its bytes are all there is to it: they may lie in a file");

 public:
  FlatArray() = default;
  /// Takes no more memory than the elements need.
  explicit FlatArray(std::vector<T> elements) {
    elements.shrink_to_fit();
    const auto kept = std::make_shared<const std::vector<T>>(std::move(elements));
    elements_ = *kept;
    owner_ = kept;
  }
  /// `owner` keeps the elements alive.
  FlatArray(std::span<const T> elements, std::shared_ptr<const void> owner)
      : elements_(elements), owner_(std::move(owner)) {}

  [[nodiscard]] std::size_t size() const { return elements_.size(); }
  [[nodiscard]] bool empty() const { return elements_.empty(); }
  [[nodiscard]] const T& operator[](std::size_t place) const { return elements_[place]; }
  [[nodiscard]] auto begin() const { return elements_.begin(); }
  [[nodiscard]] auto end() const { return elements_.end(); }
  [[nodiscard]] std::span<const T> all() const { return elements_; }
  /// From place `first` to before `end`.
  [[nodiscard]] std::span<const T> between(std::size_t first, std::size_t end) const {
    return elements_.subspan(first, end - first);
  }

 private:
  std::span<const T> elements_;
  std::shared_ptr<const void> owner_;
};

}  // namespace geoprio
