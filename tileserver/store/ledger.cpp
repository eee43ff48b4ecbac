#include "tileserver/store/ledger.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "tileserver/store/fault.hpp"
#include "tileserver/store/secret.hpp"
#include "tileserver/store/tables.hpp"

namespace geoprio::store {
namespace {

constexpr std::size_t id_bytes = 8;

// The key is FNV-1a-64 of "geoprio consultation", halved to fit a bigint.
constexpr const char* take_database_lock =
    "SELECT CASE WHEN pg_try_advisory_lock(700123501568470150) THEN 1 ELSE 0 END AS taken";

/// All that a request says, so that its repetition is told from another one with the same key.
std::string written(const Remark& remark) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    text.append(std::to_string(part.size())).append(":").append(part);
  };
  for (const auto* part : {&remark.edition, &remark.theme, &remark.text, &remark.language, &remark.quarter}) add(*part);
  if (remark.cell) {
    add(std::to_string(remark.cell->lon.degrees()));
    add(std::to_string(remark.cell->lat.degrees()));
  }
  return text;
}

}  // namespace

bool Ledger::is_there() {
  if (ogr::is_database(location_)) {
    if (!dataset_) dataset_ = ogr::UpdatedDataset::open(location_);
    if (!tables_are_there_) tables_are_there_ = dataset_->has_table(contributions_table);
    return tables_are_there_;
  }
  std::error_code unreachable;
  const bool exists = std::filesystem::exists(location_, unreachable);
  // A file that was taken away while it was open would be written to all the same, and nobody would see it again.
  if (!exists) close();
  if (exists && !dataset_) dataset_ = ogr::UpdatedDataset::open(location_);
  return exists;
}

std::vector<Contribution> Ledger::contributions(const Selection& selection) {
  std::vector<Contribution> found;
  if (!is_there()) return found;
  std::string statement =
      std::string("SELECT ") + contribution_columns + " FROM contributions" + condition_of(selection) + " ORDER BY fid";
  if (selection.limit)
    statement += " LIMIT " + std::to_string(*selection.limit) + " OFFSET " + std::to_string(selection.offset);
  for (const auto& row : dataset_->rows(statement)) found.push_back(contribution_of(row));
  return found;
}

std::size_t Ledger::count(const Selection& selection) {
  if (!is_there()) return 0;
  const auto rows = dataset_->rows("SELECT count(*) AS number FROM contributions" + condition_of(selection));
  return rows.empty() ? 0 : static_cast<std::size_t>(integer_in(rows.front(), 0));
}

std::vector<Change> Ledger::changes(const Selection& selection) {
  std::vector<Change> found;
  if (!is_there()) return found;
  for (const auto& row : dataset_->rows(std::string("SELECT ") + change_columns +
                                        " FROM contribution_changes WHERE contribution IN (SELECT id FROM "
                                        "contributions" +
                                        condition_of(selection) + ") ORDER BY fid"))
    found.push_back(change_of(row));
  return found;
}

std::vector<Token> Ledger::tokens() {
  std::vector<Token> found;
  if (!is_there()) return found;
  for (const auto& row : dataset_->rows(std::string("SELECT ") + token_columns + " FROM staff_tokens ORDER BY fid"))
    found.push_back(token_of(row));
  return found;
}

Added Ledger::add(const Remark& remark, const std::string& key, const domain::Date& today) {
  begin_as_holder();
  const auto request_key = hash_of("geoprio request key", key);
  const auto request_hash = hash_of("geoprio request", written(remark));
  const auto before =
      dataset_->rows("SELECT id, request_hash FROM contributions WHERE request_key = " + ogr::sql_text(request_key));
  if (!before.empty()) {
    const auto* id = std::get_if<std::string>(&before.front().at(0));
    const auto* hash = std::get_if<std::string>(&before.front().at(1));
    return {id != nullptr ? *id : std::string(), hash != nullptr && *hash == request_hash};
  }
  const Contribution contribution{random_hex(id_bytes), remark, State::pending, today};
  dataset_->add(contributions_table, row_of(contribution, request_key, request_hash), remark.cell);
  return {contribution.id, true};
}

