#include "tileserver/service/document.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

Response never_stored(unsigned status, const Document& document) {
  Response response = public_response(status, "application/json", Body::of(document.dump()));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response liveness() { return never_stored(200, {{"live", true}}); }

Response readiness(const Snapshot& snapshot) {
  if (!snapshot.atlas) return never_stored(503, {{"ready", false}, {"fingerprint", nullptr}, {"refusals", nullptr}});
  const auto& atlas = *snapshot.atlas;
  return never_stored(200, {{"ready", true}, {"fingerprint", atlas.fingerprint}, {"refusals", atlas.refusals}});
}

}  // namespace geoprio::service
