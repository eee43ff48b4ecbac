// Bodies as clients send them: whole, in parts, in chunks, too long, or not to the end.
#include <string>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::RunningServer;

namespace {

/// Says back what it is sent, up to 1000 bytes.
Handler echo() {
  constexpr std::size_t limit = 1000;
  return testing::at_once(
      [](const service::Request& request) {
        service::Response response;
        response.body = service::Body::of(request.body + std::string(request.headers.find("Late").value_or("")));
        return response;
      },
      limit);
}

const std::string post = "POST / HTTP/1.1\r\nHost: here\r\n";

}  // namespace

TEST_CASE("a body comes with its header or after it, at once or in parts, and the next request is another", "[http]") {
  const RunningServer running(echo());
  auto client = running.client();
  client.send(post + "Content-Length: 5\r\n\r\nwhole" + post + "Content-Length: 4\r\n\r\nnext");
  CHECK(client.receive().body == "whole");
  CHECK(client.receive().body == "next");
  client.send(post + "Content-Length: 900\r\n\r\n");
  client.send(std::string(450, 'a'));
  client.send(std::string(450, 'b'));
  CHECK(client.receive().body == std::string(450, 'a') + std::string(450, 'b'));
}

TEST_CASE("a body in chunks is put together", "[http]") {
  const RunningServer running(echo());
  auto client = running.client();
  client.send(post + "Transfer-Encoding: chunked\r\n\r\n3\r\none");
  client.send("\r\n4\r\n two\r\n0\r\n\r\n");
  CHECK(client.receive().body == "one two");
  client.send(post + "Content-Length: 0\r\n\r\n");
  CHECK(client.receive().status == 200);
}

TEST_CASE("a field that comes behind the chunks is none of the header", "[http]") {
  const RunningServer running(echo());
  auto client = running.client();
  client.send(post + "Late: in time\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsaid\r\n0\r\n\r\n");
  CHECK(client.receive().body == "saidin time");
  client.send(post + "Transfer-Encoding: chunked\r\n\r\n4\r\nsaid\r\n0\r\nLate: too late\r\nHost: there\r\n\r\n");
  CHECK(client.receive().body == "said");
}

TEST_CASE("a body over the limit is a 413, told by its length or found in its chunks", "[http]") {
  const RunningServer running(echo());
  auto told = running.client();
  told.send(post + "Content-Length: 1001\r\n\r\n");
  CHECK(told.receive().status == 413);
  auto chunked = running.client();
  chunked.send(post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x'));
  CHECK(chunked.receive().status == 413);
}

TEST_CASE("a body that ends early ends the connection", "[http]") {
  const RunningServer running(echo());
  auto client = running.client();
  client.send(post + "Content-Length: 10\r\n\r\nhalf");
  client.end_sending();
  CHECK(client.closed());
}
