#include <set>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/router.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

/// All references of a document, wherever they stand.
void collect_references(const nlohmann::json& part, std::set<std::string>& found) {
  if (part.is_object() && part.contains("$ref")) found.insert(part.at("$ref"));
  if (part.is_structured())
    for (const auto& element : part) collect_references(element, found);
}

}  // namespace

TEST_CASE("the interface is described route by route, and nothing else is", "[api]") {
  const auto response = asked("/api");
  CHECK(header(response, "Content-Type") == "application/vnd.oai.openapi+json;version=3.0");
  const auto api = document(response);
  CHECK(api.at("openapi") == "3.0.3");
  std::set<std::string> described;
  for (const auto& [path, operations] : api.at("paths").items()) described.insert(path);
  std::set<std::string> served;
  for (const auto name : service::route_templates()) served.emplace(name);
  CHECK(described == served);
}

TEST_CASE("every reference of the description leads somewhere, and every path parameter is described", "[api]") {
  const auto api = asked_document("/api");
  std::set<std::string> references;
  collect_references(api, references);
  CHECK(references.size() > 10);
  for (const auto& reference : references) {
    INFO(reference);
    CHECK(api.contains(nlohmann::json::json_pointer(reference.substr(1))));
  }
  for (const auto& [path, operations] : api.at("paths").items()) {
    std::set<std::string> named;
    if (operations.at("get").contains("parameters"))
      for (const auto& parameter : operations.at("get").at("parameters")) {
        const auto& one = api.at(nlohmann::json::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
        if (one.at("in") == "path") named.insert(one.at("name"));
      }
    std::set<std::string> wanted;
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1))
      wanted.insert(path.substr(open + 1, path.find('}', open) - open - 1));
    INFO(path);
    CHECK(named == wanted);
  }
}

TEST_CASE("every query parameter of the items is described, and each that is described is read", "[api]") {
  const auto api = asked_document("/api");
  const auto refusal = asked_document("/collections/2014.quarters/items?nothing=1");
  std::set<std::string> described;
  for (const auto& parameter : api.at("paths").at("/collections/{layer}/items").at("get").at("parameters")) {
    const auto& one = api.at(nlohmann::json::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
    if (one.at("in") == "query") described.insert(one.at("name"));
  }
  std::set<std::string> read;
  for (const auto& name : refusal.at("allowed")) read.insert(name);
  // Beside them, the properties of the layer may be named: the parameter of any name.
  CHECK(described.erase("queryable") == 1);
  for (const auto& field : testing::small_quarters().fields) CHECK(read.erase(field.name) == 1);
  CHECK(described == read);
}

TEST_CASE("the description is in the reader's language", "[api]") {
  const auto english = asked("/api", {{"Accept-Language", "en"}});
  CHECK(header(english, "Content-Language") == "en");
  CHECK(document(english).at("paths").at("/").at("get").at("summary") == "Landing page");
  CHECK(asked_document("/api").at("paths").at("/").at("get").at("summary") == "Page d'accueil");
}

TEST_CASE("the landing page leads to everything that the standard asks for", "[landing]") {
  const auto page = asked_document("/");
  for (const auto* relation : {"self", "service-desc", "conformance", "data"}) {
    INFO(relation);
    const auto address = linked(page, relation);
    REQUIRE(address.starts_with("http://atlas.example/"));
    CHECK(asked(address).status == 200);
  }
}

TEST_CASE("the conformance classes are named by their addresses", "[conformance]") {
  const auto classes = asked_document("/conformance").at("conformsTo");
  for (const auto* name : {"core", "oas30", "geojson"})
    CHECK(std::count(classes.begin(), classes.end(),
                     std::string("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/") + name) == 1);
  CHECK(asked("/conformance?colour=red").status == 400);
}
