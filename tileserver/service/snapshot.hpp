// What one request reads from beginning to end: an atlas and all that was made for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/projection/offered_crs.hpp"
#include "tileserver/atlas/atlas.hpp"
#include "tileserver/cache/reading_marks.hpp"
#include "tileserver/cache/tile_cache.hpp"
#include "tileserver/service/basemap_file.hpp"
#include "tileserver/service/desk.hpp"
#include "tileserver/service/export_cache.hpp"
#include "tileserver/service/tile_headers.hpp"
#include "tileserver/service/turns.hpp"

namespace geoprio::service {

/// A file that the executable holds.
struct EmbeddedFile {
  std::string_view body, gzip;  ///< gzip is empty when it would not be smaller
  std::string_view content_type, etag;
  std::string_view br{};  ///< the same
};

/// The embedded file of that path (`index.html`, `map.js`), or nothing.
using EmbeddedFiles = std::function<std::optional<EmbeddedFile>(std::string_view path)>;

/// Tells when what it is a member of has gone, for who waits for that and may not keep it. Thread safety: any thread.
class Ending {
 public:
  Ending() : told_(promise_.get_future()) {}
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() { promise_.set_value(); }

  [[nodiscard]] std::shared_future<void> told() const { return told_; }

 private:
  std::promise<void> promise_;
  std::shared_future<void> told_;
};

/// Thread safety: immutable but for its caches and turns, which any thread may use.
struct Snapshot {
  Ending ending;                                    ///< first, so that all the rest has gone when it tells
  std::shared_ptr<const atlas::Atlas> atlas;        ///< null while nothing is loaded yet: `/health/ready` says 503
  std::shared_ptr<cache::TileCache> tiles;          ///< never null; a cut that is under way keeps it
  std::shared_ptr<ExportCache> exports;             ///< never null
  std::shared_ptr<Turns> packaging;                 ///< never null
  std::shared_ptr<const TileHeaders> tile_headers;  ///< null with `atlas`
  std::map<std::string, std::string, std::less<>> sprites;  ///< by file: `tiers@2x.png`
  EmbeddedFiles files;                                      ///< those of the pages; empty: there are none
  std::shared_ptr<const BasemapFile> basemap_file;          ///< null where `[basemap]` names no file
  std::optional<Desk> desk;                                 ///< nothing: no contributions
  std::string public_url;                   ///< without a slash at the end; empty: links follow the request's Host
  std::vector<projection::OfferedCrs> crs;  ///< that may be asked for; CRS84 first
  std::uint64_t generation = 0;
  std::shared_ptr<const Snapshot> staff;  ///< what staff read in its place; null: the same

  /// Not before `atlas` is there.
  [[nodiscard]] const atlas::Atlas& atlas_for_staff() const { return staff ? *staff->atlas : *atlas; }
};

struct SnapshotParts {
  std::shared_ptr<const atlas::Atlas> atlas;
  std::shared_ptr<const atlas::Atlas> staff_atlas{};  ///< null: staff read `atlas` too
  EmbeddedFiles files;
  std::shared_ptr<const BasemapFile> basemap_file;
  std::optional<Desk> desk{};  ///< its grid is made for the atlas
  std::string public_url;
  std::size_t cache_bytes = std::size_t{64} << 20U;  ///< of tiles, staff's among them
  std::uint64_t generation = 0;
};

/// The snapshot with its cache empty, and its sprites drawn.
/// @throws projection::CrsError for a system that the atlas offers or measures in, and PROJ does not know.
[[nodiscard]] std::shared_ptr<const Snapshot> make_snapshot(SnapshotParts parts);

/// The snapshot that requests take now.
/// Thread safety: any thread. Taking it is a marked reading (cache/reading_marks.hpp), so that no request waits for
/// another; not std::atomic<std::shared_ptr>, which GCC 12 builds on a lock that ThreadSanitizer cannot see.
class Published {
 public:
  explicit Published(std::shared_ptr<const Snapshot> first) { publish(std::move(first)); }
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;

  [[nodiscard]] std::shared_ptr<const Snapshot> current() const;
  /// Requests under way keep the one they have.
  void publish(std::shared_ptr<const Snapshot> next);

 private:
  struct Holder {
    std::shared_ptr<const Snapshot> snapshot;
  };
  mutable cache::ReadingMarks<Holder> marks_;
  std::atomic<const Holder*> place_{nullptr};
  mutable std::mutex mutex_;  ///< guards `holder_`: for who publishes, and for readers when all marks are taken
  std::unique_ptr<const Holder> holder_;
};

}  // namespace geoprio::service
