#include "tileserver/service/methods.hpp"

#include <algorithm>
#include <variant>

namespace geoprio::service {

std::vector<std::string> methods_of(const Route& route) {
  std::vector<std::string> methods = {"GET", "HEAD", "OPTIONS"};
  const auto* of_store = std::get_if<StoreRoute>(&route);
  if (of_store == nullptr) return methods;
  if (std::holds_alternative<ContributionsRoute>(*of_store)) methods.emplace_back("POST");
  if (std::holds_alternative<ContributionRoute>(*of_store)) methods.emplace_back("PATCH");
  if (std::holds_alternative<SessionRoute>(*of_store)) methods.insert(methods.end(), {"POST", "DELETE"});
  return methods;
}

bool takes(const Route& route, std::string_view method) {
  if (method == "GET" || method == "HEAD" || method == "OPTIONS") return true;
  const auto methods = methods_of(route);
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

std::string method_list(const Route& route) {
  std::string list;
  for (const auto& method : methods_of(route)) list += (list.empty() ? "" : ", ") + method;
  return list;
}

Problem method_refused(const Route& route, std::string_view method) {
  const auto list = method_list(route);
  return {.status = 405,
          .kind = "method-not-allowed",
          .detail = {"Cette adresse répond à " + list + ".", "This address answers " + list + "."},
          .parameter = "method",
          .value = std::string(method),
          .allowed = methods_of(route),
          .allow_methods = list};
}

}  // namespace geoprio::service
