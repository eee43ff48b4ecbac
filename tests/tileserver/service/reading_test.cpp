#include <future>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tests/tileserver/service/consultation.hpp"

using namespace geoprio;
using namespace geoprio::testing;
using service::Headers;
using service::Response;

namespace {

constexpr auto whole = "fedcba9876543210";

/// The small atlas with the draft `2030-essai` in it.
std::shared_ptr<const atlas::Atlas> atlas_with_draft() {
  auto made = small_atlas();
  made->fingerprint = whole;
  atlas::EditionRecord draft;
  draft.id = "2030-essai";
  draft.stage = "draft";
  draft.quarters = {{"q1", std::nullopt, {}}};
  made->editions.push_back(draft);
  auto quarters = small_quarters();
  quarters.id = "2030-essai.quarters";
  quarters.edition = "2030-essai";
  made->layers.push_back(quarters);
  return made;
}

class Drafted : public Consultation {
 public:
  explicit Drafted(const service::FloodLimits& limits = {}) : Consultation(limits, {}, atlas_with_draft()) {}

  [[nodiscard]] Response asked(const std::string& target, Headers headers = {}) const {
    return ask("GET", target, std::move(headers));
  }
};

Headers cookie(const std::string& token) { return {{"Cookie", "geoprio_session=" + token}}; }

/// Every kind of address that can name an edition or one of its layers; `NAME` stands for the edition.
const std::vector<std::string> addresses = {"/collections/NAME.quarters",
                                            "/collections/NAME.quarters/queryables",
                                            "/collections/NAME.quarters/schema",
                                            "/collections/NAME.quarters/items",
                                            "/collections/NAME.quarters/items/q1",
                                            "/collections/NAME.quarters/tiles",
                                            "/collections/NAME.quarters/tiles/WebMercatorQuad",
                                            "/collections/NAME.quarters/tiles/WebMercatorQuad/9/183/262",
                                            "/xyz/NAME.quarters.json",
                                            "/xyz/c2,NAME.quarters/9/262/183.mvt",
                                            "/styles/NAME.tiers",
                                            "/styles/NAME.tiers.qml",
                                            "/exports/NAME.quarters.geojson",
                                            "/exports/NAME.quarters.csv",
                                            "/editions/NAME",
                                            "/editions/NAME/quarters/q1"};

std::string replaced(std::string text, const std::string& name, const std::string& by) {
  for (auto place = text.find(name); place != std::string::npos; place = text.find(name, place + by.size()))
    text.replace(place, name.size(), by);
  return text;
}

std::string all_of(const Response& response) {
  std::string text = std::to_string(response.status) + "\n" + std::string(response.route) + "\n";
  for (const auto& field : response.headers) text += field.name + ": " + field.value + "\n";
  return text.append(response.body.bytes());
}

}  // namespace

TEST_CASE("a draft is there for staff of each role, on every route, and for nobody else", "[staff]") {
  const Drafted drafted;
  const auto token = drafted.token(store::Role::viewer);
  for (const auto& address : addresses) {
    const auto target = replaced(address, "NAME", "2030-essai");
    INFO(target);
    CHECK(drafted.asked(target).status == 404);
    CHECK(drafted.asked(target, Consultation::bearer(token)).status == 200);
  }
  for (const auto role : {store::Role::moderator, store::Role::editor})
    CHECK(drafted.asked("/editions/2030-essai", cookie(drafted.token(role))).status == 200);
  CHECK(document(drafted.asked("/editions")).at("editions").size() == 2);
  CHECK(document(drafted.asked("/editions", cookie(token))).at("editions").size() == 3);
  CHECK(document(drafted.asked("/editions", cookie(token))).at("current") == "2014");
}

