// A client that sends bytes as a test writes them, right or wrong, and reads what comes.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace geoprio::testing {

struct Received {
  int status = 0;
  std::string head;  ///< with its empty line; empty when the connection ended first
  std::string body;

  [[nodiscard]] bool has(std::string_view field) const { return head.find(field) != std::string::npos; }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0)
      throw std::runtime_error("the test's client cannot connect");
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void get(const std::string& target, const std::string& fields = {}) const {
    send("GET " + target + " HTTP/1.1\r\nHost: here\r\n" + fields + "\r\n");
  }
  /// Closes the sending side alone.
  void end_sending() const { ::shutdown(socket_, SHUT_WR); }
  /// One answer. `bodiless`: it answers a HEAD.
  Received receive(bool bodiless = false) {
    Received received;
    std::size_t end;
    while ((end = read_.find("\r\n\r\n")) == std::string::npos)
      if (!read_more()) return received;
    received.head = read_.substr(0, end + 4);
    read_.erase(0, end + 4);
    received.status = std::atoi(received.head.c_str() + 9);
    const auto length = received.head.find("Content-Length: ");
    if (bodiless || length == std::string::npos) return received;
    const auto size = static_cast<std::size_t>(std::atoll(received.head.c_str() + length + 16));
    while (read_.size() < size)
      if (!read_more()) break;
    received.body = read_.substr(0, size);
    read_.erase(0, size);
    return received;
  }
  /// All that comes until the server closes the connection, as it came.
  std::string rest() {
    while (read_more()) continue;
    return std::exchange(read_, {});
  }
  /// Whether the server closes the connection within ten seconds, with nothing more to say.
  bool closed() { return read_.empty() && !read_more(); }

  /// Whether what was read last ended in a reset, not in an ordinary end.
  [[nodiscard]] bool was_reset() const { return reset_; }

 private:
  bool read_more() {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, 10'000) != 1) throw std::runtime_error("the server said nothing for ten seconds");
    char bytes[4096];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    reset_ = got < 0 && errno == ECONNRESET;
    if (got <= 0) return false;
    read_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }
  int socket_;
  std::string read_;
  bool reset_ = false;
};

}  // namespace geoprio::testing
