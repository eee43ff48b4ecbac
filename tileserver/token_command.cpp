// `geoprio token`: staff tokens, made and revoked where the store is.

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>

#include "geo/core/error.hpp"
#include "geo/domain/date.hpp"
#include "geo/loading/atlas_file.hpp"
#include "tileserver/application.hpp"
#include "tileserver/atlas/built_file.hpp"
#include "tileserver/public_atlas.hpp"
#include "tileserver/store/calendar.hpp"
#include "tileserver/store/ledger.hpp"

namespace geoprio {
namespace {

std::string store_of(const std::filesystem::path& atlas, Language language) {
  std::string store;
  if (atlas::is_built_file(atlas)) {
    store = store_beside(atlas, atlas::read_built_file(atlas).atlases.everyone->consultation);
  } else {
    const auto file = loading::read_atlas_file(atlas, language);
    store = store_beside(file.path, file.consultation);
  }
  if (!store.empty()) return store;
  throw Error({atlas.string() + " : cet atlas n'a pas de magasin, où seraient les jetons. Écrivez par exemple store = "
                                "\"consultation.gpkg\" dans atlas.toml.",
               atlas.string() +
                   ": this atlas has no store, where tokens would be. Write store = \"consultation.gpkg\", "
                   "say, in atlas.toml."});
}

int create(store::Ledger& ledger, const TokenOptions& options) {
  const auto today = store::today();
  std::optional<domain::Date> expires;
  if (!options.expires.empty()) {
    expires = domain::Date::parse(options.expires);
    if (!expires || *expires < today)
      throw Error({"--expires attend un jour à venir, AAAA-MM-JJ : « " + options.expires + " » n'en est pas un.",
                   "--expires takes a day to come, YYYY-MM-DD: “" + options.expires + "” is none."});
  }
  const auto made = store::made_token(*store::parse_role(options.role), options.label, expires, today);
  ledger.add(made.token);
  ledger.commit();
  std::cout << made.secret << '\n';
  return exit_clean;
}

int list(store::Ledger& ledger) {
  std::cout << "id\trole\tlabel\tcreated\texpires\trevoked\n";
  const auto day = [](const std::optional<domain::Date>& date) { return date ? date->text() : std::string("-"); };
  for (const auto& token : ledger.tokens())
    std::cout << token.id << '\t' << store::code_of(token.role) << '\t' << (token.label.empty() ? "-" : token.label)
              << '\t' << token.created.text() << '\t' << day(token.expires) << '\t' << day(token.revoked) << '\n';
  return exit_clean;
}

int revoke(store::Ledger& ledger, const std::string& id) {
  const auto tokens = ledger.tokens();
  if (std::none_of(tokens.begin(), tokens.end(), [&](const auto& token) { return token.id == id; }))
    throw Error({"il n'y a pas de jeton « " + id + " » : geoprio token list les nomme.",
                 "there is no token “" + id + "”: geoprio token list names them."});
  ledger.revoke(id, store::today());
  ledger.commit();
  return exit_clean;
}

}  // namespace

int token(const TokenOptions& options, Language language) {
  store::Ledger ledger(store_of(options.atlas, language));
  switch (options.action) {
    case TokenOptions::Action::create:
      return create(ledger, options);
    case TokenOptions::Action::revoke:
      return revoke(ledger, options.id);
    case TokenOptions::Action::list:
      break;
  }
  return list(ledger);
}

}  // namespace geoprio
