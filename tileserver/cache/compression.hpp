// The compressors that HTTP knows.
#pragma once

#include <string>
#include <string_view>

namespace geoprio::cache {

/// `bytes` as one gzip member (RFC 1952) without name or time, so that equal bytes stay equal. `level`: 1 (fast) to
/// 12 (small); 6 is the usual one.
/// @throws Error when libdeflate has no memory.
[[nodiscard]] std::string gzip(std::string_view bytes, int level);

}  // namespace geoprio::cache
