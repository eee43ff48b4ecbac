// An operator's backdrop in each of its forms, from another host: switched on it is asked for, drawn, and allowed by a
// policy that names that host and no other. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { png, startedHost } from "./backdrop_host.mjs";
import { startedBrowser, watchedPage } from "./browser.mjs";
import { coloursAround, drawn, picture } from "./page_pixels.mjs";
import { startedServer } from "./server.mjs";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work } = process.env;
const folder = mkdtempSync(join(tmpdir(), "geoprio-backdrop-"));
const archivePath = join(folder, "band.pmtiles");
/** Not drawn by the planner's own style. */
const band = "2014.band_priority_1_300m";

const violet = [120, 40, 200];
const lime = [40, 220, 60];
const json = (value) => ({ type: "application/json", body: Buffer.from(JSON.stringify(value)) });
/** The north edge of the row of tiles at zoom 16 that holds 45.5° N (EPSG:3857's tiling): north-west of every quarter, where
 * the atlas has nothing but communes, in whose place a backdrop is drawn. */
const edge = (() => {
  const row = Math.floor(((1 - Math.asinh(Math.tan((45.5 * Math.PI) / 180)) / Math.PI) / 2) * 65536);
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 65536))) * 180) / Math.PI;
})();
const elsewhere = `?view=15.00/${edge.toFixed(5)}/4.30000`;

let browser;
let host;

/** A background, tiles of pictures over its northern half, a picture of a sprite, and words in a font that nobody has. */
function style(origin) {
  return {
    version: 8,
    glyphs: `${origin}/glyphs/{fontstack}/{range}.pbf`,
    sprite: `${origin}/sprite`,
    sources: {
      pictures: { type: "raster", tiles: [`${origin}/tiles/{z}/{x}/{y}.png`], tileSize: 256, bounds: [4, edge + 0.00001, 5, 46], attribution: "<a href='#'>Fond d’essai</a>" },
      places: { type: "geojson", data: { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [4.3, edge - 0.0005] } } },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": `rgb(${violet})` } },
      { id: "pictures", type: "raster", source: "pictures", paint: { "raster-fade-duration": 0 } },
      { id: "places", type: "symbol", source: "places", layout: { "icon-image": "mark", "text-field": "Ici", "text-font": ["Font of the Operator"] } },
    ],
  };
}

before(async () => {
  execFileSync(executable, ["tiles", atlas, "-o", archivePath, "--layers", band, "--max-zoom", "14"]);
  const archive = { type: "application/vnd.pmtiles", body: readFileSync(archivePath) };
  host = await startedHost((path) => {
    if (path === "/style.json") return json(style(host.origin));
    if (/^\/sprite(@2x)?\.json$/.test(path)) return json({ mark: { x: 0, y: 0, width: 16, height: 16, pixelRatio: 1 } });
    if (/^\/sprite(@2x)?\.png$/.test(path)) return { type: "image/png", body: png(16, [255, 255, 255]) };
    if (path.startsWith("/tiles/")) return { type: "image/png", body: png(256, lime) };
    return path === "/band.pmtiles" ? archive : null;
  });
  browser = await startedBrowser(work);
});

after(async () => {
  await browser?.close();
  await host?.end();
  rmSync(folder, { recursive: true });
});

/** The default atlas with that basemap, and the archive beside it. */
async function servedWith(name, basemap) {
  const place = join(folder, name);
  cpSync(atlas, place, { recursive: true });
  cpSync(archivePath, join(place, "band.pmtiles"));
  const file = join(place, "atlas.toml");
  writeFileSync(file, `${readFileSync(file, "utf8")}\n[basemap]\n${basemap}\n`);
  return startedServer(executable, place);
}

/** Opens the page without the backdrop, tells what it may ask, switches the backdrop on, and looks once its file was asked for. */
async function switchedOn(server, query, backdrop, look) {
  const { page, faults } = await watchedPage(browser, server.origin);
  const asked = [];
  page.on("request", (request) => /^http/.test(request.url()) && asked.push(new URL(request.url())));
  const answer = await page.goto(`${server.origin}/${query}`);
  await drawn(page);
  await page.waitForSelector("#quarter-list [data-code]", { state: "attached" });
  assert.deepEqual(asked.filter(({ origin }) => origin !== server.origin), [], "asked for before it is wanted");
  // What was drawn before is still drawn: only the request tells that the backdrop is under way.
  const request = page.waitForRequest((one) => new URL(one.url()).pathname.endsWith(backdrop));
  await page.check("#backdrop");
  await request;
  await page.waitForFunction(() => new URL(location.href).searchParams.get("backdrop") === "1");
  await drawn(page);
  await look(page);
  const directive = (name) => answer.headers()["content-security-policy"].split("; ").find((one) => one.startsWith(name));
  const policy = { images: directive("img-src"), connections: directive("connect-src") };
  // Requests to another host are what is under test; all else stays a fault.
  const others = new Set(asked.map(({ origin }) => origin).filter((origin) => origin !== server.origin));
  const left = faults.filter((fault) => !fault.startsWith(`request to ${host.origin}/`));
  await page.context().close();
  assert.equal(await server.end(), 0);
  return { policy, others: [...others], left, paths: asked.map(({ pathname }) => pathname) };
}

