#include "tileserver/service/html_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/service/html_words.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/xml_writer.hpp"

namespace geoprio::service {
namespace {

bool is_address(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

std::string anchor(std::string_view address, std::string_view text) {
  // An address without a host is this server's, for a client that named none. A template is for programs alone.
  if (text.find('{') != std::string_view::npos || address.find('{') != std::string_view::npos)
    return escaped_markup(text);
  if (!is_address(address) && !address.starts_with('/')) return escaped_markup(text);
  return "<a href=\"" + escaped_markup(address) + "\">" + escaped_markup(text) + "</a>";
}

std::string member_text(const Document& object, std::string_view name) {
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_list_of_objects(const Document& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Document& one) { return one.is_object(); });
}

/// Where a row of a table leads: its own document first.
std::string address_of(const Document& row) {
  const auto links = row.find("links");
  if (links == row.end()) return {};
  for (const auto* relation : {"self", "stylesheet"})
    for (const auto& link : *links)
      if (member_text(link, "rel") == relation) return member_text(link, "href");
  return {};
}

std::string with_format(const std::string& address, std::string_view format) {
  return address + (address.find('?') == std::string::npos ? "?f=" : "&f=") + std::string(format);
}

class Page {
 public:
  Page(const Exchange& exchange, const Document& document, const Preview& preview)
      : exchange_(exchange), document_(document), preview_(preview), language_(language_of(exchange)) {}