TEST_CASE("what everyone gets for a draft's name is what they get for a name that nothing has", "[staff]") {
  const Drafted drafted;
  for (const auto& address : addresses) {
    INFO(address);
    const auto draft = drafted.asked(replaced(address, "NAME", "2030-essai"));
    const auto nothing = drafted.asked(replaced(address, "NAME", "2031-aucun"));
    CHECK(all_of(draft) == replaced(all_of(nothing), "2031-aucun", "2030-essai"));
  }
  // One letter away from the draft's: it is not suggested.
  CHECK(std::string(drafted.asked("/editions/2030-essa").body.bytes()).find("2030-essai") == std::string::npos);
  CHECK(std::string(drafted.asked("/collections/2030-essai.quarter").body.bytes()).find("essai.quarters") ==
        std::string::npos);
}

TEST_CASE("an answer for staff is kept by no cache and read by no other site's page", "[staff]") {
  const Drafted drafted;
  const auto token = drafted.token(store::Role::viewer);
  const auto etag = header(drafted.asked("/editions", Consultation::bearer(token)), "ETag");
  auto again = Consultation::bearer(token);
  again.set("If-None-Match", etag);
  CHECK(drafted.asked("/editions", again).status == 304);
  for (const auto& response :
       {drafted.asked("/editions", Consultation::bearer(token)), drafted.asked("/editions", again),
        drafted.asked("/editions", cookie(token)), drafted.asked("/collections/nothing", Consultation::bearer(token)),
        drafted.asked("/collections?limit=x", Consultation::bearer(token)),
        drafted.asked("/editions", Consultation::bearer("wrong")),
        drafted.asked("/exports/2014.quarters.geojson", Consultation::bearer(token)),
        drafted.asked("/xyz/c2/3/4/3.mvt?v=0123456789abcdef", Consultation::bearer(token)),
        drafted.asked(std::string("/xyz/c2/3/4/3.mvt?v=") + whole, Consultation::bearer(token)),
        drafted.asked("/xyz/communes/3/4/3.mvt", Consultation::bearer(token))}) {
    INFO(response.status << " " << response.route);
    CHECK(header(response, "Cache-Control") == "private, no-store");
    CHECK(header(response, "Access-Control-Allow-Origin") == "(none)");
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
  }
}

TEST_CASE("tiles for staff name the whole atlas, and its name opens nothing to anyone else", "[staff]") {
  const Drafted drafted;
  const auto token = drafted.token(store::Role::viewer);
  const auto tiles = [&](const Headers& headers) {
    return document(drafted.asked("/xyz/c2.json", headers)).at("tiles").at(0).get<std::string>();
  };
  CHECK(tiles({}).ends_with("?v=0123456789abcdef"));
  CHECK(tiles(Consultation::bearer(token)).ends_with(std::string("?v=") + whole));
  const auto target = std::string("/xyz/c2/3/4/3.mvt?v=") + whole;
  CHECK(header(drafted.asked(target, Consultation::bearer(token)), "ETag").starts_with(std::string("\"") + whole));
  const auto everyone = drafted.asked(target);
  CHECK(header(everyone, "ETag").starts_with("\"0123456789abcdef"));
  CHECK(header(everyone, "Cache-Control") == "no-cache");
  // Who has staff's tile and signs out does not keep it.
  CHECK(drafted.asked(target, {{"If-None-Match", std::string("\"") + whole + "\""}}).status == 200);
}

TEST_CASE("a revoked token sees nothing more from the next request on", "[staff]") {
  const Drafted drafted;
  const auto token = drafted.token(store::Role::viewer);
  CHECK(drafted.asked("/editions/2030-essai", Consultation::bearer(token)).status == 200);
  store::Ledger ledger(drafted.file());
  ledger.revoke(ledger.tokens().back().id, drafted.today());
  ledger.commit();
  CHECK(drafted.asked("/editions/2030-essai", Consultation::bearer(token)).status == 401);
  CHECK(drafted.asked("/editions", Consultation::bearer(token)).status == 401);
}

TEST_CASE("a session that is no longer good is everyone's, and is ended", "[staff]") {
  Drafted drafted;
  const auto token = drafted.token(store::Role::viewer, drafted.today());
  CHECK(drafted.asked("/editions/2030-essai", cookie(token)).status == 200);
  drafted.days_passed = 1;
  const auto editions = drafted.asked("/editions", cookie(token));
  CHECK(editions.status == 200);
  CHECK(document(editions).at("editions").size() == 2);
  CHECK(header(editions, "Set-Cookie").starts_with("geoprio_session=; "));
  // Or a shared cache would end others' sessions with it.
  CHECK(header(editions, "Cache-Control") == "private, no-store");
  CHECK(drafted.asked("/editions/2030-essai", cookie(token)).status == 404);
}

