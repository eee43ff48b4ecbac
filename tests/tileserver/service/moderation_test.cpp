#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tests/tileserver/service/consultation.hpp"

using namespace geoprio;
using namespace geoprio::testing;
using service::Headers;

namespace {

const nlohmann::json publish{{"state", "published"}};

Headers with_cookie(const std::string& token, const char* origin) {
  Headers headers{{"Cookie", "other=1; geoprio_session=" + token}, {"Content-Type", "application/json"}};
  if (origin != nullptr) headers.set("Origin", origin);
  return headers;
}

}  // namespace

TEST_CASE("who may not moderate changes nothing: 401 without a token, 403 with a lower role", "[moderation]") {
  const Consultation consultation;
  const auto id = consultation.posted(1);
  const auto viewer = consultation.token(store::Role::viewer);
  const auto nobody = consultation.patch(id, publish, "");
  CHECK(nobody.status == 401);
  CHECK(header(nobody, "WWW-Authenticate") == "Bearer realm=\"geoprio\"");
  CHECK(consultation.patch(id, publish, "0123").status == 401);
  CHECK(consultation.patch(id, publish, viewer).status == 403);
  CHECK(consultation.patch(id, publish, consultation.token(store::Role::editor)).status == 200);
}

TEST_CASE("what staff may not see is not there, and a bearer's bad token is a 401", "[moderation]") {
  const Consultation consultation;
  const auto id = consultation.posted(1);
  const auto viewer = consultation.token(store::Role::viewer);
  const auto hidden = consultation.ask("GET", "/contributions?state=pending");
  CHECK(hidden.status == 404);
  CHECK(document(hidden).at("parameter") == "state");
  CHECK(consultation.ask("GET", "/contributions?state=pending", Consultation::bearer(viewer)).status == 404);
  CHECK(consultation.ask("GET", "/contributions", Consultation::bearer("0123")).status == 401);
  CHECK(consultation.ask("GET", "/contributions/" + id, Consultation::bearer(viewer)).status == 200);
  CHECK(consultation.ask("GET", "/contributions?state=waiting", Consultation::bearer(viewer)).status == 400);
}

TEST_CASE("every change is in the audit trail, an undone one too", "[moderation]") {
  Consultation consultation;
  const auto id = consultation.posted(1);
  const auto token = consultation.token(store::Role::moderator);
  CHECK(consultation.patch(id, {{"state", "rejected"}, {"reason", "Insulte"}}, token).status == 200);
  consultation.days_passed = 1;
  CHECK(consultation.patch(id, {{"state", "pending"}}, token).status == 200);
  const auto changed = document(consultation.patch(id, publish, token));
  CHECK(document(consultation.patch(id, publish, token)) == changed);
  const auto history = changed.at("properties").at("history");
  REQUIRE(history.size() == 3);
  CHECK(history.at(0) ==
        nlohmann::json(
            {{"date", "2026-03-14"}, {"state", "rejected"}, {"reason", "Insulte"}, {"label", "Service habitat"}}));
  CHECK(history.at(1).at("state") == "pending");
  CHECK(history.at(1).at("date") == "2026-03-15");
  CHECK(history.at(2).at("reason").is_null());
  CHECK(changed.at("properties").at("state") == "published");
}

TEST_CASE("a rejection says why, and a state exists", "[moderation]") {
  const Consultation consultation;
  const auto id = consultation.posted(1);
  const auto token = consultation.token(store::Role::moderator);
  CHECK(document(consultation.patch(id, {{"state", "rejected"}}, token)).at("parameter") == "reason");
  CHECK(consultation.patch(id, {{"state", "rejected"}, {"reason", "  "}}, token).status == 400);
  CHECK(document(consultation.patch(id, {{"state", "deleted"}}, token)).at("parameter") == "state");
  CHECK(consultation.patch("0123456789abcdef", publish, token).status == 404);
}

TEST_CASE("moderators see each state with its history, as GeoJSON and CSV, and no cache keeps it", "[moderation]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  const auto id = consultation.posted(1);
  static_cast<void>(consultation.posted(2));
  CHECK(consultation.patch(id, {{"state", "rejected"}, {"reason", "Hors sujet"}}, token).status == 200);
  const auto pending = consultation.ask("GET", "/contributions?state=pending&f=geojson", Consultation::bearer(token));
  CHECK(document(pending).at("numberMatched") == 1);
  CHECK(header(pending, "Cache-Control") == "private, no-store");
  CHECK(header(pending, "Access-Control-Allow-Origin") == "(none)");
  CHECK(document(pending).at("features").at(0).at("properties").at("history").empty());
  const auto csv = consultation.ask("GET", "/contributions?state=rejected&f=csv", Consultation::bearer(token));
  CHECK(csv.body.bytes().find("2026-03-14 rejected (Service habitat): Hors sujet") != std::string_view::npos);
}

