// One connection: reads a request, has it answered, writes the answer, and again.
#pragma once

#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "geo/core/result.hpp"
#include "tileserver/http/asio.hpp"
#include "tileserver/http/lane.hpp"
#include "tileserver/http/site.hpp"
#include "tileserver/http/wire.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::http {

/// Thread safety: confined to its lane's thread, but for the answer itself, which a worker makes while the session
/// waits for it and leaves its request alone.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// `tls`: null for TCP as it is.
  Session(Socket socket, Site& site, Lane& lane, TlsContext tls);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Serves requests until either side ends it.
  void start();
  /// Says that there are too many connections, and closes.
  void refuse();
  /// Closes now if no request is under way, else once it is answered.
  void stop();
  /// Closes now.
  void abort();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Phase { idle, reading, answering, writing, lingering, closed };
  enum class Wanted { header, all };
  struct Reading;  // Beast's parser and buffer

  void shake_hands();
  void on_no_handshake(error_code fault);
  void await_request();
  void read_header();
  /// Until the parser has the header, or the whole request; then the step is called.
  void read_until(Wanted wanted, void (Session::*step)(error_code));
  void on_header(error_code fault);
  /// Lets a client that waits for it send the body, unless the header is refused already.
  void let_body_in();
  void on_body(error_code fault);
  void on_read_fault(error_code fault);
  [[nodiscard]] std::optional<service::Problem> header_problem() const;
  /// What the parser does not know of it.
  void complete_request();
  void answer();
  void answer_later();
  void watch_for_leaving();
  void ask_whether_gone();
  [[nodiscard]] service::Response fault_response(std::exception_ptr fault) const;
  void work_on(std::function<void()> work);
  void close_with(const service::Problem& problem);
  void send(service::Response response);
  void on_sent(error_code fault);
  void send_slice();
  void make_piece();
  void send_piece(const Result<bool, std::exception_ptr>& more);
  void on_written(error_code fault);
  void begin_to_linger();
  void linger();
  void finish();
  /// What is under way must end within that time; `disarm`: it may take any.
  void arm(std::chrono::milliseconds longest);
  void arm(std::chrono::milliseconds longest, Clock::time_point now);
  void disarm();
  void set_timer(Clock::time_point end);
  void on_timer();
  void log() const;

  Wire wire_;
  TlsContext tls_;  ///< until the handshake begins
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             asio::io_context::executor_type>
      timer_;
  Clock::time_point ends_ = Clock::time_point::max();        ///< when what is under way must have ended
  Clock::time_point timer_ends_ = Clock::time_point::max();  ///< when the timer goes off; at the latest at `ends_`
  Site& site_;
  Lane& lane_;
  Phase phase_ = Phase::idle;
  bool timed_out_ = false;
  bool keep_open_ = true;
  bool unread_input_ = false;  ///< bytes may be left that nobody will read: closing at once would reset the connection
  std::unique_ptr<Reading> reading_;
  service::Request request_;
  std::stop_source leaving_;  ///< of the request that a worker answers
  service::Response response_;
  std::string head_;
  std::string_view unsent_body_;
  bool http_1_0_ = false;
  bool from_trusted_proxy_ = false;
  bool streams_ = false;  ///< the answer's stream is being sent
  std::string piece_;     ///< of a streamed body; a worker fills it while the session waits
  std::string chunk_head_;
  std::size_t sent_bytes_ = 0;  ///< of the body
  std::array<char, 4096> discarded_;
  std::size_t lingered_bytes_ = 0;
  Clock::time_point began_;
};

}  // namespace geoprio::http
