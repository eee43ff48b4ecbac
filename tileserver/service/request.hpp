// A request as the service sees it: no library's type, so that tests and fuzzers write one by hand.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "tileserver/service/headers.hpp"

namespace geoprio::service {

struct Request {
  std::string method = "GET";
  std::string target = "/";  ///< as on the request line: the path still percent-encoded, the query behind `?`
  Headers headers;
  std::string body;
  bool secure = false;              ///< it came over TLS
  bool from_trusted_proxy = false;  ///< what it says of its origin may be believed (forwarded.hpp)
  std::uint64_t connection = 0;     ///< counts from 1 since the start: it tells connections apart, nothing of a client
  std::stop_token left;             ///< whether the client is gone: nobody reads the answer then
  /// Has work done by a worker; any thread may call it while the request lives. Empty: there are no workers, and
  /// whoever has the work does it.
  std::function<void(std::function<void()>)> on_worker;

  /// Nothing is known of it, not even its method; the memory stays for the next one.
  void clear() noexcept {
    method.clear();
    target.clear();
    headers.clear();
    body.clear();
    left = {};
  }
};

}  // namespace geoprio::service
