// A visit of the kiosk ends and leaves nothing; its languages; its voice. Time is Playwright's clock: nobody waits.
// Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { begun, drawn, kioskAt, named, picture, said } from "./kiosk_visit.mjs";
import { site } from "./site.mjs";

const { server, browser } = site;

/** The landing document says 60 s without a touch and 20 s of warning unless the atlas file says otherwise. */
const idle = 60;
const warning = 20;

/** A kiosk whose clock the test moves, in the midst of a visit in English. */
async function visited() {
  const { page, faults } = await kioskAt(browser, server, { before: (one) => one.clock.install() });
  await begun(page, "English");
  await named(page, "Montreynaud");
  await page.waitForSelector("[data-answer=inside]");
  return { page, faults };
}

test("after a minute without a touch a warning counts down 20 seconds, and then the attract screen is there", async () => {
  const { page, faults } = await visited();
  await page.clock.runFor((idle - 2) * 1000);
  assert.equal(await page.locator("#warning").isVisible(), false);
  await page.clock.runFor(3000);
  assert.equal(await page.locator("#warning").isVisible(), true);
  const seconds = Number((await page.textContent("#warning-left")).match(/\d+/)[0]);
  assert.ok(seconds >= warning - 2 && seconds <= warning, `${seconds} s are left`);
  await picture(page, "kiosk-warning");
  assert.deepEqual(await violationsOf(page), []);
  await page.clock.runFor(10_000);
  const left = Number((await page.textContent("#warning-left")).match(/\d+/)[0]);
  // The clock goes on by itself as well while the test looks.
  assert.ok(left <= seconds - 10 && left >= seconds - 15, `${seconds} s, then ${left}`);
  await page.clock.runFor((left + 1) * 1000);
  await page.waitForSelector("body[data-screen=attract]");
  assert.equal(await page.locator("#warning").isVisible(), false);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("whoever goes on, by touch or by key, keeps what was there and has the whole time again", async () => {
  const { page, faults } = await visited();
  const beside = () => page.touchscreen.tap(20, 20);
  for (const goOn of [() => page.locator("#warning button").tap(), beside, () => page.keyboard.press("Enter"), () => page.keyboard.press("Escape")]) {
    await page.clock.runFor((idle + 5) * 1000);
    assert.equal(await page.evaluate(() => document.activeElement.closest("#warning") !== null), true);
    await goOn();
    assert.equal(await page.locator("#warning").isVisible(), false);
    assert.match(await said(page), /^Yes .*Montreynaud/);
    await page.clock.runFor((idle - 2) * 1000);
    assert.equal(await page.locator("#warning").isVisible(), false);
    await page.keyboard.press("Shift");
  }
  assert.deepEqual(faults, []);
  await page.context().close();
});

/** What a next visitor could find of the one before. */
async function traces(page) {
  const stored = await page.evaluate(() => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    language: document.documentElement.lang,
    values: [...document.querySelectorAll("input, textarea")].map((field) => field.value).join(""),
    markers: document.querySelectorAll(".pin").length,
    entries: history.length,
  }));
  return { ...stored, words: await page.locator("body").innerText(), address: page.url() };
}

test("everything of a visit is wiped: what is stored, the language, the view, and what was written", async () => {
  const { page, faults } = await kioskAt(browser, server, { before: (one) => one.clock.install() });
  const fresh = await traces(page);
  await begun(page);
  const map = () => page.locator("#map canvas").screenshot();
  const freshMap = await map();
  await page.evaluate(() => {
    localStorage.setItem("left", "1");
    sessionStorage.setItem("left", "1");
    document.cookie = "left=1";
  });
  await page.locator(".languages button", { hasText: "English" }).tap();
  await page.locator("#map-buttons .in").tap();
  await named(page, "Montreynaud");
  await page.clock.runFor((idle + warning + 2) * 1000);
  await page.waitForSelector("body[data-screen=attract]");
  assert.deepEqual(await traces(page), fresh);
  await begun(page);
  assert.equal(await page.inputValue("#written"), "");
  await drawn(page);
  assert.deepEqual(await map(), freshMap, "the view is a new visitor's");
  await page.locator(".finish").tap();
  await page.waitForSelector("body[data-screen=attract]");
  assert.deepEqual(await traces(page), fresh, "and so it is when the visitor says to finish");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("the three languages say all there is, each in its own words, and change without losing the answer", async () => {
  const { page, faults } = await kioskAt(browser, server);
  await begun(page, "English");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await named(page, "Montreynaud");
  const english = await said(page);
  await picture(page, "kiosk-english");
  await page.locator(".languages button", { hasText: "Facile à lire" }).tap();
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  const simple = await said(page);
  await picture(page, "kiosk-simple");
  assert.deepEqual(await violationsOf(page), []);
  await page.locator(".languages button", { hasText: "Français" }).tap();
  const french = await said(page);
  assert.equal(new Set([english, simple, french]).size, 3);
  for (const words of [english, simple, french]) assert.match(words, /Montreynaud/);
  const { tiers } = await (await fetch(`${server.origin}/editions/2014`)).json();
  const tier = tiers.find(({ code }) => code === "priority_1");
  for (const [words, label] of [[english, tier.label_en], [simple, tier.label_falc], [french, tier.label]])
    assert.ok(label && words.includes(label), `${label} in ${words}`);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("simple French has sentences of at most 15 words", () => {
  // Inclusion Europe, "Information for all", 2009: short sentences; the French FALC charter counts 15 words.
  const source = readFileSync(new URL("../../../tileserver/web/i18n/kiosk_falc.ts", import.meta.url), "utf8");
  const texts = [...source.matchAll(/[:>]\s*[`"]([^`"]+)[`"]/g)].map((match) => match[1]);
  assert.ok(texts.length > 30);
  for (const text of texts)
    for (const sentence of text.split(/[.?!]/)) assert.ok(sentence.trim().split(/\s+/).length <= 15, sentence);
});

/** A voice of the machine and one of some service, and what they were given to say. */
const speaking = (voices) => async (page) =>
  page.addInitScript((given) => {
    globalThis.spoken = [];
    const synthesis = Object.assign(new EventTarget(), {
      speaking: false,
      getVoices: () => given,
      speak(one) {
        globalThis.spoken.push({ text: one.text, lang: one.lang });
        this.speaking = true;
      },
      cancel() {
        this.speaking = false;
      },
    });
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    globalThis.SpeechSynthesisUtterance = class extends EventTarget {
      constructor(text) {
        super();
        this.text = text;
      }
    };
  }, voices);

test("an answer is read aloud in the visitor's language, by a voice of the machine", async () => {
  const voices = [{ lang: "fr-FR", localService: true }, { lang: "en-GB", localService: true }];
  const { page, faults } = await kioskAt(browser, server, { before: speaking(voices) });
  await begun(page, "English");
  await named(page, "Montreynaud");
  await page.locator(".listen").tap();
  const [first] = await page.evaluate(() => globalThis.spoken);
  assert.equal(first.lang, "en-GB");
  assert.match(first.text, /^Yes\. The neighbourhood Montreynaud is concerned\./);
  assert.equal(await page.getAttribute(".listen", "aria-pressed"), "true");
  await page.locator(".finish").tap();
  assert.equal(await page.evaluate(() => speechSynthesis.speaking), false, "nothing is read to an empty hall");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("what is read is never told to a voice of some service", async () => {
  const { page } = await kioskAt(browser, server, { before: speaking([{ lang: "fr-FR", localService: false }]) });
  await begun(page);
  assert.equal(await page.locator(".listen").isVisible(), false);
  await page.context().close();
});
