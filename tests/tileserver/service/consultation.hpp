// The small atlas with a store of contributions in a folder of its own, and what residents and staff send to it.
#pragma once

#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tests/support/scratch_folder.hpp"
#include "tests/tileserver/service/small_atlas.hpp"
#include "tileserver/service/desk.hpp"
#include "tileserver/store/calendar.hpp"

namespace geoprio::testing {

inline std::string key(int number) {
  auto digits = std::to_string(number);
  return "6f1c2a9e-3b7d-4c58-9a10-" + std::string(12 - digits.size(), '0') + digits;
}

inline nlohmann::json remark(const std::string& text = "Plus d'arbres, s'il vous plaît.") {
  return {{"edition", "2014"}, {"theme", "cadre de vie"}, {"text", text}, {"quarter", "q1"}, {"language", "fr"}};
}

class Consultation {
 public:
  explicit Consultation(const service::FloodLimits& limits = {}, std::string public_url = {},
                        std::shared_ptr<const atlas::Atlas> staff_atlas = {}) {
    service::SnapshotParts parts;
    parts.atlas = small_atlas();
    parts.staff_atlas = std::move(staff_atlas);
    parts.files = [](std::string_view path) -> std::optional<service::EmbeddedFile> {
      if (path != "map.js") return std::nullopt;
      return service::EmbeddedFile{"draw();", "", "text/javascript", "\"script\""};
    };
    parts.public_url = std::move(public_url);
    parts.desk = service::Desk{
        std::make_shared<store::Store>(
            store::StoreOptions{.location = file(), .retention_days = 365, .today = [this] { return today(); }},
            nullptr),
        std::make_shared<service::FloodGates>(limits)};
    snapshot = make_snapshot(std::move(parts));
  }
  /// An answer is there before its job is let go of, and the store's thread cannot be the one that ends the store.
  ~Consultation() { snapshot->desk->store->stop(); }
  Consultation(const Consultation&) = delete;
  Consultation& operator=(const Consultation&) = delete;

  /// 14 March 2026, and later.
  [[nodiscard]] domain::Date today() const { return store::days_after(*domain::Date::make(2026, 3, 14), days_passed); }
  [[nodiscard]] std::string file() const { return (folder_.path() / "consultation.gpkg").string(); }

  [[nodiscard]] service::Response ask(std::string method, std::string target, service::Headers headers = {},
                                      const std::string& body = {}) const {
    auto request = get(std::move(target), std::move(headers));
    request.method = std::move(method);
    request.body = body;
    request.connection = 1;
    return answer(request, *snapshot);
  }
  [[nodiscard]] service::Response post(const nlohmann::json& body, const std::string& its_key = key(1)) const {
    return ask("POST", "/contributions", {{"Content-Type", "application/json"}, {"Idempotency-Key", its_key}},
               body.dump());
  }
  [[nodiscard]] std::string posted(int number, const nlohmann::json& body = remark()) const {
    return nlohmann::json::parse(post(body, key(number)).body.bytes()).at("id");
  }
  [[nodiscard]] nlohmann::json document(const std::string& target, const std::string& token = {}) const {
    return nlohmann::json::parse(ask("GET", target, bearer(token)).body.bytes());
  }
  [[nodiscard]] service::Response patch(const std::string& id, const nlohmann::json& body,
                                        const std::string& token) const {
    auto headers = bearer(token);
    headers.set("Content-Type", "application/json");
    return ask("PATCH", "/contributions/" + id, std::move(headers), body.dump());
  }
  /// A new token, as `geoprio token create` makes it beside the running server.
  [[nodiscard]] std::string token(store::Role role, std::optional<domain::Date> expires = {}) const {
    const auto made = store::made_token(role, "Service habitat", expires, today());
    store::Ledger ledger(file());
    ledger.add(made.token);
    ledger.commit();
    return made.secret;
  }
  [[nodiscard]] static service::Headers bearer(const std::string& token) {
    return token.empty() ? service::Headers() : service::Headers{{"Authorization", "Bearer " + token}};
  }

 private:
  tests::ScratchFolder folder_{"consultation"};

 public:
  std::atomic<int> days_passed = 0;  ///< the store's thread looks at the calendar too
  std::shared_ptr<const service::Snapshot> snapshot;
};

}  // namespace geoprio::testing
