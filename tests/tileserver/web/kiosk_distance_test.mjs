// The distance that the kiosk tells is that on the ground: held against one computed here from the quarters' own
// coordinates with the ellipsoid's radii, without the atlas's projection. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { begun, kioskAt, said, touchMap } from "./kiosk_visit.mjs";
import { site } from "./site.mjs";

const { server, browser } = site;
let rings;

before(async () => {
  const { features } = await (await fetch(`${server.origin}/collections/2014.quarters/items?limit=1000`)).json();
  const counted = features.filter(({ properties }) => !["outside", "undetermined"].includes(properties.tier));
  rings = counted.map(({ id, geometry }) => ({ id, rings: geometry.coordinates.flat(geometry.type === "Polygon" ? 0 : 1) }));
});

const radians = Math.PI / 180;

/** Metres to the east and to the north of a place: the radii of curvature there (GRS 80; Snyder 1987, p. 24). */
function planeAt([longitude, latitude]) {
  const [a, f] = [6378137, 1 / 298.257222101];
  const squared = f * (2 - f);
  const sine = Math.sin(latitude * radians);
  const root = Math.sqrt(1 - squared * sine * sine);
  const perLongitude = (a / root) * Math.cos(latitude * radians) * radians;
  const perLatitude = ((a * (1 - squared)) / root ** 3) * radians;
  return {
    onPlane: ([x, y]) => [(x - longitude) * perLongitude, (y - latitude) * perLatitude],
    onEarth: ([east, north]) => [longitude + east / perLongitude, latitude + north / perLatitude],
  };
}

const pairs = (ring) => ring.slice(1).map((end, at) => [ring[at], end]);

function distanceTo(place) {
  const { onPlane } = planeAt(place);
  const far = ([[x0, y0], [x1, y1]]) => {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = Math.min(1, Math.max(0, -(x0 * dx + y0 * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x0 + along * dx, y0 + along * dy);
  };
  return Math.min(...rings.flatMap((quarter) => quarter.rings.flatMap((ring) => pairs(ring.map(onPlane)).map(far))));
}

/** Even and odd crossings of a ray to the east, over all rings of all quarters that count. */
function isInside([x, y]) {
  return rings.some(({ rings: all }) =>
    all.flatMap(pairs).filter(([[x0, y0], [x1, y1]]) => y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)).length % 2 === 1);
}

/** So far out from the middle of a side of Montreynaud, on whichever hand is outside. */
function placeOutside(side, metres) {
  const [ring] = rings.find(({ id }) => id === "montreynaud").rings;
  const [start, end] = pairs(ring)[side];
  const { onPlane, onEarth } = planeAt([(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]);
  const [[x0, y0], [x1, y1]] = [onPlane(start), onPlane(end)];
  const length = Math.hypot(x1 - x0, y1 - y0);
  const normal = [(y1 - y0) / length, -(x1 - x0) / length];
  return [metres, -metres].map((far) => onEarth([normal[0] * far, normal[1] * far])).find((place) => !isInside(place));
}

/** `8 mètres`, `1,2 kilomètre`: metres, and the step in which they are told. */
function toldIn(words) {
  const [, number, unit] = words.match(/à ([\d,  ]+) (mètre|kilomètre)s?/) ?? [];
  const value = Number(number.replaceAll(/\s/g, "").replace(",", "."));
  if (unit === "kilomètre") return { metres: value * 1000, step: value < 10 ? 100 : 1000 };
  return { metres: value, step: value > 100 ? 10 : 1 };
}

test("the kiosk tells the distance to the nearest limit as it is on the ground", async () => {
  for (const [side, metres] of [[0, 8], [3, 13], [0, 60], [2, 400], [1, 2000]]) {
    const place = placeOutside(side, metres);
    assert.ok(place, `a place ${metres} m outside`);
    const truth = distanceTo(place);
    const { page, faults } = await kioskAt(browser, server, {
      before: (one) =>
        one.route("**/locate?*", (route) => {
          const asked = new URL(route.request().url());
          asked.searchParams.set("lon", place[0].toFixed(7));
          asked.searchParams.set("lat", place[1].toFixed(7));
          return route.continue({ url: asked.href });
        }),
    });
    await begun(page);
    await touchMap(page, 0.5, 0.3);
    await page.waitForSelector(truth <= 15 ? "[data-answer=near_limit]" : "[data-answer=outside]");
    const words = await said(page);
    const told = toldIn(words);
    // Half a step of rounding, and a thousandth for the scale of Lambert 93 there (0.9994, EPSG guidance note 7-2).
    assert.ok(Math.abs(told.metres - truth) <= told.step / 2 + truth / 1000, `${truth.toFixed(2)} m: ${words}`);
    assert.deepEqual(faults, []);
    await page.context().close();
  }
});
