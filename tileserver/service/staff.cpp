#include "tileserver/service/staff.hpp"

#include <algorithm>

#include "tileserver/service/desk.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view cookie_name = "geoprio_session";
constexpr std::size_t longest_secret = 512;

/// The value of that cookie (RFC 6265 §4.2.1).
std::optional<std::string> cookie_of(std::string_view cookies) {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find_first_of(";,"), cookies.size());
    std::string_view one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (!one.starts_with(cookie_name) || one.size() <= cookie_name.size() || one[cookie_name.size()] != '=') continue;
    return std::string(one.substr(cookie_name.size() + 1));
  }
  return std::nullopt;
}

/// `https://host:port` of what an address begins with, and its host alone.
std::string_view site_of(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return address;
  return address.substr(0, std::min(address.find('/', scheme + 3), address.size()));
}
std::string_view host_of(std::string_view address) {
  const auto site = site_of(address);
  const auto scheme = site.find("://");
  return scheme == std::string_view::npos ? site : site.substr(scheme + 3);
}

/// A host as browsers write it into Origin: without the port that its scheme has anyway.
std::string_view without_usual_port(std::string_view host, std::string_view address) {
  const std::string_view port = address.starts_with("https:") ? ":443" : ":80";
  return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

bool is_loopback(std::string_view host) {
  const auto name = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.rfind(':'));
  // A name may begin like an address: 127.0.0.1.example.
  const bool numbers = name.find_first_not_of("0123456789.") == std::string_view::npos;
  return name == "localhost" || name == "[::1]" || (numbers && name.starts_with("127."));
}

/// Where the cookie is sent to: behind a prefix, not to its neighbours on the same host.
std::string_view cookie_path(std::string_view base_url) {
  const auto path = base_url.substr(site_of(base_url).size());
  const bool unwritable = path.empty() || path.find(';') != std::string_view::npos;  // RFC 6265 §4.1.1
  return unwritable ? "/" : path;
}

std::string cookie(const Exchange& exchange, std::string_view value) {
  std::string text(cookie_name);
  text.append("=").append(value).append("; Path=").append(cookie_path(exchange.base_url));
  text.append("; HttpOnly; SameSite=Strict");
  if (!is_loopback(host_of(exchange.base_url))) text.append("; Secure");
  return text;
}

bool is_own_origin(const Exchange& exchange, std::string_view origin) {
  const std::string_view own = exchange.base_url;
  // Without a public URL, a proxy may speak TLS for us: the host alone is known then.
  const bool same_scheme =
      exchange.snapshot.public_url.empty() || origin.substr(0, origin.find(':')) == own.substr(0, own.find(':'));
  return same_scheme &&
         equal_ignoring_case(without_usual_port(host_of(origin), origin), without_usual_port(host_of(own), origin));
}

Problem role_too_low(store::Role needed) {
  const std::string role(store::code_of(needed));
  return {.status = 403,
          .kind = "role-too-low",
          .detail = {"Ce jeton ne permet pas cela : il faut le rôle « " + role + " ».",
                     "This token does not allow that: the role “" + role + "” is needed."},
          .parameter = "Authorization"};
}

}  // namespace

Problem not_authorised() {
  return {.status = 401,
          .kind = "unauthorised",
          .detail = {"Il faut un jeton valable : Authorization: Bearer, ou une session ouverte par POST /session.",
                     "A valid token is needed: Authorization: Bearer, or a session opened by POST /session."},
          .parameter = "Authorization"};
}

Problem too_many_requests(unsigned seconds) {
  const auto wait = std::to_string(seconds);
  return {.status = 429,
          .kind = "too-many-requests",
          .detail = {"Trop d'envois à la fois ; réessayez dans " + wait + " s.",
                     "Too many requests at once; try again in " + wait + " s."},
          .retry_after_s = seconds};
}

