#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::ScratchAtlas;

namespace {

const std::string draft =
    "[[editions]]\nid = \"2024\"\nstage = \"draft\"\nquarters = { data = \"draft.geojson\", code = \"code\" }\n";

struct Fingerprints {
  std::string of_public, of_whole;
};

Fingerprints fingerprints(const ScratchAtlas& scratch, const std::string& settings) {
  scratch.write("atlas.toml", settings);
  const auto atlas = scratch.loaded();
  return {atlas.fingerprint_public, atlas.fingerprint_whole};
}

}  // namespace

TEST_CASE("a fingerprint is 16 hex digits, the same in another folder and after comments", "[loading]") {
  const ScratchAtlas here("fingerprint-here");
  const ScratchAtlas there("fingerprint-there");
  const auto one = fingerprints(here, ScratchAtlas::settings());
  CHECK(one.of_public.size() == 16);
  CHECK(one.of_public.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(fingerprints(there, "# a comment\n\n" + ScratchAtlas::settings()).of_public == one.of_public);
}

TEST_CASE("a setting, a source's byte or a companion changes the fingerprint", "[loading]") {
  const ScratchAtlas scratch("fingerprint-changes");
  const auto one = fingerprints(scratch, ScratchAtlas::settings());
  CHECK(fingerprints(scratch, ScratchAtlas::settings("", "[tiles]\nmax_zoom = 15\n")).of_public != one.of_public);
  scratch.write("quarters.geojson",
                ScratchAtlas::quarters(ScratchAtlas::square("A1", 4.0) + "," + ScratchAtlas::square("A2", 4.2)));
  CHECK(fingerprints(scratch, ScratchAtlas::settings()).of_public != one.of_public);
}

TEST_CASE("a draft changes the whole fingerprint and leaves the public one alone", "[loading]") {
  const ScratchAtlas scratch("fingerprint-draft");
  scratch.write("draft.geojson", ScratchAtlas::quarters(ScratchAtlas::square("D1", 4.0)));
  const auto without = fingerprints(scratch, ScratchAtlas::settings());
  const auto with = fingerprints(scratch, ScratchAtlas::settings("", draft));
  CHECK(with.of_public == without.of_public);
  CHECK(with.of_whole != without.of_whole);
  scratch.write("draft.geojson", ScratchAtlas::quarters(ScratchAtlas::square("D1", 4.3)));
  const auto changed = fingerprints(scratch, ScratchAtlas::settings("", draft));
  CHECK(changed.of_public == without.of_public);
  CHECK(changed.of_whole != with.of_whole);
}

TEST_CASE("a changed address changes the fingerprint, and addresses that are not there are an error", "[loading]") {
  const ScratchAtlas scratch("fingerprint-addresses");
  const auto settings = ScratchAtlas::settings("", "[addresses]\ndata = \"addresses.csv\"\n");
  scratch.write(
      "addresses.csv",
      "id,numero,nom_voie,code_postal,code_insee,nom_commune,lon,lat\na,1,Rue Neuve,42000,42218,X,4.0,45.4\n");
  const auto one = fingerprints(scratch, settings);
  CHECK(fingerprints(scratch, settings).of_public == one.of_public);
  scratch.write(
      "addresses.csv",
      "id,numero,nom_voie,code_postal,code_insee,nom_commune,lon,lat\na,2,Rue Neuve,42000,42218,X,4.0,45.4\n");
  const auto changed = fingerprints(scratch, settings);
  CHECK(changed.of_public != one.of_public);
  CHECK(changed.of_whole != one.of_whole);
  std::filesystem::remove(scratch.folder() / "addresses.csv");
  CHECK(tests::says(scratch.failure(), "addresses.csv"));
}

TEST_CASE("a connection enters the fingerprinted settings as its scheme: no host, no password", "[loading]") {
  const ScratchAtlas scratch("fingerprint-connection");
  const auto settings = [&](const std::string& connection) {
    scratch.write("atlas.toml",
                  ScratchAtlas::settings("indicators = { data = \"" + connection + "\", key = \"code\" }\n",
                                         "[addresses]\ndata = \"postgresql://reader:tr3s-secret@there/q\"\n",
                                         "data = \"" + connection + "\", layer = \"quarters\", code = \"code\""));
    return loading::read_atlas_file(scratch.folder(), Language::english).settings_whole;
  };
  const auto here = settings("PG:host=here dbname=q password=tr3s-secret");
  CHECK(settings("PG:host=there dbname=p password=another") == here);
  CHECK(here.find("tr3s-secret") == std::string::npos);
  CHECK(settings("quarters.geojson") != here);
}
