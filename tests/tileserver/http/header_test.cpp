// What a header decides before a body is read: it may be too long, and its client may wait for leave to send the body
// (`Expect: 100-continue`, RFC 9110 §10.1.1).
#include <string>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tests/tileserver/service/consultation.hpp"
#include "tileserver/service/percent.hpp"

using namespace geoprio;
using geoprio::testing::Consultation;
using geoprio::testing::RunningServer;

namespace {

/// A server that takes contributions.
struct Running {
  Consultation consultation;
  RunningServer server{testing::handler_over(consultation.snapshot)};

  [[nodiscard]] testing::Client client() const { return server.client(); }
  [[nodiscard]] std::size_t pending() const {
    const auto token = consultation.token(store::Role::moderator);
    return consultation.document("/contributions?state=pending", token).at("numberMatched");
  }
};

const std::string remark = testing::remark().dump();

std::string header(const std::string& request_line, const std::string& fields) {
  return request_line + " HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n" + fields + "\r\n";
}

/// Of a remark that is sent later.
std::string remark_header(const std::string& expectation, const std::string& fields = {}) {
  return header("POST /contributions", "Expect: " + expectation + "\r\nIdempotency-Key: " + testing::key(1) +
                                           "\r\nContent-Length: " + std::to_string(remark.size()) + "\r\n" + fields);
}

const std::string leave = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

TEST_CASE("a header over the limit is a 431 and the end of the connection", "[http]") {
  const Running running;
  auto client = running.client();
  client.get("/", "X-Long: " + std::string(9000, 'x') + "\r\n");
  const auto answer = client.receive();
  CHECK(answer.status == 431);
  CHECK(answer.has("application/problem+json"));
  CHECK(answer.has("Connection: close"));
  CHECK(client.closed());
}

TEST_CASE("a target over the limit is a 414 that says what to do, even when it never ends", "[http]") {
  const Running running;
  auto client = running.client();
  client.send("GET /" + std::string(9000, 'a'));
  const auto answer = client.receive();
  CHECK(answer.status == 414);
  CHECK(answer.has("414 URI Too Long"));
  CHECK(answer.body.find("8192 octets") != std::string::npos);
  CHECK(answer.body.find("/exports") != std::string::npos);
  CHECK(client.closed());
}

TEST_CASE("a target that fits and fields that do not fit beside it are a 431", "[http]") {
  const Running running;
  auto client = running.client();
  client.get("/collections?x=" + std::string(8000, 'x'), "X-Long: " + std::string(300, 'x') + "\r\n");
  CHECK(client.receive().status == 431);
}

TEST_CASE("the longest filter that is let in reaches the server", "[http]") {
  const Running running;
  auto client = running.client();
  const auto items = [](std::size_t length) {
    const std::string begin = "tier IN ('a','", end = "')";
    std::string filter = begin + std::string(length - begin.size() - end.size(), 'a') + end;
    return "/collections/2014.quarters/items?filter=" + service::percent_encoded(filter);
  };
  const std::string fields = "User-Agent: " + std::string(150, 'x') + "\r\nAccept: application/geo+json, */*\r\n";
  client.get(items(4096), fields);
  CHECK(client.receive().status == 200);
  client.get(items(4097), fields);
  const auto answer = client.receive();
  CHECK(answer.status == 400);
  CHECK(answer.body.find("long-filter") != std::string::npos);
  CHECK(answer.body.find("4096") != std::string::npos);
}

TEST_CASE("a client that waits for leave gets it before its body is read, and one answer after", "[http]") {
  const Running running;
  auto client = running.client();
  client.send(remark_header("100-Continue"));
  CHECK(client.receive(true).head == leave);
  client.send(remark);
  CHECK(client.receive().status == 201);
  CHECK(running.pending() == 1);
  client.get("/health/live");
  CHECK(client.receive().status == 200);
}

TEST_CASE("leave is given for a body in chunks too", "[http]") {
  const Running running;
  auto client = running.client();
  client.send(header("POST /contributions", "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\nIdempotency-Key: " +
                                                testing::key(1) + "\r\n"));
  CHECK(client.receive(true).head == leave);
  client.send("1\r\n" + remark.substr(0, 1) + "\r\n");
  char length[8];
  std::snprintf(length, sizeof length, "%zx", remark.size() - 1);
  client.send(std::string(length) + "\r\n" + remark.substr(1) + "\r\n0\r\n\r\n");
  CHECK(client.receive().status == 201);
}

TEST_CASE("who did not wait for leave, asked for none or cannot read it gets the answer alone", "[http]") {
  const Running running;
  auto hasty = running.client();
  hasty.send(remark_header("100-continue") + remark);
  CHECK(hasty.receive().status == 201);
  auto plain = running.client();
  plain.send(header("POST /contributions", "Idempotency-Key: " + testing::key(2) +
                                               "\r\nContent-Length: " + std::to_string(remark.size()) + "\r\n"));
  plain.send(remark);
  CHECK(plain.receive().status == 201);
  auto old = running.client();
  old.send(
      "POST /contributions HTTP/1.0\r\nHost: here\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Idempotency-Key: " +
      testing::key(3) + "\r\nContent-Length: " + std::to_string(remark.size()) + "\r\n\r\n");
  old.send(remark);
  CHECK(old.receive().status == 201);
}

TEST_CASE("a body that the header refuses already is not asked for", "[http]") {
  const Running running;
  struct Case {
    std::string request_line, fields;
    int status;
  };
  const std::string short_body = "Content-Length: 20\r\n";
  for (const auto& [line, fields, status] :
       {Case{"POST /contributions", "Content-Length: 20000\r\n", 413},  // over the route's 16 kB
        Case{"POST /contributions", short_body, 400},                   // no Idempotency-Key
        Case{"POST /session", short_body + "Origin: https://else.example\r\n", 403},
        Case{"PATCH /contributions/some", short_body, 401},                                    // no token
        Case{"PATCH /contributions/some", short_body + "Cookie: geoprio_session=x\r\n", 403},  // from no page of ours
        Case{"POST /collections", short_body, 405}, Case{"POST /nothing", short_body, 404}}) {
    INFO(line << " " << fields);
    auto client = running.client();
    client.send(header(line, "Expect: 100-continue\r\n" + fields));
    const auto answer = client.receive();
    CHECK(answer.status == status);
    CHECK(answer.has("application/problem+json"));
    CHECK(answer.has("Connection: close"));
    CHECK(client.closed());
  }
}

TEST_CASE("another expectation than 100-continue is a 417 that names it", "[http]") {
  const Running running;
  auto client = running.client();
  client.send(remark_header("200-maybe"));
  const auto answer = client.receive();
  CHECK(answer.status == 417);
  CHECK(answer.body.find("200-maybe") != std::string::npos);
  CHECK(client.closed());
  CHECK(running.pending() == 0);
}
