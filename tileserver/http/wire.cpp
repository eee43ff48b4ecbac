#include "tileserver/http/wire.hpp"

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <cerrno>

namespace geoprio::http {
namespace {

/// What is left of a call that did not take all: waiting is no fault.
error_code fault_of(int number) {
  if (number == EAGAIN || number == EINTR) return {};
  return {number, asio::error::get_system_category()};
}

}  // namespace

std::size_t Wire::send_at_once(std::string_view head, cache::FilePart file, std::size_t count, error_code& fault) {
  const int socket = socket_.native_handle();
  // MSG_MORE: in one packet with what follows.
  const auto of_head = ::send(socket, head.data(), head.size(), MSG_MORE | MSG_NOSIGNAL);
  if (of_head < 0) {
    fault = fault_of(errno);
    return 0;
  }
  auto written = static_cast<std::size_t>(of_head);
  if (written < head.size()) return written;
  auto offset = static_cast<off_t>(file.offset);
  while (count > 0) {
    const auto of_file = ::sendfile(socket, file.descriptor, &offset, count);
    if (of_file < 0) fault = fault_of(errno);
    if (of_file <= 0) break;
    written += static_cast<std::size_t>(of_file);
    count -= static_cast<std::size_t>(of_file);
  }
  return written;
}

}  // namespace geoprio::http
