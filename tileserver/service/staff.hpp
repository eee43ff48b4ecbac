// Who is asking: staff by a token, in a header or in the session's cookie; everyone else without.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tileserver/service/exchange.hpp"
#include "tileserver/store/ledger.hpp"
#include "tileserver/store/token.hpp"

namespace geoprio::service {

struct Credentials {
  std::string secret;
  bool by_cookie = false;
};

/// `Authorization: Bearer`, or else the session's cookie; nothing of any other scheme.
[[nodiscard]] std::optional<Credentials> credentials_of(const Headers& headers);

/// `Set-Cookie` of a session that begins. `Secure` but on loopback, where browsers have no TLS to ask for.
[[nodiscard]] std::string session_cookie(const Exchange& exchange, std::string_view secret);
/// `Set-Cookie` of one that ends.
[[nodiscard]] std::string ended_cookie(const Exchange& exchange);

/// The 403 of a write whose Origin is another site's, or which has none although its browser sent the cookie.
[[nodiscard]] std::optional<Problem> fault_of_origin(const Exchange& exchange, bool must_have_one);

/// The staff member behind that secret, or the 401; 429 after too many wrong ones.
[[nodiscard]] Result<store::Token, Problem> staff_with(const Exchange& exchange, store::Ledger& ledger,
                                                       std::string_view secret);

/// Who reads: nothing for everyone. A bearer's bad token is a 401; a cookie that is no longer good is none.
[[nodiscard]] Result<std::optional<store::Token>, Problem> reader(const Exchange& exchange, store::Ledger& ledger);

/// What the header of a staff's write tells already: no credentials (401), another site's page (403).
[[nodiscard]] std::optional<Problem> fault_of_writer(const Exchange& exchange);

/// Who writes, with that role at least: 401 for nobody or a bad token, 403 for a lower role or another site's page.
[[nodiscard]] Result<store::Token, Problem> writer(const Exchange& exchange, store::Ledger& ledger, store::Role role);

/// An answer for staff: no cache may keep it, no page of another site may read it.
[[nodiscard]] Response private_response(unsigned status, std::string_view content_type, Body body = {});

/// Any answer, made into one for staff: the rest of its fields as they were.
[[nodiscard]] Response for_this_client_alone(Response response);

/// The 401.
[[nodiscard]] Problem not_authorised();

/// A problem whose answer a client can wait for.
[[nodiscard]] Problem too_many_requests(unsigned seconds);

}  // namespace geoprio::service
