// Plots as drawings with a sentence each; the tables beside them hold the same figures.
import { piles } from "../consultation/marks";
import type { Contribution } from "../consultation/contribution";
import { drawing } from "../elements";
import type { Area } from "../kiosk/land";

export interface Bar {
  readonly name: string;
  readonly count: number;
}

const width = 720;
const rowHeight = 26;
const nameWidth = 260;

/** Horizontal bars, longest first as they come; `sentence` is what a reader hears. */
export function bars(rows: readonly Bar[], sentence: string): SVGSVGElement {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const height = rows.length * rowHeight;
  const room = width - nameWidth - 50;
  return drawing(
    "svg",
    { class: "bars", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": sentence },
    ...rows.flatMap(({ name, count }, place) => {
      const middle = place * rowHeight + rowHeight / 2;
      const length = Math.max(2, (room * count) / most);
      const shown = name.length > 38 ? `${name.slice(0, 37)}…` : name;
      return [
        drawing("text", { x: nameWidth - 8, y: middle, class: "name" }, shown),
        drawing("rect", { x: nameWidth, y: middle - 8, width: length.toFixed(1), height: 16 }),
        drawing("text", { x: nameWidth + length + 6, y: middle, class: "count" }, String(count)),
      ];
    }),
  );
}

type Place = readonly [number, number];

/** A plan of the quarters, north up, each degree of latitude as long as it is wide there. */
export function plan(
  quarters: readonly Area[],
  communes: readonly Area[],
  contributions: readonly Contribution[],
  sentence: string,
): SVGSVGElement {
  const squeeze = Math.cos((middleLatitude(quarters) * Math.PI) / 180);
  const flat = (longitude: number, latitude: number): Place => [longitude * squeeze, -latitude];
  const corners = quarters.flatMap((quarter) => quarter.rings.flatMap((ring) => pointsOf(ring).map(([x, y]) => flat(x, y))));
  const places = piles(contributions);
  const all = [...corners, ...places.map(({ lon, lat }) => flat(lon, lat))];
  const [west, east] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const [north, south] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
  const margin = 30;
  const scale = Math.min((width - 2 * margin) / (east - west || 1), (480 - 2 * margin) / (south - north || 1));
  const height = Math.ceil((south - north) * scale) + 2 * margin;
  const onPlan = ([x, y]: Place): string => `${(margin + (x - west) * scale).toFixed(1)},${(margin + (y - north) * scale).toFixed(1)}`;
  const outline = (area: Area, kind: string) =>
    drawing("path", {
      class: kind,
      d: area.rings.map((ring) => `M${pointsOf(ring).map(([x, y]) => onPlan(flat(x, y))).join("L")}Z`).join(""),
    });
  return drawing(
    "svg",
    { class: "plan", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": sentence },
    ...communes.map((commune) => outline(commune, "commune")),
    ...quarters.map((quarter) => outline(quarter, "quarter")),
    ...places.flatMap(({ lon, lat, count }) => {
      const [x, y] = onPlan(flat(lon, lat)).split(",");
      return [
        // The area, not the radius, tells the number.
        drawing("circle", { cx: x ?? 0, cy: y ?? 0, r: (6 + 3 * Math.sqrt(count)).toFixed(1) }),
        drawing("text", { x: x ?? 0, y: y ?? 0 }, String(count)),
      ];
    }),
  );
}

const unitsPerDegree = 1e7;

function pointsOf(ring: Int32Array): readonly Place[] {
  const points: Place[] = [];
  for (let at = 0; at + 1 < ring.length; at += 2) points.push([ring[at]! / unitsPerDegree, ring[at + 1]! / unitsPerDegree]);
  return points;
}

function middleLatitude(areas: readonly Area[]): number {
  const latitudes = areas.flatMap((area) => area.rings.flatMap((ring) => pointsOf(ring).map(([, latitude]) => latitude)));
  return latitudes.length === 0 ? 46 : latitudes.reduce((sum, latitude) => sum + latitude, 0) / latitudes.length;
}
