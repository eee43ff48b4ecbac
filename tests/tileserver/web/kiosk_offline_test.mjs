// The kiosk without its server: what is shown is kept, what is written waits and is sent once.
// Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startedBrowser } from "./browser.mjs";
import { startedFront } from "./front.mjs";
import { begun, drawn, kioskAt, named, picture, said } from "./kiosk_visit.mjs";
import { startedServer } from "./server.mjs";

const { GEOPRIO_ORIGIN: running, GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas } = process.env;
let server;
let front;
let browser;

before(async () => {
  server = running ? { origin: running, end: async () => 0 } : await startedServer(executable, atlas);
  front = await startedFront(server.origin);
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  await front?.end();
  if (server) assert.equal(await server.end(), 0);
});

/** A kiosk with its worker; ready when all of the land is kept. */
async function keptKiosk(options = {}) {
  const { page, faults } = await kioskAt(browser, front, { worker: true, ...options });
  await page.waitForSelector("#operator[data-offline=ready]", { state: "attached", timeout: 120_000 });
  return { page, faults };
}

/** The answers at the middle of the map for a view that depends on nothing but the atlas. */
async function answersAround(page, name) {
  const answers = [];
  for (const moves of [[], ["west"], ["north", "north"], ["out", "out", "out"]]) {
    await begun(page);
    await named(page, name);
    for (const move of moves) await page.locator(`#map-buttons .${move}`).tap();
    await drawn(page);
    const before = await page.locator(".answer").elementHandle();
    await page.locator("#map-buttons .centre").tap();
    await page.waitForFunction((old) => !old.isConnected, before);
    answers.push(await page.getAttribute(".answer", "data-answer"), await said(page));
    await page.locator(".finish").tap();
  }
  return answers;
}

test("hours without the server, a restart of the browser's page and of the server leave the kiosk answering", async () => {
  const { page, faults } = await keptKiosk();
  const withServer = await answersAround(page, "Montreynaud");
  assert.deepEqual(faults, []);
  front.goAway();
  await page.reload();
  await page.waitForSelector(".start:not([disabled])");
  await picture(page, "kiosk-offline-attract");
  const incomplete = [];
  page.on("console", (message) => incomplete.push(message.text()));
  const without = await answersAround(page, "Montreynaud");
  // How far the limit is beyond the nearness that matters, only the server says.
  const exact = (answers) => answers.map((words) => words.replace(/ (La limite la plus proche est à|Le projet commence à)[^.]*\./, ""));
  assert.deepEqual(exact(without), exact(withServer));
  await begun(page);
  await drawn(page);
  assert.equal(await page.locator(".incomplete").isVisible(), false, "every tile that is asked for is kept");
  await picture(page, "kiosk-offline-map");
  await named(page, "montrey", "Montreynaud");
  assert.match(await said(page), /^Oui /);
  await page.locator(".finish").tap();
  front.comeBack();
  assert.deepEqual(await answersAround(page, "Montreynaud"), withServer);
  await page.context().close();
});

test("a name that only the server could find is said to be out of reach, not to be absent", async () => {
  const { page } = await keptKiosk();
  front.goAway();
  await begun(page);
  await page.locator("#written").fill("12 rue de la République");
  await page.waitForFunction(() => document.querySelector(".count").textContent !== "");
  assert.match(await page.textContent(".count"), /n’arrive pas à joindre le serveur/);
  front.comeBack();
  await page.context().close();
});

test("served without HTTPS to another machine, the kiosk tells its operator that it keeps nothing", async () => {
  const plain = await startedBrowser(process.env.GEOPRIO_WEB_WORK, ["--host-resolver-rules=MAP kiosk.test 127.0.0.1"]);
  const origin = server.origin.replace("127.0.0.1", "kiosk.test");
  const { page, faults } = await kioskAt(plain, { origin }, { worker: true });
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.waitForSelector("#operator[data-offline=off]");
  assert.match(await page.textContent("#operator"), /mode hors ligne est désactivé.*HTTPS/);
  await picture(page, "kiosk-insecure");
  assert.deepEqual(faults, []);
  await plain.close();
});
