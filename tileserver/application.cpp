#include "tileserver/application.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/core/heap.hpp"
#include "geo/loading/atlas_file.hpp"
#include "geo/loading/load.hpp"
#include "geo/loading/report_table.hpp"
#include "geo/ogr/updated_dataset.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/built_file.hpp"
#include "tileserver/atlas/verification.hpp"
#include "tileserver/http/server.hpp"
#include "tileserver/http/tls_files.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/progress.hpp"
#include "tileserver/public_atlas.hpp"
#include "tileserver/reloader.hpp"
#include "tileserver/report.hpp"
#include "tileserver/service/service.hpp"
#include "tileserver/service/warm_up.hpp"

namespace geoprio {
namespace {

http::Handler handler_of(const std::shared_ptr<service::Published>& published, observability::Log& log) {
  http::Handler handler;
  handler.answer_at_once = [published](const service::Request& request) {
    return service::answer_at_once(request, *published->current());
  };
  handler.answer_later = [published](const service::Request& request, service::Reply reply) {
    return service::answer_later(request, published->current(), std::move(reply));
  };
  handler.body_limit = service::body_limit;
  handler.refused_by_header = [published](const service::Request& request) {
    return service::refused_by_header(request, *published->current());
  };
  handler.log = &log;
  return handler;
}

/// Where contributions are handed in, if the atlas names a store.
std::optional<service::Desk> opened_desk(const PublicAtlas& atlas, observability::Log& log) {
  if (atlas.store.empty()) return std::nullopt;
  const auto days = static_cast<int>(atlas.parts.atlas->consultation.retention_days);
  return service::Desk{
      std::make_shared<store::Store>(store::StoreOptions{.location = atlas.store, .retention_days = days}, &log),
      std::make_shared<service::FloodGates>()};
}

/// How many files this process may have open, once it has asked for as many as it may: a connection is one, and with
/// the usual 1,024 a crowd of idle clients would leave none for a download or the store.
std::size_t files_allowed() {
  constexpr rlim_t enough = 1 << 16;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, enough));
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return std::min(limit.rlim_cur, enough);
}

http::ServerOptions server_options(const ServeOptions& options) {
  http::ServerOptions network;
  // A quarter is for other files, and for those who are told that there are too many.
  network.most_connections = std::min(network.most_connections, files_allowed() / 4 * 3);
  network.address = options.network.address;
  network.port = options.network.port;
  network.trusted_proxies = options.network.trusted_proxies;
  network.path_prefix = options.network.path_prefix();
  network.tls = options.network.tls;
  network.io_threads = options.threads;
  return network;
}

loading::LoadedAtlas loaded_atlas(const std::filesystem::path& atlas, Language language) {
  ProgressBar bar;
  return loading::load(atlas, shown_on(bar, language));
}

/// A built file goes from hand to hand: whoever has it would have the password of the contributions too. Not left out
/// of it without a word: the server that opens the file would then not reach the store, and nobody would know why.
void require_no_password(const loading::AtlasFile& file) {
  const auto& store = file.consultation.store;
  const auto shown = ogr::printable(store);
  if (shown == store) return;
  throw Error({file.path.string() + " : store = \"" + shown +
                   "\" donne un mot de passe, que le fichier construit porterait. Ôtez-le et donnez-le au serveur par "
                   "PGPASSWORD ou ~/.pgpass.",
               file.path.string() + ": store = \"" + shown +
                   "\" gives a password, which the built file would hold. Take it out, and give it to the server by "
                   "PGPASSWORD or ~/.pgpass."});
}

}  // namespace

int serve(const ServeOptions& options, Language language) {
  // Until the reloader takes it: a signal that comes while the atlas loads must not end the process.
  std::signal(SIGHUP, SIG_IGN);
  // A file at the limit of its size is a fault like a full disk, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  // Before the load: whoever mistypes a path is told at once.
  if (options.network.tls) http::require_usable(*options.network.tls);
  observability::Log log(options.access_log);
  auto first = [&] {
    ProgressBar bar;
    return public_atlas(options, shown_on(bar, language), log);
  }();
  give_memory_back();
  const auto fingerprint = first.parts.atlas->fingerprint;
  const auto desk = first.parts.desk = opened_desk(first, log);
  const auto published = std::make_shared<service::Published>(service::make_snapshot(std::move(first.parts)));
  Reloader reloader(options, language, *published, log, std::move(first.sources));

  auto network = server_options(options);
  network.on_hangup = [&reloader] { reloader.ask(); };
  http::Server server(network, handler_of(published, log));
  log.event("listening", {{"address", options.network.address},
                          {"port", std::to_string(server.port())},
                          {"url", options.network.local_url(server.port())},
                          {"fingerprint", fingerprint}});
  const auto warm_up = [&server](const std::shared_ptr<const service::Snapshot>& snapshot) {
    server.in_spare_time([warming = service::WarmUp(snapshot)]() mutable { return warming.step(); });
  };
  warm_up(published->current());
  reloader.start(warm_up);
  const auto ending = server.run();
  const bool idle = reloader.stop();
  // What it still has to say goes to connections, which the server owns.
  if (ending == http::Ending::clean && desk) desk->store->stop();
  log.event("stopped", {{"ending", ending == http::Ending::clean ? "clean" : "forced"}});
  if (ending == http::Ending::forced || !idle) std::_Exit(exit_clean);
  return exit_clean;
}

int check(const CheckOptions& options, Language language) {
  const auto print = [&](const atlas::BuildReport& report) {
    std::cout << (options.json ? report_json(report) : report_text(report, language)) << '\n';
    return report.load.refusals.empty() ? exit_clean : exit_refusals;
  };
  if (atlas::is_built_file(options.atlas)) {
    if (options.verify)
      throw Error({options.atlas.string() + " : --verify recalcule à partir des sources, qu'un atlas construit n'a "
                                            "plus. Donnez l'atlas.toml dont il est fait.",
                   options.atlas.string() + ": --verify computes from the sources, which a built atlas no longer has. "
                                            "Give the atlas.toml that it was made of."});
    return print(atlas::read_built_file(options.atlas).report);
  }
  const auto loaded = loaded_atlas(options.atlas, language);
  const auto cut = atlas::cut_atlas(loaded, atlas::Audience::staff, language);
  const int result = print(atlas::report_of(cut));
  if (options.verify) {
    const auto verified = atlas::verified_overlays(cut);
    (options.json ? std::cerr : std::cout) << atlas::verification_table(verified, language) << '\n';
    for (const auto& overlay : verified)
      if (!overlay.ok) return exit_unusable;
  }
  return result;
}

int build(const BuildOptions& options, Language language) {
  if (atlas::is_built_file(options.atlas))
    throw Error({options.atlas.string() + " : cet atlas est déjà construit.",
                 options.atlas.string() + ": this atlas is built already."});
  require_no_password(loading::read_atlas_file(options.atlas, language));
  const auto loaded = loaded_atlas(options.atlas, language);
  auto [atlases, report] = atlas::reported_atlases(loaded, language);
  const atlas::BuiltAtlas built{std::move(atlases), std::move(report), loaded.file.cache_mb};
  atlas::write_built_file(options.output, built);
  std::cout << report_text(built.report, language) << '\n';
  return built.report.load.refusals.empty() ? exit_clean : exit_refusals;
}

}  // namespace geoprio
