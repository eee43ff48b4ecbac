// Any bytes as a request: always an answer with a status, never an exception, never a fault that a sanitizer sees.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/tileserver/service/small_atlas.hpp"
#include "tileserver/service/service.hpp"

using namespace geoprio;

namespace {

/// Takes a line from the front of `text`.
std::string_view taken_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The first line is the target, the second the method, each further one a header field.
service::Request request_of(std::string_view bytes) {
  service::Request request;
  request.target = std::string(taken_line(bytes));
  const std::string_view method = taken_line(bytes);
  if (!method.empty()) request.method = std::string(method);
  while (!bytes.empty()) {
    const std::string_view line = taken_line(bytes);
    const std::size_t colon = std::min(line.find(':'), line.size());
    request.headers.append(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
  }
  return request;
}

void check(const service::Response& response) {
  if (response.status < 100 || response.status > 599 || response.route.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto snapshot = testing::small_snapshot(testing::small_atlas());
  const auto request = request_of({reinterpret_cast<const char*>(bytes), size});
  const auto at_once = answer_at_once(request, *snapshot);
  const auto answer = service::answer(request, *snapshot);
  check(answer);
  if (at_once && at_once->status != answer.status) std::abort();
  return 0;
}
