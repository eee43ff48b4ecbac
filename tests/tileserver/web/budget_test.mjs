// What the planner's page weighs, asks and takes, and whether a reader without sight can use each of its states.
import assert from "node:assert/strict";
import { test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { watchedPage } from "./browser.mjs";
import { drawn, ended, opened, site } from "./planner_page.mjs";

/** What came over the wire, in bytes. The browser does not tell that of a worker's script: it is asked for again. */
async function sizeOf(request) {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  if (responseBodySize > 0) return responseBodySize + Math.max(0, responseHeadersSize);
  const answer = await fetch(request.url(), { method: "HEAD", headers: { "Accept-Encoding": "gzip" } });
  return Number(answer.headers.get("content-length"));
}

/** A laptop, a wide screen, a phone. */
const screens = [[1366, 768], [1920, 1080], [390, 844]];

for (const [width, height] of screens)
  test(`at most 12 requests and 700 kB come before the first drawn quarter, on ${width} by ${height} pixels`, async () => {
    const { page, faults } = await watchedPage(site.browser, site.server.origin, { viewport: { width, height } });
    const finished = [];
    page.on("requestfinished", (request) => finished.push(request));
    await page.goto(`${site.server.origin}/`);
    await drawn(page);
    const mark = await page.evaluate(() => {
      const [drawing] = performance.getEntriesByName("geoprio:first-quarter");
      return drawing ? performance.timeOrigin + drawing.startTime : null;
    });
    assert.ok(mark !== null, "no quarter was drawn");
    const before = finished.filter((request) => /^http/.test(request.url()) && request.timing().startTime <= mark);
    const sizes = await Promise.all(before.map(sizeOf));
    const bytes = sizes.reduce((sum, one) => sum + one, 0);
    const began = Math.min(...before.map((request) => request.timing().startTime));
    const addresses = before.map((request, place) => `${request.url().slice(site.server.origin.length)} ${sizes[place]}`);
    console.log(`${before.length} requests, ${Math.round(bytes / 1000)} kB before the first quarter, drawn after ${Math.round(mark - began)} ms`);
    console.log(addresses.join("\n"));
    assert.ok(before.some((request) => request.url().includes(".mvt")), "a quarter without a tile?");
    assert.ok(before.length <= 12, addresses.join("\n"));
    assert.ok(bytes <= 700_000, `${bytes} bytes`);
    await ended({ page, faults });
  });

test("our own scripts are at most 80 kB compressed", async () => {
  const { page, faults } = await opened();
  const ours = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/assets\/.*\.m?js$/.test(name) && !/maplibre/.test(name))
      .map(({ name, encodedBodySize }) => ({ name, encodedBodySize })),
  );
  const bytes = ours.reduce((sum, one) => sum + one.encodedBodySize, 0);
  console.log(`${Math.round(bytes / 100) / 10} kB of our own scripts`);
  assert.ok(ours.length > 0 && bytes > 0 && bytes <= 80_000, JSON.stringify(ours));
  await ended({ page, faults });
});

test("no answer of ours to a movement takes more than 50 ms while the map is panned", async () => {
  const visit = await opened("?beside=2007&view=13.00/45.43500/4.39000");
  const { page } = visit;
  await page.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 });
  const frame = await page.locator("#map").boundingBox();
  const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 3 };
  await page.evaluate(() => {
    performance.clearMeasures();
    window.frames_ = 0;
    const count = () => { window.frames_ += 1; window.counting = requestAnimationFrame(count); };
    count();
    window.began = performance.now();
  });
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  for (let step = 1; step <= 30; ++step) await page.mouse.move(middle.x - step * 8, middle.y + step * 2);
  await page.mouse.up();
  await drawn(page);
  const { tasks, rate, renderer } = await page.evaluate(() => {
    cancelAnimationFrame(window.counting);
    const pen = document.createElement("canvas").getContext("webgl2");
    const named = pen.getExtension("WEBGL_debug_renderer_info");
    return {
      tasks: performance.getEntriesByType("measure").filter(({ name }) => name.startsWith("geoprio:")).map(({ name, duration }) => ({ name, duration })),
      rate: (window.frames_ / (performance.now() - window.began)) * 1000,
      renderer: named ? pen.getParameter(named.UNMASKED_RENDERER_WEBGL) : "unknown",
    };
  });
  const longest = tasks.reduce((most, one) => (one.duration > most.duration ? one : most));
  console.log(`${tasks.length} answers, the longest ${longest.duration.toFixed(1)} ms (${longest.name}); ${rate.toFixed(1)} frames a second with ${renderer}`);
  assert.ok(tasks.some(({ name }) => name === "geoprio:move"), "nothing was measured");
  assert.ok(longest.duration <= 50, JSON.stringify(longest));
  await ended(visit);
});

/** Each state of the page by a name, its address, and what opens it further. */
const states = {
  "the map": ["", null],
  "a quarter's sheet": ["?quarter=solaure", null],
  "a filter": ["?commune=42218&tiers=priority_1", null],
  "two editions": ["?beside=2007", (page) => page.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 })],
  "the search list": [
    "",
    async (page) => {
      await page.fill("#search-words", "saint");
      await page.waitForSelector("#search-list [role=option]");
    },
  ],
  sharing: ["", (page) => page.click("#open-share")],
  "the sheet of paper": ["?print=a4-portrait", (page) => page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 })],
  "a frame": ["?embed=1", null],
  "an unknown quarter": ["?quarter=nowhere", null],
  English: ["?lang=en&quarter=montreynaud", null],
};

for (const [name, [address, further]] of Object.entries(states))
  test(`axe finds nothing wrong with ${name}`, async () => {
    const visit = await opened(address);
    const { page } = visit;
    await further?.(page);
    if (address.includes("quarter=") && !address.includes("nowhere")) await page.waitForSelector("#quarter:not([hidden])");
    assert.deepEqual(await violationsOf(page), []);
    await ended(visit);
  });

test("axe finds nothing wrong on a phone", async () => {
  const visit = await opened("?quarter=solaure", { viewport: { width: 390, height: 844 }, hasTouch: true });
  await visit.page.waitForSelector("#quarter:not([hidden])");
  assert.deepEqual(await violationsOf(visit.page), []);
  await ended(visit);
});

test("the page's policy lets no inline script or style through, and names no other host", async () => {
  const answer = await fetch(`${site.server.origin}/`, { headers: { Accept: "text/html" } });
  const policy = answer.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|https?:/);
});
