#include "tileserver/http/session.hpp"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <exception>
#include <limits>

#include "tileserver/http/refusals.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/service/negotiation.hpp"

namespace geoprio::http {
namespace {

namespace beast_http = boost::beast::http;

// How long and how much a closing connection still takes in, so that its last answer is read before a reset.
constexpr std::chrono::milliseconds longest_linger{1000};
constexpr std::size_t most_lingering_bytes = std::size_t{256} * 1024;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

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

struct Session::Reading {
  using Parser = beast_http::request_parser<beast_http::string_body>;
  boost::beast::flat_buffer buffer;
  std::optional<Parser> parser;

  /// RFC 9112 §2.2: an empty line before a request line is skipped.
  void skip_empty_lines() {
    while (buffer.size() >= 2) {
      const auto* bytes = static_cast<const char*>(buffer.data().data());
      if (bytes[0] != '\r' || bytes[1] != '\n') return;
      buffer.consume(2);
    }
  }
};

Session::Session(Socket socket, Site& site, Lane& lane)
    : socket_(std::move(socket)),
      timer_(lane.context.get_executor()),
      site_(site),
      lane_(lane),
      reading_(std::make_unique<Reading>()) {}

Session::~Session() = default;

void Session::start() {
  lane_.sessions.insert(shared_from_this());
  error_code ignored;
  // An answer is one write: waiting for more to fill a packet only adds delay.
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  // So that an answer is tried at once, without a turn of the event loop.
  socket_.non_blocking(true, ignored);
  await_request();
}

void Session::refuse() {
  lane_.sessions.insert(shared_from_this());
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
  socket_.async_read_some(reading_->buffer.prepare(first_read),
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
  auto& parser = reading_->parser.emplace();
  parser.header_limit(static_cast<std::uint32_t>(site_.options.header_limit));
  // Which body is allowed depends on the route, which the header tells. Not boost::none: Beast 1.74 takes every length
  // for greater than that.
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  arm(site_.options.request);
  // Most requests are whole in the first packet.
  error_code fault;
  reading_->buffer.consume(parser.put(reading_->buffer.data(), fault));
  if (fault != beast_http::error::need_more) return on_header(fault);
  beast_http::async_read_header(socket_, reading_->buffer, parser,
                                [self = shared_from_this()](error_code late, std::size_t) { self->on_header(late); });
}

void Session::on_header(error_code fault) {
  if (phase_ == Phase::closed) return;
  if (fault) return on_read_fault(fault);
  auto& parser = *reading_->parser;
  const auto& message = parser.get();
  take_request();
  if (auto problem = header_problem()) return close_with(*problem);
  const bool reads_only = message.method() == beast_http::verb::get || message.method() == beast_http::verb::head;
  const std::size_t limit = site_.handler.body_limit(request_.method, request_.target);
  const auto length = parser.content_length();
  if (parser.is_done()) return answer();
  if (limit == 0 && !reads_only) {
    // The body is for nothing, and what there is to say (405, 404) needs none of it.
    keep_open_ = false;
    unread_input_ = true;
    return answer();
  }
  if (limit == 0 || (length && *length > limit)) return close_with(body_too_long(limit));
  parser.body_limit(limit);
  read_body();
}

void Session::read_body() {
  beast_http::async_read(socket_, reading_->buffer, *reading_->parser,
                         [self = shared_from_this()](error_code fault, std::size_t) {
                           if (self->phase_ == Phase::closed) return;
                           if (fault) return self->on_read_fault(fault);
                           self->request_.body = std::move(self->reading_->parser->get().body());
                           self->answer();
                         });
}

void Session::on_read_fault(error_code fault) {
  if (timed_out_) return close_with(too_slow());
  if (fault == beast_http::error::header_limit || fault == beast_http::error::buffer_overflow)
    return close_with(header_too_long(site_.options.header_limit));
  if (fault == beast_http::error::body_limit)
    return close_with(body_too_long(site_.handler.body_limit(request_.method, request_.target)));
  const bool client_is_gone = fault == beast_http::error::end_of_stream || fault == beast_http::error::partial_message;
  const bool not_http = fault.category() == make_error_code(beast_http::error::end_of_stream).category();
  if (client_is_gone || !not_http) return finish();
  close_with(malformed());
}

std::optional<service::Problem> Session::header_problem() const {
  const auto& message = reading_->parser->get();
  const bool known_version = message.version() == 10 || message.version() == 11;
  const auto hosts = message.count(beast_http::field::host);
  // RFC 9112 §3.2: one Host, always, since HTTP/1.1.
  if (!known_version || hosts > 1 || (hosts == 0 && message.version() == 11)) return malformed();
  return std::nullopt;
}

void Session::take_request() {
  const auto& message = reading_->parser->get();
  request_.method = view(message.method_string());
  request_.target = view(message.target());
  http_1_0_ = message.version() == 10;
  for (const auto& field : message) request_.headers.append(view(field.name_string()), view(field.value()));
  keep_open_ = keep_open_ && message.keep_alive();
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
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code fault) {
    if (fault || self->phase_ != Phase::answering) return;
    char next = 0;
    error_code end;
    self->socket_.receive(asio::buffer(&next, 1), Socket::message_peek, end);
    if (end == asio::error::eof && !self->http_1_0_) return self->ask_whether_gone();
    if (end && end != asio::error::would_block) self->leaving_.request_stop();
  });
}

/// Who is gone closed both sides, who waits still may have closed the sending one: to the socket that is the same until
/// bytes are sent, which the first one's system refuses. An interim answer is such bytes; every client of HTTP/1.1
/// passes over it (RFC 9110 §15.2), one of HTTP/1.0 need not, and is held to be gone.
void Session::ask_whether_gone() {
  constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
  socket_.async_wait(Socket::wait_error, [self = shared_from_this()](error_code fault) {
    if (!fault && self->phase_ == Phase::answering) self->leaving_.request_stop();
  });
  error_code fault;
  socket_.send(asio::buffer(interim), 0, fault);
  if (fault) leaving_.request_stop();
}

void Session::work_on(std::function<void()> work) {
  if (work) asio::post(site_.workers, std::move(work));
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
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  phase_ = Phase::lingering;
  arm(longest_linger);
  linger();
}

void Session::linger() {
  socket_.async_read_some(asio::buffer(discarded_), [self = shared_from_this()](error_code fault, std::size_t bytes) {
    if (self->phase_ == Phase::closed) return;
    self->lingered_bytes_ += bytes;
    if (fault || self->lingered_bytes_ > most_lingering_bytes) return self->finish();
    self->linger();
  });
}

void Session::finish() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  leaving_.request_stop();
  timer_.cancel();
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  const auto self = shared_from_this();  // the lane's may be the last one
  lane_.sessions.erase(self);
  site_.doorkeeper.left();
}

void Session::arm(std::chrono::milliseconds longest) {
  timed_out_ = false;
  ends_ = Clock::now() + longest;
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
  socket_.cancel(ignored);
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
