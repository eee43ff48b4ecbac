#include "tileserver/service/service.hpp"

#include <future>
#include <type_traits>
#include <utility>

#include "tileserver/service/consulted.hpp"
#include "tileserver/service/methods.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/packaged_export.hpp"
#include "tileserver/service/reading.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

struct Target {
  std::string_view path, query;
};

/// The path and query of a request line's target. The absolute form that proxies send (RFC 9112 §3.2.2) loses its
/// scheme and host; a fragment is never sent, and is cut off.
Target target_of(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    const std::size_t path = text.find_first_of("/?");
    if (path == std::string_view::npos) return {"/", ""};
    text.remove_prefix(path);
    if (text.front() == '?') return {"/", text.substr(1)};
    break;
  }
  text = text.substr(0, text.find('#'));
  const std::size_t mark = text.find('?');
  if (mark == std::string_view::npos) return {text, ""};
  return {text.substr(0, mark), text.substr(mark + 1)};
}

/// Other sites' pages may read; what they may not, write and see what staff see, is not offered to them.
Response preflight(const std::string& allow) {
  Response response = public_response(204, "");
  response.headers.set("Allow", allow);
  response.headers.set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
  response.headers.set("Access-Control-Allow-Headers",
                       "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range");
  response.headers.set("Access-Control-Max-Age", "86400");
  return response;
}

/// Whether an answer needs no worker.
template <class RouteType>
constexpr bool costs_nothing = std::is_same_v<RouteType, LandingRoute> || std::is_same_v<RouteType, AssetRoute> ||
                               std::is_same_v<RouteType, KioskRoute> || std::is_same_v<RouteType, ModerationRoute> ||
                               std::is_same_v<RouteType, LocateRoute> || std::is_same_v<RouteType, LiveRoute> ||
                               std::is_same_v<RouteType, ReadyRoute>;

struct Resources {
  const Exchange& exchange;
  Answer operator()(const LandingRoute&) const { return landing(exchange); }
  Answer operator()(const ConformanceRoute&) const { return conformance(exchange); }
  Answer operator()(const ApiRoute&) const { return api(exchange); }
  Answer operator()(const LiveRoute&) const { return liveness(); }
  Answer operator()(const ReadyRoute&) const { return readiness(exchange.snapshot); }
  Answer operator()(const CollectionsRoute&) const { return collections(exchange); }
  Answer operator()(const CollectionRoute& route) const { return collection(exchange, route); }
  Answer operator()(const QueryablesRoute& route) const { return queryables(exchange, route); }
  Answer operator()(const SchemaRoute& route) const { return schema(exchange, route); }
  Answer operator()(const ItemsRoute& route) const { return items(exchange, route); }
  Answer operator()(const ItemRoute& route) const { return item(exchange, route); }
  Answer operator()(const TileJsonRoute& route) const { return tile_document(exchange, route); }
  Answer operator()(const TileRoute& route) const { return tile(exchange, route); }
  Answer operator()(const TileMatrixSetsRoute&) const { return tile_matrix_sets(exchange); }
  Answer operator()(const TileMatrixSetRoute&) const { return tile_matrix_set_definition(exchange); }
  Answer operator()(const DatasetTilesetsRoute&) const { return dataset_tilesets(exchange); }
  Answer operator()(const DatasetTilesetRoute&) const { return dataset_tileset(exchange); }
  Answer operator()(const DatasetTileRoute& route) const { return tile_of(route); }
  Answer operator()(const CollectionTilesetsRoute& route) const { return collection_tilesets(exchange, route); }
  Answer operator()(const CollectionTilesetRoute& route) const { return collection_tileset(exchange, route); }
  Answer operator()(const CollectionTileRoute& route) const { return tile_of(route); }
  Answer operator()(const StylesRoute&) const { return styles(exchange); }
  Answer operator()(const StyleRoute& route) const { return style(exchange, route); }
  Answer operator()(const StylesheetRoute& route) const { return desktop_style(exchange, route); }
  Answer operator()(const SpriteRoute& route) const { return sprite(exchange, route); }
  Answer operator()(const ExportRoute& route) const { return exported(exchange, route); }
  Answer operator()(const EditionsRoute&) const { return editions(exchange); }
  Answer operator()(const EditionRoute& route) const { return edition(exchange, route); }
  Answer operator()(const QuarterRoute& route) const { return quarter(exchange, route); }
  Answer operator()(const AssetRoute& route) const { return asset(exchange, route); }
  Answer operator()(const BasemapRoute& route) const { return basemap(exchange, route); }
  Answer operator()(const LocateRoute&) const { return locate(exchange); }
  Answer operator()(const SearchRoute&) const { return search(exchange); }
  Answer operator()(const KioskRoute&) const { return own_page(exchange, "kiosk.html"); }
  Answer operator()(const ModerationRoute&) const { return own_page(exchange, "moderation.html"); }

