// Bodies that the system sends from the file they lie in.
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tileserver/service/reply.hpp"

using namespace geoprio;
using namespace geoprio::http;
using cache::KeptBytes;
using geoprio::testing::RunningServer;

namespace {

std::string numbered(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t place = 0; place < size; ++place) bytes[place] = static_cast<char>(place * 31 % 251);
  return bytes;
}

/// Answers `/SIZE` with so many bytes, made for that answer, and `/SIZE/part` with what begins at 1000.
Handler numbers(std::latch* gone = nullptr) {
  return testing::at_once([gone](const service::Request& request) {
    const std::size_t size = std::stoul(request.target.substr(1));
    const auto let_go = [gone](const KeptBytes* bytes) {
      delete bytes;
      if (gone != nullptr) gone->count_down();
    };
    auto body = service::Body::kept(std::shared_ptr<const KeptBytes>(new KeptBytes(numbered(size)), let_go));
    if (!body.file()) throw std::runtime_error("the bytes lie in no file");
    if (request.target.ends_with("part")) body = body.part(1000, size - 2000);
    return service::public_response(200, "text/plain", std::move(body));
  });
}

}  // namespace

TEST_CASE("a body from a file arrives whole, in parts and again, and HEAD has its length alone", "[http][kept]") {
  const RunningServer running(numbers());
  auto client = running.client();
  // The last is longer than the system takes at once, and than a slice.
  for (const std::size_t size : {std::size_t{20'000}, std::size_t{52'320}, std::size_t{9'000'001}}) {
    client.get("/" + std::to_string(size));
    CHECK(client.receive().body == numbered(size));
    client.get("/" + std::to_string(size) + "/part");
    CHECK(client.receive().body == numbered(size).substr(1000, size - 2000));
    client.send("HEAD /" + std::to_string(size) + " HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(client.receive(true).has("Content-Length: " + std::to_string(size) + "\r\n"));
  }
  const std::string one = "GET /20000 HTTP/1.1\r\nHost: here\r\n";
  client.send(one + "\r\n" + one + "\r\n" + one + "Connection: close\r\n\r\n");
  for (int answer = 0; answer < 3; ++answer) CHECK(client.receive().body == numbered(20'000));
}

TEST_CASE("what the system has taken reaches the client though the bytes are kept no more", "[http][kept]") {
  constexpr std::ptrdiff_t answers = 4;
  constexpr std::size_t size = 20'000;
  std::latch gone(answers);
  const RunningServer running(numbers(&gone));
  auto client = running.client();
  for (std::ptrdiff_t answer = 0; answer < answers; ++answer) client.get("/" + std::to_string(size));
  gone.wait();
  // Others take the memory that was given back.
  std::vector<std::unique_ptr<KeptBytes>> others;
  for (int other = 0; other < 200; ++other) others.push_back(std::make_unique<KeptBytes>(std::string(size, 'x')));
  for (std::ptrdiff_t answer = 0; answer < answers; ++answer) CHECK(client.receive().body == numbered(size));
}

TEST_CASE("a client that leaves in the middle of such a body ends its connection and not the server", "[http][kept]") {
  const RunningServer running(numbers());
  for (int time = 0; time < 20; ++time) {
    const auto client = running.client();
    client.get("/9000001");
    client.get("/9000001");
  }
  auto client = running.client();
  client.get("/20000");
  CHECK(client.receive().body == numbered(20'000));
}