void Ledger::change(const Change& change) {
  begin_as_holder();
  dataset_->execute("UPDATE contributions SET state = " + ogr::sql_text(code_of(change.state)) +
                    " WHERE id = " + ogr::sql_text(change.contribution));
  dataset_->add(changes_table, row_of(change));
}

void Ledger::add(const Token& token) { for_writing().add(tokens_table, row_of(token)); }

void Ledger::revoke(const std::string& token_id, const domain::Date& today) {
  for_writing().execute("UPDATE staff_tokens SET revoked = " + ogr::sql_text(today.text()) +
                        " WHERE revoked IS NULL AND id = " + ogr::sql_text(token_id));
}

std::size_t Ledger::purge(const domain::Date& before) {
  if (!is_there()) return 0;
  const std::string old = " WHERE received < " + ogr::sql_text(before.text());
  const auto rows = dataset_->rows("SELECT count(*) AS number FROM contributions" + old);
  const auto number = rows.empty() ? 0 : integer_in(rows.front(), 0);
  if (number == 0) return 0;
  begin_as_holder();
  dataset_->execute("DELETE FROM contribution_changes WHERE contribution IN (SELECT id FROM contributions" + old + ")");
  dataset_->execute("DELETE FROM contributions" + old);
  return static_cast<std::size_t>(number);
}

bool Ledger::hold() {
  if (!ogr::is_database(location_)) {
    if (!lock_) lock_ = FileLock::take(location_ + ".lock");
    return lock_.has_value();
  }
  if (holds_database_) return true;
  if (!dataset_) dataset_ = ogr::UpdatedDataset::open(location_);
  const auto rows = dataset_->rows(take_database_lock);
  holds_database_ = !rows.empty() && integer_in(rows.front(), 0) == 1;
  return holds_database_;
}

void Ledger::begin_as_holder() {
  if (!hold())
    throw StoreError(Fault::held_elsewhere,
                     {"Un autre serveur tient ce magasin de contributions, ou son dossier refuse l'écriture : "
                      "celui-ci le lit seulement.",
                      "Another server holds this store of contributions, or its folder cannot be written to: this one "
                      "only reads it."});
  static_cast<void>(for_writing());
}

ogr::UpdatedDataset& Ledger::for_writing() {
  if (in_transaction_) return *dataset_;
  const bool there = is_there();
  if (!there && !ogr::is_database(location_)) make_file();
  if (!dataset_) dataset_ = ogr::UpdatedDataset::open(location_);
  dataset_->begin();
  in_transaction_ = true;
  if (!there && ogr::is_database(location_)) {
    for (const auto& table : tables()) dataset_->create(table);
    for (const auto& index : indexes()) dataset_->execute(index);
  }
  return *dataset_;
}

/// Beside its place and then linked there, whole or not at all: another process may make it at the same time, and this
/// one may be killed at any moment.
void Ledger::make_file() const {
  const std::filesystem::path place(location_);
  const auto beside = place.parent_path() / ("." + place.stem().string() + "-" + random_hex(id_bytes) + ".gpkg");
  std::error_code fault;
  std::error_code ignored;
  try {
    ogr::UpdatedDataset::create_geopackage(beside.string(), tables(), indexes());
    std::filesystem::create_hard_link(beside, place, fault);
    // A file system without links.
    if (fault && fault != std::errc::file_exists) std::filesystem::rename(beside, place);
  } catch (...) {
    std::filesystem::remove(beside, ignored);
    throw;
  }
  std::filesystem::remove(beside, ignored);
  sync_folder(place.parent_path());
}

void Ledger::commit() {
  if (!in_transaction_) return;
  dataset_->commit();
  in_transaction_ = false;
}

void Ledger::roll_back() noexcept {
  if (in_transaction_ && dataset_) dataset_->roll_back();
  in_transaction_ = false;
}

void Ledger::close() noexcept {
  in_transaction_ = false;
  holds_database_ = false;
  tables_are_there_ = false;
  dataset_.reset();
}

void Ledger::settle() {
  if (dataset_ && !ogr::is_database(location_)) static_cast<void>(dataset_->rows("PRAGMA wal_checkpoint(TRUNCATE)"));
}

}  // namespace geoprio::store
