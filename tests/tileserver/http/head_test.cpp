#include "tileserver/http/head.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio;

namespace {

std::string head_of(const service::Response& response, http::Afterwards afterwards) {
  std::string head;
  http::append_head(head, response, "D", afterwards);
  return head;
}

}  // namespace

TEST_CASE("the date is the one of RFC 9110's example", "[http]") {
  // RFC 9110 §5.6.7: Sunday, 06-Nov-94 08:49:37 GMT, which is 784111777 seconds after 1970.
  CHECK(http::http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("an answer that can have no body has no length", "[http]") {
  service::Response response;
  response.status = 204;
  CHECK(head_of(response, http::Afterwards::keep_open) == "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
}

TEST_CASE("a head ends with an empty line and says what becomes of the connection", "[http]") {
  service::Response response;
  response.headers.set("Content-Type", "text/plain");
  response.body = service::Body::embedded("12345");
  CHECK(head_of(response, http::Afterwards::close) ==
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
}
