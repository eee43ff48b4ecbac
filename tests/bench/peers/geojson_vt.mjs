// Times geojson-vt's getTile with vt-pbf's encoding, drilling down included:
//     node geojson_vt.mjs FILE.geojson LIST ROUNDS TOLERANCE MAX_ZOOM FOLDER
// Each round has an index of its own, so that its tiles are cold; a second pass over the same index is the warm time.
// Prints JSON; leaves the tiles of the first round as FOLDER/zoom-column-row.mvt.
import { readFileSync, writeFileSync } from "node:fs";
import geojsonvt from "geojson-vt";
import vtpbf from "vt-pbf";

const [file, list, rounds, tolerance, maxZoom, folder] = process.argv.slice(2);
const places = readFileSync(list, "utf8").trim().split("\n").map((line) => line.split(" ").map(Number));
const collection = JSON.parse(readFileSync(file, "utf8"));

const made = (index, [zoom, column, row]) => {
  const tile = index.getTile(zoom, column, row);
  return tile === null ? Buffer.alloc(0) : Buffer.from(vtpbf.fromGeojsonVt({ coverage: tile }, { version: 2 }));
};
const pass = (index, kept) =>
  places.map((place) => {
    const before = process.hrtime.bigint();
    const bytes = made(index, place);
    const spent = Number(process.hrtime.bigint() - before) / 1e6;
    kept?.push(bytes);
    return spent;
  });

// Of the thread that runs the JavaScript: what the collector and the compiler do beside it is not counted.
const cpu = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
const result = { index_ms: [], cold: [], cold_cpu: [], warm: [], node: process.version };
for (let round = 0; round < Number(rounds); ++round) {
  const before = process.hrtime.bigint();
  const index = geojsonvt(collection, { maxZoom: Number(maxZoom), tolerance: Number(tolerance), extent: 4096, buffer: 64 });
  result.index_ms.push(Number(process.hrtime.bigint() - before) / 1e6);
  const started = cpu();
  const kept = round === 0 ? [] : undefined;
  result.cold.push(pass(index, kept));
  result.cold_cpu.push(cpu() - started);
  kept?.forEach((bytes, number) => writeFileSync(`${folder}/${places[number].join("-")}.mvt`, bytes));
  result.warm.push(pass(index));
}
result.resident_mb = process.memoryUsage().rss / 1e6;
process.stdout.write(JSON.stringify(result));
