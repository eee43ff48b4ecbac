#include "tileserver/atlas/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "geo/core/error.hpp"

namespace geoprio {

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& file) {
  const auto refuse = [&](int number) {
    const auto reason = std::generic_category().message(number);
    throw Error(
        {file.string() + " : ne peut être lu : " + reason + ".", file.string() + ": cannot be read: " + reason + "."});
  };
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) refuse(errno);
  struct stat status {};
  void* start = MAP_FAILED;
  if (::fstat(handle, &status) == 0 && status.st_size > 0)
    start = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, handle, 0);
  const int failure = errno;
  ::close(handle);
  if (start == MAP_FAILED) refuse(failure);
  return std::make_shared<const MappedFile>(start, static_cast<std::size_t>(status.st_size));
}

MappedFile::~MappedFile() { ::munmap(start_, size_); }

void MappedFile::forget() const { ::madvise(start_, size_, MADV_DONTNEED); }

}  // namespace geoprio
