#include "tileserver/store/tables.hpp"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <variant>

namespace geoprio::store {
namespace {

std::string text_in(const ogr::Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text != nullptr ? *text : std::string();
}

/// GDAL takes a column's type from its first row: without a number there, numbers come as texts.
std::optional<double> real_in(const ogr::Row& row, std::size_t column) {
  const auto& value = row.at(column);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* text = std::get_if<std::string>(&value);
  double real = 0;
  if (text == nullptr || std::from_chars(text->data(), text->data() + text->size(), real).ec != std::errc())
    return std::nullopt;
  return real;
}

/// A day that somebody else's program spoiled reads as the first of all, so that what it is on is purged, not kept.
domain::Date date_in(const ogr::Row& row, std::size_t column) {
  return domain::Date::parse(text_in(row, column)).value_or(*domain::Date::make(1, 1, 1));
}

AttributeValue text_or_unknown(const std::string& text) {
  if (text.empty()) return {};
  return text;
}

AttributeValue date_or_unknown(const std::optional<domain::Date>& date) {
  if (!date) return {};
  return date->text();
}

std::vector<Field> texts(std::initializer_list<const char*> names) {
  std::vector<Field> fields;
  for (const auto* name : names) fields.push_back({name, FieldType::text});
  return fields;
}

}  // namespace

const std::vector<ogr::Table>& tables() {
  static const std::vector<ogr::Table> all = [] {
    auto contributions = texts(
        {"id", "request_key", "request_hash", "edition", "theme", "text", "language", "quarter", "state", "received"});
    contributions.push_back({"lon", FieldType::real});
    contributions.push_back({"lat", FieldType::real});
    return std::vector<ogr::Table>{
        {contributions_table, std::move(contributions), true},
        {changes_table, texts({"contribution", "date", "state", "reason", "label"}), false},
        {tokens_table, texts({"id", "hash", "role", "label", "created", "expires", "revoked"}), false}};
  }();
  return all;
}

const std::vector<std::string>& indexes() {
  static const std::vector<std::string> all = {
      "CREATE UNIQUE INDEX contributions_id ON contributions (id)",
      "CREATE UNIQUE INDEX contributions_key ON contributions (request_key)",
      "CREATE INDEX contributions_state ON contributions (state, edition)",
      "CREATE INDEX contributions_received ON contributions (received)",
      "CREATE INDEX contribution_changes_of ON contribution_changes (contribution)"};
  return all;
}

Contribution contribution_of(const ogr::Row& row) {
  Remark remark{.edition = text_in(row, 1),
                .theme = text_in(row, 2),
                .text = text_in(row, 3),
                .language = text_in(row, 4),
                .quarter = text_in(row, 5),
                .cell = {}};
  const auto lon = real_in(row, 6);
  const auto lat = real_in(row, 7);
  if (lon && lat) remark.cell = LonLat::make(*lon, *lat);
  return {.id = text_in(row, 0),
          .remark = std::move(remark),
          .state = parse_state(text_in(row, 8)).value_or(State::pending),
          .received = date_in(row, 9)};
}

Change change_of(const ogr::Row& row) {
  return {.contribution = text_in(row, 0),
          .date = date_in(row, 1),
          .state = parse_state(text_in(row, 2)).value_or(State::pending),
          .reason = text_in(row, 3),
          .label = text_in(row, 4)};
}

Token token_of(const ogr::Row& row) {
  Token token{.id = text_in(row, 0),
              .hash = text_in(row, 1),
              .role = parse_role(text_in(row, 2)).value_or(Role::viewer),
              .label = text_in(row, 3),
              .created = date_in(row, 4),
              .expires = {},
              .revoked = {}};
  if (!text_in(row, 5).empty()) token.expires = date_in(row, 5);
  if (!text_in(row, 6).empty()) token.revoked = date_in(row, 6);
  return token;
}

ogr::Row row_of(const Contribution& contribution, const std::string& request_key, const std::string& request_hash) {
  const auto& remark = contribution.remark;
  ogr::Row row{contribution.id,
               request_key,
               request_hash,
               remark.edition,
               remark.theme,
               remark.text,
               remark.language,
               text_or_unknown(remark.quarter),
               std::string(code_of(contribution.state)),
               contribution.received.text()};
  row.emplace_back(remark.cell ? AttributeValue(remark.cell->lon.degrees()) : AttributeValue());
  row.emplace_back(remark.cell ? AttributeValue(remark.cell->lat.degrees()) : AttributeValue());
  return row;
}

ogr::Row row_of(const Change& change) {
  return {change.contribution, change.date.text(), std::string(code_of(change.state)), text_or_unknown(change.reason),
          text_or_unknown(change.label)};
}

ogr::Row row_of(const Token& token) {
  return {token.id,
          token.hash,
          std::string(code_of(token.role)),
          text_or_unknown(token.label),
          token.created.text(),
          date_or_unknown(token.expires),
          date_or_unknown(token.revoked)};
}

std::string condition_of(const Selection& selection) {
  std::string condition;
  const auto add = [&condition](const std::string& one) {
    condition += (condition.empty() ? " WHERE " : " AND ") + one;
  };
  if (selection.id) add("id = " + ogr::sql_text(*selection.id));
  if (selection.state) add("state = " + ogr::sql_text(code_of(*selection.state)));
  if (selection.quarter) add("quarter = " + ogr::sql_text(*selection.quarter));
  if (selection.theme) add("theme = " + ogr::sql_text(*selection.theme));
  if (selection.editions) {
    std::string list;
    for (const auto& edition : *selection.editions) list += (list.empty() ? "" : ", ") + ogr::sql_text(edition);
    add(list.empty() ? "1 = 0" : "edition IN (" + list + ")");
  }
  return condition;
}

std::int64_t integer_in(const ogr::Row& row, std::size_t column) {
  return static_cast<std::int64_t>(real_in(row, column).value_or(0));
}

}  // namespace geoprio::store
