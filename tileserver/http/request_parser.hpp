// Beast's parser, writing into the service's request as it goes.
#pragma once

#include <cstdint>
#include <string_view>

#include "tileserver/http/asio.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include "tileserver/service/request.hpp"

namespace geoprio::http {

/// Beast's own message would hold each field in memory of its own, to be copied from there and freed: with a browser's
/// dozen of fields that was more work than the parsing. One for each request. Thread safety: confined to one thread.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  /// `request` is empty, and outlives this.
  explicit RequestParser(service::Request& request) : request_(request) {}

  /// 10 or 11, or what a client made up.
  [[nodiscard]] int version() const noexcept { return version_; }
  /// How many Host fields there are.
  [[nodiscard]] unsigned hosts() const noexcept { return hosts_; }

 private:
  using Text = boost::beast::string_view;
  static std::string_view view(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb method, Text name, Text target, int version,
                       error_code& fault) override;
  void on_response_impl(int, Text, int, error_code&) override {}  // a server reads none
  void on_field_impl(boost::beast::http::field field, Text name, Text value, error_code& fault) override;
  void on_header_impl(error_code& fault) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& fault) override;
  std::size_t on_body_impl(Text body, error_code& fault) override;
  void on_chunk_header_impl(std::uint64_t, Text, error_code& fault) override { fault = {}; }
  std::size_t on_chunk_body_impl(std::uint64_t left, Text body, error_code& fault) override;
  void on_finish_impl(error_code& fault) override { fault = {}; }

  service::Request& request_;
  int version_ = 0;
  unsigned hosts_ = 0;
  bool has_header_ = false;
};

}  // namespace geoprio::http
