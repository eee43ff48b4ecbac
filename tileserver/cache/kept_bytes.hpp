// Bytes that are kept to be sent again and again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geoprio::cache {

/// Where bytes lie in an open file.
struct FilePart {
  int descriptor;
  std::uint64_t offset;
};

/// Long ones lie in a file in memory (memfd_create), from whose pages the system can send (sendfile), in place of a
/// copy for every answer: at 50 kB the copy is half of what the system takes for one. One file serves the process: a
/// part of it is never written twice, and its pages are given back with it, which what is still on its way keeps. Where
/// there can be no such file, or when there are very many, they lie in a string as short ones do. Thread safety:
/// immutable.
class KeptBytes {
 public:
  /// From this length on sending by reference costs less than the copy (tests/bench/RESULTS.md, serving).
  static constexpr std::size_t long_from = std::size_t{16} * 1024;

  explicit KeptBytes(std::string bytes);
  ~KeptBytes();
  KeptBytes(const KeptBytes&) = delete;
  KeptBytes& operator=(const KeptBytes&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  /// Where they lie in the file, which is open as long as the process runs; nothing for a string.
  [[nodiscard]] const std::optional<FilePart>& file() const noexcept { return file_; }
  /// What it costs to keep them, in bytes.
  [[nodiscard]] std::size_t cost() const noexcept;

 private:
  std::string string_;
  std::string_view view_;  ///< of the string, or of the file's pages
  std::optional<FilePart> file_;
};

}  // namespace geoprio::cache
