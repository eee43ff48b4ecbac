// A lock between processes that ends with the process that holds it, however that ends.
#pragma once

#include <filesystem>
#include <optional>

namespace geoprio::store {

/// A file that is locked (flock); it stays when the lock is gone.
/// Thread safety: confined to one thread.
class FileLock {
 public:
  /// Nothing when another one holds it, in this process or in another, or when the file cannot be made.
  static std::optional<FileLock> take(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;  ///< -1: moved from
};

/// Makes the names in a folder durable: what was made, renamed or removed there is so after a power cut.
void sync_folder(const std::filesystem::path& folder);

}  // namespace geoprio::store
