#include "tileserver/service/snapshot.hpp"

#include <thread>

#include "tileserver/service/sprites.hpp"

namespace geoprio::service {

namespace {

/// Staff are few: so much of the cache is theirs.
constexpr std::size_t staff_share = 8;

/// Takes what staff's snapshot is made of.
SnapshotParts staff_parts(SnapshotParts& parts) {
  auto staff = parts;
  staff.atlas = std::exchange(staff.staff_atlas, nullptr);
  parts.staff_atlas = nullptr;
  staff.cache_bytes /= staff_share;
  parts.cache_bytes -= staff.cache_bytes;
  return staff;
}

}  // namespace

std::shared_ptr<const Snapshot> make_snapshot(SnapshotParts parts) {
  auto snapshot = std::make_shared<Snapshot>();
  if (parts.staff_atlas) snapshot->staff = make_snapshot(staff_parts(parts));
  snapshot->atlas = std::move(parts.atlas);
  snapshot->tiles = std::make_shared<cache::TileCache>(parts.cache_bytes);
  snapshot->files = std::move(parts.files);
  snapshot->basemap_file = std::move(parts.basemap_file);
  snapshot->generation = parts.generation;
  snapshot->public_url = std::move(parts.public_url);
  while (snapshot->public_url.ends_with('/')) snapshot->public_url.pop_back();
  snapshot->exports = std::make_shared<ExportCache>();
  snapshot->packaging = std::make_shared<Turns>();
  if (!snapshot->atlas) return snapshot;
  snapshot->tile_headers = std::make_shared<const TileHeaders>(snapshot->atlas->fingerprint);

  snapshot->desk = std::move(parts.desk);
  if (snapshot->desk) snapshot->desk->grid = std::make_shared<const CellGrid>(snapshot->atlas->metric_crs);
  snapshot->crs = projection::offered_crs(snapshot->atlas->crs);
  auto drawn = sprites_of(*snapshot->atlas);
  snapshot->sprites = {{"tiers.json", std::move(drawn.json)},
                       {"tiers.png", std::move(drawn.png)},
                       {"tiers@2x.json", std::move(drawn.json_2x)},
                       {"tiers@2x.png", std::move(drawn.png_2x)}};
  return snapshot;
}

std::shared_ptr<const Snapshot> Published::current() const {
  if (const auto reading = marks_.reading(place_); reading.object() != nullptr) return reading.object()->snapshot;
  const std::lock_guard lock(mutex_);
  return holder_->snapshot;
}

void Published::publish(std::shared_ptr<const Snapshot> next) {
  auto holder = std::make_unique<const Holder>(Holder{std::move(next)});
  {
    const std::lock_guard lock(mutex_);
    holder_.swap(holder);
    place_.store(holder_.get());
  }
  // Who reads the former holder only copies a pointer out of it.
  while (holder && marks_.is_read(holder.get())) std::this_thread::yield();
}

}  // namespace geoprio::service