TEST_CASE("who tries too many tokens waits, and a page with such a cookie is everyone's", "[staff]") {
  service::FloodLimits limits;
  limits.attempts_of_connection = {1, 0.01};
  const Drafted drafted(limits);
  CHECK(drafted.asked("/editions", Consultation::bearer("wrong")).status == 401);
  CHECK(drafted.asked("/editions", Consultation::bearer("wrong")).status == 429);
  const auto page = drafted.asked("/editions", cookie(drafted.token(store::Role::viewer)));
  CHECK(page.status == 200);
  CHECK(header(page, "Set-Cookie") == "(none)");
}

TEST_CASE("pages, their files and the health are the same for everyone and ask nobody", "[staff]") {
  const Drafted drafted;
  for (const auto* target : {"/assets/map.js", "/health/live", "/health/ready"}) {
    INFO(target);
    CHECK(all_of(drafted.asked(target, Consultation::bearer("wrong"))) == all_of(drafted.asked(target)));
    CHECK(all_of(drafted.asked(target, cookie(drafted.token(store::Role::editor)))) == all_of(drafted.asked(target)));
  }
}

TEST_CASE("without a store no token is good, and no cookie matters", "[staff]") {
  CHECK(asked("/editions", Consultation::bearer("0123")).status == 401);
  CHECK(asked("/editions", {{"Cookie", "geoprio_session=0123"}}).status == 200);
  // Another scheme is a proxy's business.
  CHECK(asked("/editions", {{"Authorization", "Basic MDEyMzo="}}).status == 200);
}

TEST_CASE("where there is no draft staff read everyone's atlas, for themselves alone", "[staff]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::viewer);
  const auto staff = consultation.ask("GET", "/editions", Consultation::bearer(token));
  CHECK(staff.body.bytes() == consultation.ask("GET", "/editions").body.bytes());
  CHECK(header(staff, "Cache-Control") == "private, no-store");
}

TEST_CASE("contributions on an edition that became a draft are listed to staff alone", "[staff]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  const auto id = consultation.posted(1);
  CHECK(consultation.patch(id, {{"state", "published"}}, token).status == 200);
  // As after a reload: 2014 is no longer public.
  service::SnapshotParts parts;
  auto everyone = small_atlas();
  everyone->editions.pop_back();
  parts.atlas = everyone;
  parts.staff_atlas = small_atlas();
  parts.desk = consultation.snapshot->desk;
  const auto later = make_snapshot(std::move(parts));
  const auto asked = [&](const std::string& target, const std::string& secret = {}) {
    return answer(get(target, Consultation::bearer(secret)), *later);
  };
  CHECK(document(asked("/contributions")).at("numberMatched") == 0);
  CHECK(document(asked("/contributions", token)).at("numberMatched") == 1);
  CHECK(asked("/contributions?edition=2014").status == 404);
  CHECK(asked("/contributions?edition=2014", token).status == 200);
  CHECK(asked("/contributions/" + id).status == 404);
  CHECK(asked("/contributions/" + id, token).status == 200);
}

TEST_CASE("an answer by name is made by a worker, never on the connection's thread", "[staff]") {
  const Drafted drafted;
  auto request = get("/editions/2030-essai", cookie(drafted.token(store::Role::viewer)));
  CHECK_FALSE(answer_at_once(request, *drafted.snapshot));
  std::promise<std::function<void()>> handed;
  request.on_worker = [&](std::function<void()> work) { handed.set_value(std::move(work)); };
  unsigned status = 0;
  const auto nothing_left =
      answer_later(request, drafted.snapshot, [&](auto response) { status = response.value().status; });
  CHECK_FALSE(nothing_left);
  const auto work = handed.get_future().get();
  CHECK(status == 0);
  work();
  CHECK(status == 200);
}
