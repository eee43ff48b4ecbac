#include "tileserver/service/byte_range.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/catch.hpp"

using namespace geoprio::service;

namespace {

/// 200 with ten bytes, asked for with that Range.
Response ranged(const std::string& range, const std::string& if_range = {}, const std::string& method = "GET") {
  Response response;
  response.status = 200;
  response.body = Body::of("0123456789");
  response.headers.set("ETag", "\"tag\"");
  Request request;
  request.method = method;
  if (!range.empty()) request.headers.append("Range", range);
  if (!if_range.empty()) request.headers.append("If-Range", if_range);
  return with_range(request, std::move(response));
}

std::string content_range(const Response& response) {
  const auto found = response.headers.find("Content-Range");
  return found ? std::string(*found) : std::string();
}

}  // namespace

TEST_CASE("one range of bytes is a part of the body", "[range]") {
  struct Case {
    std::string range, bytes, said;
  };
  for (const auto& [range, bytes, said] :
       {Case{"bytes=0-3", "0123", "bytes 0-3/10"}, Case{"bytes=4-", "456789", "bytes 4-9/10"},
        Case{"bytes=-3", "789", "bytes 7-9/10"}, Case{"bytes=-30", "0123456789", "bytes 0-9/10"},
        Case{"bytes=9-9", "9", "bytes 9-9/10"}, Case{"bytes=8-20", "89", "bytes 8-9/10"}}) {
    INFO(range);
    const auto response = ranged(range);
    CHECK(response.status == 206);
    CHECK(response.body.bytes() == bytes);
    CHECK(content_range(response) == said);
  }
}

TEST_CASE("a range behind the end is refused by a problem that tells the size", "[range]") {
  for (const std::string range : {"bytes=10-", "bytes=10-12", "bytes=-0"}) {
    INFO(range);
    const auto response = ranged(range);
    CHECK(response.status == 416);
    CHECK(content_range(response) == "bytes */10");
    CHECK(response.headers.find("Content-Type") == "application/problem+json");
    // The tag is the file's, and this is not the file.
    CHECK_FALSE(response.headers.find("ETag"));
    const auto problem = nlohmann::json::parse(response.body.bytes());
    CHECK(problem.at("status") == 416);
    CHECK(problem.at("parameter") == "Range");
    CHECK(problem.at("value") == range);
    CHECK(problem.at("detail").get<std::string>().find("10 octets") != std::string::npos);
  }
}

TEST_CASE("what is no single range of bytes is not taken for one", "[range]") {
  for (const std::string range : {"", "bytes=", "bytes=-", "bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=a-3",
                                  "bytes=0-99999999999999999999", "bytes= 0-1"}) {
    INFO(range);
    const auto response = ranged(range);
    CHECK(response.status == 200);
    CHECK(response.body.bytes() == "0123456789");
    CHECK(response.headers.find("Accept-Ranges") == "bytes");
  }
}

TEST_CASE("a part of another version is not sent", "[range]") {
  CHECK(ranged("bytes=0-3", "\"tag\"").status == 206);
  CHECK(ranged("bytes=0-3", "\"older\"").status == 200);
}

TEST_CASE("of HEAD a range is none", "[range]") {
  for (const std::string range : {"bytes=0-3", "bytes=10-"}) {
    const auto response = ranged(range, {}, "HEAD");
    CHECK(response.status == 200);
    CHECK(response.body.size() == 10);
    CHECK(content_range(response).empty());
  }
}
