// Drafts on the planner's map: in the timeline of who is signed in, and nowhere for everyone else. Environment as in
// planner_page.mjs, and GEOPRIO_DRAFT_ATLAS: the folder of the default atlas with a draft.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { startedBrowser, watchedPage } from "./browser.mjs";
import { startedServer } from "./server.mjs";

const draft = "2024-draft";
const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_DRAFT_ATLAS: drafted } = process.env;
const folder = mkdtempSync(join(tmpdir(), "geoprio-staff-"));
let server;
let browser;
let token;

before(async () => {
  cpSync(drafted, folder, { recursive: true });
  const file = join(folder, "atlas.toml");
  const text = readFileSync(file, "utf8").replaceAll("../../../datasets/saint-etienne", atlas);
  writeFileSync(file, `store = "consultation.gpkg"\n${text}`);
  token = execFileSync(executable, ["token", "create", folder, "--role", "viewer"], { encoding: "utf8" }).trim();
  server = await startedServer(executable, folder);
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
  rmSync(folder, { recursive: true });
});

async function planner(page, query = "") {
  await page.goto(`${server.origin}/${query}`);
  await page.waitForSelector("#map-frame[data-drawn='true']", { timeout: 60_000 });
  await page.waitForSelector("#quarter-list [data-code]", { state: "attached" });
  await page.waitForSelector("#account");
}

const editions = (page) => page.locator("#timeline [data-edition]").evaluateAll((all) => all.map((one) => one.dataset.edition));

test("everyone else sees no draft, by its address neither, and is shown where staff sign in", async () => {
  const { page, faults } = await watchedPage(browser, server.origin);
  await planner(page);
  assert.deepEqual(await editions(page), ["2007", "2014"]);
  assert.ok(!(await page.content()).includes(draft));
  assert.match(await page.getAttribute("#sign-in", "href"), /moderation/);
  assert.deepEqual(await violationsOf(page), []);
  assert.deepEqual(faults, []);
  await planner(page, `?edition=${draft}`);
  assert.deepEqual(await editions(page), ["2007", "2014"]);
  assert.match(await page.textContent("#notices"), /n’existe pas ou n’est pas publique/);
  // What the page asked for by that name is not there, and nothing else went wrong.
  assert.ok(faults.every((fault) => fault.includes("404")), faults.join("\n"));
  await page.context().close();
});

test("who signs in sees the draft in the timeline as a working document, its map, and leaves it by signing out", async () => {
  const { page, faults } = await watchedPage(browser, server.origin);
  await planner(page);
  await page.click("#sign-in");
  await page.locator("#token").fill(token);
  await page.keyboard.press("Enter");
  await page.locator("main a").click();
  await page.waitForSelector("#sign-out");
  assert.deepEqual(await editions(page), ["2007", "2014", draft]);
  const step = page.locator(`#timeline [data-edition="${draft}"]`);
  assert.match(await step.textContent(), /Document de travail/);
  assert.match(await step.textContent(), /brouillon/);
  assert.match(await page.textContent("#account"), /lecture/);

  const tile = page.waitForResponse((response) => response.url().includes(`${draft}.tiers`) && response.url().includes(".mvt"));
  await step.click();
  assert.equal((await tile).headers()["cache-control"], "private, no-store");
  await page.waitForSelector("#quarter-list [data-code='soleil-bas']", { state: "attached" });
  assert.ok(await page.locator("#banner").isVisible());
  assert.deepEqual(await violationsOf(page), []);

  await page.click("#sign-out");
  await page.waitForSelector("#sign-in");
  assert.deepEqual(await editions(page), ["2007", "2014"]);
  assert.ok(faults.every((fault) => fault.includes("404")), faults.join("\n"));
  await page.context().close();
});
