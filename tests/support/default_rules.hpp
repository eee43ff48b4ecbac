// The rules of the default atlas (datasets/saint-etienne/rules.toml) written by hand, without labels and colours.
#pragma once

#include <string>
#include <vector>

#include "geo/domain/rules.hpp"

namespace geoprio::tests {

inline domain::IndicatorRule indicator(std::string id, double weight, domain::Direction direction, double reference) {
  return {.id = std::move(id), .weight = weight, .direction = direction, .reference = reference};
}

inline std::vector<domain::AxisRule> default_axes() {
  constexpr auto higher = domain::Direction::higher_is_worse;
  constexpr auto lower = domain::Direction::lower_is_worse;
  return {{"social",
           {indicator("median_income_uc", 3, lower, 19000), indicator("low_income_share", 3, higher, 14),
            indicator("unemployment_rate", 2, higher, 13), indicator("no_diploma_share", 2, higher, 22),
            indicator("single_parent_share", 1, higher, 14), indicator("neet_18_25_share", 1, higher, 18),
            indicator("css_beneficiary_share", 1, higher, 10), indicator("school_delay_share", 1, higher, 10)}},
          {"urban",
           {indicator("vacancy_rate", 2, higher, 9), indicator("degraded_housing_share", 3, higher, 6),
            indicator("overcrowding_share", 1, higher, 7), indicator("social_housing_share", 1, higher, 18),
            indicator("facilities_per_1000", 1, lower, 30), indicator("transit_access_share", 2, lower, 80),
            indicator("recorded_offences_per_1000", 1, higher, 45)}}};
}

inline domain::TierRules default_rules() {
  return {.label = "Géographie prioritaire locale, document de travail 2014",
          .span = 2,
          .min_coverage = 0.6,
          .min_households = 11,
          .levels = {{"high", 50}, {"moderate", 25}, {"deterioration", 10}},
          .axes = default_axes(),
          .tiers = {{.code = "undetermined", .when = "coverage_social < min_coverage OR coverage_urban < min_coverage"},
                    {.code = "priority_1", .rank = 1, .when = "score_social >= high AND score_urban >= high"},
                    {.code = "social_development", .rank = 2, .when = "score_social >= high"},
                    {.code = "watch",
                     .rank = 3,
                     .when = "score_urban >= high OR score_social >= moderate OR score_urban >= moderate OR "
                             "listed_in_previous_edition = TRUE OR delta_social >= deterioration",
                     .flags = {{.code = "urban_only", .when = "score_urban >= high"}}},
                    {.code = "outside", .when = "TRUE"}}};
}

}  // namespace geoprio::tests
