// What a build without the pages (GEOPRIO_WEB=OFF) has in their place.
#include "tileserver/web/assets.hpp"

namespace geoprio::web {
namespace {

constexpr Asset left_out{
    .body =
        "<!doctype html>\n<html lang=\"fr\">\n<meta charset=\"utf-8\">\n<title>Géoprio</title>\n"
        "<h1>Géoprio</h1>\n"
        "<p>Les pages n'ont pas été incluses dans cette version du programme (GEOPRIO_WEB=OFF). "
        "Les données restent accessibles : <a href=\"collections\">collections</a>, "
        "<a href=\"editions\">éditions</a>.</p>\n"
        "<p lang=\"en\">The pages were left out of this build (GEOPRIO_WEB=OFF); the data is still served.</p>\n"
        "</html>\n",
    .gzip = {},
    .br = {},
    .content_type = "text/html; charset=utf-8",
    .etag = "\"left-out\""};

}  // namespace

const Asset* asset(std::string_view path) { return path == "index.html" ? &left_out : nullptr; }

}  // namespace geoprio::web
