// The planner map in a browser: drawn, clicked, read, and used without a mouse.
// GEOPRIO_EXECUTABLE and GEOPRIO_ATLAS say what is served (or GEOPRIO_ORIGIN where a server runs already),
// GEOPRIO_WEB_WORK where node_modules is, GEOPRIO_SCREENSHOTS where pictures go.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { startedBrowser, watchedPage } from "./browser.mjs";
import { startedServer } from "./server.mjs";

const screenshots = process.env.GEOPRIO_SCREENSHOTS;
mkdirSync(screenshots, { recursive: true });

let server;
let browser;

before(async () => {
  const { GEOPRIO_ORIGIN: origin, GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas } = process.env;
  server = origin ? { origin, end: async () => 0 } : await startedServer(executable, atlas);
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0, "the server ends by itself after SIGTERM");
});

/** Opens the page and waits until the map has drawn all that it asked for. */
async function opened(query = "", options = {}) {
  const { page, faults } = await watchedPage(browser, server.origin, options);
  await page.goto(`${server.origin}/${query}`, { waitUntil: "load" });
  await drawn(page);
  return { page, faults };
}

/** The page says on the map's frame whether the map is still drawing. */
function drawn(page) {
  return page.waitForSelector("#map-frame[data-drawn='true']", { timeout: 30_000 });
}

async function picture(page, name) {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Where on the screen the quarter's label point is, or null when it is out of the frame. */
async function placeOf(page, code) {
  const features = await (await fetch(`${server.origin}/collections/2014.labels/items?limit=1000`)).json();
  const [longitude, latitude] = features.features.find((feature) => feature.properties.code === code).geometry.coordinates;
  const view = new URL(page.url()).searchParams.get("view");
  const [zoom, centreLatitude, centreLongitude] = view.split("/").map(Number);
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

/** The colours of a square of the screen around a point, as texts `r,g,b`. */
async function coloursAround(page, { x, y }, radius) {
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
    return [...colours];
  }, shot);
}

async function editionDocument() {
  return (await fetch(`${server.origin}/editions/2014`)).json();
}

