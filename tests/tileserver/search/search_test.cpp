#include "tileserver/search/search_index.hpp"

#include <atomic>
#include <thread>

#include "geo/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tileserver/search/index_builder.hpp"

using namespace geoprio;
using search::Kind;

namespace {

LonLat somewhere() { return *LonLat::make(4.39, 45.43); }

/// Real names of Saint-Étienne Métropole; the streets and their numbers are made up.
search::SearchIndex built() {
  search::IndexBuilder builder;
  const std::pair<const char*, const char*> quarters[] = {{"Beaubrun Tarentaize Couriot", "Saint-Étienne"},
                                                          {"Crêt de Roc Soleil", "Saint-Étienne"},
                                                          {"Montreynaud", "Saint-Étienne"},
                                                          {"Cotonne Montferré", "Saint-Étienne"},
                                                          {"La Métare", "Saint-Étienne"},
                                                          {"Terrenoire", "Saint-Étienne"},
                                                          {"Solaure", "Saint-Étienne"},
                                                          {"Quartiers Sud-Est", "Saint-Étienne"},
                                                          {"Centre Ville", "Firminy"},
                                                          {"Centre Ville", "Rive-de-Gier"},
                                                          {"Firminy-Vert", "Firminy"},
                                                          {"Saint-Julien", "Saint-Chamond"},
                                                          {"Fonsala", "Saint-Chamond"},
                                                          {"Grand Pont", "Rive-de-Gier"},
                                                          {"Jacquard", "Saint-Étienne"},
                                                          {"Le Marais", "Saint-Étienne"},
                                                          {"L'Horme centre", "L'Horme"},
                                                          {"Côte Quart", "La Ricamarie"},
                                                          {"Montcel", "La Ricamarie"},
                                                          {"Layat Bas-Mas", "Firminy"}};
  int number = 0;
  for (const auto& [name, commune] : quarters)
    builder.add_place(Kind::quarter, "q" + std::to_string(number++), name, commune, somewhere());
  for (const char* name : {"Saint-Étienne", "Saint-Chamond", "Saint-Jean-Bonnefonds", "Firminy", "Rive-de-Gier",
                           "La Ricamarie", "L'Horme", "Le Chambon-Feugerolles", "Unieux", "Villars", "Roche-la-Molière",
                           "Saint-Genest-Lerpt", "La Talaudière", "Sorbiers", "Lorette", "La Grand-Croix"})
    builder.add_place(Kind::commune, name, name, "", somewhere());
  const std::pair<const char*, const char*> streets[] = {
      {"Rue de la République", "42000 Saint-Étienne"},    {"Rue de la République", "42700 Firminy"},
      {"Place Jean Jaurès", "42000 Saint-Étienne"},       {"Boulevard du 8 Mai 1945", "42000 Saint-Étienne"},
      {"Avenue de la Libération", "42400 Saint-Chamond"}, {"Rue du Docteur Charcot", "42100 Saint-Étienne"},
      {"Impasse des Lilas", "42800 Rive-de-Gier"},        {"Rue Neuve", "42150 La Ricamarie"}};
  number = 0;
  for (const auto& [name, context] : streets) {
    std::vector<search::HouseNumber> houses;
    for (const std::uint32_t house : {1U, 2U, 3U, 10U, 12U, 14U})
      houses.push_back({house, "", std::to_string(number) + "_" + std::to_string(house), somewhere()});
    houses.push_back({12, "bis", std::to_string(number) + "_12_bis", somewhere()});
    builder.add_street(name, context, houses);
    ++number;
  }
  return std::move(builder).finished();
}

const search::SearchIndex& the_index() {
  static const auto index = built();
  return index;
}

std::string first(const std::string& text) {
  const auto found = the_index().search(text, 8);
  return found.empty() ? "(nothing)" : found.front().label;
}

}  // namespace

