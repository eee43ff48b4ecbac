#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tests/tileserver/service/consultation.hpp"

using namespace geoprio;
using namespace geoprio::testing;
using service::Headers;

namespace {

std::string parameter_of(const service::Response& response) { return document(response).value("parameter", "(none)"); }

nlohmann::json changed(nlohmann::json body, const char* member, const nlohmann::json& value) {
  body[member] = value;
  return body;
}

/// With a place in degrees instead of a quarter.
nlohmann::json remark_at(double lon, double lat) {
  auto body = remark();
  body.erase("quarter");
  body["lon"] = lon;
  body["lat"] = lat;
  return body;
}

}  // namespace

TEST_CASE("a contribution is stored and answered with its address", "[consultation]") {
  const Consultation consultation;
  CHECK_FALSE(std::filesystem::exists(consultation.file()));
  const auto response = consultation.post(remark());
  CHECK(response.status == 201);
  CHECK(response.route == "/contributions");
  const auto said = document(response);
  CHECK(said.at("state") == "pending");
  CHECK(header(response, "Location") == "http://atlas.example/contributions/" + said.at("id").get<std::string>());
  CHECK(std::filesystem::exists(consultation.file()));
}

TEST_CASE("the same request again has the same answer and is stored once", "[consultation]") {
  const Consultation consultation;
  const auto first = consultation.post(remark());
  const auto again = consultation.post(remark());
  CHECK(again.status == 201);
  CHECK(again.body.bytes() == first.body.bytes());
  CHECK(header(again, "Location") == header(first, "Location"));
  const auto token = consultation.token(store::Role::moderator);
  CHECK(consultation.document("/contributions?state=pending", token).at("numberMatched") == 1);
}

TEST_CASE("another contribution under the same key is refused", "[consultation]") {
  const Consultation consultation;
  CHECK(consultation.post(remark()).status == 201);
  const auto other = consultation.post(remark("Tout autre chose."));
  CHECK(other.status == 422);
  CHECK(parameter_of(other) == "Idempotency-Key");
}

TEST_CASE("without a UUID as its key a contribution is refused", "[consultation]") {
  const Consultation consultation;
  for (const auto* wrong : {"", "1", "6f1c2a9e-3b7d-4c58-9a10-2d4e5f60718", "6f1c2a9e-3b7d-4c58-9a10-2d4e5f60718g"}) {
    const auto response = consultation.post(remark(), wrong);
    CHECK(response.status == 400);
    CHECK(parameter_of(response) == "Idempotency-Key");
  }
}

TEST_CASE("each member of a contribution is checked, and the problem names it", "[consultation]") {
  const Consultation consultation;
  const auto refused = [&](const nlohmann::json& body) {
    const auto response = consultation.post(body);
    CHECK(response.status == 400);
    return parameter_of(response);
  };
  CHECK(refused(changed(remark(), "edition", "2015")) == "edition");
  CHECK(refused(changed(remark(), "theme", "météo")) == "theme");
  CHECK(refused(changed(remark(), "quarter", "q9")) == "quarter");
  CHECK(refused(changed(remark(), "language", "<b>")) == "language");
  CHECK(refused(changed(remark(), "text", "")) == "text");
  CHECK(refused(changed(remark(), "text", " \n\t ")) == "text");
  CHECK(refused(changed(remark(), "text", 42)) == "text");
  CHECK(refused(changed(remark(), "text", "sonnerie \x07")) == "text");
  CHECK(refused(changed(remark(), "name", "Jeanne")) == "name");
  CHECK(refused(changed(remark(), "lon", 4.3)) == "quarter");
  CHECK(refused(remark_at(4.3, 95)) == "lon");
  CHECK(refused(remark_at(2.35, 48.85)) == "lon");
  CHECK(document(consultation.post(changed(remark(), "theme", "habitats"))).at("suggestion") == "habitat");
}

TEST_CASE("a text has at most 1,000 characters, however many bytes they are", "[consultation]") {
  const Consultation consultation;
  std::string longest;
  for (int number = 0; number < 500; ++number) longest += "é🌳";
  CHECK(consultation.post(remark("  " + longest + "\n"), key(1)).status == 201);
  CHECK(consultation.post(remark(longest + "x"), key(2)).status == 400);
}

TEST_CASE("a text keeps its lines and its signs, and is nothing but text", "[consultation]") {
  const Consultation consultation;
  const auto id = consultation.posted(1, remark("<script>alert(1)</script>\r\n=1+1"));
  const auto token = consultation.token(store::Role::moderator);
  const auto feature = consultation.document("/contributions/" + id, token);
  CHECK(feature.at("properties").at("text") == "<script>alert(1)</script>\n=1+1");
}

TEST_CASE("a body that is not JSON, or does not say so, is refused", "[consultation]") {
  const Consultation consultation;
  const auto send = [&](const char* type, const std::string& body) {
    return consultation.ask("POST", "/contributions", {{"Content-Type", type}, {"Idempotency-Key", key(1)}}, body)
        .status;
  };
  CHECK(send("text/plain", remark().dump()) == 415);
  CHECK(send("application/x-www-form-urlencoded", "text=a") == 415);
  CHECK(send("application/json", "{") == 400);
  CHECK(send("application/json", "[]") == 400);
  CHECK(send("application/json", "{\"text\":\"\xff\"}") == 400);
  CHECK(send("application/json; charset=utf-8", remark().dump()) == 201);
}

