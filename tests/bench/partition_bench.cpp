// A national layer overlaid with itself shifted, by our partition or by GEOS, one way a process so that its memory is
// its own:
//     partition_bench FILE ours|geos      noding and faces; for ours with nesting, owners and areas
//     partition_bench FILE ours-dissolve|geos-dissolve      the layer's polygons joined by three groups, by department
// Prints JSON. Coordinates are whole units of 1e-7 degree on both sides.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "geo/core/error.hpp"
#include "geo/core/heap.hpp"
#include "geo/ogr/source.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/partition/partition.hpp"
#include "tests/bench/process_memory.hpp"

using namespace geoprio;

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int32_t shift = 130'000;  // 0.013 degree

/// The clock's time since it was made, and what all threads spent on the processor meanwhile.
class Stopwatch {
 public:
  [[nodiscard]] nlohmann::json read() const {
    return {{"seconds", std::chrono::duration<double>(Clock::now() - start_).count()},
            {"cpu_seconds", double(std::clock() - processor_) / CLOCKS_PER_SEC}};
  }

 private:
  Clock::time_point start_ = Clock::now();
  std::clock_t processor_ = std::clock();
};

struct Commune {
  std::string department;
  std::vector<Polygon<DegreePoint>> polygons;
};

Ring<DegreePoint> on_grid(const Ring<SourceCoordinate>& ring) {
  Ring<DegreePoint> result;
  for (const auto& point : ring.points)
    result.points.push_back({static_cast<std::int32_t>(std::lround(point.easting * 1e7)),
                             static_cast<std::int32_t>(std::lround(point.northing * 1e7))});
  return result;
}

/// Codes are five characters: the department is two of them, three overseas (971…976).
std::vector<Commune> communes_in(const std::string& path) {
  auto source = ogr::Source::open({.location = path, .layer = {}, .encoding = {}});
  std::size_t code = 0;
  while (code < source.fields().size() && source.fields()[code].name != "code") ++code;
  if (code == source.fields().size()) throw Error("no field `code` in " + path);
  std::vector<Commune> communes;
  source.for_each([&](ogr::SourceFeature&& feature) {
    const auto text = std::get<std::string>(feature.values[code]);
    Commune commune{text.substr(0, text.starts_with("97") ? 3 : 2), {}};
    for (const auto& polygon : feature.geometry->polygons) {
      Polygon<DegreePoint> whole{on_grid(polygon.shell), {}};
      for (const auto& hole : polygon.holes) whole.holes.push_back(on_grid(hole));
      commune.polygons.push_back(std::move(whole));
    }
    communes.push_back(std::move(commune));
  });
  return communes;
}

std::vector<partition::PartitionInput> overlaid(const std::vector<Commune>& communes) {
  std::vector<partition::PartitionInput> inputs;
  for (const std::uint32_t set : {0U, 1U})
    for (const auto& commune : communes) {
      auto& input = inputs.emplace_back(partition::PartitionInput{set, {}});
      for (const auto& polygon : commune.polygons) {
        input.rings.push_back(polygon.shell);
        input.rings.insert(input.rings.end(), polygon.holes.begin(), polygon.holes.end());
      }
      if (set == 1)
        for (auto& ring : input.rings)
          for (auto& point : ring.points) point.x += shift;
    }
  return inputs;
}

/// For each commune its group: its place modulo three, or its department's place.
struct Groups {
  std::vector<std::uint32_t> of_commune;
  std::uint32_t count = 0;
};
Groups groups_by_three(const std::vector<Commune>& communes) {
  Groups groups{{}, 3};
  for (std::uint32_t number = 0; number < communes.size(); ++number) groups.of_commune.push_back(number % 3);
  return groups;
}
Groups groups_by_department(const std::vector<Commune>& communes) {
  std::map<std::string, std::uint32_t> numbers;
  for (const auto& commune : communes) numbers.try_emplace(commune.department);
  Groups groups;
  for (auto& [department, number] : numbers) number = groups.count++;
  for (const auto& commune : communes) groups.of_commune.push_back(numbers[commune.department]);
  return groups;
}

