#include "tileserver/http/session.hpp"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <exception>
#include <limits>

#include "tileserver/http/refusals.hpp"
#include "tileserver/http/request_parser.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/service/negotiation.hpp"

namespace geoprio::http {
namespace {

namespace beast_http = boost::beast::http;

// How long and how much a closing connection still takes in, so that its last answer is read before a reset.
constexpr std::chrono::milliseconds longest_linger{1000};
constexpr std::size_t most_lingering_bytes = std::size_t{256} * 1024;

/// What says to go on waiting; every client of HTTP/1.1 passes over it (RFC 9110 §15.2).
constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

struct Session::Reading {
  boost::beast::flat_buffer buffer;
  std::optional<RequestParser> parser;

  /// What the parser says of the bytes in the buffer; `need_more` until it has what is wanted.
  error_code parsed(Wanted wanted) {
    error_code fault = beast_http::error::need_more;
    if (buffer.size() == 0) return fault;
    buffer.consume(parser->put(buffer.data(), fault));
    const bool there = wanted == Wanted::all ? parser->is_done() : parser->is_header_done();
    if (!fault && !there) fault = beast_http::error::need_more;
    return fault;
  }

  /// The same once so many bytes more have come, or the end of the stream.
  error_code parsed_further(Wanted wanted, error_code fault, std::size_t bytes) {
    buffer.commit(bytes);
    if (!fault) return parsed(wanted);
    if (fault != asio::error::eof) return fault;
    parser->put_eof(fault = {});
    return fault || parser->is_done() ? fault : error_code(beast_http::error::end_of_stream);
  }

  /// Whether the request line ends within so many bytes; the parser reads none of it before the header ends or is over.
  [[nodiscard]] bool has_request_line(std::string_view target, std::size_t limit) const {
    const std::string_view bytes(static_cast<const char*>(buffer.data().data()), buffer.size());
    return !target.empty() || bytes.substr(0, limit).find("\r\n") != std::string_view::npos;
  }

