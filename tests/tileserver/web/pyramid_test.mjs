// The archive that `geoprio tiles` writes, read by the `pmtiles` package and decoded by `@mapbox/vector-tile`, held
// against what the server gives for the same tiles. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { startedServer } from "./server.mjs";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work } = process.env;
const required = createRequire(join(work, "package.json"));
const { PMTiles } = required("pmtiles");
const { VectorTile } = await import(pathToFileURL(required.resolve("@mapbox/vector-tile")).href);
const { PbfReader } = await import(pathToFileURL(required.resolve("pbf")).href);

const layers = ["2014.tiers", "2014.borders", "2014.labels", "communes"];
const maxZoom = 12;
const folder = mkdtempSync(join(tmpdir(), "geoprio-pyramid-"));
const archivePath = join(folder, "a.pmtiles");

/** A file as the pmtiles package wants its sources. */
class FileSource {
  constructor(handle) {
    this.handle = handle;
  }
  getKey() {
    return archivePath;
  }
  async getBytes(offset, length) {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.handle.read(buffer, 0, length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) };
  }
}

let server;
let handle;
let archive;

before(async () => {
  execFileSync(executable, ["tiles", atlas, "-o", archivePath, "--layers", layers.join(), "--max-zoom", String(maxZoom)]);
  // An archive to zoom 12 is that of an atlas whose tiles end there.
  const shallow = join(folder, "atlas");
  cpSync(atlas, shallow, { recursive: true });
  appendFileSync(join(shallow, "atlas.toml"), `\n[tiles]\nmax_zoom = ${maxZoom}\n`);
  server = await startedServer(executable, shallow);
  handle = await open(archivePath);
  archive = new PMTiles(new FileSource(handle));
});

after(async () => {
  await handle?.close();
  rmSync(folder, { recursive: true });
  if (server) assert.equal(await server.end(), 0);
});

test("the archive says what it holds", async () => {
  const header = await archive.getHeader();
  assert.equal(header.specVersion, 3);
  assert.equal(header.clustered, true);
  assert.deepEqual([header.minZoom, header.maxZoom], [0, maxZoom]);
  const document = await (await fetch(`${server.origin}/xyz/${layers.join()}.json`)).json();
  const [west, south, east, north] = document.bounds;
  assert.deepEqual([header.minLon, header.minLat, header.maxLon, header.maxLat], [west, south, east, north]);
  const metadata = await archive.getMetadata();
  assert.deepEqual(metadata.vector_layers.map((layer) => layer.id).sort(), [...layers].sort());
  assert.deepEqual(
    metadata.vector_layers.map((layer) => layer.fields),
    [...document.vector_layers]
      .sort((a, b) => metadata.vector_layers.findIndex((l) => l.id === a.id) - metadata.vector_layers.findIndex((l) => l.id === b.id))
      .map((layer) => layer.fields),
  );
});

test("every tile of the archive is the server's, and the archive has all that the server has", async () => {
  let held = 0;
  const names = layers.join();
  // Down from the whole world: a child is looked at where the server has its parent, or near the agglomeration's middle.
  const waiting = [[0, 0, 0]];
  while (waiting.length > 0) {
    const [zoom, column, row] = waiting.pop();
    const served = await fetch(`${server.origin}/xyz/${names}/${zoom}/${column}/${row}.mvt`);
    const kept = await archive.getZxy(zoom, column, row);
    if (served.status === 204) {
      assert.equal(kept, undefined);
      continue;
    }
    assert.equal(served.status, 200);
    const expected = new VectorTile(new PbfReader(new Uint8Array(await served.arrayBuffer())));
    const found = new VectorTile(new PbfReader(new Uint8Array(kept.data)));
    assert.deepEqual(Object.keys(found.layers).sort(), Object.keys(expected.layers).sort());
    for (const [name, layer] of Object.entries(expected.layers)) {
      assert.equal(found.layers[name].length, layer.length);
      for (let number = 0; number < layer.length; ++number) {
        const [one, other] = [layer.feature(number), found.layers[name].feature(number)];
        assert.equal(other.id, one.id);
        assert.deepEqual(other.properties, one.properties);
        assert.deepEqual(other.loadGeometry(), one.loadGeometry());
      }
    }
    ++held;
    if (zoom < maxZoom)
      for (const [east, south] of [[0, 0], [1, 0], [0, 1], [1, 1]])
        waiting.push([zoom + 1, 2 * column + east, 2 * row + south]);
  }
  const header = await archive.getHeader();
  assert.equal(header.numAddressedTiles, held);
  assert.ok(held > 30);
});

test("a wrong layer or place is refused with what to do, and leaves no file", () => {
  for (const [words, told] of [
    [["--layers", "2014.tier"], "2014.tiers"],
    [["--layers", "communes,communes"], "communes"],
    [["--max-zoom", "17"], "16"],
  ]) {
    const before = readdirSync(folder);
    const ran = spawnSync(executable, ["tiles", atlas, "-o", join(folder, "b.pmtiles"), ...words], { encoding: "utf8" });
    assert.equal(ran.status, 2);
    assert.ok(ran.stderr.includes(told), ran.stderr);
    assert.deepEqual(readdirSync(folder), before);
  }
});