/// The planar area in units; ours and GEOS' can be held against each other.
double area_of(const DegreeShape& shape) {
  double twice = 0;
  const auto add = [&](const Ring<DegreePoint>& ring) {
    for (std::size_t a = 0, b = ring.points.size() - 1; a < ring.points.size(); b = a++)
      twice += double(ring.points[b].x) * ring.points[a].y - double(ring.points[a].x) * ring.points[b].y;
  };
  for (const auto& polygon : shape.polygons) {
    add(polygon.shell);
    for (const auto& hole : polygon.holes) add(hole);
  }
  return twice / 2;
}

/// The face's commune in set 0; the first of several.
partition::Grouping grouping_of(const partition::Partition& made, const Groups& groups) {
  partition::Grouping grouping{std::vector<std::uint32_t>(made.face_count(), partition::Grouping::no_group),
                               groups.count};
  for (partition::FaceId face = 1; face < made.face_count(); ++face)
    for (const auto perimeter : made.perimeters_of(face))
      if (made.set_of(perimeter) == 0) {
        grouping.group_of_face[face] = groups.of_commune[perimeter];
        break;
      }
  return grouping;
}

nlohmann::json our_dissolve(const partition::Partition& made, const Groups& groups) {
  const auto grouping = grouping_of(made, groups);
  const Stopwatch chaining;
  const auto chains = partition::dissolved(made.chains(), grouping);
  auto result = chaining.read();
  // Twice the area of all rings, by the chains that they are made of: what is timed is the whole answer.
  double twice = 0;
  for (const auto half : chains.half_chains) twice += static_cast<double>(made.chains().doubled_area(half));
  const Stopwatch writing;
  const auto shapes = partition::dissolve(made, grouping, 1);
  result["coordinates"] = writing.read();
  double area = 0;
  for (const auto& shape : shapes) area += area_of(shape);
  result.update({{"groups", groups.count},
                 {"polygons", chains.polygons.size() - 1},
                 {"rings", chains.rings.size() - 1},
                 {"area", twice / 2},
                 {"area_of_coordinates", area}});
  return result;
}

class Geos {
 public:
  Geos() : context_(GEOS_init_r()) {}
  [[nodiscard]] GEOSContextHandle_t context() const { return context_.get(); }

  struct Release {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Release>;
  [[nodiscard]] Geometry owned(GEOSGeometry* geometry) const {
    if (geometry == nullptr) throw Error("GEOS failed");
    return {geometry, {context()}};
  }
  [[nodiscard]] GEOSCoordSequence* closed(const std::vector<DegreePoint>& points, std::int32_t east) const {
    const auto size = static_cast<unsigned>(points.size());
    auto* sequence = GEOSCoordSeq_create_r(context(), size + 1, 2);
    for (unsigned place = 0; place <= size; ++place) {
      const auto point = points[place % size];
      GEOSCoordSeq_setXY_r(context(), sequence, place, double(point.x) + east, point.y);
    }
    return sequence;
  }
  [[nodiscard]] GEOSGeometry* polygon(const Polygon<DegreePoint>& polygon) const {
    std::vector<GEOSGeometry*> holes;
    for (const auto& hole : polygon.holes)
      holes.push_back(GEOSGeom_createLinearRing_r(context(), closed(hole.points, 0)));
    auto* shell = GEOSGeom_createLinearRing_r(context(), closed(polygon.shell.points, 0));
    return GEOSGeom_createPolygon_r(context(), shell, holes.data(), static_cast<unsigned>(holes.size()));
  }
  [[nodiscard]] Geometry collection(int type, std::vector<GEOSGeometry*> parts) const {
    return owned(GEOSGeom_createCollection_r(context(), type, parts.data(), static_cast<unsigned>(parts.size())));
  }

 private:
  struct Finish {
    void operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }
  };
  std::unique_ptr<GEOSContextHandle_HS, Finish> context_;
};

