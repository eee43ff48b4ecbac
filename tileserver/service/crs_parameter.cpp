#include "tileserver/service/crs_parameter.hpp"

#include <algorithm>
#include <list>
#include <utility>
#include <vector>

#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
namespace {

/// The address whose code is the one that was written otherwise: `EPSG:2154`, `urn:ogc:def:crs:EPSG::2154`, `2154`.
std::optional<std::string> same_code(std::string_view asked, std::span<const std::string> addresses) {
  const auto code = asked.substr(asked.find_last_of(":/ ") + 1);
  for (const auto& address : addresses)
    if (!code.empty() && address.ends_with("/" + std::string(code))) return address;
  return nearest(asked, addresses);
}

struct KeptReprojector {
  std::string from, to;
  projection::Reprojector reprojector;
};

}  // namespace

Result<const projection::OfferedCrs*, Problem> crs_parameter(const Exchange& exchange, std::string_view parameter) {
  const auto& offered = exchange.snapshot.crs;
  const auto asked = exchange.query.find(parameter);
  if (!asked) return &offered.front();
  for (const auto& crs : offered)
    if (crs.address() == *asked) return &crs;
  std::vector<std::string> addresses;
  for (const auto& crs : offered) addresses.push_back(crs.address());
  return Unexpected{Problem{
      .status = 400,
      .kind = "unknown-crs",
      .detail = {"Ce système de coordonnées n'est pas proposé ici.", "This reference system is not offered here."},
      .parameter = std::string(parameter),
      .value = std::string(*asked),
      .allowed = addresses,
      .suggestion = same_code(*asked, addresses)}};
}

Document crs_list(const Exchange& exchange) {
  Document list = Document::array();
  for (const auto& crs : exchange.snapshot.crs) list.push_back(crs.address());
  return list;
}

const projection::Reprojector& worker_reprojector(const std::string& from, const std::string& to) {
  constexpr std::size_t most_kept = 4;
  // The one place with a thread's own state: a Reprojector is confined to its thread, and so is no part of a snapshot.
  thread_local std::list<KeptReprojector> kept;
  const auto found =
      std::find_if(kept.begin(), kept.end(), [&](const auto& one) { return one.from == from && one.to == to; });
  if (found != kept.end()) {
    kept.splice(kept.begin(), kept, found);
  } else {
    kept.push_front({from, to, projection::Reprojector::make(from, to)});
    if (kept.size() > most_kept) kept.pop_back();
  }
  return kept.front().reprojector;
}

Problem outside_crs(std::string_view parameter, const projection::OfferedCrs& crs,
                    const projection::ReprojectionFailure& failure) {
  const auto said = failure.text();
  return {.status = 400,
          .kind = "outside-crs",
          .detail = {"Ce qui est demandé n'a pas d'image dans ce système : " + said.french + ".",
                     "What is asked for has no image in this system: " + said.english + "."},
          .parameter = std::string(parameter),
          .value = crs.address()};
}

}  // namespace geoprio::service
