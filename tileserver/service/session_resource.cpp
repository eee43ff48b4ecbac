// `/session`: a token in exchange for a cookie, so that pages of staff need not hold it.
#include "tileserver/service/consulted.hpp"
#include "tileserver/service/desk.hpp"
#include "tileserver/service/json_body.hpp"
#include "tileserver/service/staff.hpp"

namespace geoprio::service {
namespace {

Response role_response(const std::optional<store::Token>& staff) {
  const Document role = staff ? Document(store::code_of(staff->role)) : Document(nullptr);
  return private_response(200, "application/json", Body::of(Document{{"role", role}}.dump()));
}

Planned begun(const Exchange& exchange) {
  if (auto fault = fault_of_origin(exchange, /*must_have_one=*/false)) return Unexpected{*std::move(fault)};
  const auto body = json_body(exchange, {"token"});
  if (!body) return Unexpected{body.error()};
  const auto secret = text_member(*body, "token");
  if (!secret) return Unexpected{secret.error()};
  if (!*secret) return Unexpected{wrong_member("token", {"Il manque « token ».", "“token” is missing."})};
  return StoreWork([&exchange, secret = **secret](store::Ledger& ledger) -> Answer {
    const auto staff = staff_with(exchange, ledger, secret);
    if (!staff) return Unexpected{staff.error()};
    auto response = private_response(204, "");
    response.headers.set("Set-Cookie", session_cookie(exchange, secret));
    return response;
  });
}

Planned ended(const Exchange& exchange) {
  const auto credentials = credentials_of(exchange.request.headers);
  if (auto fault = fault_of_origin(exchange, credentials && credentials->by_cookie))
    return Unexpected{*std::move(fault)};
  return StoreWork([&exchange](store::Ledger&) -> Answer {
    auto response = private_response(204, "");
    response.headers.set("Set-Cookie", ended_cookie(exchange));
    return response;
  });
}

}  // namespace

Response no_session() { return role_response(std::nullopt); }

Planned session(const Exchange& exchange) {
  if (exchange.request.method == "POST") return begun(exchange);
  if (exchange.request.method == "DELETE") return ended(exchange);
  return StoreWork([&exchange](store::Ledger& ledger) -> Answer {
    const auto staff = reader(exchange, ledger);
    return staff ? role_response(*staff) : no_session();
  });
}

}  // namespace geoprio::service
