// What a resident writes at the kiosk reaches the store once, whatever becomes of the server meanwhile.
// Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { startedBrowser } from "./browser.mjs";
import { consultedServer } from "./consulted_server.mjs";
import { startedFront } from "./front.mjs";
import { begun, kioskAt, landscape, named, picture, portrait, said } from "./kiosk_visit.mjs";

let server;
let front;
let browser;

before(async () => {
  server = await consultedServer();
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
});

beforeEach(async () => {
  front = await startedFront(server.origin);
});

afterEach(() => front.end());

async function formOpened(page) {
  await begun(page);
  await named(page, "Montreynaud");
  await page.locator(".answer button", { hasText: "Donner mon avis" }).tap();
  await page.waitForSelector(".contribute");
}

async function written(page, text) {
  await page.getByLabel("cadre de vie").check();
  await page.locator("#remark").fill(text);
  await page.locator(".contribution button[type=submit]").tap();
}

const stored = async (text) => (await server.inState("pending")).filter((one) => one.properties.text === text);

test("a remark is handed in with its theme and quarter, and nothing says who wrote it", async () => {
  const { page, faults } = await kioskAt(browser, front);
  await formOpened(page);
  for (const [name, viewport] of Object.entries({ portrait, landscape })) {
    await page.setViewportSize(viewport);
    await picture(page, `kiosk-${name}-contribution`);
    assert.deepEqual(await violationsOf(page), []);
  }
  const words = await said(page);
  assert.match(words, /Ni nom, ni adresse ne sont gardés/);
  assert.match(words, /365 jours/);
  await page.locator(".contribution button[type=submit]").tap();
  assert.match(await page.textContent(".problem"), /sujet/);
  await written(page, "Il manque un banc près de l’école.");
  await page.waitForSelector(".thanks[data-state=sent]");
  await picture(page, "kiosk-thanks");
  assert.deepEqual(await violationsOf(page), []);
  const [one, ...more] = await stored("Il manque un banc près de l’école.");
  assert.equal(more.length, 0);
  const { theme, quarter, edition, language } = one.properties;
  assert.deepEqual({ theme, quarter, edition, language }, { theme: "cadre de vie", quarter: "montreynaud", edition: "2014", language: "fr" });
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("written while the server is away it waits, outlives the wipe and the page, and is stored once though answers are lost", async () => {
  const text = "Le bus ne passe plus le soir.";
  const { page } = await kioskAt(browser, front, { worker: true });
  await page.waitForSelector("#operator[data-offline=ready]", { state: "attached", timeout: 120_000 });
  await formOpened(page);
  front.goAway();
  await written(page, text);
  await page.waitForSelector(".thanks[data-state=waiting]");
  await picture(page, "kiosk-thanks-waiting");
  await page.locator(".finish").tap();
  await page.waitForSelector("#operator[data-waiting='1']");
  await page.reload();
  await page.waitForSelector("#operator[data-waiting='1']");
  await picture(page, "kiosk-waiting-count");
  assert.ok(!(await page.content()).includes(text));
  front.comeBack();
  front.loseAnswers(2);
  await page.waitForFunction(() => {
    window.dispatchEvent(new Event("online"));
    return document.querySelector("#operator").dataset.waiting === "0";
  }, undefined, { polling: 500, timeout: 60_000 });
  assert.equal((await stored(text)).length, 1);
  assert.ok(front.posts.length >= 3, "two answers were lost");
  assert.equal(new Set(front.posts).size, 1, "every try bears the same key");
  await page.context().close();
});

test("of the outbox a page learns how many wait, and its scripts know no database", async () => {
  const text = "Secret de celui qui l’a écrit.";
  const { page } = await kioskAt(browser, front, { worker: true });
  await page.waitForSelector("#operator[data-offline=ready]", { state: "attached", timeout: 120_000 });
  await formOpened(page);
  front.goAway();
  await written(page, text);
  await page.waitForSelector(".thanks[data-state=waiting]");
  const replies = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const ask = (request) =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(JSON.stringify(data));
        active.postMessage(request, [port2]);
      });
    return Promise.all([ask({ kind: "send" }), ask({ kind: "keep", fingerprint: "", addresses: [] })]);
  });
  assert.deepEqual(replies, ['{"waiting":1}', '{"kept":true}']);
  front.comeBack();
  const scripts = new Set(["kiosk.js", "moderation.js", "summary.js"]);
  for (const script of scripts) {
    const source = await (await fetch(`${server.origin}/assets/${script}`)).text();
    assert.ok(!/indexedDB/.test(source), script);
    for (const [, chunk] of source.matchAll(/"\.\/(shared-\w+\.js)"/g)) scripts.add(chunk);
  }
  await page.context().close();
});

test("what the server will never take comes back to its author, and does not wait", async () => {
  const { page } = await kioskAt(browser, front, { worker: true });
  await formOpened(page);
  await page.evaluate(() => (document.querySelector("input[name=theme]").value = "no such theme"));
  await page.locator("input[name=theme]").first().check();
  await page.locator("#remark").fill("Un avis.");
  await page.locator(".contribution button[type=submit]").tap();
  await page.waitForFunction(() => document.querySelector(".problem").textContent !== "");
  assert.match(await page.textContent(".problem"), /n’a pas pris cet avis/);
  assert.equal(await page.inputValue("#remark"), "Un avis.", "the text is still there");
  await page.locator(".finish").tap();
  assert.equal(await page.getAttribute("#operator", "data-waiting"), "0");
  await page.context().close();
});

test("an entry that waited for 30 days goes unsent", async () => {
  const text = "Trop vieux.";
  const { page } = await kioskAt(browser, front, { worker: true });
  await page.waitForSelector("#operator[data-offline=ready]", { state: "attached", timeout: 120_000 });
  await formOpened(page);
  front.goAway();
  await written(page, text);
  await page.waitForSelector(".thanks[data-state=waiting]");
  // No script of ours can: the test makes the entry a day too old.
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open("geoprio-outbox");
        open.onerror = reject;
        open.onsuccess = () => {
          const entries = open.result.transaction("entries", "readwrite").objectStore("entries");
          entries.getAll().onsuccess = ({ target }) => {
            for (const entry of target.result) entries.put({ ...entry, since: entry.since - 31 * 86_400_000 });
          };
          entries.transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
  );
  front.comeBack();
  await page.locator(".finish").tap();
  await page.waitForFunction(() => {
    window.dispatchEvent(new Event("online"));
    return document.querySelector("#operator").dataset.waiting === "0";
  }, undefined, { polling: 500, timeout: 60_000 });
  assert.equal((await stored(text)).length, 0);
  await page.context().close();
});

test("without a worker the same try bears the same key, and the visitor is told what is not sent", async () => {
  const text = "Plus d’arbres.";
  const { page } = await kioskAt(browser, front);
  await formOpened(page);
  // Chromium itself tries again where a connection that it had before ends: until nobody is there.
  front.loseAnswers(1, true);
  await written(page, text);
  await page.waitForFunction(() => document.querySelector(".problem").textContent !== "");
  assert.match(await page.textContent(".problem"), /n’a pas pu être envoyé/);
  front.comeBack();
  await page.locator(".contribution button[type=submit]").tap();
  await page.waitForSelector(".thanks[data-state=sent]");
  assert.equal(new Set(front.posts).size, 1);
  assert.ok(front.posts.length >= 2);
  assert.equal((await stored(text)).length, 1);
  await page.context().close();
});
