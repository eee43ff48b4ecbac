#include "geo/loading/atlas_file.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "geo/core/near_name.hpp"
#include "geo/domain/codes.hpp"
#include "geo/loading/load_error.hpp"
#include "geo/loading/page_settings.hpp"
#include "geo/loading/source_files.hpp"
#include "geo/loading/toml_reader.hpp"
#include "geo/projection/metric_crs.hpp"

namespace geoprio::loading {
namespace {

BilingualText both(const std::string& french, const std::string& english) { return {french, english}; }

SourceSettings source_settings(TomlReader& reader) {
  SourceSettings source;
  source.data = reader.required_text("data");
  source.crs = reader.text("crs");
  source.layer = reader.text("layer");
  source.encoding = reader.text("encoding");
  source.title = reader.text("title");
  source.source = reader.text("source");
  source.licence = reader.text("licence");
  source.attribution = reader.text("attribution");
  if (const auto date = reader.date("date")) source.date = date->text();
  source.snap = reader.flag("snap");
  return source;
}

std::string layer_identifier(TomlReader& reader, std::set<std::string>& taken) {
  auto id = reader.required_text("id");
  if (!domain::is_layer_identifier(id))
    reader.fail("id",
                both("« " + id +
                         " » ne peut pas être un identifiant : lettres sans accent, chiffres, _ et -, 63 au plus, "
                         "pas « changes » ni « scenario ».",
                     "“" + id +
                         "” cannot be an identifier: plain letters, digits, _ and -, at most 63, neither "
                         "“changes” nor “scenario”."));
  if (!taken.insert(id).second)
    reader.fail("id",
                both("l'identifiant « " + id + " » est déjà pris : éditions et couches n'ont pas deux fois le même.",
                     "the identifier “" + id + "” is taken: editions and sets may not share one."));
  return id;
}

PerimeterSettings perimeter_settings(TomlReader& reader, std::set<std::string>& taken) {
  PerimeterSettings perimeters;
  perimeters.id = layer_identifier(reader, taken);
  reader.rename("[[perimeters]] " + perimeters.id);
  perimeters.source = source_settings(reader);
  perimeters.code = reader.text("code");
  perimeters.name = reader.text("name");
  reader.finish();
  return perimeters;
}

QuarterSettings quarter_settings(TomlReader reader) {
  QuarterSettings quarters;
  quarters.source = source_settings(reader);
  quarters.code = reader.required_text("code");
  quarters.name = reader.text("name");
  quarters.communes = reader.text("communes");
  quarters.status = reader.text("status");
  quarters.tier = reader.text("tier");
  reader.finish();
  return quarters;
}

IndicatorSettings indicator_settings(TomlReader reader) {
  IndicatorSettings indicators;
  indicators.source = source_settings(reader);
  indicators.key = reader.required_text("key");
  if (auto columns = reader.table("columns")) {
    for (const auto& id : columns->keys()) indicators.columns[id] = columns->required_text(id.c_str());
    columns->finish();
  }
  reader.finish();
  return indicators;
}

domain::Outcome outcome_of(TomlReader& reader) {
  const auto code = reader.required_text("outcome");
  if (const auto outcome = domain::parse_outcome(code)) return *outcome;
  reader.fail("outcome", both("« " + code + " » n'est pas une issue : validated, refused, amended ou noted.",
                              "“" + code + "” is no outcome: validated, refused, amended or noted."));
}

domain::Decision decision_of(TomlReader& reader) {
  const auto date = reader.date("date");
  if (!date)
    reader.fail("date", both("il manque la date de la décision : date = 2014-10-15.",
                             "the decision's date is missing: date = 2014-10-15."));
  domain::Decision decision{.body = reader.required_text("body"), .date = *date, .outcome = outcome_of(reader)};
  decision.why = reader.text("why");
  if (const auto quarter = reader.text("quarter"); !quarter.empty()) {
    decision.quarter = domain::QuarterCode::parse(quarter);
    if (!decision.quarter)
      reader.fail("quarter", both("ce n'est pas un code de quartier.", "this is no quarter code."));
  }
  if (auto tier = reader.text("tier"); !tier.empty()) decision.tier = std::move(tier);
  if (decision.tier && !decision.quarter)
    reader.fail("tier", both("une décision qui donne un niveau nomme aussi son quartier : quarter = \"…\".",
                             "a decision that gives a tier names its quarter too: quarter = \"…\"."));
  reader.finish();
  return decision;
}

BandSettings band_of(TomlReader& reader) {
  BandSettings band{reader.required_text("tier"), Metres(reader.number("metres").value_or(0))};
  if (!(band.metres.value() > 0 && band.metres.value() <= 100000))
    reader.fail("metres", both("« metres » doit être un nombre de mètres, plus de 0 et 100 000 au plus.",
                               "“metres” must be a number of metres, over 0 and at most 100,000."));
  reader.finish();
  return band;
}

domain::Stage stage_of(TomlReader& reader) {
  const auto code = reader.required_text("stage");
  if (const auto stage = domain::parse_stage(code)) return *stage;
  std::vector<std::string> codes;
  std::string list;
  for (const auto stage : domain::all_stages) {
    codes.emplace_back(domain::code_of(stage));
    list += (list.empty() ? "" : ", ") + codes.back();
  }
  const auto near = did_you_mean(code, codes);
  reader.fail("stage", both("« " + code + " » n'est pas une étape (" + list + ")." + near.french,
                            "“" + code + "” is no stage (" + list + ")." + near.english));
}

EditionSettings edition_settings(TomlReader& reader, std::set<std::string>& taken) {
  EditionSettings edition;
  edition.id = layer_identifier(reader, taken);
  reader.rename("[[editions]] " + edition.id);
  edition.title = reader.text("title");
  edition.stage = stage_of(reader);
  edition.valid_from = reader.date("valid_from");
  edition.valid_to = reader.date("valid_to");
  if (edition.valid_from && edition.valid_to && *edition.valid_to < *edition.valid_from)
    reader.fail("valid_to", both("« valid_to » est avant « valid_from ».", "“valid_to” is before “valid_from”."));
  if (auto previous = reader.text("previous"); !previous.empty()) edition.previous = std::move(previous);
  auto quarters = reader.table("quarters");
  if (!quarters)
    reader.fail("quarters",
                both("il manque « quarters » dans " + reader.name() + " : quarters = { data = \"…\", code = \"…\" }.",
                     "“quarters” is missing in " + reader.name() + ": quarters = { data = \"…\", code = \"…\" }."));
  edition.quarters = quarter_settings(std::move(*quarters));
  if (auto indicators = reader.table("indicators")) edition.indicators = indicator_settings(std::move(*indicators));
  edition.rules = reader.text("rules");
  for (auto& band : reader.tables("bands")) edition.bands.push_back(band_of(band));
  for (auto& decision : reader.tables("decisions")) edition.decisions.push_back(decision_of(decision));
  reader.finish();
  return edition;
}

const EditionSettings* edition_named(const AtlasFile& atlas, const std::string& id) {
  for (const auto& edition : atlas.editions)
    if (edition.id == id) return &edition;
  return nullptr;
}

std::vector<std::string> edition_ids(const AtlasFile& atlas) {
  std::vector<std::string> ids;
  for (const auto& edition : atlas.editions) ids.push_back(edition.id);
  return ids;
}

void check_previous(const AtlasFile& atlas, const toml::table& table, const TomlFile& file) {
  for (std::size_t place = 0; place < atlas.editions.size(); ++place) {
    const auto& edition = atlas.editions[place];
    if (!edition.previous) continue;
    const auto* written = table.at_path("editions[" + std::to_string(place) + "].previous").node();
    const auto name = "[[editions]] " + edition.id;
    const auto* previous = edition_named(atlas, *edition.previous);
    if (previous == nullptr) {
      const auto near = did_you_mean(*edition.previous, edition_ids(atlas));
      file.fail(written,
                both(name + " : aucune édition ne s'appelle « " + *edition.previous + " » (previous)." + near.french,
                     name + ": no edition is called “" + *edition.previous + "” (previous)." + near.english));
    }
    if (domain::is_public(edition.stage) && !domain::is_public(previous->stage))
      file.fail(written, both(name + " est publique mais son édition précédente « " + previous->id + " » ne l'est pas.",
                              name + " is public but its previous edition “" + previous->id + "” is not."));
    std::set<std::string> seen{edition.id};
    for (const auto* step = previous; step != nullptr && step->previous; step = edition_named(atlas, *step->previous))
      if (!seen.insert(step->id).second)
        file.fail(written, both(name + " : les éditions précédentes tournent en rond.",
                                name + ": the previous editions go round in a circle."));
  }
}

void check_default(const AtlasFile& atlas, const toml::table& table, const TomlFile& file) {
  if (!std::any_of(atlas.editions.begin(), atlas.editions.end(),
                   [](const auto& e) { return domain::is_public(e.stage); }))
    file.fail(nullptr,
              both("aucune édition n'est publique : il en faut une dont l'étape n'est ni draft ni prefiguration.",
                   "no edition is public: one must have a stage other than draft and prefiguration."));
  if (atlas.default_edition.empty()) return;
  const auto* edition = edition_named(atlas, atlas.default_edition);
  const auto near = did_you_mean(atlas.default_edition, edition_ids(atlas));
  if (edition == nullptr)
    file.fail(table.get("default_edition"),
              both("default_edition : aucune édition ne s'appelle « " + atlas.default_edition + " »." + near.french,
                   "default_edition: no edition is called “" + atlas.default_edition + "”." + near.english));
  if (!domain::is_public(edition->stage))
    file.fail(table.get("default_edition"),
              both("default_edition : « " + edition->id + " » n'est pas publique (étape " +
                       std::string(domain::code_of(edition->stage)) + ").",
                   "default_edition: “" + edition->id + "” is not public (stage " +
                       std::string(domain::code_of(edition->stage)) + ")."));
}

std::vector<std::string> names_of_themes(TomlReader& reader, const char* key,
                                         const domain::Consultation& consultation) {
  auto names = reader.texts(key);
  const auto count = std::to_string(consultation.themes.size());
  if (!names.empty() && names.size() != consultation.themes.size())
    reader.fail(key, both("« " + std::string(key) + " » nomme les " + count + " thèmes dans leur ordre : il y en a " +
                              std::to_string(names.size()) + ".",
                          "“" + std::string(key) + "” names the " + count + " themes in their order: there are " +
                              std::to_string(names.size()) + "."));
  return names;
}

void read_consultation(TomlReader& reader, domain::Consultation& consultation) {
  if (auto themes = reader.texts("themes"); !themes.empty()) consultation.themes = std::move(themes);
  const std::set<std::string> different(consultation.themes.begin(), consultation.themes.end());
  if (different.size() != consultation.themes.size() || different.contains(""))
    reader.fail("themes", both("les thèmes sont des mots différents, dont aucun n'est vide.",
                               "themes are different words, none of them empty."));
  consultation.themes_en = names_of_themes(reader, "themes_en", consultation);
  consultation.themes_falc = names_of_themes(reader, "themes_falc", consultation);
  consultation.retention_days = static_cast<std::uint32_t>(reader.whole("retention_days", 1, 36500, 365));
  reader.finish();
}

void read_sections(TomlReader& reader, AtlasFile& atlas) {
  if (auto tiles = reader.table("tiles")) {
    atlas.max_zoom = static_cast<unsigned>(tiles->whole("max_zoom", 0, 20, 16));
    atlas.cache_mb = tiles->whole("cache_mb", 0, 1048576, 64);
    tiles->finish();
  }
  if (auto partition = reader.table("partition")) {
    atlas.sliver_width = Metres(partition->number("sliver_width_m").value_or(1));
    if (!(atlas.sliver_width.value() >= 0 && atlas.sliver_width.value() <= 100))
      partition->fail("sliver_width_m", both("« sliver_width_m » doit être entre 0 et 100 mètres.",
                                             "“sliver_width_m” must be between 0 and 100 metres."));
    partition->finish();
  }
  if (auto addresses = reader.table("addresses")) {
    atlas.addresses = source_settings(*addresses);
    addresses->finish();
  }
  if (auto kiosk = reader.table("kiosk")) atlas.kiosk = kiosk_settings(*std::move(kiosk));
  if (auto consultation = reader.table("consultation")) {
    read_consultation(*consultation, atlas.consultation);
  }
  if (auto basemap = reader.table("basemap")) atlas.basemap = basemap_settings(*std::move(basemap));
}

void check_metric_crs(TomlReader& reader, const AtlasFile& atlas) {
  const auto crs = projection::MetricCrs::make(atlas.metric_crs);
  if (!crs) reader.fail("metric_crs", both("metric_crs : " + crs.error().french, "metric_crs: " + crs.error().english));
}

std::string canonical_text(const toml::table& table) {
  std::ostringstream text;
  text << toml::json_formatter{table};
  return text.str();
}

/// True for `PG:…`, a URL and the like: a colon, and no file of that name.
bool is_connection(const AtlasFile& atlas, const std::string& location) {
  return location.find(':') != std::string::npos && files_behind(atlas.location_of(location)).empty();
}

/// Connection strings as their scheme alone: a password is nobody's to hash, and the same rows on another server make
/// the same atlas.
void shorten_connections(toml::node& node, const AtlasFile& atlas) {
  if (auto* array = node.as_array())
    for (auto& item : *array) shorten_connections(item, atlas);
  if (auto* table = node.as_table())
    for (auto&& [key, value] : *table) {
      auto* text = value.as_string();
      const bool location = text != nullptr && (key == "data" || key == "store");
      if (location && is_connection(atlas, text->get())) text->get().resize(text->get().find(':') + 1);
      shorten_connections(value, atlas);
    }
}

toml::table without_hidden_editions(toml::table table) {
  auto* editions = table.get_as<toml::array>("editions");
  for (std::size_t place = editions->size(); place-- > 0;) {
    const auto stage = (*editions)[place].at_path("stage").value<std::string>();
    const auto parsed = domain::parse_stage(stage.value_or(""));
    if (parsed && !domain::is_public(*parsed)) editions->erase(editions->cbegin() + static_cast<std::ptrdiff_t>(place));
  }
  return table;
}

}  // namespace

std::string AtlasFile::location_of(const std::string& data) const {
  const auto folder = std::filesystem::absolute(path).parent_path();
  if (data.rfind("/vsizip/", 0) == 0 && data.size() > 8 && data[8] != '/' && data[8] != '{')
    return "/vsizip/" + (folder / data.substr(8)).lexically_normal().string();
  // Connection strings (PG:…, postgresql://…) have a colon, as few files' names do; /vsi… are GDAL's own.
  if (data.rfind("/vsi", 0) == 0) return data;
  if (data.find(':') != std::string::npos && !std::filesystem::exists(folder / data)) return data;
  return (folder / data).lexically_normal().string();
}

AtlasFile read_atlas_file(const std::filesystem::path& place, Language language) {
  AtlasFile atlas;
  atlas.path = std::filesystem::is_directory(place) ? place / "atlas.toml" : place;
  const TomlFile file{atlas.path.string(), language};
  if (!std::filesystem::is_regular_file(atlas.path))
    file.fail(nullptr, both("ce fichier n'existe pas : donnez un atlas.toml ou le dossier qui le contient.",
                            "there is no such file: give an atlas.toml or the folder that holds one."));
  auto table = parsed_toml(atlas.path, file);
  TomlReader reader(table, file, atlas.path.filename().string());
  atlas.title = reader.required_text("title");
  atlas.metric_crs = reader.required_text("metric_crs");
  check_metric_crs(reader, atlas);
  atlas.default_edition = reader.text("default_edition");
  atlas.crs = reader.texts("crs");
  atlas.consultation.store = reader.text("store");
  std::set<std::string> taken;
  for (auto& perimeters : reader.tables("perimeters"))
    atlas.perimeters.push_back(perimeter_settings(perimeters, taken));
  if (auto population = reader.table("population")) {
    atlas.population = PopulationSettings{source_settings(*population), population->required_text("count")};
    population->finish();
  }
  for (auto& edition : reader.tables("editions")) atlas.editions.push_back(edition_settings(edition, taken));
  if (atlas.editions.empty())
    reader.fail("editions", both("il faut au moins une édition : [[editions]] avec id, stage et quarters.",
                                 "at least one edition is needed: [[editions]] with id, stage and quarters."));
  read_sections(reader, atlas);
  reader.finish();
  check_previous(atlas, table, file);
  check_default(atlas, table, file);
  shorten_connections(table, atlas);
  atlas.settings_whole = canonical_text(table);
  atlas.settings_public = canonical_text(without_hidden_editions(table));
  return atlas;
}

}  // namespace geoprio::loading
