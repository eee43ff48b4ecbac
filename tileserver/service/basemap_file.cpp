#include "tileserver/service/basemap_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "geo/core/error.hpp"

namespace geoprio::service {

std::shared_ptr<const BasemapFile> BasemapFile::open(const std::filesystem::path& path) {
  const int descriptor = std::filesystem::is_regular_file(path) ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1;
  if (descriptor < 0)
    throw Error({path.string() + " : ce fond de carte ([basemap]) ne peut pas être lu. Vérifiez son nom et ses droits.",
                 path.string() + ": this basemap ([basemap]) cannot be read. Check its name and rights."});
  return std::make_shared<const BasemapFile>(descriptor, path.filename().string());
}

BasemapFile::~BasemapFile() { ::close(descriptor_); }

std::string_view BasemapFile::content_type() const {
  if (name_.ends_with(".json")) return "application/json";
  return name_.ends_with(".pmtiles") ? "application/vnd.pmtiles" : "application/octet-stream";
}

BasemapFile::State BasemapFile::state() const {
  struct stat now {};
  if (::fstat(descriptor_, &now) != 0) return {};
  const auto size = static_cast<std::uint64_t>(now.st_size);
  return {size, "\"" + std::to_string(size) + "-" + std::to_string(now.st_mtim.tv_sec) + "." +
                    std::to_string(now.st_mtim.tv_nsec) + "\""};
}

void BasemapFile::append_bytes(std::uint64_t first, std::size_t count, std::string& bytes) const {
  const auto before = bytes.size();
  bytes.resize(before + count);
  std::size_t read = 0;
  while (read < count) {
    const auto now = ::pread(descriptor_, bytes.data() + before + read, count - read, static_cast<off_t>(first + read));
    if (now <= 0) break;
    read += static_cast<std::size_t>(now);
  }
  bytes.resize(before + read);
}

}  // namespace geoprio::service