test("a quarter is drawn in its tier's colour, and a click opens its panel", async () => {
  const { page, faults } = await opened();
  await picture(page, "map-1366");
  assert.equal(await page.textContent("#notices"), "");
  const place = await placeOf(page, "montreynaud");

  const { tiers } = await editionDocument();
  const fill = tiers.find((tier) => tier.code === "priority_1").fill;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16));
  const near = (await coloursAround(page, place, 12)).some((colour) => {
    const parts = colour.split(",").map(Number);
    // The fill is a little transparent over a pale ground: at most 12 % of the way to white.
    return [red, green, blue].every((part, index) => Math.abs(parts[index] - part) <= 0.13 * (255 - part) + 2);
  });
  assert.ok(near, `no pixel of Montreynaud near ${fill}`);

  await page.mouse.click(place.x, place.y);
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  assert.match(await page.textContent("#quarter-tier"), /Priorité 1/);
  const document = await (await fetch(`${server.origin}/editions/2014/quarters/montreynaud`)).json();
  const scores = (await page.textContent("#quarter-scores")).replace(/\s/g, " ");
  for (const axis of document.explanation.axes)
    assert.ok(scores.includes(`${String(axis.score).replace(".", ",")} sur 100`), `score of ${axis.id} in: ${scores}`);
  assert.equal(
    await page.locator("#quarter table.indicators tbody tr").count(),
    document.explanation.axes.reduce((count, axis) => count + axis.indicators.length, 0),
  );
  assert.match(await page.textContent("#quarter .condition"), new RegExp(document.explanation.condition.slice(0, 20)));
  await drawn(page);
  await picture(page, "quarter-1366");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("everything is reached by the keyboard, and the focus comes back", async () => {
  const { page, faults } = await opened();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 5; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.dataset.code !== undefined)) break;
  }
  await page.keyboard.press("ArrowDown");
  const code = await page.evaluate(() => document.activeElement.dataset.code);
  assert.ok(code, "an arrow goes from quarter to quarter");
  await picture(page, "keyboard-focus");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.evaluate(() => document.activeElement.id), "quarter-title");
  assert.equal(new URL(page.url()).searchParams.get("quarter"), code);
  assert.match(await page.textContent("#announcement"), /La fiche est ouverte/);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#quarter", { state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.code), code);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("Enter on the map opens the quarter at its centre", async () => {
  const { page, faults } = await opened();
  await page.locator("#quarter-list [data-code=montreynaud]").click();
  await page.waitForSelector("#quarter:not([hidden])");
  // Zoomed to the quarter's box: its middle lies in it.
  await page.waitForFunction(() => Number(new URL(location.href).searchParams.get("view")?.split("/")[0]) > 13);
  await drawn(page);
  await page.keyboard.press("Escape");
  await page.locator("canvas.maplibregl-canvas").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("an address with an edition, a quarter and a view shows them, and going back works", async () => {
  const { page, faults } = await opened("?edition=2014&quarter=solaure&view=14.00/45.41500/4.39500");
  await page.waitForSelector("#quarter:not([hidden])");
  const panel = await page.textContent("#quarter");
  assert.match(panel, /Niveau adopté/);
  assert.match(panel, /Niveau calculé/);
  assert.equal(new URL(page.url()).searchParams.get("view"), "14.00/45.41500/4.39500");
  await picture(page, "adopted-tier");
  await page.locator("#quarter-list [data-code=montreynaud]").click();
  await page.waitForFunction(() => document.querySelector("#quarter-title")?.textContent === "Montreynaud");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#quarter-title")?.textContent !== "Montreynaud");
  assert.equal(new URL(page.url()).searchParams.get("quarter"), "solaure");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("an edition that is not validated is marked as a working document, another is not", async () => {
  const { page, faults } = await opened();
  assert.match(await page.textContent(".banner"), /Document de travail/);
  assert.ok(await page.isVisible(".banner"));
  assert.match(await page.textContent("h1"), /illustratif/);
  await page.selectOption("#edition", "2007");
  await page.waitForSelector(".banner", { state: "hidden" });
  await drawn(page);
  assert.equal(new URL(page.url()).searchParams.get("edition"), "2007");
  await picture(page, "edition-2007");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("the legend says quarters, people and area of every tier as the collection does", async () => {
  const { page, faults } = await opened();
  const { features } = await (await fetch(`${server.origin}/collections/2014.tiers/items?limit=100`)).json();
  const legend = (await page.textContent("#legend")).replace(/\s/g, " ");
  for (const { properties } of features) {
    assert.ok(legend.includes(properties.label), properties.label);
    const people = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0 }).format(properties.population);
    assert.ok(legend.includes(people.replace(/\s/g, " ")), `${people} in ${legend}`);
  }
  const counts = features.reduce((sum, { properties }) => sum + properties.quarter_count, 0);
  assert.equal(await page.locator("#quarter-list [data-code]").count(), counts);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("the page speaks English to who prefers it", async () => {
  const { page, faults } = await opened("", { locale: "en-GB" });
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await page.textContent(".banner"), /Working document/);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("on a phone nothing is wider than the screen", async () => {
  const { page, faults } = await opened("", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await wide(), 0);
  await picture(page, "phone");
  await page.locator("#quarter-list [data-code]").first().click();
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await wide(), 0);
  await picture(page, "phone-quarter");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("a server that is gone is told in words, with a way to try again", async () => {
  const { page } = await opened();
  await page.context().setOffline(true);
  await page.locator("#quarter-list [data-code=montreynaud]").click();
  await page.waitForSelector("#notices .notice");
  assert.match(await page.textContent("#notices"), /Le serveur ne répond pas/);
  await picture(page, "server-gone");
  await page.context().setOffline(false);
  await page.locator("#notices button").click();
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.locator("#notices .notice button").count(), 0);
  await page.context().close();
});
