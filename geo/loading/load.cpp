#include "geo/loading/load.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "geo/core/near_name.hpp"
#include "geo/domain/codes.hpp"
#include "geo/loading/address_reader.hpp"
#include "geo/loading/fingerprint.hpp"
#include "geo/loading/indicator_table.hpp"
#include "geo/loading/load_error.hpp"
#include "geo/loading/near_limit.hpp"
#include "geo/loading/perimeter_reader.hpp"
#include "geo/loading/rules_file.hpp"

namespace geoprio::loading {
namespace {

using OptionalField = std::optional<std::size_t>;

std::string text_at(const std::vector<AttributeValue>& values, const OptionalField& field) {
  return field ? code_text(values[*field]) : std::string();
}

OptionalField chosen_field(const PerimeterReader& reader, const std::string& name) {
  if (name.empty()) return std::nullopt;
  return reader.required_field(name);
}

/// The name of a place, when atlas.toml does not say: the fields of published files.
OptionalField name_field(const PerimeterReader& reader, const std::string& chosen) {
  if (!chosen.empty()) return reader.required_field(chosen);
  for (const char* known : {"nom_qp", "lib_qp", "nom_iris", "lib_com", "nom_com", "libelle", "nom", "name"})
    if (const auto field = reader.field(known)) return field;
  return std::nullopt;
}

LoadedSet loaded_set(const AtlasFile& file, const PerimeterSettings& settings, const LoadOptions& options,
                     LoadReport& report) {
  LoadedSet set;
  set.settings = settings;
  PerimeterReader reader(file, settings.source, settings.id, options, report);
  set.fields = reader.fields();
  const auto code = chosen_field(reader, settings.code);
  const auto name = name_field(reader, settings.name);
  reader.read(code, [&](PerimeterRow&& row) {
    row.perimeter.name = text_at(row.perimeter.values, name);
    set.perimeters.push_back(std::move(row.perimeter));
    return true;
  });
  return set;
}

/// What a quarter's row says beside its perimeter.
struct QuarterFields {
  OptionalField name, communes, status, tier;
};

void add_communes(LoadedQuarter& quarter, const std::vector<AttributeValue>& values, const OptionalField& field,
                  const std::string& feature, PerimeterReader& reader) {
  if (!field) return;
  const auto codes = domain::commune_codes(code_text(values[*field]));
  if (!codes) {
    reader.warn({"objet " + feature + " : « " + codes.error() +
                     " » n'est pas un code INSEE ; les communes du quartier seront "
                     "déduites de la carte.",
                 "feature " + feature + ": “" + codes.error() +
                     "” is no INSEE code; the quarter's communes will be deduced "
                     "from the map."});
    return;
  }
  for (const auto& code : *codes)
    if (std::find(quarter.communes.begin(), quarter.communes.end(), code.text()) == quarter.communes.end())
      quarter.communes.push_back(code.text());
}

void read_quarters(const AtlasFile& file, LoadedEdition& edition, const LoadOptions& options, LoadReport& report) {
  const auto& settings = edition.settings.quarters;
  PerimeterReader reader(file, settings.source, edition.settings.id, options, report);
  edition.fields = reader.fields();
  const auto code = reader.required_field(settings.code);
  const QuarterFields fields{name_field(reader, settings.name), chosen_field(reader, settings.communes),
                             chosen_field(reader, settings.status), chosen_field(reader, settings.tier)};
  reader.read(
      code,
      [&](PerimeterRow&& row) {
        LoadedQuarter quarter;
        const auto& values = row.perimeter.values;
        row.perimeter.name = text_at(values, fields.name);
        if (auto status = text_at(values, fields.status); !status.empty()) quarter.status_national = std::move(status);
        if (auto tier = text_at(values, fields.tier); !tier.empty()) quarter.tier_from_source = std::move(tier);
        add_communes(quarter, values, fields.communes, row.feature, reader);
        quarter.perimeter = std::move(row.perimeter);
        edition.quarters.push_back(std::move(quarter));
        return true;
      },
      [&](const PerimeterRow& row) {
        const auto first = std::find_if(edition.quarters.begin(), edition.quarters.end(), [&](const auto& quarter) {
          return quarter.perimeter.code == row.perimeter.code;
        });
        add_communes(*first, row.perimeter.values, fields.communes, row.feature, reader);
        reader.warn(
            {"objet " + row.feature + " : même code et même périmètre qu'un autre ; leurs communes sont réunies.",
             "feature " + row.feature + ": same code and perimeter as another; their communes are joined."});
      });
}

void check_quarters(const LoadedEdition& edition, const LoadReport& report, std::size_t refusals_before,
                    Language language) {
  if (!edition.quarters.empty()) return;
  std::string why;
  if (report.refusals.size() > refusals_before) {
    const auto& refusal = report.refusals[refusals_before];
    why = " " + refusal.file + ", " + refusal.feature + ": " + refusal.reason + ". " + refusal.remedy;
  }
  throw LoadError(in(language, {"L'édition « " + edition.settings.id + " » n'a plus aucun quartier.",
                                "Edition “" + edition.settings.id + "” has no quarter left."}) +
                  why);
}

void check_bands(const AtlasFile& file, const LoadedEdition& edition, Language language) {
  const auto* rules = edition.rules();
  if (rules == nullptr) return;
  std::vector<std::string> codes;
  for (const auto& tier : rules->tiers) codes.push_back(tier.code);
  for (const auto& band : edition.settings.bands) {
    if (rules->tier(band.tier) != nullptr) continue;
    throw LoadError(file.path.string() + ": [[editions]] " + edition.settings.id + ": " +
                    in(language, {"bands : les règles n'ont pas de niveau « " + band.tier + " ».",
                                  "bands: the rules have no tier “" + band.tier + "”."}) +
                    in(language, did_you_mean(band.tier, codes)));
  }
}

LoadedEdition loaded_edition(const AtlasFile& file, const EditionSettings& settings, const LoadOptions& options,
                             LoadReport& report) {
  LoadedEdition edition;
  edition.settings = settings;
  if (!settings.rules.empty()) {
    auto rules = read_rules_file(file.location_of(settings.rules), options.language);
    edition.conditions = std::move(rules.conditions);
    edition.rules_text = std::move(rules.text);
  }
  check_bands(file, edition, options.language);
  const auto refusals_before = report.refusals.size();
  read_quarters(file, edition, options, report);
  check_quarters(edition, report, refusals_before, options.language);
  read_indicators(file, edition, options, report);
  refuse_distances_out_of_reach(file, edition, report, options.language);
  edition.refusals = report.refusals.size() - refusals_before;
  return edition;
}

std::vector<LoadedCell> loaded_cells(const AtlasFile& file, const LoadOptions& options, LoadReport& report) {
  std::vector<LoadedCell> cells;
  PerimeterReader reader(file, file.population->source, population_set_id, options, report);
  const auto count = reader.required_field(file.population->count);
  std::size_t unknown = 0;
  reader.read(std::nullopt, [&](PerimeterRow&& row) {
    const auto& value = row.perimeter.values[count];
    const auto* words = std::get_if<std::string>(&value);
    if (std::holds_alternative<std::monostate>(value) || (words != nullptr && means_missing(*words))) {
      ++unknown;
      return false;
    }
    std::optional<double> people;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
      people = static_cast<double>(*integer);
    else if (const auto* real = std::get_if<double>(&value))
      people = *real;
    else if (words != nullptr)
      people = french_number(*words);
    if (!people || !(*people >= 0)) {
      reader.refuse(row.feature,
                    {"le nombre d'habitants n'est pas un nombre positif", "the number of people is no positive number"},
                    {"Donnez un nombre d'habitants, 0 au moins, ou retirez le carreau.",
                     "Give a number of people, at least 0, or take the cell out."});
      return false;
    }
    cells.push_back({row.feature, std::move(row.perimeter.shape), *people});
    return true;
  });
  // Some producers leave out small numbers of people: a gap to know of, not a mistake to mend.
  if (unknown > 0)
    reader.warn({std::to_string(unknown) + " carreau(x) sans nombre d'habitants : ils ne comptent pas.",
                 std::to_string(unknown) + " cell(s) without a number of people: they do not count."});
  return cells;
}

}  // namespace

LoadedAtlas load(const std::filesystem::path& place, const LoadOptions& options) {
  LoadedAtlas atlas;
  atlas.file = read_atlas_file(place, options.language);
  for (const auto& perimeters : atlas.file.perimeters)
    atlas.sets.push_back(loaded_set(atlas.file, perimeters, options, atlas.report));
  for (const auto& edition : atlas.file.editions)
    atlas.editions.push_back(loaded_edition(atlas.file, edition, options, atlas.report));
  if (atlas.file.population) atlas.population = loaded_cells(atlas.file, options, atlas.report);
  atlas.streets = loaded_streets(atlas.file, options, atlas.report);
  auto fingerprints = fingerprints_of(atlas.file, atlas.report.sources, options.language);
  atlas.fingerprint_public = std::move(fingerprints.of_public);
  atlas.fingerprint_whole = std::move(fingerprints.of_whole);
  return atlas;
}

}  // namespace geoprio::loading
