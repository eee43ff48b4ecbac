// Addresses in the columns of the Base Adresse Nationale (adresse.data.gouv.fr, "adresses-csv"); made up.
#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::says;
using tests::ScratchAtlas;

namespace {

constexpr const char* header =
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;"
    "source_nom_voie;certification_commune;cad_parcelles\n";

std::string row(const std::string& id, const std::string& number, const std::string& suffix, const std::string& street,
                const std::string& lon, const std::string& lat) {
  return id + ";;" + number + ";" + suffix + ";" + street + ";42000;42218;Saint-Étienne;;;0;0;" + lon + ";" + lat +
         ";entrée;;;SAINT ETIENNE;;commune;commune;1;\n";
}

loading::LoadedAtlas loaded(const ScratchAtlas& atlas, const std::string& addresses) {
  atlas.write("atlas.toml", ScratchAtlas::settings("", "[addresses]\ndata = \"adresses.csv\"\n"));
  atlas.write("adresses.csv", addresses);
  return atlas.loaded();
}

}  // namespace

TEST_CASE("addresses are read by street, with their numbers and places", "[loading]") {
  const ScratchAtlas atlas("addresses");
  const auto read = loaded(atlas, header + row("42218_1_00012_bis", "12", "bis", "Rue Neuve", "4.39", "45.43") +
                                      row("42218_2_00001", "1", "", "Allée des Lilas", "4.40", "45.44") +
                                      row("42218_1_00012", "12", "", "Rue Neuve", "4.3901", "45.4301"));
  REQUIRE(read.streets.size() == 2);
  CHECK(read.streets[0].name == "Allée des Lilas");
  const auto& street = read.streets[1];
  CHECK(street.name == "Rue Neuve");
  CHECK(street.postcode == "42000");
  CHECK(street.commune == "Saint-Étienne");
  REQUIRE(street.addresses.size() == 2);
  CHECK(street.addresses[0].id == "42218_1_00012_bis");
  CHECK(street.addresses[0].number == 12);
  CHECK(street.addresses[0].suffix == "bis");
  CHECK(street.addresses[0].place == LonLat::make(4.39, 45.43));
  CHECK(street.addresses[1].suffix.empty());
  CHECK(read.report.warnings.empty());
  CHECK(read.report.sources.back().set == "[addresses]");
  CHECK(read.report.sources.back().read == 3);
}

TEST_CASE("rows without a street, a number or a place do not count, and are told once", "[loading]") {
  const ScratchAtlas atlas("addresses-unusable");
  const auto read = loaded(
      atlas, header + row("a", "1", "", "Rue Neuve", "4.39", "45.43") + row("b", "", "", "Rue Neuve", "4.39", "45.43") +
                 row("c", "99999", "", "Le Bas", "4.39", "45.43") + row("d", "2", "", "Rue Neuve", "", "") +
                 row("e", "3", "", "Rue Neuve", "808829", "6482924") + row("f", "4", "", "", "4.39", "45.43"));
  REQUIRE(read.streets.size() == 1);
  CHECK(read.streets[0].addresses.size() == 1);
  REQUIRE(read.report.warnings.size() == 1);
  CHECK(says(read.report.warnings[0], "adresses.csv: 5 row(s)"));
  CHECK(read.report.refusals.empty());
}

TEST_CASE("a file without the columns of addresses is refused with the one that is missing", "[loading]") {
  const ScratchAtlas atlas("addresses-columns");
  atlas.write("adresses.csv", "id;numero;nom_voi;code_postal;code_insee;nom_commune;lon;lat\na;1;b;c;d;e;4;45\n");
  const auto said = atlas.failure_of(ScratchAtlas::settings("", "[addresses]\ndata = \"adresses.csv\"\n"));
  CHECK(says(said, "no field “nom_voie”"));
  CHECK(says(said, "Did you mean “nom_voi”?"));
}
