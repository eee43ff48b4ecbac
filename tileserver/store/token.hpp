// Staff tokens: 256 random bits that are shown once; the store keeps their hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/domain/date.hpp"

namespace geoprio::store {

/// What staff may do; each may do what those before it may.
enum class Role { viewer, moderator, editor };

[[nodiscard]] std::string_view code_of(Role role) noexcept;
[[nodiscard]] std::optional<Role> parse_role(std::string_view code) noexcept;

struct Token {
  std::string id;  ///< 8 hex digits, to name it by
  std::string hash;
  Role role = Role::viewer;
  std::string label;  ///< what the audit trail writes; may be empty
  domain::Date created;
  std::optional<domain::Date> expires;  ///< its last day
  std::optional<domain::Date> revoked;
};

/// A token as it is handed out: the only time that its secret is seen.
struct MadeToken {
  Token token;
  std::string secret;
};

[[nodiscard]] MadeToken made_token(Role role, std::string label, std::optional<domain::Date> expires,
                                   const domain::Date& today);

/// The token with that secret, if it is neither revoked nor expired. All are compared, each in constant time, so that
/// how long it takes tells nothing of them.
[[nodiscard]] std::optional<Token> token_of(const std::vector<Token>& tokens, std::string_view secret,
                                            const domain::Date& today);

}  // namespace geoprio::store
