// The moderators' page: sign in, read, publish, reject, undo, export. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { startedBrowser, watchedPage } from "./browser.mjs";
import { consultedServer } from "./consulted_server.mjs";
import { picture } from "./kiosk_visit.mjs";

let server;
let browser;

before(async () => {
  server = await consultedServer();
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
});

async function signInShown() {
  const { page, faults } = await watchedPage(browser, server.origin);
  await page.goto(`${server.origin}/moderation`);
  await page.waitForSelector("#token");
  return { page, faults };
}

async function signedIn() {
  const { page, faults } = await signInShown();
  await page.locator("#token").fill(server.tokens.moderator);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".tabs");
  return { page, faults };
}

const card = (page, id) => page.locator(`.card[data-id="${id}"]`);

test("a stranger sees the form for a token and nothing else, and no page may frame it", async () => {
  await server.contribute({ text: "À lire par un modérateur d’abord." });
  const { page, faults } = await signInShown();
  assert.equal(await page.locator("form, article, nav, a").count(), 1);
  assert.ok(!(await page.content()).includes("À lire par un modérateur"));
  await picture(page, "moderation-sign-in");
  assert.deepEqual(await violationsOf(page), []);
  const policy = (await fetch(`${server.origin}/moderation`)).headers.get("Content-Security-Policy");
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline/);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("a wrong token is told so, and one that may only read too", async () => {
  const { page } = await signInShown();
  await page.locator("#token").fill("nothing-like-it");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".problem").textContent !== "");
  assert.match(await page.textContent(".problem"), /n’est pas reconnu/);
  assert.deepEqual(await violationsOf(page), []);
  await page.locator("#token").fill(server.tokens.viewer);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /moderator/.test(document.querySelector(".problem").textContent));
  await page.context().close();
});

test("a contribution is published, taken back, and rejected with a reason; each step is written down", async () => {
  const id = await server.contribute({ text: "Un arrêt de bus devant le collège." });
  const { page, faults } = await signedIn();
  await card(page, id).waitFor();
  await picture(page, "moderation-queue");
  assert.deepEqual(await violationsOf(page), []);
  assert.match(await card(page, id).textContent(), /habitat — Montreynaud/);
  assert.match(await card(page, id).textContent(), /Effacée le/);

  await card(page, id).locator(".publish").click();
  await page.waitForSelector(`.card[data-id="${id}"][data-state=published]`);
  assert.match(await page.textContent("#announcement"), /publiée/);
  const published = async () =>
    (await (await fetch(`${server.origin}/contributions`)).json()).features.map((one) => one.properties.id);
  assert.deepEqual(await published(), [id]);

  await card(page, id).locator(".undo").click();
  await page.waitForSelector(`.card[data-id="${id}"][data-state=pending]`);
  assert.deepEqual(await published(), []);

  await card(page, id).locator(".reject").click();
  await page.keyboard.press("Enter");
  assert.match(await card(page, id).locator(".problem").textContent(), /pourquoi/);
  assert.deepEqual(await violationsOf(page), []);
  await page.keyboard.type("Hors sujet");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.card[data-id="${id}"][data-state=rejected]`);
  await card(page, id).locator("summary").click();
  const history = await card(page, id).locator("ol li").allTextContents();
  assert.equal(history.length, 3);
  for (const [place, words] of [/publiée/, /en attente/, /rejetée par Essai — Hors sujet/].entries()) assert.match(history[place], words);
  await picture(page, "moderation-history");

  await page.locator(".tabs [data-state=rejected]").click();
  await card(page, id).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("what a resident writes is text, whatever it looks like", async () => {
  const text = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  const id = await server.contribute({ text });
  const { page, faults } = await signedIn();
  await card(page, id).waitFor();
  assert.equal(await card(page, id).locator(".words").textContent(), text);
  assert.equal(await page.locator(".card img, .card script").count(), 0);
  assert.notEqual(await page.title(), "owned");
  await server.judge(id, "rejected", text);
  await page.locator(".tabs [data-state=rejected]").click();
  await card(page, id).waitFor();
  assert.ok((await card(page, id).locator(".why").textContent()).includes(text));
  assert.equal(await page.locator(".card img, .card script").count(), 0);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("what is shown can be taken away as CSV and GeoJSON", async () => {
  const id = await server.contribute({ text: "Pour l’export." });
  const { page } = await signedIn();
  for (const [name, type, file] of [["CSV", /text\/csv/, "pending.csv"], ["GeoJSON", /geo\+json/, "pending.geojson"]]) {
    const link = page.locator(".exports a", { hasText: name });
    assert.equal(await link.getAttribute("download"), file);
    const [contentType, body] = await page.evaluate(async (address) => {
      const answer = await fetch(address);
      return [answer.headers.get("Content-Type"), await answer.text()];
    }, await link.getAttribute("href"));
    assert.match(contentType, type);
    assert.ok(body.includes(id));
    assert.ok(body.includes("Pour l’export."));
  }
  await page.context().close();
});

test("the session is a cookie that no script reads, and it ends with a button", async () => {
  const { page, faults } = await signedIn();
  assert.equal(await page.evaluate(() => document.cookie), "");
  const cookies = await page.context().cookies();
  assert.ok(cookies.some((cookie) => cookie.httpOnly && cookie.sameSite === "Strict"));
  await page.reload();
  await page.waitForSelector(".tabs");
  await page.locator(".sign-out").click();
  await page.waitForSelector("#token");
  assert.match(await page.textContent(".problem"), /déconnecté/);
  await page.reload();
  await page.waitForSelector("#token");
  assert.equal((await page.context().cookies()).length, 0);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("keys alone publish what is first in the queue", async () => {
  await server.contribute({ text: "Au clavier." });
  const { page, faults } = await signedIn();
  for (let presses = 0; presses < 40; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".publish"))) break;
  }
  await picture(page, "moderation-focus");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".card[data-state=published]");
  assert.equal(await page.evaluate(() => document.activeElement.matches(".card[data-state=published]")), true);
  assert.deepEqual(faults, []);
  await page.context().close();
});
