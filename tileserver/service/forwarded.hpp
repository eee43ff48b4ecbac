// What a proxy in front of this server says of the request that it was sent itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/core/result.hpp"
#include "tileserver/service/headers.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

/// How the client addressed the proxy; what the proxy does not say is absent.
struct ForwardedOrigin {
  std::optional<std::string> scheme;  ///< `http` or `https`
  std::optional<std::string> host;    ///< with its port, if it has one
  std::string prefix;                 ///< `/geoprio`: what the proxy took off the path; without a slash at the end
  bool operator==(const ForwardedOrigin&) const = default;
};

/// The last element of `Forwarded` (RFC 7239) and of `X-Forwarded-Proto`, `-Host` and `-Prefix`: the one that the proxy
/// itself added; those before it may be the client's own words. A problem (400) when one is not well formed, or when
/// the two ways of saying it contradict each other: one of them then comes from the client.
/// Only for a request from an address that is trusted.
[[nodiscard]] Result<ForwardedOrigin, Problem> forwarded_origin(const Headers& headers);

/// Whether it has the letters of a host with a port, IPv6 in brackets included (RFC 3986 §3.2.2, without
/// percent-encoded names).
[[nodiscard]] bool is_host(std::string_view text);

}  // namespace geoprio::service
