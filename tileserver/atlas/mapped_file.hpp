// A file read where it lies.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace geoprio {

/// Read-only memory over a file, as long as somebody holds it, even if the file is gone from its folder by then.
/// Thread safety: immutable.
class MappedFile {
 public:
  /// @throws Error when it cannot be read, or is empty.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& file);
  MappedFile(void* start, std::size_t size) : start_(start), size_(size) {}
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(start_), size_}; }
  /// What was read once need not stay resident: what is used comes back from the page cache.
  void forget() const;

 private:
  void* start_;
  std::size_t size_;
};

}  // namespace geoprio