TEST_CASE("a name is found whatever its accents, case, hyphens and abbreviations", "[search]") {
  for (const char* text : {"Saint-Étienne", "saint etienne", "SAINT-ETIENNE", "st etienne", "St-Étienne"}) {
    INFO(text);
    CHECK(first(text) == "Saint-Étienne");
    CHECK(the_index().search(text, 1).front().confidence == Approx(1));
  }
  CHECK(first("cret de roc") == "Crêt de Roc Soleil, Saint-Étienne");
  CHECK(first("horme") == "L'Horme");
  CHECK(first("metare") == "La Métare, Saint-Étienne");
}

TEST_CASE("a name is found while it is being typed, from its first letter on", "[search]") {
  const std::string name = "montreynaud";
  for (std::size_t letters = 1; letters <= name.size(); ++letters) {
    INFO(letters);
    const auto found = the_index().search(name.substr(0, letters), 8);
    CHECK(std::any_of(found.begin(), found.end(), [](const auto& one) { return one.label.starts_with("Mont"); }));
    if (letters >= 5) CHECK(found.front().label == "Montreynaud, Saint-Étienne");
  }
  CHECK(first("st c") == "Saint-Chamond");
  CHECK(first("beaub") == "Beaubrun Tarentaize Couriot, Saint-Étienne");
}

TEST_CASE("the commune tells two quarters of one name apart", "[search]") {
  CHECK(first("centre ville firminy") == "Centre Ville, Firminy");
  CHECK(first("centre ville rive de gier") == "Centre Ville, Rive-de-Gier");
  CHECK(the_index().search("centre ville", 8).size() >= 2);
}

TEST_CASE("misspelt names are found", "[search]") {
  const std::pair<const char*, const char*> misspelt[] = {
      {"montreynau", "Montreynaud, Saint-Étienne"},
      {"montrenaud", "Montreynaud, Saint-Étienne"},
      {"montraynaud", "Montreynaud, Saint-Étienne"},
      {"mont reynaud", "Montreynaud, Saint-Étienne"},
      {"monterynaud", "Montreynaud, Saint-Étienne"},
      {"beaubrin", "Beaubrun Tarentaize Couriot, Saint-Étienne"},
      {"bobrun tarentaise", "Beaubrun Tarentaize Couriot, Saint-Étienne"},
      {"tarentaise", "Beaubrun Tarentaize Couriot, Saint-Étienne"},
      {"couriau", "Beaubrun Tarentaize Couriot, Saint-Étienne"},
      {"cret de rok", "Crêt de Roc Soleil, Saint-Étienne"},
      {"crai de roc", "Crêt de Roc Soleil, Saint-Étienne"},
      {"cretderoc soleil", "Crêt de Roc Soleil, Saint-Étienne"},
      {"terenoire", "Terrenoire, Saint-Étienne"},
      {"terre noire", "Terrenoire, Saint-Étienne"},
      {"solore", "Solaure, Saint-Étienne"},
      {"cotone", "Cotonne Montferré, Saint-Étienne"},
      {"monferre", "Cotonne Montferré, Saint-Étienne"},
      {"la metarre", "La Métare, Saint-Étienne"},
      {"jacard", "Jacquard, Saint-Étienne"},
      {"jaquard", "Jacquard, Saint-Étienne"},
      {"fonssala", "Fonsala, Saint-Chamond"},
      {"firmini vert", "Firminy-Vert, Firminy"},
      {"st julein", "Saint-Julien, Saint-Chamond"},
      {"gran pont", "Grand Pont, Rive-de-Gier"},
      {"quartier sud est", "Quartiers Sud-Est, Saint-Étienne"},
      {"saint etiene", "Saint-Étienne"},
      {"sain etienne", "Saint-Étienne"},
      {"saintetienne", "Saint-Étienne"},
      {"st chamon", "Saint-Chamond"},
      {"firmini", "Firminy"},
      {"rive de giers", "Rive-de-Gier"},
      {"ricamary", "La Ricamarie"},
      {"chambon feugerole", "Le Chambon-Feugerolles"},
      {"uniex", "Unieux"},
      {"talaudiere", "La Talaudière"},
      {"talodiere", "La Talaudière"},
      {"roche la moliere", "Roche-la-Molière"},
      {"st jean bonefond", "Saint-Jean-Bonnefonds"},
      {"genest lerp", "Saint-Genest-Lerpt"},
      {"lorete", "Lorette"}};
  std::size_t at_first = 0;
  std::size_t among_eight = 0;
  for (const auto& [text, meant] : misspelt) {
    const auto found = the_index().search(text, 8);
    const bool there = std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.label == meant; });
    among_eight += there ? 1U : 0U;
    at_first += !found.empty() && found.front().label == meant ? 1U : 0U;
    if (!there) UNSCOPED_INFO("not found: " << text);
  }
  INFO(at_first << " first and " << among_eight << " among eight of " << std::size(misspelt));
  CHECK(among_eight * 100 >= std::size(misspelt) * 95);
  CHECK(at_first * 100 >= std::size(misspelt) * 85);
}