TEST_CASE("a place is rounded to the centre of its cell of 200 m", "[consultation]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  const auto place = [&](int number, double lon, double lat) {
    const auto id = consultation.posted(number, remark_at(lon, lat));
    return consultation.document("/contributions/" + id, token).at("geometry").at("coordinates");
  };
  // gdaltransform, EPSG:4326 to EPSG:2154: 45.405 N 4.305 E is 802,085.17 E 6,479,241.68 N; and back: the centre of its
  // cell, 802,100 E 6,479,300 N, is 4.3052018 E 45.4055229 N.
  const auto centre = place(1, 4.305, 45.405);
  CHECK(centre.at(0).get<double>() == Approx(4.3052018).margin(2e-7));
  CHECK(centre.at(1).get<double>() == Approx(45.4055229).margin(2e-7));
  CHECK(place(2, 4.3049, 45.4051) == centre);
  CHECK(place(3, 4.308, 45.405) != centre);
}

TEST_CASE("an atlas without a store takes no contribution, and nobody has a session there", "[consultation]") {
  CHECK(asked("/contributions").status == 404);
  CHECK(asked("/contributions/1").status == 404);
  CHECK(document(asked("/session")).at("role").is_null());
  CHECK(asked_document("/").at("consultation").is_null());
}

TEST_CASE("the landing page tells the pages what a contribution may be", "[consultation]") {
  const Consultation consultation;
  const auto said = consultation.document("/?f=json").at("consultation");
  CHECK(said.at("themes").size() == 8);
  CHECK(said.at("themes").at(1) == "cadre de vie");
  CHECK(said.at("themes_en").empty());
  CHECK(said.at("retention_days") == 365);
  CHECK(said.at("text_limit") == 1000);
}

TEST_CASE("only what was published is seen, with the day it goes", "[consultation]") {
  const Consultation consultation;
  const auto id = consultation.posted(1);
  const auto token = consultation.token(store::Role::moderator);
  CHECK(consultation.document("/contributions").at("features").empty());
  CHECK(consultation.ask("GET", "/contributions/" + id).status == 404);
  CHECK(consultation.patch(id, {{"state", "published"}}, token).status == 200);
  const auto list = consultation.document("/contributions");
  CHECK(list.at("type") == "FeatureCollection");
  CHECK(list.at("retention_days") == 365);
  const auto& properties = list.at("features").at(0).at("properties");
  CHECK(properties.at("text") == "Plus d'arbres, s'il vous plaît.");
  CHECK(properties.at("quarter") == "q1");
  CHECK(properties.at("received") == "2026-03-14");
  CHECK(properties.at("expires") == "2027-03-14");
  CHECK_FALSE(properties.contains("history"));
  CHECK(consultation.document("/contributions/" + id) == list.at("features").at(0));
}

TEST_CASE("the published are filtered, paged and written as CSV", "[consultation]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  for (int number = 1; number <= 5; ++number) {
    auto body = remark("=SOMME(A1) \"" + std::to_string(number) + "\"");
    body["quarter"] = number == 5 ? "q2" : "q1";
    body["theme"] = number == 4 ? "santé" : "emploi";
    CHECK(consultation.patch(consultation.posted(number, body), {{"state", "published"}}, token).status == 200);
  }
  CHECK(consultation.document("/contributions?quarter=q2").at("numberMatched") == 1);
  CHECK(consultation.document("/contributions?theme=sant%C3%A9").at("numberMatched") == 1);
  CHECK(consultation.document("/contributions?edition=2007").at("numberMatched") == 0);
  CHECK(consultation.ask("GET", "/contributions?edition=2015").status == 404);
  CHECK(consultation.ask("GET", "/contributions?quarters=q1").status == 400);
  CHECK(consultation.ask("GET", "/contributions?limit=0").status == 400);
  const auto page = consultation.document("/contributions?limit=2&offset=2&quarter=q1");
  CHECK(page.at("numberMatched") == 4);
  CHECK(page.at("numberReturned") == 2);
  CHECK(linked(page, "prev") == "http://atlas.example/contributions?limit=2&quarter=q1");
  CHECK(linked(page, "next").empty());
  const auto csv = consultation.ask("GET", "/contributions?f=csv&limit=1");
  CHECK(header(csv, "Content-Type") == "text/csv; charset=utf-8");
  CHECK(csv.body.bytes().find("\"'=SOMME(A1) \"\"1\"\"\"") != std::string_view::npos);
}

TEST_CASE("a name that is another's SQL is a name", "[consultation]") {
  const Consultation consultation;
  const auto token = consultation.token(store::Role::moderator);
  CHECK(consultation.patch(consultation.posted(1), {{"state", "published"}}, token).status == 200);
  CHECK(consultation.document("/contributions?quarter=q1%27%20OR%20%271%27=%271").at("numberMatched") == 0);
  CHECK(consultation.ask("GET", "/contributions/x%27%20OR%20%271%27=%271").status == 404);
  CHECK(consultation.document("/contributions").at("numberMatched") == 1);
}

TEST_CASE("nothing that tells who wrote is in the store's bytes", "[consultation]") {
  const Consultation consultation;
  const std::string kiosk = "11111111-2222-4333-8444-555555555555";
  const Headers headers{
      {"Content-Type", "application/json"}, {"Idempotency-Key", key(7)},      {"Kiosk-Id", kiosk},
      {"User-Agent", "Telltale/1.0"},       {"Forwarded", "for=203.0.113.9"}, {"Cookie", "visit=telltale"}};
  CHECK(consultation.ask("POST", "/contributions", headers, remark().dump()).status == 201);
  std::string bytes;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(consultation.file()).parent_path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  CHECK(bytes.find("Plus d'arbres") != std::string::npos);
  for (const auto& telltale :
       {kiosk, key(7), std::string("Telltale"), std::string("203.0.113.9"), std::string("visit")}) {
    INFO(telltale);
    CHECK(bytes.find(telltale) == std::string::npos);
  }
}
