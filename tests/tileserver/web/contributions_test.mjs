// What residents said, on the planner's page: published by a moderator, laid over the map, counted, read.
// Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { startedBrowser, watchedPage } from "./browser.mjs";
import { consultedServer } from "./consulted_server.mjs";
import { coloursAround, drawn, parameter, picture, screenPlace } from "./page_pixels.mjs";
import { startedServer } from "./server.mjs";

let server;
let browser;

/** What is published; null: a place in no quarter. */
const published = [
  { theme: "habitat", quarter: "montreynaud", text: "Les ascenseurs sont souvent en panne." },
  { theme: "habitat", quarter: "montreynaud", text: "<b>Isoler</b> les façades nord." },
  { theme: "transports", quarter: "montreynaud", text: "Un bus le dimanche." },
  { theme: "santé", quarter: "solaure", text: "Il manque un médecin." },
  { theme: "autre", quarter: null, text: "Un banc près de l’arrêt." },
];

before(async () => {
  server = await consultedServer();
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
  for (const { theme, quarter, text } of published) {
    const where = quarter === null ? { quarter: undefined, lon: 4.52, lat: 45.36 } : { quarter };
    await server.judge(await server.contribute({ theme, text, ...where }), "published");
  }
  await server.contribute({ quarter: "montreynaud", text: "Encore en attente." });
  await server.judge(await server.contribute({ quarter: "montreynaud", text: "Rejetée." }), "rejected", "Hors sujet");
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
});

