#include "geo/loading/field_places.hpp"

#include <vector>

#include "geo/core/ascii_case.hpp"
#include "geo/core/near_name.hpp"
#include "geo/domain/codes.hpp"
#include "geo/loading/load_error.hpp"

namespace geoprio::loading {

std::optional<std::size_t> field_place(std::span<const Field> fields, std::string_view name) {
  const auto wanted = ascii_lower(domain::trimmed(name));
  for (std::size_t place = 0; place < fields.size(); ++place)
    if (ascii_lower(domain::trimmed(fields[place].name)) == wanted) return place;
  return std::nullopt;
}

std::size_t required_field_place(std::span<const Field> fields, const std::string& name, const std::string& file,
                                 Language language) {
  if (const auto place = field_place(fields, name)) return *place;
  std::string list;
  std::vector<std::string> names;
  for (const auto& field : fields) {
    list += (list.empty() ? "" : ", ") + field.name;
    names.push_back(field.name);
  }
  if (names.empty())
    throw LoadError(
        file + ": " +
        in(language,
           {"la source n'a aucun champ, donc pas de « " + name + " » : a-t-elle des objets, et des attributs ?",
            "the source has no field at all, hence no “" + name + "”: has it features, and do they have attributes?"}));
  throw LoadError(file + ": " +
                  in(language, {"la source n'a pas de champ « " + name + " ». Ses champs : " + list + ".",
                                "the source has no field “" + name + "”. Its fields: " + list + "."}) +
                  in(language, did_you_mean(name, names)));
}

}  // namespace geoprio::loading
