// A body that is made while it is sent, compressed on its way.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "tileserver/cache/stream_compressor.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

class EncodedStream final : public BodyStream {
 public:
  /// Neither may be null.
  EncodedStream(std::shared_ptr<BodyStream> plain, std::unique_ptr<cache::StreamCompressor> compressor)
      : plain_(std::move(plain)), compressor_(std::move(compressor)) {}

  bool append_piece(std::string& piece) override {
    plain_piece_.clear();
    const bool more = plain_->append_piece(plain_piece_);
    compressor_->append(plain_piece_, !more, piece);
    return more;
  }

 private:
  std::shared_ptr<BodyStream> plain_;
  std::unique_ptr<cache::StreamCompressor> compressor_;
  std::string plain_piece_;
};

}  // namespace geoprio::service
