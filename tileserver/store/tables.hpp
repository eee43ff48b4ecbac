// The tables of a store. Private to tileserver/store.
#pragma once

#include <string>
#include <vector>

#include "geo/ogr/updated_dataset.hpp"
#include "tileserver/store/contribution.hpp"
#include "tileserver/store/token.hpp"

namespace geoprio::store {

inline constexpr const char* contributions_table = "contributions";
inline constexpr const char* changes_table = "contribution_changes";
inline constexpr const char* tokens_table = "staff_tokens";

/// No column tells who wrote: no address, no agent, no name, no hour. The request's key is kept as a hash.
[[nodiscard]] const std::vector<ogr::Table>& tables();
/// What makes keys and ids unique, and lists quick.
[[nodiscard]] const std::vector<std::string>& indexes();

/// The columns that `contribution_of` reads, and so on, in their order.
inline constexpr const char* contribution_columns =
    "id, edition, theme, text, language, quarter, lon, lat, state, received";
inline constexpr const char* change_columns = "contribution, date, state, reason, label";
inline constexpr const char* token_columns = "id, hash, role, label, created, expires, revoked";

[[nodiscard]] Contribution contribution_of(const ogr::Row& row);
[[nodiscard]] Change change_of(const ogr::Row& row);
[[nodiscard]] Token token_of(const ogr::Row& row);

/// The row of `contributions_table`.
[[nodiscard]] ogr::Row row_of(const Contribution& contribution, const std::string& request_key,
                              const std::string& request_hash);
[[nodiscard]] ogr::Row row_of(const Change& change);
[[nodiscard]] ogr::Row row_of(const Token& token);

/// ` WHERE …`, or nothing.
[[nodiscard]] std::string condition_of(const Selection& selection);

[[nodiscard]] std::int64_t integer_in(const ogr::Row& row, std::size_t column);

}  // namespace geoprio::store
