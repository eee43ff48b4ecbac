#include "tileserver/store/token.hpp"

#include <utility>

#include "tileserver/store/secret.hpp"

namespace geoprio::store {
namespace {

// A plain hash, not one of passwords: 256 random bits cannot be guessed, so there is nothing to slow down.
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t id_bytes = 4;
constexpr std::string_view purpose = "geoprio staff token";

}  // namespace

std::string_view code_of(Role role) noexcept {
  switch (role) {
    case Role::moderator:
      return "moderator";
    case Role::editor:
      return "editor";
    case Role::viewer:
      break;
  }
  return "viewer";
}

std::optional<Role> parse_role(std::string_view code) noexcept {
  for (const auto role : {Role::viewer, Role::moderator, Role::editor})
    if (code_of(role) == code) return role;
  return std::nullopt;
}

MadeToken made_token(Role role, std::string label, std::optional<domain::Date> expires, const domain::Date& today) {
  auto secret = random_hex(secret_bytes);
  auto hash = hash_of(purpose, secret);
  return {{random_hex(id_bytes), std::move(hash), role, std::move(label), today, expires, std::nullopt},
          std::move(secret)};
}

std::optional<Token> token_of(const std::vector<Token>& tokens, std::string_view secret, const domain::Date& today) {
  const auto hash = hash_of(purpose, secret);
  const Token* found = nullptr;
  for (const auto& token : tokens)
    if (equal_in_constant_time(token.hash, hash)) found = &token;
  if (found == nullptr || found->revoked || (found->expires && *found->expires < today)) return std::nullopt;
  return *found;
}

}  // namespace geoprio::store
