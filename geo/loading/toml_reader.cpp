#include "geo/loading/toml_reader.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include "geo/core/near_name.hpp"
#include "geo/loading/load_error.hpp"

namespace geoprio::loading {
namespace {

BilingualText expected(const std::string& key, const char* french, const char* english) {
  // Built by steps: GCC 12's -Wrestrict misreads a literal added to a temporary (its bug 105651).
  BilingualText text{"« ", "“"};
  text.french.append(key).append(" » doit être ").append(french).append(".");
  text.english.append(key).append("” must be ").append(english).append(".");
  return text;
}

}  // namespace

void TomlFile::fail(const toml::node* node, const BilingualText& text) const {
  const auto line = node != nullptr ? node->source().begin.line : 0;
  throw LoadError(name + (line > 0 ? ":" + std::to_string(line) : "") + ": " + in(language, text));
}

toml::table parsed_toml(const std::filesystem::path& path, const TomlFile& file) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  if (!stream || !(content << stream.rdbuf()))
    file.fail(nullptr,
              {"fichier illisible ; vérifiez son nom et ses droits.", "cannot be read; check its name and rights."});
  try {
    return toml::parse(content.str());
  } catch (const toml::parse_error& error) {
    const auto place = error.source().begin;
    throw LoadError(file.name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                    in(file.language, {"ce n'est pas du TOML : ", "this is no TOML: "}) +
                    std::string(error.description()));
  }
}

const toml::node* TomlReader::find(const char* key) {
  known_.insert(key);
  return table_.get(key);
}

template <class T>
std::optional<T> TomlReader::value(const char* key, const BilingualText& text) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  auto found = node->value_exact<T>();
  if (!found) file_.fail(node, text);
  return found;
}

std::string TomlReader::text(const char* key) {
  return value<std::string>(key, expected(key, "un texte entre guillemets", "a text in quotes")).value_or("");
}

std::string TomlReader::required_text(const char* key) {
  auto found = text(key);
  if (found.empty())
    fail(key, {"il manque « " + std::string(key) + " » dans " + name_ + " : ajoutez " + key + " = \"…\".",
               "“" + std::string(key) + "” is missing in " + name_ + ": add " + key + " = \"…\"."});
  return found;
}

std::optional<double> TomlReader::number(const char* key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto found = node->is_number() ? node->value<double>() : std::nullopt;
  // TOML has inf and nan; no setting means anything with them.
  if (!found || !std::isfinite(*found)) file_.fail(node, expected(key, "un nombre", "a number"));
  return found;
}

std::size_t TomlReader::whole(const char* key, std::size_t least, std::size_t most, std::size_t fallback) {
  const auto* node = find(key);
  if (node == nullptr) return fallback;
  const auto found = node->value_exact<std::int64_t>();
  const auto range = std::to_string(least) + "–" + std::to_string(most);
  if (!found || *found < static_cast<std::int64_t>(least) || *found > static_cast<std::int64_t>(most))
    file_.fail(node, expected(key, ("un entier dans " + range).c_str(), ("a whole number in " + range).c_str()));
  return static_cast<std::size_t>(*found);
}

bool TomlReader::flag(const char* key) {
  return value<bool>(key, expected(key, "true ou false", "true or false")).value_or(false);
}

std::optional<domain::Date> TomlReader::date(const char* key) {
  const auto text = expected(key, "une date sans guillemets (2015-01-01)", "a date without quotes (2015-01-01)");
  const auto found = value<toml::date>(key, text);
  if (!found) return std::nullopt;
  const auto day = domain::Date::make(found->year, found->month, found->day);
  if (!day) fail(key, text);
  return day;
}

std::vector<std::string> TomlReader::texts(const char* key) {
  std::vector<std::string> list;
  const auto* node = find(key);
  if (node == nullptr) return list;
  const auto text = expected(key, "une liste de textes", "a list of texts");
  const auto* array = node->as_array();
  if (array == nullptr) file_.fail(node, text);
  for (const auto& item : *array) {
    const auto found = item.value_exact<std::string>();
    if (!found) file_.fail(&item, text);
    list.push_back(*found);
  }
  return list;
}

std::vector<double> TomlReader::numbers(const char* key) {
  std::vector<double> list;
  const auto* node = find(key);
  if (node == nullptr) return list;
  const auto text = expected(key, "une liste de nombres", "a list of numbers");
  const auto* array = node->as_array();
  if (array == nullptr) file_.fail(node, text);
  for (const auto& item : *array) {
    const auto found = item.is_number() ? item.value<double>() : std::nullopt;
    if (!found || !std::isfinite(*found)) file_.fail(&item, text);
    list.push_back(*found);
  }
  return list;
}

bool TomlReader::holds_table(const char* key) const {
  const auto* node = table_.get(key);
  return node != nullptr && node->is_table();
}

std::optional<TomlReader> TomlReader::table(const char* key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* inner = node->as_table();
  if (inner == nullptr) file_.fail(node, expected(key, "une table", "a table"));
  return TomlReader(*inner, file_, "[" + std::string(key) + "]");
}

std::vector<TomlReader> TomlReader::tables(const char* key) {
  std::vector<TomlReader> list;
  const auto* node = find(key);
  if (node == nullptr) return list;
  const auto text = expected(key, "une liste de tables ([[…]])", "a list of tables ([[…]])");
  const auto* array = node->as_array();
  if (array == nullptr) file_.fail(node, text);
  for (const auto& item : *array) {
    const auto* inner = item.as_table();
    if (inner == nullptr) file_.fail(&item, text);
    list.emplace_back(*inner, file_, "[[" + std::string(key) + "]] " + std::to_string(list.size() + 1));
  }
  return list;
}

std::vector<std::string> TomlReader::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, node] : table_) names.emplace_back(key.str());
  return names;
}

void TomlReader::finish() const {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (known_.contains(name)) continue;
    BilingualText text{"clé inconnue « " + name + " » dans " + name_ + ".",
                       "unknown key “" + name + "” in " + name_ + "."};
    const auto near = did_you_mean(name, known);
    text.french += near.french;
    text.english += near.english;
    file_.fail(&node, text);
  }
}

void TomlReader::fail(const char* key, const BilingualText& text) const {
  const auto* node = table_.get(key);
  file_.fail(node != nullptr ? node : &table_, text);
}

}  // namespace geoprio::loading
