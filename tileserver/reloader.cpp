#include "tileserver/reloader.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <future>
#include <string>
#include <system_error>

#include "geo/core/error.hpp"
#include "geo/core/heap.hpp"
#include "tileserver/public_atlas.hpp"

namespace geoprio {
namespace {

using Clock = std::chrono::steady_clock;

// How often sources are looked at, and how long they must have been left alone: a file takes time to be written.
constexpr std::chrono::seconds between_looks{1};
// How long the former atlas may still be read before its memory is given back without waiting further.
constexpr std::chrono::seconds longest_reading{10};

BilingualText more_refusals(std::size_t now, std::size_t before) {
  const auto count = std::to_string(now);
  const auto former = std::to_string(before);
  return {count + " objets seraient refusés, contre " + former +
              " dans l'atlas servi : voyez geoprio check, ou acceptez-les par --allow-refusals.",
          count + " features would be refused, " + former +
              " in the atlas that is served: see geoprio check, or accept them by --allow-refusals."};
}

/// Of all that is served, staff's editions too.
std::size_t refusals_in(const service::Snapshot& snapshot) {
  return snapshot.staff ? snapshot.staff->atlas->refusals : snapshot.atlas->refusals;
}

}  // namespace

FileStamps stamps_of(const std::vector<std::filesystem::path>& files) {
  FileStamps stamps;
  std::error_code gone;  // files come and go while they are looked at
  for (const auto& file : files)
    for (const auto& beside : std::filesystem::directory_iterator(file.parent_path(), gone)) {
      if (beside.path().stem() != file.stem()) continue;
      const auto changed = beside.last_write_time(gone);
      if (gone) continue;
      const auto size = beside.file_size(gone);
      if (!gone) stamps[beside.path()] = {changed, size};
    }
  return stamps;
}

Reloader::Reloader(ServeOptions options, Language language, service::Published& published, observability::Log& log,
                   std::vector<std::filesystem::path> sources)
    : options_(std::move(options)),
      language_(language),
      published_(published),
      log_(log),
      sources_(std::move(sources)),
      loaded_stamps_(stamps_of(sources_)),
      last_stamps_(loaded_stamps_) {}

void Reloader::start(OnPublished on_published) {
  on_published_ = std::move(on_published);
  thread_ = std::jthread([this](const std::stop_token& stopping) { run(stopping); });
}

void Reloader::ask() {
  const std::lock_guard lock(mutex_);
  asked_ = true;
  changed_.notify_all();
}

bool Reloader::stop() {
  thread_.request_stop();
  {
    const std::lock_guard lock(mutex_);
    if (loading_) return false;
  }
  if (thread_.joinable()) thread_.join();
  return true;
}

void Reloader::run(const std::stop_token& stopping) {
  while (!stopping.stop_requested()) {
    wait(stopping);
    bool asked = false;
    {
      const std::lock_guard lock(mutex_);
      asked = std::exchange(asked_, false);
    }
    // Looked at in either case: a change that was asked for is not to be seen a second time.
    const bool changed = sources_changed();
    if (!asked && !changed) continue;
    {
      const std::lock_guard lock(mutex_);
      if (stopping.stop_requested()) return;
      loading_ = true;
    }
    reload(asked ? "hangup" : "changed");
    const std::lock_guard lock(mutex_);
    loading_ = false;
  }
}

void Reloader::wait(const std::stop_token& stopping) {
  std::unique_lock lock(mutex_);
  const auto asked = [this] { return asked_; };
  if (options_.watch)
    changed_.wait_for(lock, stopping, between_looks, asked);
  else
    changed_.wait(lock, stopping, asked);
}

bool Reloader::sources_changed() {
  // Polled, not by inotify: a look at a few names costs microseconds, works on network folders, where inotify is
  // silent, and is not confused by editors that write a new file and rename it over the old one.
  if (!options_.watch) return false;
  const auto now = stamps_of(sources_);
  const bool at_rest = now == std::exchange(last_stamps_, now);
  return at_rest && now != loaded_stamps_;
}

void Reloader::reload(std::string_view cause) {
  log_.event("reloading", {{"cause", cause}});
  // Before it is read: what changes from now on is seen later.
  loaded_stamps_ = stamps_of(sources_);
  const auto refused = [&](std::string_view reason) {
    log_.event("reload_failed", {{"reason", reason}, {"still_serving", published_.current()->atlas->fingerprint}});
  };
  try {
    const auto began = Clock::now();
    loading::LoadOptions load_options;
    load_options.language = language_;
    auto loaded = public_atlas(options_, load_options, log_);
    const auto& whole = loaded.parts.staff_atlas ? loaded.parts.staff_atlas : loaded.parts.atlas;
    const auto refusals = whole->refusals;
    const auto served = refusals_in(*published_.current());
    if (refusals > served && !options_.allow_refusals) throw Error(more_refusals(refusals, served));
    const auto fingerprint = loaded.parts.atlas->fingerprint;
    if (loaded.sources != sources_) {
      sources_ = std::move(loaded.sources);
      loaded_stamps_ = last_stamps_ = stamps_of(sources_);
    }
    const auto& desk = published_.current()->desk;
    if (loaded.store != (desk ? desk->store->location() : std::string()))
      log_.event("store_unchanged", {{"reason", "another store is opened at the next start only"}});
    publish(std::move(loaded.parts));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count();
    log_.event(
        "reloaded",
        {{"fingerprint", fingerprint}, {"refusals", std::to_string(refusals)}, {"duration_ms", std::to_string(took)}});
  } catch (const Error& error) {
    refused(language_ == Language::english ? error.text().english : error.text().french);
  } catch (const std::exception& error) {
    refused(error.what());
  }
}

void Reloader::publish(service::SnapshotParts parts) {
  std::shared_future<void> former_gone;
  {
    const auto current = published_.current();
    former_gone = current->ending.told();
    parts.generation = current->generation + 1;
    parts.desk = current->desk;
    if (parts.desk) parts.desk->store->keep_for(static_cast<int>(parts.atlas->consultation.retention_days));
    const auto next = service::make_snapshot(std::move(parts));
    published_.publish(next);
    on_published_(next);
  }
  former_gone.wait_for(longest_reading);
  give_memory_back();
}

}  // namespace geoprio
