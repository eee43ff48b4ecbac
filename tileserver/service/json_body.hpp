// The JSON object in a request's body, member by member.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "tileserver/service/document.hpp"

namespace geoprio::service {

/// The object: a 415 for a body of another type, a 400 for what is no JSON object or has a member that is not `known`.
[[nodiscard]] Result<Document, Problem> json_body(const Exchange& exchange,
                                                  std::initializer_list<std::string_view> known);

/// A member of text; nothing where it is absent or null; a 400 where it is something else.
[[nodiscard]] Result<std::optional<std::string>, Problem> text_member(const Document& body, std::string_view name);

/// What a person wrote: spaces around it dropped, its lines ended by \n alone. A 400 for control characters and for
/// more than 1,000 code points.
[[nodiscard]] Result<std::string, Problem> words_of(std::string_view name, std::string_view text);

/// The 400 of a member.
[[nodiscard]] Problem wrong_member(std::string_view name, const Text& detail);

}  // namespace geoprio::service
