// Objects to bytes and back: numbers, texts, lists, and arrays that are read where they lie.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "geo/core/flat_array.hpp"
#include "geo/core/hash.hpp"

namespace geoprio {

/// A type that says what it is made of: `static auto members(auto& self) { return std::tie(self.a, self.b_); }`. One
/// list for both ways, so that reading cannot differ from writing.
template <class T>
concept HasMembers = requires(T& object) {
  std::remove_const_t<T>::members(object);
};

/// Bytes as this machine has them, aligned to 8: they are read on a machine like it or refused (BuiltFile's header).
class ArchiveWriter {
 public:
  /// Whether all could be written, `out` knows.
  explicit ArchiveWriter(std::ostream& out) : out_(out) {}

  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void add(T number) { append(&number, sizeof number); }
  void add(const std::string& text) {
    add(text.size());
    append(text.data(), text.size());
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class T>
  void add(const std::vector<T>& list) {
    add(list.size());
    for (const auto& element : list) add(element);
  }
  template <class A, class B>
  void add(const std::pair<A, B>& both) {
    add(both.first);
    add(both.second);
  }
  template <class... Kinds>
  void add(const std::variant<Kinds...>& value) {
    add(value.index());
    std::visit([this](const auto& kind) { add(kind); }, value);
  }
  template <class Key, class T>
  void add(const std::map<Key, T>& entries) {
    add(entries.size());
    for (const auto& entry : entries) {
      add(entry.first);
      add(entry.second);
    }
  }
  template <class T>
  void add(const FlatArray<T>& array) {
    static_assert(std::has_unique_object_representations_v<T>, "no padding: equal contents give equal bytes");
    add(array.size());
    append(array.all().data(), array.all().size_bytes());
  }
  template <HasMembers T>
  void add(const T& object) {
    std::apply([this](const auto&... members) { (add(members), ...); }, T::members(object));
  }

  /// How many bytes were written, and their sum.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t sum() const { return sum_.value(); }

 private:
  /// The bytes, then zeros up to a multiple of 8.
  void append(const void* from, std::size_t size) {
    const auto* bytes = static_cast<const char*>(from);
    std::array<std::uint64_t, 512> words;
    while (size > 0) {
      const auto now = std::min(size, sizeof words);
      const auto whole = (now + 7) / 8;
      words[whole - 1] = 0;
      std::memcpy(words.data(), bytes, now);
      sum_.add(std::span(words).first(whole));
      out_.write(reinterpret_cast<const char*>(words.data()), static_cast<std::streamsize>(whole * 8));
      size_ += whole * 8;
      bytes += now;
      size -= now;
    }
  }

  std::ostream& out_;
  std::uint64_t size_ = 0;
  WordSum sum_;
};

/// Reads what ArchiveWriter wrote, member by member. What does not fit in the bytes makes it fail; what was read until
/// then is of no use.
class ArchiveReader {
 public:
  /// `owner` keeps the bytes, which start at a multiple of 8, alive for the arrays.
  ArchiveReader(std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
      : bytes_(bytes), owner_(std::move(owner)) {}

  /// All was there, and nothing was left over.
  [[nodiscard]] bool finished() const { return !failed_ && bytes_.empty(); }

  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void read(T& number) {
    const auto from = taken(1, sizeof number);
    if (from.empty()) return;
    if constexpr (std::is_same_v<T, bool>)
      number = from.front() != std::byte{0};
    else
      std::memcpy(&number, from.data(), sizeof number);
  }
  void read(std::string& text) {
    const auto from = taken(count(), 1);
    text.assign(reinterpret_cast<const char*>(from.data()), from.size());
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool there = false;
    read(there);
    if (there) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& list) {
    const auto elements = count();
    list.clear();
    for (std::size_t i = 0; i < elements && !failed_; ++i) read(list.emplace_back());
  }
  template <class A, class B>
  void read(std::pair<A, B>& both) {
    read(both.first);
    read(both.second);
  }
  template <class... Kinds>
  void read(std::variant<Kinds...>& value) {
    std::size_t kind = 0;
    read(kind);
    const auto read_if = [&]<std::size_t Number>(std::integral_constant<std::size_t, Number>) {
      if (kind == Number) read(value.template emplace<Number>());
    };
    [&]<std::size_t... Numbers>(std::index_sequence<Numbers...>) {
      (read_if(std::integral_constant<std::size_t, Numbers>()), ...);
    }
    (std::index_sequence_for<Kinds...>());
    failed_ = failed_ || kind >= sizeof...(Kinds);
  }
  template <class Key, class T>
  void read(std::map<Key, T>& entries) {
    const auto size = count();
    entries.clear();
    for (std::size_t i = 0; i < size && !failed_; ++i) {
      Key key;
      read(key);
      read(entries[std::move(key)]);
    }
  }
  template <class T>
  void read(FlatArray<T>& array) {
    const auto elements = count();
    const auto from = taken(elements, sizeof(T));
    // The bytes are aligned, and were written from such elements.
    if (!failed_) array = FlatArray<T>(std::span(reinterpret_cast<const T*>(from.data()), elements), owner_);
  }
  template <HasMembers T>
  void read(T& object) {
    std::apply([this](auto&... members) { (read(members), ...); }, T::members(object));
  }

 private:
  std::size_t count() {
    std::size_t number = 0;
    read(number);
    return failed_ ? 0 : number;
  }
  std::span<const std::byte> taken(std::size_t elements, std::size_t size) {
    if (failed_ || elements > bytes_.size() / size) {
      failed_ = true;
      return {};
    }
    const auto from = bytes_.first(elements * size);
    bytes_ = bytes_.subspan(std::min(bytes_.size(), (elements * size + 7) / 8 * 8));
    return from;
  }

  std::span<const std::byte> bytes_;
  std::shared_ptr<const void> owner_;
  bool failed_ = false;
};

}  // namespace geoprio
