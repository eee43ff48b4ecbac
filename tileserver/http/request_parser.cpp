#include "tileserver/http/request_parser.hpp"

namespace geoprio::http {

void RequestParser::on_request_impl(boost::beast::http::verb /*method*/, Text name, Text target, int version,
                                    error_code& fault) {
  request_.method = view(name);
  request_.target = view(target);
  version_ = version;
  fault = {};
}

void RequestParser::on_field_impl(boost::beast::http::field field, Text name, Text value, error_code& fault) {
  fault = {};
  // RFC 9110 §6.5.1: what comes behind a body in chunks is not merged into the header, where a check has passed.
  if (has_header_) return;
  if (field == boost::beast::http::field::host) ++hosts_;
  request_.headers.append(view(name), view(value));
}

void RequestParser::on_header_impl(error_code& fault) {
  has_header_ = true;
  fault = {};
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/, error_code& fault) {
  fault = {};
}

std::size_t RequestParser::on_body_impl(Text body, error_code& fault) {
  request_.body.append(view(body));
  fault = {};
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t /*left*/, Text body, error_code& fault) {
  return on_body_impl(body, fault);
}

}  // namespace geoprio::http