const frameCentre = async (page) => {
  const frame = await page.locator("#map").boundingBox();
  return { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
};
const holds = (colours, wanted) => colours.some((colour) => colour.every((part, at) => Math.abs(part - wanted[at]) <= 2));

test("a style of another host is drawn below the tiers with its pictures, and words in the reader's fonts", async () => {
  const server = await servedWith("style", `style = "${host.origin}/style.json"`);
  const seen = await switchedOn(server, elsewhere, "/style.json", async (page) => {
    const { x, y } = await frameCentre(page);
    assert.ok(holds(await coloursAround(page, { x: x - 150, y: y + 120 }, 4), violet), "no background");
    assert.ok(holds(await coloursAround(page, { x: x - 150, y: y - 120 }, 4), lime), "no picture");
    // 0.0005 degrees south at 512·2^15 pixels around the world: 33 pixels below the middle (by hand, cos 45.5° = 0.7009).
    assert.ok(holds(await coloursAround(page, { x, y: y + 33 }, 8), [255, 255, 255]), "no picture of the sprite");
    assert.match(await page.textContent(".maplibregl-ctrl-attrib-inner"), /Fond d’essai/);
    await picture(page, "backdrop-style");
  });
  assert.deepEqual(seen.others, [host.origin]);
  assert.deepEqual(seen.policy, { images: `img-src 'self' data: blob: ${host.origin}`, connections: `connect-src 'self' ${host.origin}` });
  assert.deepEqual(seen.left, []);
  assert.ok(!seen.paths.some((path) => path.startsWith("/glyphs/")), "glyphs are not asked for");
});

test("tiers keep their patterns over a style that brings a sprite of its own", async () => {
  const server = await servedWith("patterns", `style = "${host.origin}/style.json"`);
  const { features } = await (await fetch(`${server.origin}/collections/2014.labels/items?limit=1000`)).json();
  const [longitude, latitude] = features.find(({ properties }) => properties.code === "solaure").geometry.coordinates;
  const seen = await switchedOn(server, `?view=14.50/${latitude}/${longitude}`, "/style.json", async (page) => {
    const colours = await coloursAround(page, await frameCentre(page), 40);
    // As in map_test.mjs: the motif over the fill of social_development is nearly white.
    assert.ok(colours.some(([red, green, blue]) => red > 235 && green > 215 && blue > 205), "no stripe on Solaure");
    await picture(page, "backdrop-patterns");
  });
  assert.deepEqual(seen.left, []);
});

test("a PMTiles file of another host is read by parts and drawn as pale land, and printed with its attribution", async () => {
  const server = await servedWith("pmtiles", `style = { pmtiles = "${host.origin}/band.pmtiles", attribution = "Bande d’essai" }`);
  const { features } = await (await fetch(`${server.origin}/collections/2014.quarters/items?limit=1000`)).json();
  const [longitude, latitude] = features.find(({ id }) => id === "montreynaud").geometry.coordinates[0][0];
  const seen = await switchedOn(server, `?view=14.00/${latitude}/${longitude}`, "/band.pmtiles", async (page) => {
    // By hand, as archive_backdrop.ts has it: 15 % of #B4BAC3 over #F7F6F3.
    assert.ok(holds(await coloursAround(page, await frameCentre(page), 40), [237, 237, 236]), "no band around Montreynaud");
    assert.match(await page.textContent(".maplibregl-ctrl-attrib-inner"), /Bande d’essai/);
    await picture(page, "backdrop-pmtiles");
    await page.click("#open-print");
    await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
    assert.match(await page.textContent("#sheet footer"), /Bande d’essai/);
  });
  assert.deepEqual(seen.others, [host.origin]);
  assert.deepEqual(seen.policy, { images: `img-src 'self' data: blob: ${host.origin}`, connections: `connect-src 'self' ${host.origin}` });
  assert.deepEqual(seen.left, []);
});

test("a PMTiles file beside the atlas comes from the server itself, and no other host is named", async () => {
  const server = await servedWith("own", `style = { pmtiles = "band.pmtiles" }`);
  const seen = await switchedOn(server, "", "/band.pmtiles", async () => undefined);
  assert.deepEqual(seen.others, []);
  assert.ok(seen.paths.includes("/basemap/band.pmtiles"), "the archive was not asked for");
  assert.deepEqual(seen.policy, { images: "img-src 'self' data: blob:", connections: "connect-src 'self'" });
  assert.deepEqual(seen.left, []);
});
