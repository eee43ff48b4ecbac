// The quarters and communes as the kiosk holds them, to find a name or a point without the server. Coordinates are the
// server's integers (1e-7 degree), so that inside and outside are decided exactly.
import { type Bounds, list, type Members, members, type Page, pageOf, textOr, textOrNull, UnreadableAnswer } from "../contract";

/** Numbers of 1e-7 degree: longitude, latitude, longitude, latitude… */
type Ring = Int32Array;

export interface Area {
  readonly code: string;
  readonly name: string;
  readonly tier: string | null;
  readonly communes: readonly string[];
  readonly rings: readonly Ring[];
}

const unitsPerDegree = 1e7;

export interface Point {
  readonly lon: number;
  readonly lat: number;
}

const units = (degrees: unknown): number => {
  if (typeof degrees !== "number") throw new UnreadableAnswer("not a coordinate");
  return Math.round(degrees * unitsPerDegree);
};

function ringOf(value: unknown): Ring {
  const positions = list(value, (position) => list(position, units));
  return Int32Array.from(positions.flatMap(([longitude, latitude]) => [longitude ?? 0, latitude ?? 0]));
}

function ringsOf(geometry: unknown): readonly Ring[] {
  if (geometry === null || geometry === undefined) return [];
  const { type, coordinates } = members(geometry);
  if (type === "Polygon") return list(coordinates, ringOf);
  if (type === "MultiPolygon") return list(coordinates, (polygon) => list(polygon, ringOf)).flat();
  return [];
}

function areaOf(feature: Members): Area {
  const properties = members(feature.properties);
  const code = textOr(properties.code, textOr(feature.id, ""));
  return {
    code,
    name: textOr(properties.name, code),
    tier: textOrNull(properties.tier),
    communes: textOr(properties.communes, "").split(";").filter((commune) => commune !== ""),
    rings: ringsOf(feature.geometry),
  };
}

export function areaPageOf(value: unknown): Page<Area> {
  return pageOf(value, areaOf);
}

/** The box of all these, in degrees; null when they have no land. */
export function boundsOf(areas: readonly Area[]): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings } of areas)
    for (const ring of rings)
      for (let at = 0; at + 1 < ring.length; at += 2) {
        [west, east] = [Math.min(west, ring[at]!), Math.max(east, ring[at]!)];
        [south, north] = [Math.min(south, ring[at + 1]!), Math.max(north, ring[at + 1]!)];
      }
  const degrees = (number: number) => number / unitsPerDegree;
  return west <= east ? [degrees(west), degrees(south), degrees(east), degrees(north)] : null;
}

/** Whether the point is inside: rings that a line to the east crosses an odd number of times (holes are rings too).
 * Products of differences of neighbours stay under 2^53 for edges of up to 9 degrees: exact. */
function holds(area: Area, x: number, y: number): boolean {
  let inside = false;
  for (const ring of area.rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [x1, y1, x2, y2] = [ring[at]!, ring[at + 1]!, ring[at + 2]!, ring[at + 3]!];
      if (y1 > y === y2 > y) continue;
      const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
      if (y2 > y1 === side > 0) inside = !inside;
    }
  return inside;
}

/** Metres of one unit east and north at a latitude, on the GRS 80 ellipsoid. */
function metresPerUnit(latitude: number): readonly [number, number] {
  const [semiMajor, eccentricity2] = [6378137, 0.00669438002290079];
  const sine2 = Math.sin((latitude * Math.PI) / 180) ** 2;
  const unit = Math.PI / 180 / unitsPerDegree;
  const bend = 1 - eccentricity2 * sine2;
  return [
    (unit * semiMajor * Math.cos((latitude * Math.PI) / 180)) / Math.sqrt(bend),
    (unit * semiMajor * (1 - eccentricity2)) / bend ** 1.5,
  ];
}

/** What is known of a point without the server. */
export interface Placed {
  readonly quarters: readonly Area[];
  /** False outside every commune, where the atlas has communes. */
  readonly inACommune: boolean;
  /** To the nearest border between land that is concerned and land that is not; null when it is beyond `within`. */
  readonly distance: number | null;
}

export class Land {
  constructor(
    readonly quarters: readonly Area[],
    /** Null where the atlas has no communes. */
    readonly communes: readonly Area[] | null,
    /** Whether a quarter of that tier counts as priority geography. */
    private readonly concerned: (tier: string | null) => boolean,
  ) {}

  at(point: Point, within: number): Placed {
    const [x, y] = [units(point.lon), units(point.lat)];
    return {
      quarters: this.quarters.filter((quarter) => holds(quarter, x, y)),
      inACommune: this.communes === null || this.communes.some((commune) => holds(commune, x, y)),
      distance: this.distance(x, y, within),
    };
  }

  private isConcerned(x: number, y: number): boolean {
    return this.quarters.some((quarter) => this.concerned(quarter.tier) && holds(quarter, x, y));
  }

  private distance(x: number, y: number, within: number): number | null {
    const [east, north] = metresPerUnit(y / unitsPerDegree);
    let nearest: number | null = null;
    for (const quarter of this.quarters)
      for (const ring of quarter.rings)
        for (let at = 0; at + 3 < ring.length; at += 2) {
          const [x1, y1] = [(ring[at]! - x) * east, (ring[at + 1]! - y) * north];
          const [x2, y2] = [(ring[at + 2]! - x) * east, (ring[at + 3]! - y) * north];
          const [dx, dy] = [x2 - x1, y2 - y1];
          const length2 = dx * dx + dy * dy;
          const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / length2));
          const [px, py] = [x1 + along * dx, y1 + along * dy];
          const metres = Math.hypot(px, py);
          if (metres > within || (nearest !== null && metres >= nearest) || length2 === 0) continue;
          // A border between two quarters that both count is none: look 30 cm to either side of it.
          const [sx, sy] = [(-dy * 0.3) / Math.sqrt(length2), (dx * 0.3) / Math.sqrt(length2)];
          const side = (sign: number) => this.isConcerned(x + (px + sign * sx) / east, y + (py + sign * sy) / north);
          if (side(1) !== side(-1)) nearest = metres;
        }
    return nearest;
  }
}
