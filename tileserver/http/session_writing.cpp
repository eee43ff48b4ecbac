// The answer's way to the client: at once where it fits, else slice by slice or, made meanwhile, piece by piece; and
// its line in the log.
#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <string_view>

#include "tileserver/http/session.hpp"
#include "tileserver/observability/log.hpp"

namespace geoprio::http {
namespace {

std::string hexadecimal(std::size_t number) {
  std::array<char, 16> digits{};
  const auto [end, fault] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return {digits.data(), end};
}

/// The next part of a long body, taken from its front: what a client has a deadline for.
std::string_view taken_slice(std::string_view& body) {
  constexpr std::size_t longest_slice = std::size_t{1} << 20U;
  const auto slice = body.substr(0, longest_slice);
  body.remove_prefix(slice.size());
  return slice;
}

std::string_view word_of(service::CacheUse use) {
  switch (use) {
    case service::CacheUse::hit:
      return "hit";
    case service::CacheUse::miss:
      return "miss";
    case service::CacheUse::waited:
      return "waited";
    case service::CacheUse::none:
      break;
  }
  return "";
}

}  // namespace

void Session::send(service::Response response) {
  phase_ = Phase::writing;
  keep_open_ = keep_open_ && !lane_.stopping;
  response_ = std::move(response);
  streams_ = response_.stream != nullptr && request_.method != "HEAD";
  if (streams_ && http_1_0_) keep_open_ = false;
  const auto afterwards = !keep_open_ ? Afterwards::close
                          : http_1_0_ ? Afterwards::keep_open_for_http_1_0
                                      : Afterwards::keep_open;
  head_.clear();
  append_head(head_, response_, lane_.date(), afterwards, http_1_0_ ? Framing::end_of_connection : Framing::chunks);
  unsent_body_ = request_.method == "HEAD" ? std::string_view() : response_.body.bytes();
  sent_bytes_ = unsent_body_.size();
  if (!streams_) log();
  const auto body = taken_slice(unsent_body_);
  const std::array<asio::const_buffer, 2> pieces = {asio::buffer(head_), asio::buffer(body.data(), body.size())};
  error_code fault;
  const auto& file = response_.body.file();
  const bool by_reference = file && !body.empty() && !wire_.is_secure();
  const std::size_t written =
      by_reference ? wire_.send_at_once(head_, *file, body.size(), fault) : wire_.write_at_once(pieces, fault);
  if (fault || written == head_.size() + body.size()) return on_sent(fault);
  arm(site_.options.response);
  const std::size_t of_head = std::min(written, head_.size());
  const std::array<asio::const_buffer, 2> rest = {pieces[0] + of_head, pieces[1] + (written - of_head)};
  wire_.async_write(rest, [self = shared_from_this()](error_code late, std::size_t) { self->on_sent(late); });
}

void Session::on_sent(error_code fault) {
  if (phase_ == Phase::closed) return;
  if (fault) return on_written(fault);
  if (!unsent_body_.empty()) return send_slice();
  if (streams_) return make_piece();
  on_written({});
}

/// Each slice has the client's time anew: a long body over a slow line is no fault.
void Session::send_slice() {
  arm(site_.options.response);
  const auto slice = taken_slice(unsent_body_);
  wire_.async_write(asio::buffer(slice.data(), slice.size()),
                    [self = shared_from_this()](error_code late, std::size_t) { self->on_sent(late); });
}

/// One piece is made once the one before it has left: the system's own buffers are what a client is ahead of us by.
void Session::make_piece() {
  disarm();
  work_on([self = shared_from_this()] {
    self->piece_.clear();
    const auto more = [&]() -> Result<bool, std::exception_ptr> {
      try {
        return self->response_.stream->append_piece(self->piece_);
      } catch (const std::exception&) {
        return Unexpected{std::current_exception()};
      }
    }();
    asio::post(self->lane_.context, [self, more] {
      if (self->phase_ != Phase::closed) self->send_piece(more);
    });
  });
}

void Session::send_piece(const Result<bool, std::exception_ptr>& more) {
  if (!more) {
    static_cast<void>(fault_response(more.error()));  // logged; nothing can be said any more but by closing
    log();
    // Where the end of the connection is that of the body, an ordinary one would say that this is all of it.
    if (http_1_0_) wire_.reset();
    return finish();
  }
  streams_ = *more;
  // An empty chunk would be the end.
  if (piece_.empty() && streams_) return make_piece();
  sent_bytes_ += piece_.size();
  static constexpr std::string_view line_end = "\r\n";
  static constexpr std::string_view last_chunk = "0\r\n\r\n";
  chunk_head_ = piece_.empty() ? std::string() : hexadecimal(piece_.size()) + "\r\n";
  const auto framed = [&](std::string_view text) { return asio::buffer(text.data(), http_1_0_ ? 0 : text.size()); };
  const std::array<asio::const_buffer, 4> buffers = {framed(chunk_head_), asio::buffer(piece_),
                                                     framed(piece_.empty() ? std::string_view() : line_end),
                                                     framed(streams_ ? std::string_view() : last_chunk)};
  arm(site_.options.response);
  wire_.async_write(buffers, [self = shared_from_this()](error_code fault, std::size_t) {
    if (self->phase_ == Phase::closed) return;
    if (!fault && self->streams_) return self->make_piece();
    std::string().swap(self->piece_);
    self->log();
    self->on_written(fault);
  });
}

void Session::on_written(error_code fault) {
  if (phase_ == Phase::closed) return;
  work_on(std::move(response_.afterwards));
  response_ = {};
  if (fault) return finish();
  if (keep_open_) return await_request();
  if (unread_input_) return begin_to_linger();
  wire_.end_sending();
  finish();
}

void Session::log() const {
  if (site_.handler.log == nullptr || !site_.handler.log->writes_requests()) return;
  site_.handler.log->request({.time = std::chrono::system_clock::now(),
                              .method = request_.method,
                              .route = response_.route,
                              .status = response_.status,
                              .bytes = sent_bytes_,
                              .duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_),
                              .cache = word_of(response_.cache),
                              .request = ++site_.requests});
}

}  // namespace geoprio::http
