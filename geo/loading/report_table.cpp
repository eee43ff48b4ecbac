#include "geo/loading/report_table.hpp"

#include <algorithm>
#include <cstdio>

namespace geoprio::loading {
namespace {

/// Characters of a UTF-8 text: bytes that begin one.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char letter) { return (letter >= '0' && letter <= '9') || letter == '.'; });
}

std::string number(double value, const char* format) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

void add_repairs(std::string& text, const LoadReport& report, Language language) {
  if (report.repairs.empty()) return;
  text += "\n" + in(language, {"Réparations", "Repairs"}) + "\n";
  std::vector<std::vector<std::string>> rows{
      {in(language, {"fichier", "file"}), in(language, {"objet", "feature"}), "m²", in(language, {"part", "share"})}};
  for (const auto& repair : report.repairs)
    rows.push_back(
        {repair.file, repair.feature, number(repair.area_changed_m2, "%.1f"), number(repair.share * 100, "%.4f %%")});
  text += aligned_table(rows);
}

}  // namespace

std::string aligned_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (widths.size() <= column) widths.push_back(0);
      widths[column] = std::max(widths[column], width_of(row[column]));
    }
  // A column of numbers, its heading aside, stands to the right.
  std::vector<bool> numbers(widths.size(), rows.size() > 1);
  for (std::size_t row = 1; row < rows.size(); ++row)
    for (std::size_t column = 0; column < rows[row].size(); ++column)
      if (!is_number(rows[row][column])) numbers[column] = false;
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string space(widths[column] - width_of(row[column]), ' ');
      line += column > 0 ? "  " : "";
      line += numbers[column] ? space + row[column] : row[column] + space;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string report_table(const LoadReport& report, Language language) {
  std::vector<std::vector<std::string>> rows{{in(language, {"couche", "set"}), in(language, {"fichier", "file"}),
                                              in(language, {"lus", "read"}), in(language, {"réparés", "repaired"}),
                                              in(language, {"refusés", "refused"})}};
  for (const auto& source : report.sources)
    rows.push_back({source.set, source.file, std::to_string(source.read), std::to_string(source.repaired),
                    std::to_string(source.refused)});
  std::string text = aligned_table(rows);
  add_repairs(text, report, language);
  if (!report.refusals.empty()) text += "\n" + in(language, {"Refus", "Refusals"}) + "\n";
  for (const auto& refusal : report.refusals)
    text += refusal.file + ", " + refusal.feature + ": " + refusal.reason + ".\n  → " + refusal.remedy + "\n";
  if (!report.warnings.empty()) text += "\n" + in(language, {"Avertissements", "Warnings"}) + "\n";
  for (const auto& warning : report.warnings) text += warning + "\n";
  return text;
}

}  // namespace geoprio::loading