  std::string written() {
    const std::string title = title_of_document();
    text_ = std::string("<!doctype html>\n<html lang=\"") + (language_ == Language::english ? "en" : "fr") +
            "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<title>" +
            escaped_markup(title + " – " + exchange_.atlas.title) + "</title>";
    add_files();
    text_ += "</head>\n<body class=\"document\"><a class=\"skip\" href=\"#content\">" +
             word({"Aller au contenu", "Go to the content"}) + "</a>\n";
    add_band();
    text_ += "<main id=\"content\" tabindex=\"-1\">\n<h1>" + escaped_markup(title) + "</h1>\n";
    if (const auto description = member_text(document_, "description"); !description.empty())
      text_ += "<p>" + escaped_markup(description) + "</p>\n";
    add_map(title);
    add_pages_links();
    add_members(document_, 2);
    add_addresses();
    add_links();
    text_ += "</main></body></html>\n";
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string word(const Text& text) const { return escaped_markup(in(language_, text)); }
  [[nodiscard]] std::string name_of(std::string_view member) const { return word(word_for(member)); }
  /// Relative to the page: so that it is found under any host and behind any prefix, known here or not.
  [[nodiscard]] std::string asset(std::string_view file) const {
    const auto here = path();
    std::string address;
    for (auto depth = std::count(here.begin() + 1, here.end(), '/'); depth > 0; --depth) address += "../";
    return escaped_markup(address + "assets/" + std::string(file));
  }

  [[nodiscard]] std::string_view path() const {
    std::string_view target = exchange_.request.target;
    if (!target.starts_with('/')) return "/";
    return target.substr(0, target.find_first_of("?#"));
  }

  [[nodiscard]] std::string title_of_document() const {
    for (const auto* name : {"title", "name", "id"})
      if (auto text = member_text(document_, name); !text.empty()) return text;
    if (document_.contains("info")) return member_text(document_["info"], "title");
    const auto last = path().substr(path().rfind('/') + 1);
    return in(language_, word_for(last));
  }

  void add_files() {
    text_ += "<link rel=\"icon\" href=\"" + asset("favicon.svg") + "\" type=\"image/svg+xml\">";
    if (!preview_.empty()) text_ += "<link rel=\"stylesheet\" href=\"" + asset("maplibre-gl.css") + "\">";
    text_ += "<link rel=\"stylesheet\" href=\"" + asset("map.css") + "\"><link rel=\"stylesheet\" href=\"" +
             asset("document.css") + "\"><script type=\"module\" src=\"" + asset("document.js") + "\"></script>";
  }

  /// The atlas, and every resource above this one.
  void add_band() {
    text_ += "<header class=\"bar\"><nav aria-label=\"" + word({"Fil d'Ariane", "Breadcrumb"}) +
             "\"><ol class=\"crumbs\"><li>" + anchor(exchange_.base_url + "/", exchange_.atlas.title) + "</li>";
    std::string address = exchange_.base_url;
    auto rest = path();
    while (rest.size() > 1) {
      rest.remove_prefix(1);
      const auto end = std::min(rest.find('/'), rest.size());
      const auto segment = rest.substr(0, end);
      rest.remove_prefix(end);
      address += "/" + std::string(segment);
      const auto decoded = decoded_segment(segment).value_or(std::string(segment));
      const auto text = in(language_, word_for(decoded));
      // `quarters` below an edition is no resource of its own.
      const bool resource = !rest.empty() && segment != "quarters";
      text_ += "<li>" + (resource ? anchor(with_format(address, "html"), text) : escaped_markup(text)) + "</li>";
    }
    text_ += "</ol></nav>" + language_link() + "</header>\n";
  }

  [[nodiscard]] std::string language_link() const {
    const bool english = language_ == Language::english;
    std::string address = exchange_.base_url + std::string(path()) + "?f=html";
    for (const auto& [name, value] : exchange_.query.parameters())
      if (name != "f" && name != "lang") address += "&" + percent_encoded(name) + "=" + percent_encoded(value);
    address += english ? "&lang=fr" : "&lang=en";
    return "<a href=\"" + escaped_markup(address) + "\" hreflang=\"" + (english ? "fr" : "en") + "\" lang=\"" +
           (english ? "fr\">Français" : "en\">English") + "</a>";
  }

  void add_map(const std::string& title) {
    if (preview_.empty()) return;
    text_ += "<div id=\"preview\" role=\"region\" aria-label=\"" + word({"Carte", "Map"}) + " : " +
             escaped_markup(title) + "\" data-tilejson=\"" + escaped_markup(preview_.tilejson) + "\" data-style=\"" +
             escaped_markup(preview_.style) + "\" data-features=\"" + escaped_markup(preview_.features) + "\"></div>\n";
  }

  /// The pages before and after this one.
  void add_pages_links() {
    std::string list;
    for (const auto& [relation, text] :
         {std::pair<std::string_view, Text>{"prev", {"Page précédente", "Previous page"}},
          {"next", {"Page suivante", "Next page"}}})
      if (const auto address = link_of(relation); !address.empty())
        list += "<li>" + anchor(address, in(language_, text)) + "</li>";
    if (!list.empty()) text_ += "<nav aria-label=\"Pages\"><ul class=\"pages\">" + list + "</ul></nav>\n";
  }

  [[nodiscard]] std::string link_of(std::string_view relation) const {
    if (!document_.contains("links")) return {};
    for (const auto& link : document_["links"])
      if (member_text(link, "rel") == relation) return member_text(link, "href");
    return {};
  }

  /// Short values in a list of terms, what is longer under a heading of its own.
  void add_members(const Document& object, unsigned level) {
    std::string terms;
    std::vector<std::string> longer;
    for (const auto& [name, value] : object.items()) {
      if (name == "links" || name == "title" || name == "description") continue;
      if (value.is_structured() && !value.empty() && !is_short(value))
        longer.push_back(name);
      else
        terms += "<dt>" + name_of(name) + "</dt><dd>" + inline_text(value) + "</dd>";
    }
    if (!terms.empty()) text_ += "<dl>" + terms + "</dl>\n";
    const std::string tag = "h" + std::to_string(std::min(level, 6U));
    for (const auto& name : longer) {
      text_ += "<" + tag + ">" + name_of(name) + "</" + tag + ">\n";
      add_long(name, object[name], level);
    }
  }

  void add_long(const std::string& name, const Document& value, unsigned level) {
    if (is_list_of_objects(value)) {
      add_table(name, value);
      for (const auto& row : value) add_nested(row, level);
    } else if (value.is_array()) {
      text_ += "<details><summary>" + std::to_string(value.size()) + "</summary><ul>";
      for (const auto& one : value) text_ += "<li>" + inline_text(one) + "</li>";
      text_ += "</ul></details>\n";
    } else {
      add_members(value, level + 1);
    }
  }

  /// What of a row does not fit into its cells: lists of objects in it.
  void add_nested(const Document& row, unsigned level) {
    for (const auto& [name, value] : row.items()) {
      if (name == "links" || !is_list_of_objects(value)) continue;
      const std::string tag = "h" + std::to_string(std::min(level + 1, 6U));
      text_ += "<" + tag + ">" + name_of(member_text(row, "id")) + " : " + name_of(name) + "</" + tag + ">\n";
      add_table(name, value);
    }
  }

  void add_table(const std::string& name, const Document& rows) {
    std::vector<std::string> columns;
    for (const auto& row : rows)
      for (const auto& [column, value] : row.items())
        if ((!value.is_structured() || is_short(value)) && column != "links" &&
            std::find(columns.begin(), columns.end(), column) == columns.end())
          columns.push_back(column);
    text_ +=
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" + name_of(name) + "\"><table><thead><tr>";
    for (const auto& column : columns) text_ += "<th scope=\"col\">" + name_of(column) + "</th>";
    text_ += "</tr></thead><tbody>\n";
    for (const auto& row : rows) {
      text_ += "<tr>";
      for (const auto& column : columns) add_cell(row, column, column == columns.front());
      text_ += "</tr>\n";
    }
    text_ += "</tbody></table></div>\n";
  }

  void add_cell(const Document& row, const std::string& column, bool first) {
    const auto found = row.find(column);
    const auto content = found == row.end() ? std::string() : inline_text(*found);
    const auto address = first ? address_of(row) : std::string();
    const bool number = found != row.end() && found->is_number();
    text_ += number ? "<td class=\"number\">" : "<td>";
    text_ += address.empty()
                 ? content
                 : anchor(with_format(address, "html"), found->is_string() ? found->get<std::string>() : found->dump());
    text_ += "</td>";
  }

  /// Whether a list is no longer than a line.
  static bool is_short(const Document& value) {
    constexpr std::size_t most = 6;
    return value.is_array() && value.size() <= most &&
           std::none_of(value.begin(), value.end(), [](const Document& one) {
             return one.is_object() || (one.is_string() && is_address(one.get_ref<const std::string&>())) ||
                    (one.is_array() && !is_short(one));
           });
  }

  /// Four decimals say enough to a reader; the JSON has them all.
  [[nodiscard]] std::string number_text(double number) const {
    std::string text = fmt::format("{:.4f}", number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    if (language_ == Language::french) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }

  [[nodiscard]] std::string inline_text(const Document& value) const {
    if (value.is_number_float()) return number_text(value.get<double>());
    if (value.is_null()) return word({"inconnu", "unknown"});
    if (value.is_boolean()) return value.get<bool>() ? word({"oui", "yes"}) : word({"non", "no"});
    if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      if (is_address(text)) return anchor(text, text);
      return text.find('\n') == std::string::npos ? escaped_markup(text) : "<pre>" + escaped_markup(text) + "</pre>";
    }
    if (value.is_array()) {
      if (value.empty()) return word({"aucun", "none"});
      std::string list;
      for (const auto& one : value)
        // An open end of an interval.
        list += (list.empty() ? "" : " ; ") + (one.is_null() ? std::string("…") : inline_text(one));
      return list;
    }
    return escaped_markup(value.dump());
  }

  /// What to paste in QGIS, or in any other client.
  void add_addresses() {
    if (preview_.tilejson.empty()) return;
    const auto before_suffix = preview_.tilejson.substr(0, preview_.tilejson.size() - std::string_view(".json").size());
    text_ += "<h2>" + word({"Adresses à copier", "Addresses to copy"}) + "</h2>\n";
    add_address({"QGIS, « WFS / OGC API – Features »", "QGIS, “WFS / OGC API – Features”"}, exchange_.base_url + "/");
    add_address({"QGIS, « Tuiles vectorielles »", "QGIS, “Vector Tiles”"}, before_suffix + "/{z}/{x}/{y}.mvt");
    add_address({"TileJSON", "TileJSON"}, preview_.tilejson);
    if (const auto items = link_of("items"); !items.empty()) add_address({"GeoJSON", "GeoJSON"}, items);
  }

  void add_address(const Text& label, const std::string& address) {
    const auto name = word(label);
    text_ += "<p class=\"address\"><label>" + name + "<input readonly value=\"" + escaped_markup(address) +
             "\"></label><button type=\"button\" data-copy hidden>" + word({"Copier", "Copy"}) + "</button></p>\n";
  }

  void add_links() {
    if (!document_.contains("links") || document_["links"].empty()) return;
    text_ += "<h2>" + word({"Liens", "Links"}) + "</h2>\n<ul>";
    for (const auto& link : document_["links"]) {
      const auto title = member_text(link, "title");
      const auto relation = member_text(link, "rel");
      const auto address = member_text(link, "href");
      const bool templated = link.contains("templated");
      const auto text =
          title.empty() ? in(language_, word_for(std::string_view(relation).substr(relation.rfind('/') + 1))) : title;
      text_ += "<li>" +
               (templated ? escaped_markup(text) + " : <code>" + escaped_markup(address) + "</code>"
                          : anchor(address, text)) +
               " <span class=\"small\">" + escaped_markup(member_text(link, "type")) + "</span></li>";
    }
    text_ += "</ul>\n";
  }

  const Exchange& exchange_;
  const Document& document_;
  const Preview& preview_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string html_page(const Exchange& exchange, const Document& document, const Preview& preview) {
  return Page(exchange, document, preview).written();
}

}  // namespace geoprio::service
