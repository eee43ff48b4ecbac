// Bodies that are made while they are sent, and long ones.
#include <atomic>
#include <latch>
#include <new>
#include <stdexcept>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tileserver/service/reply.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::RunningServer;

namespace {

/// Pieces as they are written down here; `throw` is one that cannot be made.
class WrittenPieces final : public service::BodyStream {
 public:
  explicit WrittenPieces(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}
  bool append_piece(std::string& piece) override {
    if (pieces_[next_] == "throw") throw std::runtime_error("no such place");
    piece += pieces_[next_];
    return ++next_ < pieces_.size();
  }

 private:
  std::vector<std::string> pieces_;
  std::size_t next_ = 0;
};

/// A body without an end, which says when nobody wants it any more.
class Endless final : public service::BodyStream {
 public:
  Endless(std::atomic<std::size_t>& made, std::latch& gone) : made_(made), gone_(gone) {}
  ~Endless() override { gone_.count_down(); }
  bool append_piece(std::string& piece) override {
    piece.assign(100'000, 'x');
    made_ += piece.size();
    return true;
  }

 private:
  std::atomic<std::size_t>& made_;
  std::latch& gone_;
};

/// Answers `/plain` with that word, and all else with what is made for it.
Handler answering(std::function<service::Response()> made) {
  return testing::at_once([made = std::move(made)](const service::Request& request) {
    return request.target == "/plain" ? service::public_response(200, "text/plain", service::Body::of("plain"))
                                      : made();
  });
}

Handler streaming(std::vector<std::string> pieces) {
  return answering([pieces = std::move(pieces)] {
    auto response = service::public_response(200, "text/plain");
    response.stream = std::make_shared<WrittenPieces>(pieces);
    return response;
  });
}

}  // namespace

TEST_CASE("a streamed body comes in chunks, and the connection goes on", "[http][stream]") {
  const RunningServer running(streaming({"first ", "", "second piece\n", "end"}));
  auto client = running.client();
  client.get("/");
  client.get("/plain", "Connection: close\r\n");
  const auto all = client.rest();
  CHECK(all.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  // RFC 9112 §7.1; what is empty in between is no chunk, for that would be the end.
  CHECK(all.find("\r\n\r\n6\r\nfirst \r\nd\r\nsecond piece\n\r\n3\r\nend\r\n0\r\n\r\nHTTP/1.1 200 OK") !=
        std::string::npos);
  CHECK(all.ends_with("plain"));
}

TEST_CASE("a stream that ends with nothing ends well", "[http][stream]") {
  const RunningServer running(streaming({"all", ""}));
  auto client = running.client();
  client.get("/", "Connection: close\r\n");
  CHECK(client.rest().ends_with("\r\n\r\n3\r\nall\r\n0\r\n\r\n"));
}

TEST_CASE("a client of HTTP/1.0 gets a streamed body until the connection ends", "[http][stream]") {
  const RunningServer running(streaming({"first ", "end"}));
  auto client = running.client();
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto all = client.rest();
  CHECK(all.find("chunked") == std::string::npos);
  CHECK(all.find("Connection: close") != std::string::npos);
  CHECK(all.ends_with("\r\n\r\nfirst end"));
}

TEST_CASE("HEAD of a stream makes nothing of it", "[http][stream]") {
  const RunningServer running(streaming({"throw"}));
  auto client = running.client();
  client.send("HEAD / HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(client.receive(true).status == 200);
  client.get("/plain");
  CHECK(client.receive().body == "plain");
}

TEST_CASE("a stream that fails closes the connection without its end", "[http][stream]") {
  const RunningServer running(streaming({"first ", "throw"}));
  auto client = running.client();
  client.get("/");
  const auto all = client.rest();
  CHECK(all.ends_with("6\r\nfirst \r\n"));
  CHECK(all.find("\r\n0\r\n") == std::string::npos);
}

TEST_CASE("to a client of HTTP/1.0, for whom the end of the connection is the body's, a stream that fails is a reset",
          "[http][stream]") {
  const RunningServer running(streaming({"first ", "throw"}));
  auto client = running.client();
  client.send("GET / HTTP/1.0\r\n\r\n");
  static_cast<void>(client.rest());
  CHECK(client.was_reset());
  auto another = running.client();
  another.get("/plain", "Connection: close\r\n");
  CHECK(another.rest().ends_with("plain"));
  CHECK_FALSE(another.was_reset());
}

TEST_CASE("what a worker does once an answer is sent may fail, and the next is answered", "[http]") {
  const RunningServer running(answering([] {
    auto response = service::public_response(200, "text/plain", service::Body::of("first"));
    response.afterwards = [] { throw std::bad_alloc(); };
    return response;
  }));
  auto client = running.client();
  for (int turn = 0; turn < 3; ++turn) {
    client.get("/");
    CHECK(client.receive().body == "first");
  }
}

TEST_CASE("what a client does not take is not made, and who never takes it is dropped", "[http][stream]") {
  std::atomic<std::size_t> made{0};
  std::latch gone{1};
  auto options = testing::on_any_port();
  options.response = std::chrono::milliseconds(300);
  const RunningServer running(answering([&] {
                                auto response = service::public_response(200, "text/plain");
                                response.stream = std::make_shared<Endless>(made, gone);
                                return response;
                              }),
                              options);
  auto client = running.client();
  client.get("/");  // and reads nothing
  auto other = running.client();
  other.get("/plain");
  CHECK(other.receive().body == "plain");
  gone.wait();
  // What the system keeps for both ends of a connection, and a piece: some megabytes, not what 300 ms could make.
  CHECK(made < 32'000'000);
}

TEST_CASE("a body longer than a slice arrives whole", "[http][stream]") {
  std::string body;
  for (int number = 0; body.size() < 5'000'000; ++number) body += std::to_string(number) + ' ';
  const RunningServer running(
      answering([&] { return service::public_response(200, "text/plain", service::Body::of(body)); }));
  auto client = running.client();
  client.get("/");
  CHECK(client.receive().body == body);
}
