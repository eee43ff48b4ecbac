#include "tileserver/service/reading.hpp"

#include <exception>
#include <type_traits>
#include <utility>
#include <variant>

#include "tileserver/service/consulted.hpp"
#include "tileserver/service/staff.hpp"
#include "tileserver/store/fault.hpp"

namespace geoprio::service {
namespace {

template <class RouteType>
constexpr bool same_for_everyone =
    std::is_same_v<RouteType, AssetRoute> || std::is_same_v<RouteType, KioskRoute> ||
    std::is_same_v<RouteType, ModerationRoute> || std::is_same_v<RouteType, BasemapRoute> ||
    std::is_same_v<RouteType, LiveRoute> || std::is_same_v<RouteType, ReadyRoute>;

/// One request while the store is asked.
struct Asking {
  std::shared_ptr<const Snapshot> snapshot;
  Exchange exchange;  ///< borrows the snapshot and the request
  Credentials credentials;
  std::function<void(Result<Reading, Problem>)> told;
  Result<Reading, Problem> reading = Reading{};

  [[nodiscard]] Reading for_everyone() const { return {snapshot, std::nullopt}; }
  [[nodiscard]] Reading for_staff() const {
    if (!snapshot->staff) return for_everyone();
    // The whole snapshot is kept, so that it tells when the last reader of either has gone.
    return {std::shared_ptr<const Snapshot>(snapshot, snapshot->staff.get()), std::nullopt};
  }
};

/// A cookie is sent whatever its page asks for: one that cannot be used must not break the public map.
Result<Reading, Problem> unrecognised(const Asking& asking, Problem problem) {
  if (!asking.credentials.by_cookie) return Unexpected{std::move(problem)};
  auto reading = asking.for_everyone();
  // Or each of the page's requests would ask for it again.
  if (problem.status == 401) reading.set_cookie = ended_cookie(asking.exchange);
  return reading;
}

Result<Reading, Problem> read_by(const Asking& asking, store::Ledger& ledger) {
  const auto staff = staff_with(asking.exchange, ledger, asking.credentials.secret);
  if (!staff) return unrecognised(asking, staff.error());
  return asking.for_staff();
}

}  // namespace

bool is_by_name(const Request& request, const AtlasRoute& route) {
  if (request.method == "OPTIONS") return false;
  const bool same = std::visit([](const auto& one) { return same_for_everyone<std::decay_t<decltype(one)>>; }, route);
  return !same && credentials_of(request.headers);
}

void recognise(const Request& request, const std::shared_ptr<const Snapshot>& snapshot,
               std::function<void(Result<Reading, Problem>)> told) {
  auto exchange = exchange_of(request, *snapshot, {});
  auto credentials = credentials_of(request.headers);
  // What is wrong with the request is told in the same words to whoever sends it.
  if (!exchange || !credentials) return told(Reading{snapshot, std::nullopt});
  const auto asking =
      std::make_shared<Asking>(Asking{snapshot, *std::move(exchange), *std::move(credentials), std::move(told)});
  if (!snapshot->desk) return asking->told(unrecognised(*asking, not_authorised()));
  snapshot->desk->store->submit(
      [asking](store::Ledger& ledger) { asking->reading = read_by(*asking, ledger); },
      [asking](const std::exception_ptr& thrown) {
        if (thrown)
          asking->reading =
              unrecognised(*asking, problem_of(store::fault_of(thrown).value_or(store::Fault::unavailable)));
        asking->told(std::move(asking->reading));
      });
}

Reply private_reply(Reply reply, std::optional<std::string> set_cookie) {
  return [reply = std::move(reply), set_cookie = std::move(set_cookie)](Result<Response, std::exception_ptr> answer) {
    if (!answer) return reply(std::move(answer));
    auto response = for_this_client_alone(*std::move(answer));
    if (set_cookie) response.headers.set("Set-Cookie", *set_cookie);
    reply(std::move(response));
  };
}

}  // namespace geoprio::service
