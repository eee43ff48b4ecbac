// The operator's own backdrop: a style or a PMTiles archive that lies beside the atlas.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace geoprio::service {

/// Read by parts where it lies: an archive may be larger than memory. Not mapped: a mapping whose file is cut short
/// ends the process. Thread safety: any thread; only the system's file is shared.
class BasemapFile {
 public:
  /// @throws Error when it cannot be read.
  static std::shared_ptr<const BasemapFile> open(const std::filesystem::path& path);
  BasemapFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  ~BasemapFile();
  BasemapFile(const BasemapFile&) = delete;
  BasemapFile& operator=(const BasemapFile&) = delete;

  /// The last part of its path, under which it is served.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view content_type() const;

  /// As it is now, though it was opened long ago: whoever overwrites it in place gets another tag.
  struct State {
    std::uint64_t size = 0;
    std::string etag;
  };
  [[nodiscard]] State state() const;
  /// Fewer bytes than asked for where the file ends.
  void append_bytes(std::uint64_t first, std::size_t count, std::string& bytes) const;

 private:
  int descriptor_;
  std::string name_;
};

}  // namespace geoprio::service
