// What the kiosk decides by itself, without its server, is what the server decides: the page's own module, in Node, held
// against /locate at places chosen by chance, half of them near a border. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startedServer } from "./server.mjs";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work } = process.env;
const nearLimit = 15;
let server;
let land;

/** The module as the bundler makes it for the page. */
async function pageModule(path) {
  const { outputFiles } = createRequire(join(work, "package.json"))("esbuild").buildSync({
    entryPoints: [fileURLToPath(new URL(`../../../tileserver/web/${path}`, import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const asked = async (path) => (await fetch(`${server.origin}/${path}`)).json();

before(async () => {
  server = await startedServer(executable, atlas);
  const { areaPageOf, Land } = await pageModule("kiosk/land.ts");
  const areas = async (collection) => areaPageOf(await asked(`collections/${collection}/items?limit=10000`)).features;
  land = new Land(await areas("2014.quarters"), await areas("communes"), (tier) => tier !== "outside" && tier !== "undetermined");
});

after(async () => {
  if (server) assert.equal(await server.end(), 0);
});

/** Chance that is the same every time (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Places all over the atlas, and places at most some 40 m from a vertex of a quarter. */
function* places(count) {
  const next = chance(2014);
  const rings = land.quarters.flatMap((quarter) => quarter.rings);
  for (let number = 0; number < count; ++number) {
    const ring = rings[Math.floor(next() * rings.length)];
    const at = 2 * Math.floor((next() * ring.length) / 2);
    const around = number % 2 === 0 ? 0.0004 : 0.2;
    yield { lon: ring[at] / 1e7 + (next() - 0.5) * around, lat: ring[at + 1] / 1e7 + (next() - 0.5) * around };
  }
}

/** The kiosk's rules (asker.ts), on what the land says. */
function decided({ quarters, inACommune, distance }) {
  if (!inACommune) return "unavailable";
  const counted = quarters.some(({ tier }) => tier !== "outside" && tier !== "undetermined");
  if (!counted && quarters.some(({ tier }) => tier === "undetermined")) return "unavailable";
  if (distance !== null) return "near_limit";
  return counted ? "inside" : "outside";
}

test("at a thousand places the kept land and the server say the same, and measure alike", async () => {
  const seen = new Set();
  for (const point of places(1000)) {
    const said = await asked(`locate?lon=${point.lon.toFixed(7)}&lat=${point.lat.toFixed(7)}`);
    const placed = land.at(point, nearLimit);
    const where = `${point.lon.toFixed(7)} ${point.lat.toFixed(7)}`;
    // 2 cm: a metric system and the ellipsoid differ by less than 1 in 1,000 (README.md).
    const onTheEdge = said.distance_m !== null && Math.abs(said.distance_m - nearLimit) < 0.02;
    if (!onTheEdge) assert.equal(decided(placed), said.answer, where);
    if (placed.distance !== null && said.distance_m !== null)
      assert.ok(Math.abs(placed.distance - said.distance_m) < 0.03, `${placed.distance} and ${said.distance_m} m at ${where}`);
    seen.add(said.answer);
  }
  assert.deepEqual([...seen].sort(), ["inside", "near_limit", "outside", "unavailable"]);
});
