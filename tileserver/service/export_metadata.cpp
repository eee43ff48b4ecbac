#include "tileserver/service/export_metadata.hpp"

#include <algorithm>
#include <set>

namespace geoprio::service {
namespace {

constexpr std::size_t longest_name = 10;

void add(std::vector<MetadataRow>& rows, const char* key, const std::string& value) {
  if (!value.empty()) rows.push_back({key, value});
}

std::string plain(std::string_view name) {
  std::string result;
  for (const char letter : name) {
    const bool kept = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '_';
    if (kept) result.push_back(letter);
  }
  return result.empty() ? "champ" : result.substr(0, longest_name);
}

std::string capital(std::string text) {
  for (char& letter : text)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return text;
}

}  // namespace

std::vector<MetadataRow> metadata_rows(const atlas::Atlas& atlas, const domain::Layer& layer,
                                       const projection::OfferedCrs& crs) {
  std::vector<MetadataRow> rows;
  add(rows, "Atlas", atlas.title);
  add(rows, "Couche", layer.id);
  add(rows, "Titre", layer.title);
  if (const auto* edition = layer.edition.empty() ? nullptr : atlas.edition(layer.edition)) {
    add(rows, "Édition", edition->title.empty() ? edition->id : edition->title);
    add(rows, "Étape", edition->working_document ? edition->stage + " (document de travail)" : edition->stage);
    add(rows, "Valable du", edition->valid_from);
    add(rows, "Valable jusqu'au", edition->valid_to);
    add(rows, "Règles", edition->rules_label);
    for (const auto& decision : edition->decisions) {
      std::string text = decision.body;
      for (const auto& part : {decision.date, decision.outcome, decision.quarter, decision.tier, decision.why})
        if (!part.empty()) text += ", " + part;
      add(rows, "Décision", text);
    }
  }
  add(rows, "Source", layer.attribution);
  add(rows, "Licence", layer.licence);
  add(rows, "Système de coordonnées", crs.definition());
  add(rows, "Empreinte de l'atlas", atlas.fingerprint);
  return rows;
}

std::string metadata_text(const std::vector<MetadataRow>& rows, const std::vector<MetadataRow>& renamed,
                          std::string_view line_end) {
  std::string text;
  const auto add_line = [&](const std::string& line) { text.append(line).append(line_end); };
  for (const auto& [key, value] : rows) add_line(key + " : " + value);
  if (!renamed.empty()) {
    add_line("");
    add_line("Champs dont le nom est abrégé (dix caractères au plus dans ce format) :");
  }
  for (const auto& [key, value] : renamed) add_line(key + " : " + value);
  return text;
}

void short_names(std::vector<Field>& fields) {
  std::set<std::string> taken;
  // Names that fit as they are come first: a longer one must not push them aside.
  for (const auto& field : fields)
    if (plain(field.name) == field.name) taken.insert(capital(field.name));
  std::set<std::string> given;
  for (auto& field : fields) {
    auto name = plain(field.name);
    const bool fits = name == field.name && given.insert(capital(name)).second;
    if (fits) continue;
    for (std::size_t number = 1; taken.contains(capital(name)) || given.contains(capital(name)); ++number) {
      const auto suffix = "_" + std::to_string(number);
      name = plain(field.name).substr(0, longest_name - suffix.size()) + suffix;
    }
    given.insert(capital(name));
    field.name = std::move(name);
  }
}

}  // namespace geoprio::service