std::optional<Credentials> credentials_of(const Headers& headers) {
  constexpr std::string_view scheme = "Bearer ";
  if (const auto header = headers.find("Authorization");
      header && header->size() > scheme.size() && equal_ignoring_case(header->substr(0, scheme.size()), scheme)) {
    auto secret = header->substr(scheme.size());
    secret.remove_prefix(std::min(secret.find_first_not_of(' '), secret.size()));
    return Credentials{std::string(secret), false};
  }
  if (const auto cookies = headers.find("Cookie"))
    if (auto secret = cookie_of(*cookies)) return Credentials{std::move(*secret), true};
  return std::nullopt;
}

std::string session_cookie(const Exchange& exchange, std::string_view secret) { return cookie(exchange, secret); }

std::string ended_cookie(const Exchange& exchange) { return cookie(exchange, "") + "; Max-Age=0"; }

std::optional<Problem> fault_of_origin(const Exchange& exchange, bool must_have_one) {
  const auto origin = exchange.request.headers.find("Origin");
  if (!origin && !must_have_one) return std::nullopt;
  if (origin && is_own_origin(exchange, *origin)) return std::nullopt;
  return Problem{.status = 403,
                 .kind = "other-origin",
                 .detail = {"Cette écriture ne vient pas d'une page de ce serveur.",
                            "This write does not come from a page of this server."},
                 .parameter = "Origin"};
}

Result<store::Token, Problem> staff_with(const Exchange& exchange, store::Ledger& ledger, std::string_view secret) {
  const auto& desk = *exchange.snapshot.desk;
  if (secret.size() <= longest_secret)
    if (auto token = store::token_of(ledger.tokens(), secret, desk.store->today())) return *std::move(token);
  if (const auto wait = desk.gates->wait_after_failure(exchange.request.connection))
    return Unexpected{too_many_requests(*wait)};
  return Unexpected{not_authorised()};
}

Result<std::optional<store::Token>, Problem> reader(const Exchange& exchange, store::Ledger& ledger) {
  const auto credentials = credentials_of(exchange.request.headers);
  if (!credentials) return std::optional<store::Token>();
  auto token = staff_with(exchange, ledger, credentials->secret);
  if (token) return std::optional(*std::move(token));
  if (credentials->by_cookie) return std::optional<store::Token>();
  return Unexpected{token.error()};
}

std::optional<Problem> fault_of_writer(const Exchange& exchange) {
  const auto credentials = credentials_of(exchange.request.headers);
  if (!credentials) return not_authorised();
  return credentials->by_cookie ? fault_of_origin(exchange, /*must_have_one=*/true) : std::nullopt;
}

Result<store::Token, Problem> writer(const Exchange& exchange, store::Ledger& ledger, store::Role role) {
  if (auto fault = fault_of_writer(exchange)) return Unexpected{*std::move(fault)};
  auto token = staff_with(exchange, ledger, credentials_of(exchange.request.headers)->secret);
  if (!token) return token;
  if (token->role < role) return Unexpected{role_too_low(role)};
  return token;
}

Response private_response(unsigned status, std::string_view content_type, Body body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  if (!content_type.empty()) response.headers.set("Content-Type", std::string(content_type));
  response.headers.set("Cache-Control", "private, no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

Response for_this_client_alone(Response response) {
  constexpr std::string_view cors = "Access-Control-";
  Headers kept;
  const auto keep = [&](const Header& field) {
    const auto beginning = std::string_view(field.name).substr(0, cors.size());
    if (!equal_ignoring_case(beginning, cors)) kept.append(field.name, field.value);
  };
  if (const auto* fixed = response.headers.fixed()) std::for_each(fixed->fields().begin(), fixed->fields().end(), keep);
  std::for_each(response.headers.begin(), response.headers.end(), keep);
  kept.set("Cache-Control", "private, no-store");
  response.headers = std::move(kept);
  return response;
}

}  // namespace geoprio::service
