#include "tileserver/public_atlas.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "geo/core/error.hpp"
#include "geo/loading/source_files.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/built_file.hpp"
#include "tileserver/web/assets.hpp"

namespace geoprio {
namespace {

std::optional<service::EmbeddedFile> embedded_file(std::string_view path) {
  const auto* asset = web::asset(path);
  if (asset == nullptr) return std::nullopt;
  return service::EmbeddedFile{asset->body, asset->gzip, asset->content_type, asset->etag, asset->br};
}

std::vector<std::filesystem::path> sources_of(const loading::AtlasFile& file) {
  std::vector<std::filesystem::path> sources = {file.path};
  const auto add = [&](const std::string& data) {
    if (data.empty()) return;
    for (auto& path : loading::files_behind(file.location_of(data))) sources.push_back(std::move(path));
  };
  for (const auto& perimeters : file.perimeters) add(perimeters.source.data);
  if (file.population) add(file.population->source.data);
  if (file.addresses) add(file.addresses->data);
  for (const auto& edition : file.editions) {
    add(edition.quarters.source.data);
    if (edition.indicators) add(edition.indicators->source.data);
    add(edition.rules);
  }
  return sources;
}

/// Opens the backdrop that lies beside the atlas, where there is one: beside the atlas file, or the built file.
void open_basemap(PublicAtlas& atlas, const std::filesystem::path& beside) {
  const auto& basemap = atlas.parts.atlas->basemap;
  if (!basemap || !basemap->is_file()) return;
  const auto path = std::filesystem::absolute(beside).parent_path() / basemap->location;
  atlas.parts.basemap_file = service::BasemapFile::open(path);
  atlas.sources.push_back(path);
}

void take(service::SnapshotParts& parts, atlas::PublishedAtlases atlases) {
  parts.atlas = std::move(atlases.everyone);
  parts.staff_atlas = std::move(atlases.staff);
}

void check_refusals(const ServeOptions& options, const loading::LoadReport& report, observability::Log& log) {
  const auto refusals = report.refusals.size();
  for (const auto& refusal : report.refusals)
    log.event("refused", {{"file", refusal.file}, {"feature", refusal.feature}, {"reason", refusal.reason}});
  if (options.strict && refusals > 0)
    throw Error({std::to_string(refusals) + " objets sont refusés et --strict est demandé : voyez geoprio check.",
                 std::to_string(refusals) + " features are refused and --strict was asked: see geoprio check."});
}

}  // namespace

std::string store_beside(const std::filesystem::path& file, const domain::Consultation& consultation) {
  loading::AtlasFile atlas;
  atlas.path = file;
  return consultation.store.empty() ? std::string() : atlas.location_of(consultation.store);
}

PublicAtlas public_atlas(const ServeOptions& options, const loading::LoadOptions& load_options,
                         observability::Log& log) {
  PublicAtlas result;
  result.parts.files = embedded_file;
  result.parts.public_url = options.network.public_url;
  if (atlas::is_built_file(options.atlas)) {
    auto built = atlas::read_built_file(options.atlas);
    check_refusals(options, built.report.load, log);
    take(result.parts, std::move(built.atlases));
    result.parts.cache_bytes = std::size_t{built.cache_mb} << 20U;
    result.sources = {std::filesystem::absolute(options.atlas)};
    open_basemap(result, options.atlas);
    result.store = store_beside(options.atlas, result.parts.atlas->consultation);
    return result;
  }
  const auto loaded = loading::load(options.atlas, load_options);
  check_refusals(options, loaded.report, log);
  take(result.parts, atlas::published_atlases(loaded, load_options.language));
  result.parts.cache_bytes = std::size_t{loaded.file.cache_mb} << 20U;
  result.sources = sources_of(loaded.file);
  open_basemap(result, loaded.file.path);
  result.store = store_beside(loaded.file.path, loaded.file.consultation);
  return result;
}

}  // namespace geoprio
