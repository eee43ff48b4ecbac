#include "tileserver/atlas/names.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "geo/analysis/label_point.hpp"
#include "geo/core/grid_point.hpp"
#include "tileserver/search/index_builder.hpp"

namespace geoprio::atlas {
namespace {

class Naming {
 public:
  explicit Naming(const CutAtlas& cut) : cut_(cut) {
    if (const auto set = cut.loaded->commune_set())
      for (const auto& commune : cut.loaded->sets[*set].perimeters) communes_.emplace(commune.code, commune.name);
  }

  void add_quarters(const std::string& default_edition) {
    std::vector<const RankedEdition*> editions;
    for (const auto& edition : cut_.editions) editions.push_back(&edition);
    std::reverse(editions.begin(), editions.end());
    std::stable_partition(editions.begin(), editions.end(),
                          [&](const auto* edition) { return edition->id() == default_edition; });
    std::set<std::string> seen;
    for (const auto* edition : editions)
      for (std::size_t place = 0; place < edition->loaded->quarters.size(); ++place) {
        const auto& quarter = edition->loaded->quarters[place].perimeter;
        if (!quarter.name.empty() && seen.insert(quarter.code).second)
          add(search::Kind::quarter, quarter, names_of_communes(edition->communes[place]));
      }
  }

  void add_communes() {
    if (const auto set = cut_.loaded->commune_set())
      for (const auto& commune : cut_.loaded->sets[*set].perimeters)
        if (!commune.name.empty()) add(search::Kind::commune, commune, "");
  }

  void add_streets() {
    std::vector<search::HouseNumber> numbers;
    for (const auto& street : cut_.loaded->streets) {
      numbers.clear();
      for (const auto& address : street.addresses)
        numbers.push_back({address.number, address.suffix, address.id, address.place});
      builder_.add_street(street.name, street.postcode + " " + street.commune, numbers);
    }
  }

  search::SearchIndex finished() && { return std::move(builder_).finished(); }

 private:
  void add(search::Kind kind, const loading::LoadedPerimeter& perimeter, const std::string& context) {
    // A place to go to on a map, not one to measure from: the pole of inaccessibility to a tenth of a kilometre.
    const auto point = analysis::label_point(perimeter.shape, Metres(kind == search::Kind::quarter ? 1 : 100));
    const auto place = point ? LonLat::make(longitude_of(*point), latitude_of(*point)) : std::nullopt;
    if (place) builder_.add_place(kind, perimeter.code, perimeter.name, context, *place);
  }

  [[nodiscard]] std::string names_of_communes(const std::vector<std::string>& codes) const {
    std::string names;
    for (const auto& code : codes)
      if (const auto name = communes_.find(code); name != communes_.end())
        names += (names.empty() ? "" : ", ") + name->second;
    return names;
  }

  const CutAtlas& cut_;
  std::map<std::string, std::string> communes_;
  search::IndexBuilder builder_;
};

}  // namespace

search::SearchIndex names_of(const CutAtlas& cut, const std::string& default_edition) {
  Naming naming(cut);
  naming.add_quarters(default_edition);
  naming.add_communes();
  naming.add_streets();
  return std::move(naming).finished();
}

}  // namespace geoprio::atlas