 private:
  template <class Route>
  [[nodiscard]] Answer tile_of(const Route& route) const {
    const auto asked = tile_asked(exchange, route);
    if (!asked) return Unexpected{asked.error()};
    return tile(exchange, *asked);
  }
};

/// The tile that a route asks for, by whatever name; nothing when it asks for something else.
std::optional<Result<TileRoute, Problem>> tile_behind(const Exchange& exchange, const AtlasRoute& route) {
  if (const auto* plain = std::get_if<TileRoute>(&route)) return *plain;
  if (const auto* of_dataset = std::get_if<DatasetTileRoute>(&route)) return tile_asked(exchange, *of_dataset);
  if (const auto* of_collection = std::get_if<CollectionTileRoute>(&route)) return tile_asked(exchange, *of_collection);
  return std::nullopt;
}

std::optional<Answer> asked_at_once(const Exchange& exchange, const Result<TileRoute, Problem>& asked) {
  if (!asked) return Answer(Unexpected{asked.error()});
  return tile_at_once(exchange, *asked);
}

/// The answer on a route; nothing when it costs time and there is none to take.
std::optional<Answer> routed(const Exchange& exchange, const AtlasRoute& route, bool at_once) {
  if (!at_once) return std::visit(Resources{exchange}, route);
  return std::visit(
      [&](const auto& one) -> std::optional<Answer> {
        using RouteType = std::decay_t<decltype(one)>;
        if constexpr (costs_nothing<RouteType>)
          return Resources{exchange}(one);
        else if constexpr (std::is_same_v<RouteType, TileRoute>)
          return tile_at_once(exchange, one);
        else if constexpr (std::is_same_v<RouteType, DatasetTileRoute> ||
                           std::is_same_v<RouteType, CollectionTileRoute>)
          return asked_at_once(exchange, tile_asked(exchange, one));
        else
          return std::nullopt;
      },
      route);
}

/// What the atlas has to say on a route.
std::optional<Answer> from_atlas(const Request& request, const Snapshot& snapshot, const AtlasRoute& route,
                                 std::string_view query_text, bool at_once) {
  if (std::holds_alternative<LiveRoute>(route)) return Answer(liveness());
  if (std::holds_alternative<ReadyRoute>(route)) return Answer(readiness(snapshot));
  const auto exchange = exchange_of(request, snapshot, query_text);
  if (!exchange) return Answer(Unexpected{exchange.error()});
  return routed(*exchange, route, at_once);
}

/// For who lends the snapshot and waits until the answer is there.
std::shared_ptr<const Snapshot> lent(const Snapshot& snapshot) { return {std::shared_ptr<const void>(), &snapshot}; }

/// What `ask` has replied, waited for.
template <class Ask>
Response waited_for(const Ask& ask) {
  std::promise<Result<Response, std::exception_ptr>> answered;
  ask([&answered](Result<Response, std::exception_ptr> response) { answered.set_value(std::move(response)); });
  auto response = answered.get_future().get();
  if (!response) std::rethrow_exception(response.error());
  return *std::move(response);
}

std::optional<Response> answered(const Request& request, const Snapshot& snapshot, bool at_once) {
  if (request.method == "OPTIONS" && request.target == "*") return preflight("GET, HEAD, OPTIONS");
  const auto [path, query] = target_of(request.target);
  const auto route = route_of(path);
  const auto refused = [&](const Problem& problem) {
    return problem_response(problem, preferred_language(request.headers));
  };
  if (!route) return refused(route.error());

  std::optional<Response> response;
  if (request.method == "OPTIONS") {
    response = preflight(method_list(*route));
  } else if (!takes(*route, request.method)) {
    response = refused(method_refused(*route, request.method));
  } else if (const auto* of_store = std::get_if<StoreRoute>(&*route)) {
    if (at_once) return std::nullopt;
    response = waited_for([&, text = query, &to = *of_store](Reply reply) {
      consulted_later(request, lent(snapshot), to, text, std::move(reply))();
    });
  } else if (auto answer = from_atlas(request, snapshot, std::get<AtlasRoute>(*route), query, at_once)) {
    response = *answer ? std::move(**answer) : refused(answer->error());
  }
  if (response) response->route = template_of(*route);
  return response;
}