  /// RFC 9112 §2.2: an empty line before a request line is skipped.
  void skip_empty_lines() {
    while (buffer.size() >= 2) {
      const auto* bytes = static_cast<const char*>(buffer.data().data());
      if (bytes[0] != '\r' || bytes[1] != '\n') return;
      buffer.consume(2);
    }
  }
};

Session::Session(Socket socket, Site& site, Lane& lane, TlsContext tls)
    : wire_(std::move(socket)),
      tls_(std::move(tls)),
      timer_(lane.context.get_executor()),
      site_(site),
      lane_(lane),
      reading_(std::make_unique<Reading>()) {
  request_.connection = ++site_.connections;
  request_.on_worker = [this](std::function<void()> work) { work_on(std::move(work)); };
}

Session::~Session() = default;

void Session::start() {
  lane_.sessions.insert(shared_from_this());
  error_code ignored;
  // An answer is one write: waiting for more to fill a packet only adds delay.
  wire_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  // So that an answer is tried at once, without a turn of the event loop.
  wire_.socket().non_blocking(true, ignored);
  if (!site_.options.trusted_proxies.empty())
    from_trusted_proxy_ = site_.trusts(wire_.socket().remote_endpoint(ignored).address());
  if (lane_.stopping) return finish();
  if (tls_) return shake_hands();
  await_request();
}

void Session::shake_hands() {
  arm(site_.options.request);
  wire_.async_secure(std::move(tls_), [self = shared_from_this()](error_code fault) {
    if (self->phase_ == Phase::closed) return;
    if (!fault) return self->await_request();
    // In a turn of its own: the stream that tells this is given up.
    asio::post(self->lane_.context, [self, fault] {
      if (self->phase_ != Phase::closed) self->on_no_handshake(fault);
    });
  });
}

void Session::on_no_handshake(error_code fault) {
  if (!speaks_plain_http(fault)) return finish();
  wire_.give_tls_up();
  began_ = Clock::now();
  close_with(plain_http_over_tls());
}

void Session::refuse() {
  lane_.sessions.insert(shared_from_this());
  // Shaking hands to say no would cost more than the connections that there are too many of.
  if (tls_) return finish();
  began_ = Clock::now();
  request_.method.clear();
  close_with(too_many_connections());
}

void Session::stop() {
  keep_open_ = false;
  if (phase_ == Phase::idle) finish();
}

void Session::abort() { finish(); }

void Session::await_request() {
  if (lane_.stopping) return finish();
  reading_->skip_empty_lines();
  if (reading_->buffer.size() > 0)
    // In a turn of its own: a client that sends many requests at once must not keep the others waiting.
    return asio::post(lane_.context, [self = shared_from_this()] {
      if (self->phase_ != Phase::closed) self->read_header();
    });
  constexpr std::size_t first_read = 4096;
  phase_ = Phase::idle;
  arm(site_.options.idle);
  wire_.async_read_some(reading_->buffer.prepare(first_read),
                        [self = shared_from_this()](error_code fault, std::size_t bytes) {
                          if (self->phase_ == Phase::closed) return;
                          if (fault) return self->finish();
                          self->reading_->buffer.commit(bytes);
                          self->reading_->skip_empty_lines();
                          if (self->reading_->buffer.size() == 0) return self->await_request();
                          self->read_header();
                        });
}

void Session::read_header() {
  phase_ = Phase::reading;
  began_ = Clock::now();
  keep_open_ = !lane_.stopping;
  request_.clear();
  http_1_0_ = false;
  auto& parser = reading_->parser.emplace(request_);
  parser.header_limit(static_cast<std::uint32_t>(site_.options.header_limit));
  // Which body is allowed depends on the route, which the header tells. Not boost::none: Beast 1.74 takes every length
  // for greater than that.
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  arm(site_.options.request, began_);
  // Most requests are whole in the first packet.
  const error_code fault = reading_->parsed(Wanted::header);
  if (fault != beast_http::error::need_more) return on_header(fault);
  read_until(Wanted::header, &Session::on_header);
}

// Beast's own reading would be compiled a second time for TLS; all that is wanted of Beast is its parser.
void Session::read_until(Wanted wanted, void (Session::*step)(error_code)) {
  const std::size_t next_read = wanted == Wanted::header ? 4096 : std::size_t{64} * 1024;
  wire_.async_read_some(reading_->buffer.prepare(next_read),
                        [self = shared_from_this(), wanted, step](error_code fault, std::size_t bytes) {
                          if (self->phase_ == Phase::closed) return;
                          fault = self->reading_->parsed_further(wanted, fault, bytes);
                          if (fault == beast_http::error::need_more) return self->read_until(wanted, step);
                          (self.get()->*step)(fault);
                        });
}

void Session::on_header(error_code fault) {
  if (fault) return on_read_fault(fault);
  auto& parser = *reading_->parser;
  complete_request();
  if (auto problem = header_problem()) return close_with(*problem);
  if (parser.is_done()) return answer();
  const bool reads_only = request_.method == "GET" || request_.method == "HEAD";
  const std::size_t limit = site_.handler.body_limit(request_.method, request_.target);
  const auto length = parser.content_length();
  if (limit == 0 && !reads_only) {
    // The body is for nothing, and what there is to say (405, 404) needs none of it.
    keep_open_ = false;
    unread_input_ = true;
    return answer();
  }
  if (limit == 0 || (length && *length > limit)) return close_with(body_too_long(limit));
  parser.body_limit(limit);
  parser.eager(true);
  const bool nothing_came = reading_->buffer.size() == 0;
  // A part of the body, or all of it, may have come with the header.
  const error_code so_far = reading_->parsed(Wanted::all);
  if (so_far != beast_http::error::need_more) return on_body(so_far);
  // RFC 9110 §10.1.1: not to HTTP/1.0, and not to who sends already.
  if (nothing_came && !http_1_0_ && request_.headers.find("Expect")) return let_body_in();
  read_until(Wanted::all, &Session::on_body);
}

void Session::let_body_in() {
  const auto& refused = site_.handler.refused_by_header;
  if (auto refusal = refused ? refused(request_) : std::nullopt) {
    keep_open_ = false;
    unread_input_ = true;
    return send(*std::move(refusal));
  }
  wire_.async_write(asio::buffer(interim), [self = shared_from_this()](error_code fault, std::size_t) {
    if (self->phase_ == Phase::closed) return;
    if (fault) return self->on_read_fault(fault);
    self->read_until(Wanted::all, &Session::on_body);
  });
}

void Session::on_body(error_code fault) {
  if (fault) return on_read_fault(fault);
  answer();
}

void Session::on_read_fault(error_code fault) {
  if (timed_out_) return close_with(too_slow());
  if (fault == beast_http::error::header_limit || fault == beast_http::error::buffer_overflow) {
    const auto limit = site_.options.header_limit;
    return close_with(reading_->has_request_line(request_.target, limit) ? header_too_long(limit)
                                                                         : address_too_long(limit));
  }
  if (fault == beast_http::error::body_limit)
    return close_with(body_too_long(site_.handler.body_limit(request_.method, request_.target)));
  const bool client_is_gone = fault == beast_http::error::end_of_stream || fault == beast_http::error::partial_message;
  const bool not_http = fault.category() == make_error_code(beast_http::error::end_of_stream).category();
  if (client_is_gone || !not_http) return finish();
  close_with(malformed());
}

std::optional<service::Problem> Session::header_problem() const {
  const auto& parser = *reading_->parser;
  const bool known_version = parser.version() == 10 || parser.version() == 11;
  // RFC 9112 §3.2: one Host, always, since HTTP/1.1.
  if (!known_version || parser.hosts() > 1 || (parser.hosts() == 0 && parser.version() == 11)) return malformed();
  if (const auto expected = request_.headers.find("Expect");
      expected && !http_1_0_ && !service::equal_ignoring_case(*expected, "100-continue"))
    return unknown_expectation(*expected);
  return std::nullopt;
}

void Session::complete_request() {
  const auto& parser = *reading_->parser;
  if (!site_.options.path_prefix.empty()) request_.target = site_.mounted(request_.target);
  request_.secure = wire_.is_secure();
  request_.from_trusted_proxy = from_trusted_proxy_;
  http_1_0_ = parser.version() == 10;
  keep_open_ = keep_open_ && parser.keep_alive();
}

void Session::answer() {
  phase_ = Phase::answering;
  disarm();
  try {
    if (auto response = site_.handler.answer_at_once(request_)) return send(std::move(*response));
    answer_later();
  } catch (const std::exception&) {
    send(fault_response(std::current_exception()));
  }
}

void Session::answer_later() {
  leaving_ = {};
  request_.left = leaving_.get_token();
  watch_for_leaving();
  work_on(site_.handler.answer_later(request_,
                                     [self = shared_from_this()](Result<service::Response, std::exception_ptr> answer) {
                                       asio::post(self->lane_.context, [self, answer = std::move(answer)]() mutable {
                                         if (self->phase_ == Phase::closed) return;
                                         self->send(answer ? std::move(*answer) : self->fault_response(answer.error()));
                                       });
                                     }));
}

void Session::watch_for_leaving() {
  wire_.socket().async_wait(Socket::wait_read, [self = shared_from_this()](error_code fault) {
    if (fault || self->phase_ != Phase::answering) return;
    char next = 0;
    error_code end;
    self->wire_.socket().receive(asio::buffer(&next, 1), Socket::message_peek, end);
    // Over TLS a client says farewell when it ends its sending (RFC 8446 §6.1): one that does not has left.
    const bool may_wait_still = !self->http_1_0_ && !self->wire_.is_secure();
    if (end == asio::error::eof && may_wait_still) return self->ask_whether_gone();
    if (end && end != asio::error::would_block) self->leaving_.request_stop();
  });
}

/// Who is gone closed both sides, who waits still may have closed the sending one: to the socket that is the same until
/// bytes are sent, which the first one's system refuses. An interim answer is such bytes; a client of HTTP/1.0 need not
/// pass over it, and is held to be gone.
void Session::ask_whether_gone() {
  wire_.socket().async_wait(Socket::wait_error, [self = shared_from_this()](error_code fault) {
    if (!fault && self->phase_ == Phase::answering) self->leaving_.request_stop();
  });
  error_code fault;
  wire_.socket().send(asio::buffer(interim), 0, fault);
  if (fault) leaving_.request_stop();
}

void Session::work_on(std::function<void()> work) {
  if (!work) return;
  // What leaves a worker's thread ends the process: no memory to compress a tile in is no reason for that.
  asio::post(site_.workers, [&site = site_, work = std::move(work)] {
    try {
      work();
    } catch (const std::exception& fault) {
      if (site.handler.log != nullptr) site.handler.log->event("fault", {{"reason", fault.what()}});
    }
  });
}

service::Response Session::fault_response(std::exception_ptr fault) const {
  try {
    std::rethrow_exception(std::move(fault));
  } catch (const std::exception& known) {
    if (site_.handler.log != nullptr) site_.handler.log->event("fault", {{"reason", known.what()}});
  }
  return service::problem_response(our_fault(), service::preferred_language(request_.headers));
}

void Session::close_with(const service::Problem& problem) {
  keep_open_ = false;
  unread_input_ = true;
  send(service::problem_response(problem, service::preferred_language(request_.headers)));
}

void Session::begin_to_linger() {
  wire_.end_sending();
  phase_ = Phase::lingering;
  arm(longest_linger);
  linger();
}

void Session::linger() {
  // Past TLS: what comes is thrown away.
  wire_.socket().async_read_some(asio::buffer(discarded_),
                                 [self = shared_from_this()](error_code fault, std::size_t bytes) {
                                   if (self->phase_ == Phase::closed) return;
                                   self->lingered_bytes_ += bytes;
                                   if (fault || self->lingered_bytes_ > most_lingering_bytes) return self->finish();
                                   self->linger();
                                 });
}

void Session::finish() {
  if (phase_ == Phase::closed) return;
  if (phase_ == Phase::idle) wire_.end_sending();
  phase_ = Phase::closed;
  leaving_.request_stop();
  timer_.cancel();
  wire_.close();
  const auto self = shared_from_this();  // the lane's may be the last one
  lane_.sessions.erase(self);
  site_.doorkeeper.left();
}

void Session::arm(std::chrono::milliseconds longest) { arm(longest, Clock::now()); }

void Session::arm(std::chrono::milliseconds longest, Clock::time_point now) {
  timed_out_ = false;
  ends_ = now + longest;
  // A timer that goes off earlier looks at `ends_` then: setting one at every step cost a tenth of a hot request.
  if (timer_ends_ > ends_) set_timer(ends_);
}

void Session::disarm() { ends_ = Clock::time_point::max(); }

void Session::set_timer(Clock::time_point end) {
  timer_ends_ = end;
  timer_.expires_at(end);
  timer_.async_wait([self = shared_from_this()](error_code fault) {
    if (!fault) self->on_timer();
  });
}

void Session::on_timer() {
  timer_ends_ = Clock::time_point::max();
  if (phase_ == Phase::closed || ends_ == Clock::time_point::max()) return;
  if (ends_ > Clock::now()) return set_timer(ends_);
  if (phase_ != Phase::reading) return finish();
  timed_out_ = true;
  error_code ignored;
  wire_.socket().cancel(ignored);
}

}  // namespace geoprio::http
