// Questions to the small atlas, and their answers read back.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/tileserver/service/small_atlas.hpp"
#include "tileserver/service/service.hpp"

namespace geoprio::testing {

inline const service::Snapshot& the_snapshot() {
  static const auto snapshot = small_snapshot(small_atlas());
  return *snapshot;
}

inline service::Response asked(std::string target, service::Headers headers = {}) {
  return answer(get(std::move(target), std::move(headers)), the_snapshot());
}

inline nlohmann::json document(const service::Response& response) {
  return nlohmann::json::parse(response.body.bytes());
}

inline nlohmann::json asked_document(std::string target) { return document(asked(std::move(target))); }

inline std::string header(const service::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or("(none)"));
}

/// The link of that relation, or empty.
inline std::string linked(const nlohmann::json& document, std::string_view relation) {
  for (const auto& link : document.at("links"))
    if (link.at("rel") == relation) return link.at("href");
  return {};
}

}  // namespace geoprio::testing
