#include "tileserver/application.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/loading/load.hpp"
#include "geo/loading/report_table.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/verification.hpp"
#include "tileserver/http/server.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/progress.hpp"
#include "tileserver/report.hpp"
#include "tileserver/service/service.hpp"
#include "tileserver/web/assets.hpp"

namespace geoprio {
namespace {

loading::LoadedAtlas loaded_atlas(const std::filesystem::path& path, Language language) {
  ProgressBar bar;
  loading::LoadOptions options;
  options.language = language;
  options.progress = [&bar](const loading::LoadProgress& progress) {
    bar.show(progress.what, progress.done, progress.total);
  };
  return loading::load(path, options);
}

std::optional<service::EmbeddedFile> embedded_file(std::string_view path) {
  const auto* asset = web::asset(path);
  if (asset == nullptr) return std::nullopt;
  return service::EmbeddedFile{asset->body, asset->gzip, asset->content_type, asset->etag};
}

http::Handler handler_of(const std::shared_ptr<service::Published>& published, observability::Log& log) {
  http::Handler handler;
  handler.answer_at_once = [published](const service::Request& request) {
    return service::answer_at_once(request, *published->current());
  };
  handler.answer_later = [published](const service::Request& request, service::Reply reply) {
    return service::answer_later(request, published->current(), std::move(reply));
  };
  handler.body_limit = service::body_limit;
  handler.log = &log;
  return handler;
}

/// The atlas that everyone sees. What was loaded and cut for it is gone when this returns.
service::SnapshotParts public_parts(const ServeOptions& options, Language language, observability::Log& log) {
  const auto loaded = loaded_atlas(options.atlas, language);
  const auto refusals = loaded.report.refusals.size();
  for (const auto& refusal : loaded.report.refusals)
    log.event("refused", {{"file", refusal.file}, {"feature", refusal.feature}, {"reason", refusal.reason}});
  if (options.strict && refusals > 0)
    throw Error(language == Language::english
                    ? std::to_string(refusals) + " features are refused and --strict was asked: see geoprio check."
                    : std::to_string(refusals) + " objets sont refusés et --strict est demandé : voyez geoprio check.");
  service::SnapshotParts parts;
  parts.atlas = atlas::published_atlas(atlas::cut_atlas(loaded, atlas::Audience::everyone, language));
  parts.files = embedded_file;
  parts.public_url = options.public_url;
  parts.cache_bytes = std::size_t{loaded.file.cache_mb} << 20U;
  return parts;
}

}  // namespace

int serve(const ServeOptions& options, Language language) {
  observability::Log log(options.access_log);
  auto parts = public_parts(options, language, log);
  const auto fingerprint = parts.atlas->fingerprint;
  const auto published = std::make_shared<service::Published>(service::make_snapshot(std::move(parts)));

  http::ServerOptions network;
  network.address = options.address;
  network.port = options.port;
  network.io_threads = options.threads;
  http::Server server(network, handler_of(published, log));
  const auto port = std::to_string(server.port());
  log.event("listening", {{"address", options.address},
                          {"port", port},
                          {"url", "http://" + options.address + ":" + port + "/"},
                          {"fingerprint", fingerprint}});
  const auto ending = server.run();
  log.event("stopped", {{"ending", ending == http::Ending::clean ? "clean" : "forced"}});
  if (ending == http::Ending::forced) std::_Exit(exit_clean);
  return exit_clean;
}

int check(const CheckOptions& options, Language language) {
  const auto loaded = loaded_atlas(options.atlas, language);
  const auto cut = atlas::cut_atlas(loaded, atlas::Audience::staff, language);
  const auto report = atlas::report_of(cut);
  std::cout << (options.json ? report_json(report) : report_text(report, language)) << '\n';
  if (options.verify) {
    const auto verified = atlas::verified_overlays(cut);
    (options.json ? std::cerr : std::cout) << atlas::verification_table(verified, language) << '\n';
    for (const auto& overlay : verified)
      if (!overlay.ok) return exit_unusable;
  }
  return report.load.refusals.empty() ? exit_clean : exit_refusals;
}

}  // namespace geoprio
