// What the store holds, in the words of the consultation: contributions, their changes, staff tokens.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/ogr/updated_dataset.hpp"
#include "tileserver/store/contribution.hpp"
#include "tileserver/store/file_lock.hpp"
#include "tileserver/store/token.hpp"

namespace geoprio::store {

/// What became of a request to add a contribution.
struct Added {
  std::string id;
  bool same_request = true;  ///< false: its key came with another body before; nothing was added
};

/// A GeoPackage or a PostgreSQL database. It is made at the first write; until then everything is empty. The first
/// write begins a transaction, which `commit` ends. Contributions are written by whoever holds the store alone; tokens,
/// a few rows a year, by any process.
/// What is thrown (StoreError, ogr::UpdateError) leaves a transaction that can only be rolled back.
/// Thread safety: confined to one thread.
class Ledger {
 public:
  /// `location`: a path or a connection string, as OGR opens it. Nothing is opened yet.
  explicit Ledger(std::string location) : location_(std::move(location)) {}

  [[nodiscard]] const std::string& location() const noexcept { return location_; }

  /// In the order in which they came.
  [[nodiscard]] std::vector<Contribution> contributions(const Selection& selection);
  /// How many there are, whatever its `limit` and `offset`.
  [[nodiscard]] std::size_t count(const Selection& selection);
  /// What happened to the contributions of the selection, first to last.
  [[nodiscard]] std::vector<Change> changes(const Selection& selection);
  [[nodiscard]] std::vector<Token> tokens();

  /// `key` is the request's Idempotency-Key: what came with it before is not added again.
  [[nodiscard]] Added add(const Remark& remark, const std::string& key, const domain::Date& today);
  /// Sets the contribution's state and writes it down.
  void change(const Change& change);
  void add(const Token& token);
  void revoke(const std::string& token_id, const domain::Date& today);
  /// Deletes what came before that day, history included, and says how much it was.
  std::size_t purge(const domain::Date& before);

  /// Whether this ledger holds the store now; asks for it if not.
  [[nodiscard]] bool hold();

  /// On disk when it returns.
  void commit();
  void roll_back() noexcept;
  /// Lets go of file or connection; the next call opens it again. The lock on a file is kept.
  void close() noexcept;
  /// Empties the write-ahead file, so that what was deleted is in no file.
  void settle();

 private:
  [[nodiscard]] bool is_there();
  ogr::UpdatedDataset& for_writing();
  void begin_as_holder();
  void make_file() const;

  std::string location_;
  std::optional<ogr::UpdatedDataset> dataset_;
  std::optional<FileLock> lock_;   ///< of a file
  bool holds_database_ = false;    ///< as long as the connection lives
  bool tables_are_there_ = false;  ///< of a database
  bool in_transaction_ = false;
};

}  // namespace geoprio::store