async function opened(query = "", origin = server.origin, options = {}) {
  const { page, faults } = await watchedPage(browser, origin, options);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${origin}/${query}`);
  await drawn(page);
  await page.waitForSelector("#quarter-list [data-code]", { state: "attached" });
  return { page, faults, asked };
}

const column = (page) => page.locator("th:has([data-column=contributions])");

async function ended({ page, faults }) {
  assert.deepEqual(faults, []);
  await page.context().close();
}

/** The middle of a label's mark on the screen: the mark stands 24 pixels above the quarter's label point. */
async function markOf(page, code) {
  const { features } = await (await fetch(`${server.origin}/collections/2014.labels/items?limit=1000`)).json();
  const { x, y } = await screenPlace(page, features.find(({ properties }) => properties.code === code).geometry.coordinates);
  return { x, y: y - 24 };
}

/** Whether the disc of a mark is drawn there, beside its figure. */
async function isWhite(page, { x, y }) {
  return (await coloursAround(page, { x: x - 8, y }, 1)).every((colour) => colour.every((part) => part === 255));
}

test("contributions are off at first and not asked for; switched on they are marks, and in the address", async () => {
  const visit = await opened("?view=13.00/45.46000/4.41500");
  const { page, asked } = visit;
  const mark = await markOf(page, "montreynaud");
  assert.ok(!(await page.isChecked("#contributions")));
  assert.deepEqual(asked.filter((path) => path === "/contributions"), []);
  assert.ok(!(await isWhite(page, mark)));
  await page.focus("#contributions");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("contributions") === "1");
  await page.waitForFunction(() => document.querySelector("#contributions-told").textContent !== "");
  await drawn(page);
  assert.equal(await page.textContent("#contributions-told"), "5 en tout, sur 2 quartiers");
  assert.equal(parameter(page, "contributions"), "1");
  assert.ok(await isWhite(page, mark), "no mark over Montreynaud");
  await picture(page, "contributions");
  assert.deepEqual(await violationsOf(page), []);
  await page.mouse.click(mark.x - 8, mark.y);
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  await page.goBack();
  await page.goBack();
  await page.waitForSelector("#contributions:not(:checked)");
  await drawn(page);
  assert.ok(!(await isWhite(page, mark)));
  await ended(visit);
});

test("the table counts them by quarter and sorts by them, as long as they are shown", async () => {
  const visit = await opened("?contributions=1&sort=-contributions");
  const { page } = visit;
  await column(page).waitFor();
  const rows = await page.locator("#quarter-list tbody tr").evaluateAll((all) => all.map((row) => [row.dataset.row, row.cells[row.cells.length - 1].textContent]));
  assert.deepEqual(rows.slice(0, 2), [["montreynaud", "3"], ["solaure", "1"]]);
  assert.ok(rows.slice(2).every(([, count]) => count === "0"));
  assert.equal(await column(page).getAttribute("aria-sort"), "descending");
  await page.uncheck("#contributions");
  await column(page).waitFor({ state: "detached" });
  await ended(visit);
});

test("a sheet counts them by theme and has every text, as text, and nothing that is not published", async () => {
  const visit = await opened("?quarter=montreynaud");
  const { page } = visit;
  await page.waitForSelector("#remark-themes");
  assert.equal(await page.textContent("#remark-themes"), "habitat : 2 · transports : 1");
  const texts = await page.locator("#quarter .remarks li span").allTextContents();
  assert.deepEqual([...texts].sort(), published.filter(({ quarter }) => quarter === "montreynaud").map(({ text }) => text).sort());
  assert.equal(await page.locator("#quarter .remarks b").count(), 0);
  await page.locator("#remarks-title").scrollIntoViewIfNeeded();
  await picture(page, "sheet-contributions");
  assert.deepEqual(await violationsOf(page), []);
  await ended(visit);
  const english = await opened("?quarter=montreynaud&lang=en");
  await english.page.waitForSelector("#remark-themes");
  assert.equal(await english.page.textContent("#remark-themes"), "housing: 2 · transport: 1");
  await ended(english);
  const other = await opened("?quarter=cret-de-roc-soleil&lang=en");
  await other.page.waitForSelector("#quarter:not([hidden])");
  assert.match((await other.page.textContent("#quarter")).replace(/\s+/g, " "), /No contribution is published on this quarter/);
  await ended(other);
});

test("what was said of a place in no quarter is read in the legend, by keys alone", async () => {
  const visit = await opened("?contributions=1");
  const { page } = visit;
  await page.waitForSelector("#contributions-elsewhere:not([hidden])");
  await page.focus("#contributions");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "1 sur un autre lieu");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#contributions-elsewhere", { hasText: "Un banc près de l’arrêt." }).locator("li").isVisible());
  const summary = await page.getAttribute("#contributions-summary", "href");
  const answer = await fetch(new URL(summary, page.url()));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("Content-Type"), /text\/html/);
  await ended(visit);
});

test("the sheet of paper says what the marks are", async () => {
  const visit = await opened("?contributions=1&print=a4-landscape");
  const { page } = visit;
  await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
  assert.match((await page.textContent(".sheet-legend")).replace(/\s+/g, " "), /Contributions publiées : 5/);
  await picture(page, "print-contributions");
  await ended(visit);
});

test("an answer that does not come is told, and the map stays", async () => {
  const { page } = await watchedPage(browser, server.origin);
  await page.route("**/contributions?*", (route) => route.abort());
  await page.goto(`${server.origin}/?contributions=1`);
  await page.waitForFunction(() => /contributions n’ont pas pu être chargées/.test(document.querySelector("#notices").textContent));
  await page.waitForSelector("#quarter-list [data-code]");
  await page.context().close();
});

test("where nothing can be contributed there is no switch, no link and no request", async () => {
  const plain = await startedServer(process.env.GEOPRIO_EXECUTABLE, process.env.GEOPRIO_ATLAS);
  const visit = await opened("?contributions=1&quarter=montreynaud", plain.origin);
  const { page, asked } = visit;
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.locator("#contributions, #contributions-summary, #remarks-title").count(), 0);
  assert.deepEqual(asked.filter((path) => path.startsWith("/contributions")), []);
  await ended(visit);
  assert.equal(await plain.end(), 0);
});
