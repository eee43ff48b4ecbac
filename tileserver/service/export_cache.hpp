// The downloads that were made of one published atlas; it dies with it.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "tileserver/service/response.hpp"

namespace geoprio::service {

struct KeptExport {
  Body body;
  std::string etag;  ///< of these bytes
};

/// Thread safety: any thread.
class ExportCache {
 public:
  /// Bodies are files on the disk, mapped: so many bytes of them are kept, the least recently asked for go first.
  explicit ExportCache(std::size_t most_bytes = std::size_t{256} << 20U) : most_bytes_(most_bytes) {}

  [[nodiscard]] std::optional<KeptExport> find(const std::string& key);
  /// A body longer than all that may be kept is not kept.
  void keep(const std::string& key, const KeptExport& made);

 private:
  std::mutex mutex_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::list<std::pair<std::string, KeptExport>> kept_;  ///< the most recently asked for first
};

}  // namespace geoprio::service