TEST_CASE("what is near no name finds nothing", "[search]") {
  for (const char* text : {"xyzzy", "honolulu", "qqqq", "", "   ", "'\"--;", "\xff\xfe"}) {
    INFO(text);
    CHECK(the_index().search(text, 8).empty());
  }
  CHECK(search::SearchIndex().search("montreynaud", 8).empty());
}

TEST_CASE("an address is found by its number, its street and its commune", "[search]") {
  const auto found = the_index().search("12 rue de la république saint-étienne", 8);
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().kind == Kind::address);
  CHECK(found.front().label == "12 Rue de la République, 42000 Saint-Étienne");
  CHECK(found.front().code == "0_12");
  CHECK(first("12 bis rue de la republique firminy") == "12 bis Rue de la République, 42700 Firminy");
  CHECK(first("12bis r de la republique 42700") == "12 bis Rue de la République, 42700 Firminy");
  CHECK(first("3 pl jean jores") == "3 Place Jean Jaurès, 42000 Saint-Étienne");
  CHECK(first("10 rue dr charcot") == "10 Rue du Docteur Charcot, 42100 Saint-Étienne");
  CHECK(first("14 av de la liberation") == "14 Avenue de la Libération, 42400 Saint-Chamond");
}

TEST_CASE("a number in a street's name is no house number, and may follow one", "[search]") {
  CHECK(first("8 mai 1945") == "1 Boulevard du 8 Mai 1945, 42000 Saint-Étienne");
  CHECK(first("2 boulevard du 8 mai 1945") == "2 Boulevard du 8 Mai 1945, 42000 Saint-Étienne");
}

TEST_CASE("a street without a number gives its addresses in order, never its middle", "[search]") {
  const auto found = the_index().search("impasse des lilas", 4);
  REQUIRE(found.size() == 4);
  CHECK(found[0].label == "1 Impasse des Lilas, 42800 Rive-de-Gier");
  CHECK(found[3].label == "10 Impasse des Lilas, 42800 Rive-de-Gier");
}

TEST_CASE("a number that a street has not gives its neighbours, less sure", "[search]") {
  const auto found = the_index().search("11 rue neuve", 8);
  REQUIRE(found.size() >= 2);
  CHECK(found[0].label == "10 Rue Neuve, 42150 La Ricamarie");
  CHECK(found[0].confidence < the_index().search("10 rue neuve", 8).front().confidence);
}

TEST_CASE("the best comes first, and no more than asked", "[search]") {
  for (const char* text : {"saint", "centre", "rue", "1 rue", "la", "m"}) {
    INFO(text);
    const auto found = the_index().search(text, 5);
    CHECK(found.size() <= 5);
    CHECK(std::is_sorted(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.confidence > b.confidence; }));
    for (const auto& one : found) CHECK((one.confidence > 0 && one.confidence <= 1));
  }
}

TEST_CASE("many threads ask at once and are told the same", "[search]") {
  const auto alone = the_index().search("beaubrin", 8);
  std::atomic<int> different{0};
  in_parallel(8, [&](std::size_t) {
    for (int i = 0; i < 20; ++i) {
      const auto found = the_index().search("beaubrin", 8);
      if (found.size() != alone.size() || found.front().label != alone.front().label) ++different;
    }
  });
  CHECK(different == 0);
}
