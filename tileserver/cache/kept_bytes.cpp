#include "tileserver/cache/kept_bytes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <utility>

namespace geoprio::cache {
namespace {

std::size_t in_pages(std::size_t bytes) {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

/// The file of the process; below zero where there is none.
int memory_file() {
  static const int descriptor = [] {
    // Who limits the size of files gets a signal where one grows past it, and the process an end.
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return -1;
    return ::memfd_create("tiles", MFD_CLOEXEC);
  }();
  return descriptor;
}

/// A process may have some 65,000 mappings (vm.max_map_count), which all that allocates shares.
constexpr int most_mappings = 16'384;
std::atomic<int> mappings = 0;

std::uint64_t next_offset(std::size_t bytes) {
  static std::atomic<std::uint64_t> end = 0;
  return end.fetch_add(bytes);
}

/// The part's memory, and its mapping.
void give_back(FilePart part, std::size_t bytes) {
  --mappings;
  ::fallocate(part.descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(part.offset),
              static_cast<off_t>(in_pages(bytes)));
}

/// The bytes' pages in the file, readable; null, and nothing is left in the file, when there is no room for them.
const char* placed(std::string_view bytes, FilePart part) {
  if (mappings.fetch_add(1) >= most_mappings) {
    --mappings;
    return nullptr;
  }
  std::size_t written = 0;
  while (written < bytes.size()) {
    const auto more = ::pwrite(part.descriptor, bytes.data() + written, bytes.size() - written,
                               static_cast<off_t>(part.offset + written));
    if (more <= 0) break;
    written += static_cast<std::size_t>(more);
  }
  void* pages = written < bytes.size() ? MAP_FAILED
                                       : ::mmap(nullptr, bytes.size(), PROT_READ, MAP_SHARED, part.descriptor,
                                                static_cast<off_t>(part.offset));
  if (pages != MAP_FAILED) return static_cast<const char*>(pages);
  give_back(part, bytes.size());
  return nullptr;
}

}  // namespace

KeptBytes::KeptBytes(std::string bytes) {
  if (const int file = memory_file(); file >= 0 && bytes.size() >= long_from) {
    const FilePart part{file, next_offset(in_pages(bytes.size()))};
    if (const char* pages = placed(bytes, part)) {
      view_ = {pages, bytes.size()};
      file_ = part;
      return;
    }
  }
  string_ = std::move(bytes);
  string_.shrink_to_fit();
  view_ = string_;
}

KeptBytes::~KeptBytes() {
  if (!file_) return;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): munmap takes no `const`
  ::munmap(const_cast<char*>(view_.data()), view_.size());
  give_back(*file_, view_.size());
}

std::size_t KeptBytes::cost() const noexcept {
  // Apart: the object, the count beside it and the allocator's own 16 bytes.
  constexpr std::size_t beside_bytes = sizeof(KeptBytes) + 32;
  return beside_bytes + (file_ ? in_pages(view_.size()) : string_.capacity());
}

}  // namespace geoprio::cache
