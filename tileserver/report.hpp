// The load report as `check --json` prints it.
#pragma once

#include <string>

#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio {

/// The document of DESIGN §6: fingerprint, sources, repairs, refusals, slivers, overlaps, warnings; and population,
/// which is null without one. Keys are English.
std::string report_json(const atlas::BuildReport& report);

/// The same for people: the sources, repairs, refusals and warnings, then slivers, overlaps and how the population
/// matches.
std::string report_text(const atlas::BuildReport& report, Language language);

}  // namespace geoprio
