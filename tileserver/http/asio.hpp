// Asio under one name. Asio 1.74 (Debian 12) uses std::exchange without including <utility>, which C++20's slimmer
// standard headers no longer bring along: it must come first.
#pragma once

#include <utility>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>

namespace geoprio::http {

namespace asio = boost::asio;
using boost::system::error_code;

/// Bound to io_context's own executor: the default any_io_executor costs an indirection at every step.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

}  // namespace geoprio::http
