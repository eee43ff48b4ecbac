// An answer before it is put on the wire.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "geo/core/result.hpp"
#include "tileserver/cache/kept_bytes.hpp"
#include "tileserver/service/headers.hpp"

namespace geoprio::service {

/// Bytes that stay where they are until the last write of them ends: shared with a cache, owned, or part of the
/// program. Thread safety: immutable.
class Body {
 public:
  Body() = default;
  /// A document made for one answer.
  static Body of(std::string text) {
    auto owned = std::make_shared<const std::string>(std::move(text));
    const std::string_view bytes = *owned;
    return Body(bytes, std::move(owned));
  }
  /// Bytes inside something that is kept alive with them.
  static Body inside(std::shared_ptr<const void> keeper, std::string_view bytes) {
    return Body(bytes, std::move(keeper));
  }
  /// Bytes of the cache, which may lie in a file.
  static Body kept(std::shared_ptr<const cache::KeptBytes> bytes) {
    const auto view = bytes->view();
    const auto& file = bytes->file();
    return Body(view, std::move(bytes), file);
  }
  /// Bytes that the executable holds.
  static Body embedded(std::string_view bytes) { return Body(bytes, nullptr); }

  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
  /// Where the bytes lie in a file that stays open; nothing for others.
  [[nodiscard]] const std::optional<cache::FilePart>& file() const noexcept { return file_; }
  /// A part of it, which keeps the whole alive.
  [[nodiscard]] Body part(std::size_t first, std::size_t count) const {
    auto file = file_;
    if (file) file->offset += first;
    return {bytes_.substr(first, count), keeper_, file};
  }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

 private:
  Body(std::string_view bytes, std::shared_ptr<const void> keeper, std::optional<cache::FilePart> file = {})
      : bytes_(bytes), keeper_(std::move(keeper)), file_(file) {}
  std::string_view bytes_;
  std::shared_ptr<const void> keeper_;
  std::optional<cache::FilePart> file_;
};

/// A body that is made while it is sent, so that any length takes little memory.
/// Thread safety: one thread at a time, not always the same.
class BodyStream {
 public:
  BodyStream() = default;
  BodyStream(const BodyStream&) = delete;
  BodyStream& operator=(const BodyStream&) = delete;
  virtual ~BodyStream() = default;
  /// Appends the next piece, some tens of kilobytes or nothing at all; whether there is more. What it throws closes the
  /// connection without the end that its client waits for.
  virtual bool append_piece(std::string& piece) = 0;
};

/// What the tile cache did for an answer, for the log.
enum class CacheUse { none, hit, miss, waited };

/// HEAD is answered as GET, body included: whoever writes to the wire leaves the body out and keeps its length.
struct Response {
  unsigned status = 200;
  Headers headers;  ///< without Content-Length, Date and Connection, which belong to the wire
  Body body;
  std::shared_ptr<BodyStream> stream;  ///< in place of the body, when there is one
  std::string_view route = "-";        ///< the route's template, for the log: it holds nothing of what was asked
  CacheUse cache = CacheUse::none;
  std::function<void()> afterwards;  ///< what a worker may do once this is sent; empty: nothing
};

/// Takes the answer, once, on whatever thread made it; or what was thrown in its place.
using Reply = std::function<void(Result<Response, std::exception_ptr>)>;

}  // namespace geoprio::service
