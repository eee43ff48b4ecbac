#include "tileserver/cli.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace geoprio {
namespace {

/// One text in the two languages of the interface.
struct Text {
  const char* french;
  const char* english;
  [[nodiscard]] std::string in(Language language) const { return language == Language::english ? english : french; }
};

constexpr Text about{
    "Géoprio : serveur de cartes pour la géographie prioritaire.\n"
    "Exemple : geoprio serve datasets/saint-etienne --listen 127.0.0.1:8080\n"
    "Codes de sortie : 0 tout va bien ; 1 des objets sont refusés (check) ; 2 atlas ou commande inutilisable.",
    "Géoprio: a map server for priority geography.\n"
    "Example: geoprio serve datasets/saint-etienne --listen 127.0.0.1:8080\n"
    "Exit codes: 0 all is well; 1 features are refused (check); 2 unusable atlas or command."};
constexpr Text about_serve{
    "Charge l'atlas et le sert.\nExemple : geoprio serve mon-atlas/ --listen 0.0.0.0:80 --strict",
    "Loads the atlas and serves it.\nExample: geoprio serve my-atlas/ --listen 0.0.0.0:80 --strict"};
constexpr Text about_check{
    "Charge l'atlas et dit ce qui a été lu, réparé, refusé.\nExemple : geoprio check mon-atlas/ --verify",
    "Loads the atlas and reports what was read, repaired, refused.\nExample: geoprio check my-atlas/ --verify"};
constexpr Text about_build{
    "Écrit l'atlas chargé dans un fichier, qui tient lieu d'ATLAS dans toute commande et démarre aussitôt.\n"
    "Exemple : geoprio build mon-atlas/ -o mon-atlas.geoprio",
    "Writes the loaded atlas into one file, which takes the place of ATLAS in every command and starts at once.\n"
    "Example: geoprio build my-atlas/ -o my-atlas.geoprio"};
constexpr Text built_option{"le fichier à écrire (.geoprio)", "the file to write (.geoprio)"};
constexpr Text about_tiles{
    "Écrit toutes les tuiles dans une archive PMTiles, pour un stockage d'objets ou un CDN.\n"
    "Exemple : geoprio tiles mon-atlas/ -o tuiles.pmtiles --layers 2014.tiers,communes --max-zoom 14",
    "Writes all tiles into a PMTiles archive, for object storage or a CDN.\n"
    "Example: geoprio tiles my-atlas/ -o tiles.pmtiles --layers 2014.tiers,communes --max-zoom 14"};
constexpr Text output_option{"le fichier à écrire (.pmtiles)", "the file to write (.pmtiles)"};
constexpr Text layers_option{"couches, séparées par des virgules (toutes)", "layers, separated by commas (all)"};
constexpr Text max_zoom_option{"zoom le plus profond (celui de l'atlas)", "deepest zoom (the atlas's)"};
constexpr Text about_token{
    "Jetons du personnel : ils ouvrent la modération et ce qui n'est pas public. Un serveur en marche les voit "
    "aussitôt.\n"
    "Exemple : geoprio token create mon-atlas/ --role moderator --label \"Service habitat\"",
    "Staff tokens: they open moderation and what is not public. A running server sees them at once.\n"
    "Example: geoprio token create my-atlas/ --role moderator --label \"Housing office\""};
constexpr Text about_token_create{
    "Fait un jeton et l'écrit sur la sortie, une seule fois : seul son hachage est gardé.",
    "Makes a token and prints it, once: only its hash is kept."};
constexpr Text about_token_list{"Les jetons, sans leur secret.", "The tokens, without their secrets."};
constexpr Text about_token_revoke{"Retire un jeton.", "Revokes a token."};
constexpr Text role_option{"viewer, moderator ou editor : chacun peut ce que peut le précédent",
                           "viewer, moderator or editor: each may do what the one before may"};
constexpr Text label_option{"à qui il est donné : le journal de modération l'écrit",
                            "whom it is for: the audit trail writes it"};
constexpr Text expires_option{"son dernier jour, AAAA-MM-JJ (sans fin)", "its last day, YYYY-MM-DD (none)"};
constexpr Text token_argument{"l'identifiant que donne list", "the id that list gives"};
constexpr Text atlas_argument{"un atlas.toml, le dossier qui le contient ou un atlas construit",
                              "an atlas.toml, the folder that holds one, or a built atlas"};
constexpr Text threads_option{"fils d'entrée-sortie", "I/O threads"};
constexpr Text log_option{"une ligne par requête sur la sortie d'erreur : on ou off",
                          "one line per request on standard error: on or off"};
constexpr Text strict_option{"ne pas démarrer si des objets sont refusés", "do not start when features are refused"};
constexpr Text allow_refusals_option{"accepter un rechargement qui refuse plus d'objets que l'atlas servi",
                                     "accept a reload that refuses more features than the atlas being served"};
constexpr Text watch_option{"recharger quand une source change (SIGHUP recharge toujours)",
                            "reload when a source changes (SIGHUP always reloads)"};
constexpr Text json_option{"le rapport en JSON", "the report as JSON"};
constexpr Text verify_option{"recalculer chaque croisement avec GEOS et comparer",
                             "recompute every overlay with GEOS and compare"};

void add_serve(CLI::App& command, ServeOptions& options, Language language) {
  command.add_option("ATLAS", options.atlas, atlas_argument.in(language))->required()->envname("GEOPRIO_ATLAS");
  add_network(command, options.network, language);
  command.add_option("--threads", options.threads, threads_option.in(language))
      ->check(CLI::Range(1, 256))
      ->envname("GEOPRIO_THREADS");
  command
      .add_option_function<std::string>(
          "--access-log", [&options](const std::string& text) { options.access_log = text == "on"; },
          log_option.in(language))
      ->check(CLI::IsMember({"on", "off"}))
      ->envname("GEOPRIO_ACCESS_LOG");
  command.add_flag("--strict", options.strict, strict_option.in(language))->envname("GEOPRIO_STRICT");
  command.add_flag("--allow-refusals", options.allow_refusals, allow_refusals_option.in(language))
      ->envname("GEOPRIO_ALLOW_REFUSALS");
  command.add_flag("--watch", options.watch, watch_option.in(language))->envname("GEOPRIO_WATCH");
}

void add_tiles(CLI::App& command, TilesOptions& options, Language language) {
  command.add_option("ATLAS", options.atlas, atlas_argument.in(language))->required()->envname("GEOPRIO_ATLAS");
  command.add_option("-o,--output", options.output, output_option.in(language))->required()->envname("GEOPRIO_OUTPUT");
  command.add_option("--layers", options.layers, layers_option.in(language))->delimiter(',')->envname("GEOPRIO_LAYERS");
  command.add_option("--max-zoom", options.max_zoom, max_zoom_option.in(language))
      ->check(CLI::Range(0, 20))
      ->envname("GEOPRIO_MAX_ZOOM");
}

void add_token(CLI::App& command, TokenOptions& options, Language language) {
  command.require_subcommand(1);
  const auto add = [&](const char* name, const Text& about_it, TokenOptions::Action action) {
    auto* one = command.add_subcommand(name, about_it.in(language));
    // CLI11 reads the environment for the subcommands that were not named too: a variable of the three would be theirs.
    const std::string about_atlas = atlas_argument.in(language);
    auto* atlas = one->add_option("ATLAS", about_atlas)->required()->envname("GEOPRIO_ATLAS");
    one->callback([&options, action, atlas] {
      options.action = action;
      options.atlas = atlas->as<std::string>();
    });
    return one;
  };
  auto* create = add("create", about_token_create, TokenOptions::Action::create);
  create->add_option("--role", options.role, role_option.in(language))
      ->required()
      ->check(CLI::IsMember({"viewer", "moderator", "editor"}))
      ->envname("GEOPRIO_ROLE");
  create->add_option("--label", options.label, label_option.in(language))->envname("GEOPRIO_LABEL");
  create->add_option("--expires", options.expires, expires_option.in(language))->envname("GEOPRIO_EXPIRES");
  add("list", about_token_list, TokenOptions::Action::list);
  add("revoke", about_token_revoke, TokenOptions::Action::revoke)
      ->add_option("ID", options.id, token_argument.in(language))
      ->required();
}

}  // namespace

