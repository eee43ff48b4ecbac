// Loads the atlas anew beside the one that is served, and publishes it whole or not at all.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "geo/core/language.hpp"
#include "tileserver/cli.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/service/snapshot.hpp"

namespace geoprio {

/// What a file looks like from outside: enough to see that it changed.
struct FileStamp {
  std::filesystem::file_time_type changed;
  std::uintmax_t size = 0;
  bool operator==(const FileStamp&) const = default;
};
using FileStamps = std::map<std::filesystem::path, FileStamp>;

/// The stamps of these files and of those beside them under the same stem (a shapefile is several); a file that is not
/// there has none.
[[nodiscard]] FileStamps stamps_of(const std::vector<std::filesystem::path>& files);

/// One thread of its own that sleeps until it is asked. An atlas that cannot be loaded, or that refuses more than the
/// one that is served (unless `allow_refusals`), changes nothing but the log.
/// Thread safety: `ask` from any thread, the rest from one. One of the three places that catch exceptions.
class Reloader {
 public:
  /// Called on the reloader's thread after each publication.
  using OnPublished = std::function<void(const std::shared_ptr<const service::Snapshot>&)>;

  /// `published` and `log` outlive it. `sources` are those of the atlas that is published now.
  Reloader(ServeOptions options, Language language, service::Published& published, observability::Log& log,
           std::vector<std::filesystem::path> sources);

  void start(OnPublished on_published);
  /// Reloads soon. What is asked for while a reload is under way makes one more after it.
  void ask();
  /// Starts no reload any more. False: one is under way and cannot be stopped in the middle; leave by std::_Exit.
  [[nodiscard]] bool stop();

 private:
  void run(const std::stop_token& stopping);
  void wait(const std::stop_token& stopping);
  [[nodiscard]] bool sources_changed();
  void reload(std::string_view cause);
  void publish(service::SnapshotParts parts);

  ServeOptions options_;
  Language language_;
  service::Published& published_;
  observability::Log& log_;
  // Confined to the thread, once it runs.
  std::vector<std::filesystem::path> sources_;
  FileStamps loaded_stamps_, last_stamps_;
  OnPublished on_published_;

  std::mutex mutex_;  ///< guards the two that follow
  bool asked_ = false;
  bool loading_ = false;
  std::condition_variable_any changed_;
  std::jthread thread_;  // last: it ends before what it uses does
};

}  // namespace geoprio
