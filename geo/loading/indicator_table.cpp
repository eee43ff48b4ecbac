#include "geo/loading/indicator_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/ascii_case.hpp"
#include "geo/domain/codes.hpp"
#include "geo/loading/field_places.hpp"
#include "geo/loading/perimeter_reader.hpp"
#include "geo/loading/source_rows.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::loading {
namespace {

/// A column of the table that feeds a variable of the rules.
struct Column {
  std::size_t place = 0;
  std::string variable;  ///< an indicator's id, or `households`
};

class IndicatorTable {
 public:
  IndicatorTable(const AtlasFile& file, LoadedEdition& edition, const LoadOptions& options, LoadReport& report)
      : settings_(*edition.settings.indicators),
        edition_(edition),
        options_(options),
        report_(report),
        location_(file.location_of(settings_.source.data)),
        source_(ogr::Source::open({location_, settings_.source.layer, settings_.source.encoding})),
        file_(printed_source(settings_.source.data, location_, source_)) {
    for (std::size_t place = 0; place < edition.quarters.size(); ++place)
      quarters_.emplace(ascii_lower(edition.quarters[place].perimeter.code), place);
  }

  void read() {
    const auto key = required_place(settings_.key);
    const auto columns = columns_of_rules();
    std::set<std::size_t> matched;
    std::vector<std::string> strangers;
    std::size_t rows = 0;
    const auto snapshot = read_rows(source_, location_, [&](ogr::SourceFeature&& row) {
      ++rows;
      const auto code = code_text(row.values[key]);
      const auto found = quarters_.find(ascii_lower(code));
      if (found == quarters_.end()) {
        strangers.push_back(code);
        return;
      }
      if (!matched.insert(found->second).second) {
        warn({"ligne " + std::to_string(row.row) + " : le code « " + code + " » est répété ; la première ligne compte.",
              "row " + std::to_string(row.row) + ": the code “" + code + "” is repeated; the first row counts."});
        return;
      }
      for (const auto& column : columns) take(row, column, edition_.quarters[found->second]);
    });
    report_.sources.push_back({indicators_of(edition_.settings.id), file_, source_.layer(), rows, 0, 0, snapshot});
    for (const auto& warning : source_.warnings()) warn(warning);
    report_matches(matched, strangers);
  }

 private:
  void warn(const BilingualText& text) { report_.warnings.push_back(file_ + ": " + in(options_.language, text)); }

  [[nodiscard]] std::size_t required_place(const std::string& name) const {
    return required_field_place(source_.fields(), name, file_, options_.language);
  }

  [[nodiscard]] std::vector<Column> columns_of_rules() {
    std::vector<Column> columns;
    const auto add = [&](const std::string& variable) {
      const auto mapped = settings_.columns.find(variable);
      if (mapped != settings_.columns.end())
        columns.push_back({required_place(mapped->second), variable});
      else if (const auto place = field_place(source_.fields(), variable))
        columns.push_back({*place, variable});
      else if (variable != "households")
        warn({"l'indicateur « " + variable +
                  " » n'a pas de colonne : il manque pour tous les quartiers. Si la colonne a un "
                  "autre nom : indicators = { …, columns = { " +
                  variable + " = \"…\" } }.",
              "the indicator “" + variable +
                  "” has no column: it is missing for every quarter. If the column has another "
                  "name: indicators = { …, columns = { " +
                  variable + " = \"…\" } }."});
    };
    if (const auto* rules = edition_.rules())
      for (const auto& axis : rules->axes)
        for (const auto& indicator : axis.indicators) add(indicator.id);
    add("households");
    return columns;
  }

  void take(const ogr::SourceFeature& row, const Column& column, LoadedQuarter& quarter) {
    const auto& value = row.values[column.place];
    std::optional<double> number;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) number = static_cast<double>(*integer);
    if (const auto* real = std::get_if<double>(&value)) number = *real;
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !means_missing(*text)) {
      number = french_number(*text);
      if (!number)
        warn({"ligne " + std::to_string(row.row) + ", colonne « " + source_.fields()[column.place].name + " » : « " +
                  *text + " » n'est pas un nombre ; la valeur manque.",
              "row " + std::to_string(row.row) + ", column “" + source_.fields()[column.place].name + "”: “" + *text +
                  "” is no number; the value is missing."});
    }
    if (!number || !std::isfinite(*number)) return;
    if (column.variable == "households")
      quarter.households = number;
    else
      quarter.indicators.emplace(column.variable, *number);
  }

  void report_matches(const std::set<std::size_t>& matched, const std::vector<std::string>& strangers) {
    std::vector<std::string> without;
    for (std::size_t place = 0; place < edition_.quarters.size(); ++place)
      if (!matched.contains(place)) without.push_back(edition_.quarters[place].perimeter.code);
    const auto first = [](const std::vector<std::string>& list) {
      std::string text;
      for (std::size_t item = 0; item < std::min<std::size_t>(5, list.size()); ++item)
        text += (item > 0 ? ", " : "") + list[item];
      return text + (list.size() > 5 ? "…" : "");
    };
    const auto count = [](const std::vector<std::string>& list) { return std::to_string(list.size()); };
    if (!strangers.empty())
      warn({count(strangers) + " code(s) sans quartier dans l'édition " + edition_.settings.id + " : " +
                first(strangers),
            count(strangers) + " code(s) without a quarter in edition " + edition_.settings.id + ": " +
                first(strangers)});
    if (!without.empty())
      warn({count(without) + " quartier(s) sans indicateurs dans l'édition " + edition_.settings.id + " : " +
                first(without),
            count(without) + " quarter(s) without indicators in edition " + edition_.settings.id + ": " +
                first(without)});
  }

  const IndicatorSettings& settings_;
  LoadedEdition& edition_;
  const LoadOptions& options_;
  LoadReport& report_;
  std::string location_;  // may hold a password: never printed
  ogr::Source source_;
  std::string file_;
  std::map<std::string, std::size_t> quarters_;
};

}  // namespace

std::optional<double> french_number(std::string_view text) {
  std::string plain;
  text = domain::trimmed(text);
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char letter = text[place];
    // Thousands are set apart by a space, a no-break space (U+00A0) or a narrow one (U+202F).
    if (letter == ' ') continue;
    if (text.substr(place, 2) == "\u00a0")
      place += 1;
    else if (text.substr(place, 3) == "\u202f")
      place += 2;
    else
      plain += letter == ',' ? '.' : letter;
  }
  if (!plain.empty() && plain.back() == '%') plain.pop_back();
  double number = 0;
  const auto* end = plain.data() + plain.size();
  const auto* start = !plain.empty() && plain.front() == '+' ? plain.data() + 1 : plain.data();
  const auto [last, failure] = std::from_chars(start, end, number);
  if (plain.empty() || failure != std::errc() || last != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool means_missing(std::string_view text) {
  constexpr std::array<std::string_view, 12> words{"",   "na", "n/a", "#n/a", "nd", "n.d.",
                                                   "ns", "s",  "c",   "-",    "..", "null"};
  return std::find(words.begin(), words.end(), ascii_lower(domain::trimmed(text))) != words.end();
}

void read_indicators(const AtlasFile& file, LoadedEdition& edition, const LoadOptions& options, LoadReport& report) {
  if (edition.settings.indicators) IndicatorTable(file, edition, options, report).read();
}

}  // namespace geoprio::loading