TEST_CASE("a token is exchanged for a cookie that scripts cannot read", "[session]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  const auto begun = consultation.ask("POST", "/session", {{"Content-Type", "application/json"}},
                                      nlohmann::json{{"token", token}}.dump());
  CHECK(begun.status == 204);
  CHECK(header(begun, "Set-Cookie") == "geoprio_session=" + token + "; Path=/; HttpOnly; SameSite=Strict; Secure");
  const auto cookie = with_cookie(token, nullptr);
  CHECK(document(consultation.ask("GET", "/session", cookie)).at("role") == "moderator");
  CHECK(document(consultation.ask("GET", "/session")).at("role").is_null());
  CHECK(document(consultation.ask("GET", "/session", with_cookie("0123", nullptr))).at("role").is_null());
  const auto ended = consultation.ask("DELETE", "/session", with_cookie(token, "http://atlas.example"));
  CHECK(ended.status == 204);
  CHECK(header(ended, "Set-Cookie").find("geoprio_session=; ") == 0);
  CHECK(header(ended, "Set-Cookie").find("Max-Age=0") != std::string::npos);
}

TEST_CASE("on loopback the cookie needs no TLS", "[session]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::viewer);
  for (const auto* host : {"127.0.0.1:8080", "localhost", "[::1]:8080"}) {
    auto request = get("/session", {{"Content-Type", "application/json"}});
    request.method = "POST";
    request.body = nlohmann::json{{"token", token}}.dump();
    request.headers.set("Host", host);
    CHECK(header(answer(request, *consultation.snapshot), "Set-Cookie").find("Secure") == std::string::npos);
    request.headers.set("Host", "127.0.0.1.example:8080");
    CHECK(header(answer(request, *consultation.snapshot), "Set-Cookie").ends_with("; Secure"));
  }
}

TEST_CASE("a write with the cookie comes from a page of this server", "[session]") {
  const Consultation consultation;
  const auto id = consultation.posted(1);
  const auto token = consultation.token(store::Role::moderator);
  const auto patch = [&](const char* origin) {
    return consultation.ask("PATCH", "/contributions/" + id, with_cookie(token, origin), publish.dump()).status;
  };
  CHECK(patch(nullptr) == 403);
  CHECK(patch("null") == 403);
  CHECK(patch("https://elsewhere.example") == 403);
  CHECK(patch("http://atlas.example") == 200);
  const auto login = consultation.ask("POST", "/session",
                                      {{"Content-Type", "application/json"}, {"Origin", "https://elsewhere.example"}},
                                      nlohmann::json{{"token", token}}.dump());
  CHECK(login.status == 403);
}

TEST_CASE("behind a prefix the cookie goes there alone, and the page's origin is the public URL's", "[session]") {
  // As an operator may write it; a browser writes https://carte.example.fr.
  const Consultation consultation({}, "https://Carte.example.fr:443/geoprio");
  const auto token = consultation.token(store::Role::moderator);
  const auto begun = [&](const char* origin) {
    return consultation.ask("POST", "/session", {{"Content-Type", "application/json"}, {"Origin", origin}},
                            nlohmann::json{{"token", token}}.dump());
  };
  CHECK(header(begun("https://carte.example.fr"), "Set-Cookie") ==
        "geoprio_session=" + token + "; Path=/geoprio; HttpOnly; SameSite=Strict; Secure");
  for (const auto* other :
       {"http://carte.example.fr", "https://carte.example.fr:8443", "https://carte.example.fr.net", "null", "https://"})
    CHECK(begun(other).status == 403);
}

TEST_CASE("a wrong token opens no session, an expired or revoked one neither", "[session]") {
  Consultation consultation;
  const auto expiring = consultation.token(store::Role::viewer, consultation.today());
  const auto status = [&](const std::string& token) {
    return consultation
        .ask("POST", "/session", {{"Content-Type", "application/json"}}, nlohmann::json{{"token", token}}.dump())
        .status;
  };
  CHECK(status("wrong") == 401);
  CHECK(status(expiring) == 204);
  consultation.days_passed = 1;
  CHECK(status(expiring) == 401);
  const auto revoked = consultation.token(store::Role::viewer);
  CHECK(status(revoked) == 204);
  store::Ledger ledger(consultation.file());
  ledger.revoke(ledger.tokens().back().id, consultation.today());
  ledger.commit();
  CHECK(status(revoked) == 401);
}

TEST_CASE("wrong tokens in a row have to wait, a right one never does for another's sake", "[session]") {
  service::FloodLimits limits;
  // On one connection, as a proxy sends them: the guesser's and the moderator's.
  limits.attempts_of_connection = {3, 0.01};
  const Consultation consultation(limits);
  const auto token = consultation.token(store::Role::moderator);
  const auto status = [&](const std::string& secret) {
    return consultation.ask("GET", "/contributions", Consultation::bearer(secret));
  };
  for (int number = 0; number < 3; ++number) CHECK(status("wrong").status == 401);
  const auto waits = status("wrong");
  CHECK(waits.status == 429);
  CHECK(header(waits, "Retry-After") == "100");
  CHECK(status(token).status == 200);
}

TEST_CASE("a flood is told to wait, and by connection before it is one of all", "[consultation]") {
  service::FloodLimits limits;
  limits.of_connection = {2, 0.1};
  const Consultation consultation(limits);
  CHECK(consultation.post(remark(), key(1)).status == 201);
  CHECK(consultation.post(remark(), key(2)).status == 201);
  const auto third = consultation.post(remark(), key(3));
  CHECK(third.status == 429);
  CHECK(header(third, "Retry-After") == "10");
}
