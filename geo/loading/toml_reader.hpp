// Typed reading of TOML tables, in which every key must be known. Private to geo/loading.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "geo/domain/date.hpp"

namespace geoprio::loading {

/// Where messages point to, and in which language.
struct TomlFile {
  std::string name;
  Language language = Language::french;

  /// @throws LoadError `file:line: text`; without a line when `node` is null.
  [[noreturn]] void fail(const toml::node* node, const BilingualText& text) const;
};

/// Parses the file. @throws LoadError when it cannot be read or is no TOML, with the line and column.
toml::table parsed_toml(const std::filesystem::path& path, const TomlFile& file);

/// One table. Every key that is read becomes known; `finish` refuses the others.
class TomlReader {
 public:
  /// `name` is how the table is called in messages: `[[editions]] 2014`.
  TomlReader(const toml::table& table, const TomlFile& file, std::string name)
      : table_(table), file_(file), name_(std::move(name)) {}

  std::string required_text(const char* key);
  std::string text(const char* key);
  std::optional<double> number(const char* key);
  /// @throws LoadError outside [least, most].
  std::size_t whole(const char* key, std::size_t least, std::size_t most, std::size_t fallback);
  bool flag(const char* key);
  std::optional<domain::Date> date(const char* key);
  std::vector<std::string> texts(const char* key);
  std::vector<double> numbers(const char* key);
  /// Whether the key's value is a table; a key that may also be something else is asked first.
  [[nodiscard]] bool holds_table(const char* key) const;
  /// A table, or nothing.
  std::optional<TomlReader> table(const char* key);
  std::vector<TomlReader> tables(const char* key);

  /// The keys of this table, for tables whose keys are names.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// @throws LoadError for a key that nobody read, with the near one.
  void finish() const;
  /// @throws LoadError that points to the key (or to the table where there is no such key).
  [[noreturn]] void fail(const char* key, const BilingualText& text) const;
  [[nodiscard]] const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }

 private:
  const toml::node* find(const char* key);
  template <class T>
  std::optional<T> value(const char* key, const BilingualText& text);

  const toml::table& table_;
  const TomlFile& file_;
  std::string name_;
  std::set<std::string> known_;
};

}  // namespace geoprio::loading