Command parsed_command(int argc, const char* const* argv, Language language) {
  CLI::App app(about.in(language), "geoprio");
  app.require_subcommand(1);
  app.set_version_flag("--version", GEOPRIO_VERSION);
  ServeOptions serve;
  CheckOptions check;
  auto* serve_command = app.add_subcommand("serve", about_serve.in(language));
  auto* check_command = app.add_subcommand("check", about_check.in(language));
  add_serve(*serve_command, serve, language);
  check_command->add_option("ATLAS", check.atlas, atlas_argument.in(language))->required()->envname("GEOPRIO_ATLAS");
  check_command->add_flag("--json", check.json, json_option.in(language));
  check_command->add_flag("--verify", check.verify, verify_option.in(language));
  BuildOptions build;
  auto* build_command = app.add_subcommand("build", about_build.in(language));
  build_command->add_option("ATLAS", build.atlas, atlas_argument.in(language))->required()->envname("GEOPRIO_ATLAS");
  build_command->add_option("-o,--output", build.output, built_option.in(language))
      ->required()
      ->envname("GEOPRIO_OUTPUT");
  TilesOptions tiles;
  auto* tiles_command = app.add_subcommand("tiles", about_tiles.in(language));
  add_tiles(*tiles_command, tiles, language);
  TokenOptions token;
  auto* token_command = app.add_subcommand("token", about_token.in(language));
  add_token(*token_command, token, language);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Finished{app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2};
  }
  if (serve_command->parsed()) return serve;
  if (build_command->parsed()) return build;
  if (tiles_command->parsed()) return tiles;
  if (token_command->parsed()) return token;
  return check;
}

}  // namespace geoprio
