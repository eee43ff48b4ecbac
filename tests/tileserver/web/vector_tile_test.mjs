// Every tile z0 to z14, decoded by `@mapbox/vector-tile` (what map pages read tiles with) and judged by GDAL's GEOS: no
// code of this repository lies between the archive's bytes and the verdict. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work, GEOPRIO_TEST_DATA: data } = process.env;
const required = createRequire(join(work, "package.json"));
const { PMTiles } = required("pmtiles");
const { VectorTile } = await import(pathToFileURL(required.resolve("@mapbox/vector-tile")).href);
const { PbfReader } = await import(pathToFileURL(required.resolve("pbf")).href);

const maxZoom = 14;
const wholeBox = (4096 + 2 * 64) ** 2;
const folder = mkdtempSync(join(tmpdir(), "geoprio-vector-tile-"));
after(() => rmSync(folder, { recursive: true }));

function openedArchive(path) {
  const file = openSync(path, "r");
  return new PMTiles({
    getKey: () => path,
    getBytes: async (offset, length) => {
      const buffer = new Uint8Array(length);
      return { data: buffer.buffer.slice(0, readSync(file, buffer, 0, length, offset)) };
    },
  });
}

/** The surveyor's formula of MVT 2.1 §4.3.4.4, twice the area; the ring's first point is there again at its end. */
const doubledArea = (ring) =>
  ring.reduce((sum, { x, y }, place) => (place === 0 ? 0 : sum + ring[place - 1].x * y - x * ring[place - 1].y), 0);

/** MVT 2.1 §4.3.4: a ring of positive area begins a polygon, one of negative area is a hole in it; no other is allowed. */
function polygonsOf(rings, where) {
  const polygons = [];
  for (const ring of rings) {
    const area = doubledArea(ring);
    assert.ok(area !== 0 && ring.length >= 4, `a ring without area in ${where}`);
    if (area > 0) polygons.push([ring]);
    else {
      assert.ok(polygons.length > 0, `a hole without a shell in ${where}`);
      polygons.at(-1).push(ring);
    }
  }
  return polygons;
}

function* places({ minLon, minLat, maxLon, maxLat }) {
  const column = (longitude, zoom) => Math.floor(((longitude + 180) / 360) * 2 ** zoom);
  const row = (latitude, zoom) =>
    Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom);
  for (let zoom = 0; zoom <= maxZoom; ++zoom)
    for (let y = Math.max(0, row(maxLat, zoom) - 1); y <= Math.min(2 ** zoom - 1, row(minLat, zoom) + 1); ++y)
      for (let x = Math.max(0, column(minLon, zoom) - 1); x <= Math.min(2 ** zoom - 1, column(maxLon, zoom) + 1); ++x)
        yield [zoom, x, y];
}

/** Decodes all tiles of an atlas; gives what was found, and what GEOS finds invalid of it. */
async function judged(name, from) {
  const path = join(folder, `${name}.pmtiles`);
  execFileSync(executable, ["tiles", from, "-o", path, "--max-zoom", String(maxZoom)]);
  const archive = openedArchive(path);
  const header = await archive.getHeader();
  const sequence = join(folder, `${name}.geojsonl`);
  const out = openSync(sequence, "w");
  const found = { tiles: 0, full: 0 };
  for (const [zoom, column, row] of places(header)) {
    const kept = await archive.getZxy(zoom, column, row);
    if (kept === undefined) continue;
    ++found.tiles;
    const lines = [];
    for (const [layerName, layer] of Object.entries(new VectorTile(new PbfReader(new Uint8Array(kept.data))).layers)) {
      const where = `${layerName} ${zoom}/${column}/${row}`;
      assert.deepEqual([layer.version, layer.extent], [2, 4096]);
      let doubled = 0;
      for (let number = 0; number < layer.length; ++number) {
        const feature = layer.feature(number);
        if (feature.type !== 3) continue;
        const rings = feature.loadGeometry();
        for (const ring of rings) doubled += doubledArea(ring);
        const coordinates = polygonsOf(rings, where).map((polygon) => polygon.map((ring) => ring.map(({ x, y }) => [x, y])));
        lines.push(JSON.stringify({ type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } }));
      }
      if (layerName === "communes") {
        assert.ok(doubled <= 2 * wholeBox, `land twice in ${where}`);
        if (doubled === 2 * wholeBox) ++found.full;
      }
    }
    if (lines.length > 0) writeSync(out, lines.join("\n") + "\n");
  }
  closeSync(out);
  assert.equal(found.tiles, header.numAddressedTiles, "all tiles of the archive were looked at");
  const said = execFileSync("ogr2ogr", ["-f", "CSV", "/vsistdout/", `GeoJSONSeq:${sequence}`, "-dialect", "SQLite", "-sql",
    `SELECT COUNT(*), SUM(NOT ST_IsValid(geometry)) FROM "${name}"`], { encoding: "utf8" });
  const [features, invalid] = said.trim().split("\n").at(-1).split(",").map((cell) => Number(cell.replaceAll('"', "")));
  return { ...found, features, invalid };
}

test("every polygon of every tile of the default atlas is valid, as map pages read it", async () => {
  const found = await judged("default", atlas);
  assert.equal(found.invalid, 0);
  assert.ok(found.tiles > 300 && found.features > 1500, JSON.stringify(found));
  assert.ok(found.full > 100, "tiles wholly inside the territory are filled by communes");
});

const occitanie = data && join(data, "occitanie");
test("and of every tile of Occitanie, whose source has 32 invalid quarters of 105",
  { skip: occitanie && existsSync(occitanie) ? false : "NOT RUN: GEOPRIO_TEST_DATA names no folder with occitanie" },
  async () => {
    const made = join(folder, "occitanie");
    mkdirSync(made);
    writeFileSync(join(made, "atlas.toml"), `title = "Occitanie"
metric_crs = "EPSG:2154"
[[perimeters]]
id = "communes"
data = "${join(occitanie, "communes.geojson")}"
[[editions]]
id = "2015"
stage = "in_force"
quarters = { data = "${join(occitanie, "qp.geojson")}", code = "code_qp" }
`);
    const found = await judged("occitanie", made);
    assert.equal(found.invalid, 0);
    assert.ok(found.tiles > 1000 && found.features > 3000, JSON.stringify(found));
  });
