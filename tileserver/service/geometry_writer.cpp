#include "tileserver/service/geometry_writer.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>
#include <variant>

#include "tileserver/service/crs_parameter.hpp"

namespace geoprio::service {
namespace {

using Failure = std::optional<projection::ReprojectionFailure>;

/// Writes positions with their axes in one order; numbers as their type wants them.
struct Positions {
  bool northing_first = false;
  int decimals = 7;

  void append(std::string& text, DegreePoint point) const {
    text.push_back('[');
    append_degrees(text, northing_first ? point.y : point.x);
    text.push_back(',');
    append_degrees(text, northing_first ? point.x : point.y);
    text.push_back(']');
  }
  void append(std::string& text, SourceCoordinate place) const {
    text.push_back('[');
    append_number(text, northing_first ? place.northing : place.easting);
    text.push_back(',');
    append_number(text, northing_first ? place.easting : place.northing);
    text.push_back(']');
  }

 private:
  void append_number(std::string& text, double number) const {
    std::array<char, 350> digits{};  // the greatest double has 309 before its point
    const auto [end, fault] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, decimals);
    text.append(digits.data(), end);
  }
};

template <class Point>
void append_ring(std::string& text, const Ring<Point>& ring, const Positions& positions) {
  text.push_back('[');
  for (const auto point : ring.points) {
    positions.append(text, point);
    text.push_back(',');
  }
  // RFC 7946 §3.1.6: the last position repeats the first.
  if (!ring.points.empty()) positions.append(text, ring.points.front());
  text.push_back(']');
}

template <class Point>
void append_polygon(std::string& text, const Polygon<Point>& polygon, const Positions& positions) {
  text.push_back('[');
  append_ring(text, polygon.shell, positions);
  for (const auto& hole : polygon.holes) {
    text.push_back(',');
    append_ring(text, hole, positions);
  }
  text.push_back(']');
}

template <class Point>
void append_shape(std::string& text, const MultiPolygon<Point>& shape, const Positions& positions) {
  if (shape.polygons.empty()) {
    text += "null";
    return;
  }
  if (shape.polygons.size() == 1) {
    text += R"({"type":"Polygon","coordinates":)";
    append_polygon(text, shape.polygons.front(), positions);
    text.push_back('}');
    return;
  }
  text += R"({"type":"MultiPolygon","coordinates":[)";
  for (std::size_t number = 0; number < shape.polygons.size(); ++number) {
    if (number > 0) text.push_back(',');
    append_polygon(text, shape.polygons[number], positions);
  }
  text += "]}";
}

template <class Point>
void append_point(std::string& text, Point point, const Positions& positions) {
  text += R"({"type":"Point","coordinates":)";
  positions.append(text, point);
  text.push_back('}');
}

template <class Point>
void append_lines(std::string& text, const MultiLine<Point>& lines, const Positions& positions) {
  text += R"({"type":"MultiLineString","coordinates":[)";
  for (std::size_t line = 0; line < lines.lines.size(); ++line) {
    text += line == 0 ? "[" : ",[";
    for (std::size_t place = 0; place < lines.lines[line].size(); ++place) {
      if (place > 0) text.push_back(',');
      positions.append(text, lines.lines[line][place]);
    }
    text.push_back(']');
  }
  text += "]}";
}

void append_as_stored(std::string& text, const domain::FeatureGeometry& geometry, const Positions& positions) {
  if (const auto* shape = std::get_if<DegreeShape>(&geometry))
    append_shape(text, *shape, positions);
  else if (const auto* point = std::get_if<DegreePoint>(&geometry))
    append_point(text, *point, positions);
  else if (const auto* lines = std::get_if<DegreeLines>(&geometry))
    append_lines(text, *lines, positions);
  else
    text += "null";
}

/// Appends what the move brought, or tells why it brought nothing.
template <class Moved, class Append>
Failure append_moved(std::string& text, const Moved& moved, const Positions& positions, Append append) {
  if (!moved) return moved.error();
  append(text, *moved, positions);
  return std::nullopt;
}

}  // namespace

void append_degrees(std::string& text, std::int32_t units) {
  constexpr std::int64_t units_per_degree = 10'000'000;
  std::array<char, 13> digits{};  // -180.1234567
  char* end = digits.data();
  std::int64_t rest = units;
  if (rest < 0) {
    *end++ = '-';
    rest = -rest;
  }
  end = std::to_chars(end, digits.data() + digits.size(), rest / units_per_degree).ptr;
  auto fraction = static_cast<std::uint32_t>(rest % units_per_degree);
  if (fraction != 0) {
    *end++ = '.';
    for (char* place = end + 6; place >= end; --place) {
      *place = static_cast<char>('0' + fraction % 10);
      fraction /= 10;
    }
    end += 7;
    while (end[-1] == '0') --end;
  }
  text.append(digits.data(), end);
}

GeometryWriter::GeometryWriter(const projection::OfferedCrs& crs)
    : crs_(&crs),
      reprojector_(crs.is_wgs84_degrees() ? nullptr : &worker_reprojector(projection::degrees_crs, crs.definition())) {}

Failure GeometryWriter::append(std::string& text, const domain::FeatureGeometry& geometry) const {
  Positions positions;
  if (crs_ != nullptr) positions.northing_first = crs_->northing_first();
  if (crs_ == nullptr || reprojector_ == nullptr) {
    append_as_stored(text, geometry, positions);
    return std::nullopt;
  }
  // A tenth of the grid's unit: neither the order of vertices nor a centimetre is lost.
  if (!crs_->is_geographic()) positions.decimals = 3;
  if (const auto* shape = std::get_if<DegreeShape>(&geometry))
    return append_moved(text, reprojector_->to_source(*shape), positions, append_shape<SourceCoordinate>);
  if (const auto* lines = std::get_if<DegreeLines>(&geometry))
    return append_moved(text, reprojector_->to_source(*lines), positions, append_lines<SourceCoordinate>);
  if (const auto* point = std::get_if<DegreePoint>(&geometry))
    return append_moved(text, reprojector_->to_source(*LonLat::make(longitude_of(*point), latitude_of(*point))),
                        positions, append_point<SourceCoordinate>);
  text += "null";
  return std::nullopt;
}

}  // namespace geoprio::service
