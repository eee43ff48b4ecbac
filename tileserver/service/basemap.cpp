// `/basemap/{file}`: the file that `[basemap]` names, whole or by parts, as PMTiles clients read it.
#include <algorithm>
#include <memory>
#include <utility>

#include "geo/core/error.hpp"
#include "tileserver/service/basemap_file.hpp"
#include "tileserver/service/byte_range.hpp"
#include "tileserver/service/conditional.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

class FileStream final : public BodyStream {
 public:
  FileStream(std::shared_ptr<const BasemapFile> file, BytePart part) : file_(std::move(file)), left_(part) {}
  bool append_piece(std::string& piece) override {
    constexpr std::uint64_t longest_piece = std::uint64_t{64} << 10U;
    const auto now = std::min(left_.count, longest_piece);
    const auto before = piece.size();
    file_->append_bytes(left_.first, static_cast<std::size_t>(now), piece);
    if (piece.size() - before != now) throw Error("basemap " + file_->name() + ": it became shorter while it was sent");
    left_ = {left_.first + now, left_.count - now};
    return left_.count > 0;
  }

 private:
  std::shared_ptr<const BasemapFile> file_;
  BytePart left_;
};

}  // namespace

Answer basemap(const Exchange& exchange, const BasemapRoute& route) {
  const auto& file = exchange.snapshot.basemap_file;
  if (!file || file->name() != route.file)
    return Unexpected{Problem{.status = 404,
                              .kind = "unknown-file",
                              .detail = {"Le fond de carte n'est pas à cette adresse.", "The basemap is not there."},
                              .parameter = "path",
                              .value = route.file,
                              .suggestion = file ? std::optional("/basemap/" + file->name()) : std::nullopt}};
  const auto state = file->state();
  Response response = public_response(200, file->content_type());
  response.headers.set("ETag", state.etag);
  response.headers.set("Cache-Control", "no-cache");
  if (client_has(exchange.request.headers, state.etag)) return not_modified(response);
  constexpr std::uint64_t longest_in_memory = std::uint64_t{1} << 20U;
  const auto part = part_asked(exchange.request, response, state.size);
  if (!part) return response;
  if (part->count > longest_in_memory) {
    response.stream = std::make_shared<FileStream>(file, *part);
  } else {
    std::string bytes;
    file->append_bytes(part->first, static_cast<std::size_t>(part->count), bytes);
    response.body = Body::of(std::move(bytes));
  }
  return response;
}

Document basemap_document(const Exchange& exchange) {
  const auto& basemap = exchange.atlas.basemap;
  if (!basemap) return nullptr;
  const auto& file = exchange.snapshot.basemap_file;
  return {{domain::code_of(basemap->kind),
           file ? exchange.base_url + "/basemap/" + percent_encoded(file->name()) : basemap->location},
          {"attribution", text_or_null(basemap->attribution)}};
}

}  // namespace geoprio::service
