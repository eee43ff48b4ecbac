// The council's summary of a consultation, on screen and on paper. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { startedBrowser, watchedPage } from "./browser.mjs";
import { consultedServer } from "./consulted_server.mjs";
import { picture } from "./kiosk_visit.mjs";

let server;
let browser;

/** Theme and quarter of each published one; null: a place in no quarter. */
const published = [
  ["habitat", "montreynaud"],
  ["habitat", "montreynaud"],
  ["transports", "montreynaud"],
  ["santé", "solaure"],
  ["habitat", null],
];

before(async () => {
  server = await consultedServer();
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
  for (const [number, [theme, quarter]] of published.entries()) {
    const where = quarter === null ? { quarter: undefined, lon: 4.39, lat: 45.43 } : { quarter };
    await server.judge(await server.contribute({ theme, ...where, text: `Avis numéro ${number}.` }), "published");
  }
  await server.contribute({ text: "Encore en attente." });
  await server.judge(await server.contribute({ text: "Rejeté." }), "rejected", "Hors sujet");
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
});

async function opened(options = {}) {
  const { page, faults } = await watchedPage(browser, server.origin, options);
  await page.goto(`${server.origin}/contributions`);
  await page.waitForSelector(".plan");
  return { page, faults };
}

test("a browser that asks for the contributions reads the summary, a client gets GeoJSON", async () => {
  const answer = await fetch(`${server.origin}/contributions`);
  assert.match(answer.headers.get("Content-Type"), /geo\+json/);
  const { page, faults } = await opened();
  assert.match(await page.textContent(".total"), /5 contributions publiées, sur 2 quartiers/);
  await page.screenshot({ path: `${process.env.GEOPRIO_SCREENSHOTS}/summary.png`, fullPage: true });
  assert.deepEqual(await violationsOf(page), []);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("tables count what was published, by theme, by quarter and by both, and plots say the same in words", async () => {
  const { page } = await opened();
  const rows = (place) =>
    page.locator("table").nth(place).locator("tbody tr").evaluateAll((all) =>
      all.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  assert.deepEqual((await rows(0)).map((row) => row.slice(0, 2)), [["habitat", "3"], ["santé", "1"], ["transports", "1"]]);
  assert.deepEqual((await rows(1)).map((row) => row.slice(0, 2)), [["Montreynaud", "3"], ["Solaure", "1"], ["Un lieu sur la carte", "1"]]);
  assert.deepEqual(await rows(2), [
    ["Montreynaud", "2", "", "1", "3"],
    ["Solaure", "", "1", "", "1"],
    ["Un lieu sur la carte", "1", "", "", "1"],
  ]);
  const said = await page.locator("svg[role=img]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  assert.equal(said.length, 3);
  assert.match(said[1], /habitat : 3, santé : 1, transports : 1/);
  const discs = await page.locator(".plan text").allTextContents();
  assert.deepEqual(discs.sort(), ["1", "1", "3"]);
  await page.context().close();
});

test("nothing that is not published is in it", async () => {
  const { page } = await opened();
  const words = await page.textContent("body");
  for (const hidden of ["Encore en attente", "Rejeté", "Hors sujet"]) assert.ok(!words.includes(hidden), hidden);
  assert.equal((words.match(/Avis numéro \d/g) ?? []).length, published.length);
  await page.context().close();
});

test("it prints on A4 without its tools", async () => {
  const { page } = await opened();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  // A4 in points, as PDF counts: 595 × 842.
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map((match) => match.slice(1).map(Number));
  assert.ok(boxes.length >= 1);
  for (const [width, height] of boxes) assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `${width} × ${height}`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#tools").isVisible(), false);
  await picture(page, "summary-print");
  await page.context().close();
});

test("it is there in English too", async () => {
  const { page, faults } = await opened({ locale: "en-GB" });
  assert.equal(await page.textContent("h1"), "Summary of contributions");
  assert.deepEqual(faults, []);
  await page.context().close();
});
