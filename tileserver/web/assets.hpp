// The pages, their scripts and styles, as bytes in the executable.
#pragma once

#include <string_view>

namespace geoprio::web {

struct Asset {
  std::string_view body;
  std::string_view gzip, br;      ///< the body compressed at build time, or empty when that is not smaller
  std::string_view content_type;  ///< with its charset
  std::string_view etag;          ///< a hash of the body in quotes, as the header has it, without the encoding
};

/// The asset with that path (`index.html`, `map.js`), or null. It lives as long as the program.
/// `index.html` always exists: a build without the pages (GEOPRIO_WEB=OFF) says there that they were left out.
const Asset* asset(std::string_view path);

}  // namespace geoprio::web