nlohmann::json geos_faces(const Geos& geos, const std::vector<Commune>& communes) {
  std::vector<GEOSGeometry*> lines;
  for (const std::int32_t east : {0, shift})
    for (const auto& commune : communes)
      for (const auto& polygon : commune.polygons) {
        lines.push_back(GEOSGeom_createLineString_r(geos.context(), geos.closed(polygon.shell.points, east)));
        for (const auto& hole : polygon.holes)
          lines.push_back(GEOSGeom_createLineString_r(geos.context(), geos.closed(hole.points, east)));
      }
  const auto all = geos.collection(GEOS_MULTILINESTRING, std::move(lines));
  const Stopwatch stopwatch;
  const auto noded = geos.owned(GEOSUnaryUnionPrec_r(geos.context(), all.get(), 1.0));
  const auto noding = stopwatch.read();
  const GEOSGeometry* parts[] = {noded.get()};
  const auto faces = geos.owned(GEOSPolygonize_r(geos.context(), parts, 1));
  auto result = stopwatch.read();
  result.update(
      {{"noding", noding}, {"faces", GEOSGetNumGeometries_r(geos.context(), faces.get())}, {"geos", GEOSversion()}});
  return result;
}

nlohmann::json geos_dissolve(const Geos& geos, const std::vector<Commune>& communes, const Groups& groups) {
  std::vector<std::vector<GEOSGeometry*>> members(groups.count);
  for (std::size_t number = 0; number < communes.size(); ++number)
    for (const auto& polygon : communes[number].polygons) {
      auto made = geos.owned(geos.polygon(polygon));
      if (GEOSisValid_r(geos.context(), made.get()) != 1)
        made = geos.owned(GEOSMakeValid_r(geos.context(), made.get()));
      members[groups.of_commune[number]].push_back(made.release());
    }
  std::vector<Geos::Geometry> collections;
  for (auto& group : members) collections.push_back(geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(group)));
  std::vector<Geos::Geometry> joined;
  const Stopwatch stopwatch;
  for (const auto& group : collections) joined.push_back(geos.owned(GEOSUnaryUnion_r(geos.context(), group.get())));
  auto result = stopwatch.read();
  double area = 0;
  for (const auto& group : joined) {
    double of_group = 0;
    GEOSArea_r(geos.context(), group.get(), &of_group);
    area += of_group;
  }
  result.update({{"groups", groups.count}, {"area", area}});
  return result;
}

nlohmann::json measured(const std::string& path, const std::string& way) {
  const auto communes = communes_in(path);
  nlohmann::json result{{"communes", communes.size()}, {"resident_after_reading_kb", bench::kilobytes("VmRSS")}};
  if (way == "ours" || way == "ours-dissolve") {
    const auto inputs = overlaid(communes);
    const Stopwatch stopwatch;
    const auto made = partition::Partition::make(inputs);
    result.update(stopwatch.read());
    result["faces"] = made.face_count() - 1;  // but the unbounded one
    result["edges"] = made.edges().size();
    result["chains"] = made.chains().size();
    result["peak_kb"] = bench::kilobytes("VmHWM");
    if (way == "ours-dissolve") {
      result["by_three"] = our_dissolve(made, groups_by_three(communes));
      result["by_department"] = our_dissolve(made, groups_by_department(communes));
    }
  } else if (way == "geos") {
    result.update(geos_faces(Geos(), communes));
  } else if (way == "geos-dissolve") {
    result["by_three"] = geos_dissolve(Geos(), communes, groups_by_three(communes));
    result["by_department"] = geos_dissolve(Geos(), communes, groups_by_department(communes));
  } else {
    throw Error("no such way: " + way);
  }
  if (!result.contains("peak_kb")) result["peak_kb"] = bench::kilobytes("VmHWM");
  return result;
}

}  // namespace

int main(int count, char** words) {
  try {
    settle_heap();  // as in geoprio itself, for either way
    if (count != 3) throw Error("partition_bench FILE ours|geos|ours-dissolve|geos-dissolve");
    std::cout << measured(words[1], words[2]) << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
