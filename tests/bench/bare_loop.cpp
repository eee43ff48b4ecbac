// The least that answering a cached tile costs here: `bare_loop PORT FILE writev|sendfile` answers whatever ends in an
// empty line with the file's bytes, by one epoll loop on one thread. It parses nothing, sets no deadline and logs
// nothing. Beside nginx and the server it tells what the kernel takes of a request, by a copy from memory (`writev`)
// and by reference to a memory file (`sendfile`).
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

int checked(long answer, const char* what) {
  if (answer < 0) throw std::system_error(errno, std::generic_category(), what);
  return static_cast<int>(answer);
}

class Loop {
 public:
  Loop(std::uint16_t port, std::string body, bool by_file) : by_file_(by_file), body_(std::move(body)) {
    head_ = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.mapbox-vector-tile\r\nContent-Length: " +
            std::to_string(body_.size()) + "\r\n\r\n";
    file_ = checked(memfd_create("tile", MFD_CLOEXEC), "memfd_create");
    checked(write(file_, body_.data(), body_.size()), "write");
    listener_ = checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    const int on = 1;
    checked(setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    checked(bind(listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here), "bind");
    checked(listen(listener_, 256), "listen");
    epoll_ = checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    watch(listener_, EPOLLIN);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 64> events{};
    for (;;) {
      const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int number = 0; number < ready; ++number) {
        const auto& event = events[static_cast<std::size_t>(number)];
        if (event.data.fd == listener_) {
          accept_one();
        } else {
          serve(event.data.fd);
        }
      }
    }
  }

 private:
  void watch(int descriptor, std::uint32_t what) const {
    epoll_event event{};
    event.events = what;
    event.data.fd = descriptor;
    checked(epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
  }

  void accept_one() {
    const int connection = checked(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), "accept4");
    const int on = 1;
    checked(setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
    watch(connection, EPOLLIN);
  }

  void serve(int connection) {
    std::array<char, 4096> request;
    const auto bytes = recv(connection, request.data(), request.size(), 0);
    if (bytes <= 0) {
      close(connection);
      return;
    }
    const std::string_view asked(request.data(), static_cast<std::size_t>(bytes));
    if (!asked.ends_with("\r\n\r\n")) throw std::runtime_error("a request in parts");
    if (by_file_) {
      checked(send(connection, head_.data(), head_.size(), MSG_MORE | MSG_NOSIGNAL), "send");
      for (off_t from = 0; from < static_cast<off_t>(body_.size());)
        checked(sendfile(connection, file_, &from, body_.size() - static_cast<std::size_t>(from)), "sendfile");
      return;
    }
    const std::array<iovec, 2> parts = {{{head_.data(), head_.size()}, {body_.data(), body_.size()}}};
    // The sockets block: what does not fit waits here, which no server would do.
    checked(writev(connection, parts.data(), static_cast<int>(parts.size())), "writev");
  }

  bool by_file_;
  std::string body_, head_;
  int file_ = -1, listener_ = -1, epoll_ = -1;
};

}  // namespace

int main(int count, char** words) {
  try {
    if (count != 4) throw std::runtime_error("bare_loop PORT FILE writev|sendfile");
    std::ifstream file(words[2], std::ios::binary);
    if (!file) throw std::runtime_error(std::string("cannot read ") + words[2]);
    const std::string body(std::istreambuf_iterator<char>(file), {});
    Loop(static_cast<std::uint16_t>(std::stoul(words[1])), body, std::string_view(words[3]) == "sendfile").run();
  } catch (const std::exception& fault) {
    std::cerr << "bare_loop: " << fault.what() << '\n';
    return 1;
  }
}
