#include "tileserver/service/contribution_documents.hpp"

#include <array>
#include <cstdio>
#include <optional>
#include <utility>
#include <variant>

#include "tileserver/store/calendar.hpp"

namespace geoprio::service {
namespace {

constexpr double units = 1e7;

std::optional<LonLat> place_of(const atlas::Atlas& atlas, const store::Remark& remark) {
  if (remark.cell) return remark.cell;
  const auto number = atlas.layer_number(remark.edition + ".labels");
  if (!number) return std::nullopt;
  const auto& features = atlas.layers[*number].features;
  const auto found = features.find(remark.quarter);
  if (!found) return std::nullopt;
  const auto geometry = features.geometry(*found);
  const auto* point = std::get_if<DegreePoint>(&geometry);
  return point == nullptr ? std::nullopt : LonLat::make(point->x / units, point->y / units);
}

std::string expiry_of(const atlas::Atlas& atlas, const store::Contribution& contribution) {
  return store::days_after(contribution.received, static_cast<int>(atlas.consultation.retention_days)).text();
}

std::span<const store::Change> changes_of(const History& history, const std::string& id) {
  const auto found = history.find(id);
  if (found == history.end()) return {};
  return found->second;
}

Document history_document(std::span<const store::Change> changes) {
  Document list = Document::array();
  for (const auto& change : changes)
    list.push_back({{"date", change.date.text()},
                    {"state", store::code_of(change.state)},
                    {"reason", text_or_null(change.reason)},
                    {"label", text_or_null(change.label)}});
  return list;
}

/// Excel, LibreOffice and Sheets compute what begins so, also in a quoted cell.
bool looks_like_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_cell(std::string& line, std::string_view text) {
  if (!line.empty() && line.back() != '\n') line.push_back(',');
  line.push_back('"');
  if (looks_like_a_formula(text)) line.push_back('\'');
  for (const char letter : text) {
    line.push_back(letter);
    if (letter == '"') line.push_back('"');
  }
  line.push_back('"');
}

std::string degrees(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.7f", value);
  return text.data();
}

/// A coordinate may be negative, and is no formula.
void append_number(std::string& line, const std::string& number) { line.append(",").append(number); }

std::string history_text(std::span<const store::Change> changes) {
  std::string text;
  for (const auto& change : changes) {
    text.append(text.empty() ? "" : "\n").append(change.date.text()).append(" ").append(store::code_of(change.state));
    if (!change.label.empty()) text.append(" (").append(change.label).append(")");
    if (!change.reason.empty()) text.append(": ").append(change.reason);
  }
  return text;
}

}  // namespace

History history_of(std::vector<store::Change> changes) {
  History history;
  for (auto& change : changes) {
    auto& its = history[change.contribution];
    its.push_back(std::move(change));
  }
  return history;
}

Document contribution_feature(const atlas::Atlas& atlas, const store::Contribution& contribution,
                              const History* history) {
  const auto& remark = contribution.remark;
  Document properties{{"id", contribution.id},
                      {"edition", remark.edition},
                      {"theme", remark.theme},
                      {"text", remark.text},
                      {"quarter", text_or_null(remark.quarter)},
                      {"language", remark.language},
                      {"state", store::code_of(contribution.state)},
                      {"received", contribution.received.text()},
                      {"expires", expiry_of(atlas, contribution)}};
  if (history != nullptr) properties["history"] = history_document(changes_of(*history, contribution.id));
  Document geometry = nullptr;
  if (const auto place = place_of(atlas, remark))
    geometry = {{"type", "Point"}, {"coordinates", Document::array({place->lon.degrees(), place->lat.degrees()})}};
  return {{"type", "Feature"},
          {"id", contribution.id},
          {"geometry", std::move(geometry)},
          {"properties", std::move(properties)}};
}

std::string contributions_csv(const atlas::Atlas& atlas, std::span<const store::Contribution> contributions,
                              const History* history) {
  std::string text = "id,edition,theme,text,quarter,language,state,received,expires,lon,lat";
  text.append(history != nullptr ? ",history\n" : "\n");
  for (const auto& contribution : contributions) {
    const auto& remark = contribution.remark;
    for (const auto& cell : {contribution.id, remark.edition, remark.theme, remark.text, remark.quarter,
                             remark.language, std::string(store::code_of(contribution.state)),
                             contribution.received.text(), expiry_of(atlas, contribution)})
      append_cell(text, cell);
    const auto place = place_of(atlas, remark);
    append_number(text, place ? degrees(place->lon.degrees()) : "");
    append_number(text, place ? degrees(place->lat.degrees()) : "");
    if (history != nullptr) append_cell(text, history_text(changes_of(*history, contribution.id)));
    text.push_back('\n');
  }
  return text;
}

}  // namespace geoprio::service
