// The planner's page for its tests: opened on the real server, waited for, looked at.
// GEOPRIO_EXECUTABLE and GEOPRIO_ATLAS say what is served (or GEOPRIO_ORIGIN where a server runs already),
// GEOPRIO_WEB_WORK where node_modules is, GEOPRIO_SCREENSHOTS where pictures go.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";

import { startedBrowser, watchedPage } from "./browser.mjs";
import { startedServer } from "./server.mjs";

export const screenshots = process.env.GEOPRIO_SCREENSHOTS;
mkdirSync(screenshots, { recursive: true });

/** One server and one browser for the tests of a file. */
export const site = { server: null, browser: null };

before(async () => {
  const { GEOPRIO_ORIGIN: origin, GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas } = process.env;
  site.server = origin ? { origin, end: async () => 0 } : await startedServer(executable, atlas);
  site.browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await site.browser?.close();
  if (site.server) assert.equal(await site.server.end(), 0, "the server ends by itself after SIGTERM");
});

/** Opens the page and waits until the map has drawn all that it asked for and the panels are there. `prepare` is told
 * of the page before it is opened. */
export async function opened(query = "", { prepare, ...options } = {}) {
  const { page, faults } = await watchedPage(site.browser, site.server.origin, options);
  await prepare?.(page);
  await page.goto(`${site.server.origin}/${query}`, { waitUntil: "load" });
  await drawn(page);
  await page.waitForSelector("#quarter-list [data-code]", { state: "attached" });
  return { page, faults };
}

/** The page says on the map's frame whether the map is still drawing. */
export function drawn(page) {
  return page.waitForSelector("#map-frame[data-drawn='true']", { timeout: 60_000 });
}

/** Nothing that must not happen has happened on the page; it is closed. */
export async function ended({ page, faults }) {
  assert.deepEqual(faults, []);
  await page.context().close();
}

export async function picture(page, name) {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

export async function asked(path) {
  return (await fetch(`${site.server.origin}/${path}`)).json();
}

/** The landing document as a server with more in its atlas file would have it. */
export function withLanding(more) {
  return (page) =>
    page.route(`${site.server.origin}/?f=json`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...more } });
    });
}

export const parameter = (page, name) => new URL(page.url()).searchParams.get(name);

/** Text with every kind of blank as a plain one. */
export async function textOf(page, selector) {
  return (await page.textContent(selector)).replace(/\s+/g, " ").trim();
}

/** Where on the screen a longitude and latitude are. */
export async function screenPlace(page, [longitude, latitude]) {
  const [zoom, centreLatitude, centreLongitude] = parameter(page, "view").split("/").map(Number);
  // Web Mercator at 512 pixels a tile, as MapLibre draws it.
  const world = 512 * 2 ** zoom;
  const x = (degrees) => ((degrees + 180) / 360) * world;
  const y = (degrees) => ((1 - Math.asinh(Math.tan((degrees * Math.PI) / 180)) / Math.PI) / 2) * world;
  const frame = await page.locator("#map").boundingBox();
  return {
    x: frame.x + frame.width / 2 + x(longitude) - x(centreLongitude),
    y: frame.y + frame.height / 2 + y(latitude) - y(centreLatitude),
  };
}

/** Where on the screen the quarter's label point is. */
export async function placeOf(page, code, edition = "2014") {
  const { features } = await asked(`collections/${edition}.labels/items?limit=1000`);
  return screenPlace(page, features.find((feature) => feature.properties.code === code).geometry.coordinates);
}

/** The colours of a square of the screen around a point, each `[red, green, blue]`. */
export async function coloursAround(page, { x, y }, radius) {
  const clip = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  const shot = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return [...colours].map((text) => text.split(",").map(Number));
  }, shot);
}

/** Whether one of the colours is `#RRGGBB` or that over a pale ground: the tiers' fill is a little transparent. */
export function hasFill(colours, fill) {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16));
  return colours.some((parts) => wanted.every((part, index) => Math.abs(parts[index] - part) <= 0.13 * (255 - part) + 2));
}
