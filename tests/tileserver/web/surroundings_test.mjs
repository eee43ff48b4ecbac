// A sheet's neighbours and the range of its people, in an atlas drawn by hand. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { startedBrowser, watchedPage } from "./browser.mjs";
import { drawn, picture } from "./page_pixels.mjs";
import { startedServer } from "./server.mjs";

/** Hundredths of a degree east of 4.40 and north of 45.40.
 *
 *      D        A and B share a side of 0.01° of latitude (1,112 m), B and E one of 0.01° of longitude (781 m);
 *    A B   C    D touches B, and E touches A, in a corner alone; C touches nobody.
 *      E
 */
const quarters = { a: [0, 0], b: [1, 0], c: [3, 0], d: [2, 1], e: [1, -1] };
/** People by cell, west, east, south and north in the same unit. One lies half in A and half in B, one half in B and half in no quarter. */
const cells = [
  [100, 0.2, 0.4, 0.2, 0.4],
  [60, 0.9, 1.1, 0.2, 0.4],
  [40, 1.4, 1.6, 0.2, 0.4],
  [30, 1.9, 2.1, 0.2, 0.4],
];

const degrees = ([x, y]) => [Number((4.4 + x / 100).toFixed(7)), Number((45.4 + y / 100).toFixed(7))];
function square(properties, [west, east, south, north]) {
  const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [corners.map(degrees)] } };
}
const collection = (features) => JSON.stringify({ type: "FeatureCollection", features });

const folder = mkdtempSync(join(tmpdir(), "geoprio-surroundings-"));
let server;
let browser;

before(async () => {
  writeFileSync(join(folder, "atlas.toml"), `
title = "Essai"
metric_crs = "EPSG:2154"
[population]
data = "cells.geojson"
count = "people"
[[editions]]
id = "2020"
stage = "in_force"
quarters = { data = "quarters.geojson", code = "code", name = "name", tier = "tier" }
`);
  writeFileSync(join(folder, "quarters.geojson"), collection(Object.entries(quarters).map(([code, [x, y]]) =>
    square({ code, name: `Quartier ${code.toUpperCase()}`, tier: code === "b" ? "watch" : "priority_1" }, [x, x + 1, y, y + 1]))));
  writeFileSync(join(folder, "cells.geojson"), collection(cells.map(([people, ...box]) => square({ people }, box))));
  server = await startedServer(process.env.GEOPRIO_EXECUTABLE, folder);
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
  rmSync(folder, { recursive: true });
});

async function sheetOf(code) {
  const { page, faults } = await watchedPage(browser, server.origin);
  await page.goto(`${server.origin}/?quarter=${code}`);
  await drawn(page);
  await page.waitForSelector("#quarter:not([hidden])");
  return { page, faults };
}

const plain = (text) => text.replace(/\s+/g, " ").trim();
const neighbours = async (page) => (await page.locator("#neighbours li").allTextContents()).map(plain);
const people = async (page) => plain(await page.locator("#quarter dt", { hasText: "Habitants" }).locator("xpath=following-sibling::dd[1]").textContent());

async function ended({ page, faults }) {
  assert.deepEqual(faults, []);
  await page.context().close();
}

test("a quarter's neighbours are those that share a side with it, the longest side first, and lead to their sheets", async () => {
  const visit = await sheetOf("b");
  const { page } = visit;
  assert.deepEqual(await neighbours(page), ["Quartier A · priority_1", "Quartier E · priority_1"]);
  await picture(page, "sheet-neighbours");
  await page.locator("#neighbours button", { hasText: "Quartier A" }).click();
  await page.waitForFunction(() => document.querySelector("#quarter-title")?.textContent === "Quartier A");
  assert.deepEqual(await neighbours(page), ["Quartier B · watch"]);
  await ended(visit);
});

test("a quarter that touches others in a corner, or nowhere, has no neighbour, and says so", async () => {
  for (const code of ["c", "d"]) {
    const visit = await sheetOf(code);
    assert.equal(await visit.page.locator("#neighbours").count(), 0);
    assert.match(plain(await visit.page.textContent("#quarter")), /Aucun quartier ne le touche/);
    await ended(visit);
  }
});

test("people are told with their range: the cells that lie whole inside, and all that touch", async () => {
  // By hand. A: 100 and half of 60; at least 100, at most 160. B: half of 60, 40 and half of 30; at least 40, at most 130.
  for (const [code, told] of [["a", "130 (entre 100 et 160)"], ["b", "85 (entre 40 et 130)"]]) {
    const visit = await sheetOf(code);
    assert.equal(await people(visit.page), told);
    await ended(visit);
  }
});