/// `answer_later`, whoever asks.
std::function<void()> answered_later(const Request& request, const std::shared_ptr<const Snapshot>& snapshot,
                                     Reply reply) {
  const auto [path, query] = target_of(request.target);
  const auto route = route_of(path);
  const auto* of_store = route ? std::get_if<StoreRoute>(&*route) : nullptr;
  if (of_store != nullptr && request.method != "OPTIONS" && takes(*route, request.method))
    return consulted_later(request, snapshot, *of_store, query, std::move(reply));
  const auto* of_atlas = route ? std::get_if<AtlasRoute>(&*route) : nullptr;
  if (of_atlas != nullptr && (request.method == "GET" || request.method == "HEAD"))
    if (const auto exchange = exchange_of(request, *snapshot, query))
      if (const auto asked = tile_behind(*exchange, *of_atlas); asked && *asked)
        return tile_later(*exchange, **asked,
                          [name = template_of(*route), language = preferred_language(request.headers),
                           reply = std::move(reply)](Result<Answer, std::exception_ptr> answer) {
                            if (!answer) return reply(Unexpected{answer.error()});
                            auto response = *answer ? std::move(**answer) : problem_response(answer->error(), language);
                            response.route = name;
                            reply(std::move(response));
                          });
  auto work = [&request, snapshot, reply = std::move(reply)] {
    const auto outcome = [&]() -> Result<Response, std::exception_ptr> {
      try {
        // Without `at_once` there always is an answer.
        return std::move(*answered(request, *snapshot, false));
      } catch (...) {
        return Unexpected{std::current_exception()};
      }
    }();
    reply(outcome);
  };
  const auto* download = of_atlas != nullptr ? std::get_if<ExportRoute>(of_atlas) : nullptr;
  if (download != nullptr && is_packaged(download->format)) return Turns::take(snapshot->packaging, std::move(work));
  return work;
}

/// The route of a request whose reader has to be known before it is answered. Where the store answers, it asks itself.
std::optional<AtlasRoute> route_by_name(const Request& request) {
  // First what nearly no request has: this is the way of every tile.
  if (!request.headers.find("Authorization") && !request.headers.find("Cookie")) return std::nullopt;
  const auto route = route_of(target_of(request.target).path);
  const auto* of_atlas = route ? std::get_if<AtlasRoute>(&*route) : nullptr;
  if (of_atlas == nullptr || !takes(*route, request.method) || !is_by_name(request, *of_atlas)) return std::nullopt;
  return *of_atlas;
}

/// From what its reader sees, for this reader alone.
void answer_reader(const Request& request, const std::shared_ptr<const Snapshot>& view, const Reply& reply) {
  try {
    if (auto response = answered(request, *view, true)) return reply(*std::move(response));
    if (const auto work = answered_later(request, view, reply)) work();
  } catch (...) {
    reply(Unexpected{std::current_exception()});
  }
}

/// Asks who reads; then a worker answers.
void answer_by_name(const Request& request, const std::shared_ptr<const Snapshot>& snapshot, const AtlasRoute& route,
                    Reply reply) {
  recognise(request, snapshot, [&request, route = template_of(route), reply = std::move(reply)](const auto& reading) {
    if (!reading) {
      auto response = problem_response(reading.error(), preferred_language(request.headers));
      response.route = route;
      return private_reply(reply)(std::move(response));
    }
    auto work = [&request, view = reading->view, send = private_reply(reply, reading->set_cookie)] {
      answer_reader(request, view, send);
    };
    if (request.on_worker) return request.on_worker(std::move(work));
    work();
  });
}

}  // namespace

Response answer(const Request& request, const Snapshot& snapshot) {
  if (const auto route = route_by_name(request))
    return waited_for([&](Reply reply) { answer_by_name(request, lent(snapshot), *route, std::move(reply)); });
  return std::move(*answered(request, snapshot, false));
}

std::optional<Response> answer_at_once(const Request& request, const Snapshot& snapshot) {
  if (route_by_name(request)) return std::nullopt;
  return answered(request, snapshot, true);
}

std::function<void()> answer_later(const Request& request, const std::shared_ptr<const Snapshot>& snapshot,
                                   Reply reply) {
  if (const auto route = route_by_name(request)) {
    answer_by_name(request, snapshot, *route, std::move(reply));
    return {};
  }
  return answered_later(request, snapshot, std::move(reply));
}

std::optional<Response> refused_by_header(const Request& request, const Snapshot& snapshot) {
  const auto [path, query] = target_of(request.target);
  const auto route = route_of(path);
  const auto* of_store = route ? std::get_if<StoreRoute>(&*route) : nullptr;
  if (of_store == nullptr) return std::nullopt;
  const auto exchange = exchange_of(request, snapshot, query);
  const auto fault = exchange ? fault_of_header(*exchange, *of_store) : std::optional(exchange.error());
  if (!fault) return std::nullopt;
  auto response = problem_response(*fault, preferred_language(request.headers));
  response.route = template_of(*of_store);
  return response;
}

std::size_t body_limit(std::string_view method, std::string_view target) {
  // 1,000 code points, each escaped by two \\uXXXX, and as much again for the rest.
  constexpr std::size_t longest = std::size_t{16} << 10U;
  if (method != "POST" && method != "PATCH") return 0;
  const auto route = route_of(target_of(target).path);
  return route && std::holds_alternative<StoreRoute>(*route) && takes(*route, method) ? longest : 0;
}

}  // namespace geoprio::service
