// A contribution as it is handed in: read from a request and checked.
#pragma once

#include <string>

#include "tileserver/service/exchange.hpp"
#include "tileserver/store/contribution.hpp"

namespace geoprio::service {

struct Submission {
  std::string key;  ///< Idempotency-Key, in lower case
  store::Remark remark;
};

/// The problem (400, 415) names the header or member at fault; never what somebody wrote.
[[nodiscard]] Result<Submission, Problem> submission_of(const Exchange& exchange);

/// Idempotency-Key, in lower case; a 400 when it is missing or no UUID.
[[nodiscard]] Result<std::string, Problem> key_of(const Exchange& exchange);

/// Kiosk-Id, or empty; a 400 when it is no UUID.
[[nodiscard]] Result<std::string, Problem> kiosk_of(const Exchange& exchange);

}  // namespace geoprio::service
