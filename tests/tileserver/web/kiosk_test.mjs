// The kiosk in a browser: its answers, its wipe, its languages, by touch and by keyboard. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";

import { violationsOf } from "./accessibility.mjs";
import { begun, drawn, kioskAt, landscape, named, picture, portrait, said, touchMap } from "./kiosk_visit.mjs";
import { site } from "./site.mjs";

const { server, browser } = site;

const asked = async (path) => (await fetch(`${server.origin}/${path}`)).json();

/** Answers of `/locate` that the default atlas cannot be made to give, or not at a place that is known beforehand. */
const answering = (answer) => async (page) =>
  page.route("**/locate?*", (route) => {
    const { searchParams } = new URL(route.request().url());
    const [lon, lat] = ["lon", "lat"].map((name) => Number(searchParams.get(name)));
    return route.fulfill({ json: { lon, lat, edition: "2014", distance_m: null, tier: null, memberships: [], ...answer } });
  });

for (const [name, viewport] of Object.entries({ portrait, landscape }))
  test(`a resident finds out by name whether the quarter is concerned, ${name}`, async () => {
    const { page, faults } = await kioskAt(browser, server, { viewport });
    await picture(page, `kiosk-${name}-attract`);
    assert.deepEqual(await violationsOf(page), []);
    await begun(page);
    await picture(page, `kiosk-${name}-question`);
    assert.deepEqual(await violationsOf(page), []);
    await page.locator("#written").fill("mont");
    await page.waitForSelector(".found button");
    await picture(page, `kiosk-${name}-found`);
    assert.deepEqual(await violationsOf(page), []);
    await named(page, "Montreynaud");
    await drawn(page);
    await picture(page, `kiosk-${name}-yes`);
    assert.deepEqual(await violationsOf(page), []);
    const { tiers } = await asked("editions/2014");
    const quarter = await asked("editions/2014/quarters/montreynaud");
    const words = await said(page);
    assert.match(words, /^Oui /);
    assert.ok(words.includes(tiers.find((tier) => tier.code === quarter.tier).label));
    assert.match(words, /Document de travail/);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

test("a commune is answered for as a whole only where none of its land is concerned", async () => {
  // In the default atlas each commune has a quarter: here the last one's are taken away.
  const { features: communes } = await asked("collections/communes/items?limit=1000");
  const { code, name } = communes.at(-1).properties;
  const lacking = (path, is) => async (route) => {
    const { features, ...rest } = await asked(path);
    return route.fulfill({ json: { ...rest, features: features.filter(({ properties }) => !is(properties)) } });
  };
  const { page, faults } = await kioskAt(browser, server, {
    before: async (one) => {
      const [parts, quarters] = ["collections/2014.tiers_by_commune/items", "collections/2014.quarters/items"];
      await one.route(`**/${parts}?*`, lacking(`${parts}?limit=1000`, ({ commune }) => commune === code));
      await one.route(`**/${quarters}?*`, lacking(`${quarters}?limit=1000`, ({ communes: all }) => all.split(";").includes(code)));
    },
  });
  await begun(page);
  await named(page, name, `${name} commune`);
  assert.match(await said(page), /^Non Aucun quartier/);
  await picture(page, "kiosk-commune-none");
  await page.locator(".answer button", { hasText: "autre endroit" }).tap();
  await named(page, "Saint-Étienne", "Saint-Étienne commune");
  const words = await said(page);
  assert.doesNotMatch(words, /^(Oui|Non)/);
  assert.deepEqual(await violationsOf(page), []);
  await picture(page, "kiosk-commune-some");
  await page.locator(".found button", { hasText: "Montreynaud" }).tap();
  await page.waitForSelector("[data-answer=inside]");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("a place close to the limit is told so, with its distance, and so is one that nobody knows", async () => {
  for (const [answer, words, name] of [
    [{ answer: "near_limit", distance_m: 8.4 }, /Tout près de la limite .*8 mètres/, "near"],
    [{ answer: "unavailable" }, /On ne sait pas .*accueil/, "unavailable"],
    [{ answer: "outside", distance_m: 1234.5 }, /Non .*aucun quartier.*1,2 kilomètre/, "no"],
  ]) {
    const { page, faults } = await kioskAt(browser, server, { before: answering(answer) });
    await begun(page);
    await touchMap(page, 0.5, 0.3);
    await page.waitForSelector(".answer");
    assert.match(await said(page), words);
    await drawn(page);
    await picture(page, `kiosk-${name}`);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(faults, []);
    await page.context().close();
  }
});

test("an error is never turned into a yes or a no", async () => {
  for (const reply of [
    { status: 500, body: "oops" },
    { status: 200, body: "{" },
    { status: 200, json: { answer: "perhaps" } },
    { status: 200, json: { lon: 4, lat: 45, edition: "2014", answer: "near_limit", distance_m: null } },
    { status: 404, json: { status: 404, detail: "absent" } },
  ]) {
    const { page } = await kioskAt(browser, server, { before: (one) => one.route("**/locate?*", (route) => route.fulfill(reply)) });
    await begun(page);
    await touchMap(page, 0.5, 0.3);
    await page.waitForSelector(".answer");
    assert.match(await said(page), /^On ne sait pas /);
    await page.context().close();
  }
});

test("everything that is touched is at least 60 pixels wide and high, keys of the keyboard 44", async () => {
  for (const viewport of [portrait, landscape]) {
    const { page } = await kioskAt(browser, server, { viewport });
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("button, input, select, textarea, a[href]")]
          .filter((one) => one.checkVisibility() && getComputedStyle(one).visibility === "visible")
          .map((one) => ({ box: one.getBoundingClientRect(), least: one.closest(".keyboard") ? 44 : 60, text: one.textContent }))
          .filter(({ box, least }) => box.width < least || box.height < least)
          .map(({ box, text }) => `${text}: ${box.width} × ${box.height}`),
      );
    assert.deepEqual(await small(), []);
    await begun(page);
    assert.deepEqual(await small(), []);
    await named(page, "Montreynaud");
    assert.deepEqual(await small(), []);
    await page.context().close();
  }
});

test("no gesture is needed: buttons enlarge, reduce, move and show all", async () => {
  const { page, faults } = await kioskAt(browser, server);
  await begun(page);
  let last = await page.locator("#map canvas").screenshot();
  for (const kind of ["in", "west", "north", "out", "east", "south", "whole"]) {
    await page.locator(`#map-buttons .${kind}`).tap();
    await drawn(page);
    const now = await page.locator("#map canvas").screenshot();
    assert.notDeepEqual(now, last, `${kind} changes the map`);
    last = now;
  }
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("what is longer than the screen is reached by buttons", async () => {
  for (const viewport of [portrait, landscape]) {
    const { page } = await kioskAt(browser, server, { viewport });
    await begun(page);
    assert.equal(await page.locator(".scroll").isVisible(), false, "a question fits");
    await named(page, "Saint-Étienne", "Saint-Étienne commune");
    await picture(page, `kiosk-${viewport === portrait ? "portrait" : "landscape"}-commune`);
    const last = page.locator(".answer button").last();
    const seen = () => last.evaluate((one) => one.getBoundingClientRect().bottom <= document.querySelector("#panel").getBoundingClientRect().bottom);
    for (let touches = 0; touches < 5 && !(await seen()); ++touches) await page.locator(".scroll button").last().tap();
    assert.ok(await seen());
    await page.context().close();
  }
});

test("what the keys on the screen write is what is asked", async () => {
  const { page, faults } = await kioskAt(browser, server);
  await begun(page);
  const key = (name) => page.locator(".keyboard").getByRole("button", { name, exact: true }).tap();
  await page.locator("#written").tap();
  for (const name of ["Majuscule", "M", "o", "m", "⌫ Effacer", "n", "t", "Espace"]) await key(name);
  assert.equal(await page.inputValue("#written"), "Mont ");
  assert.equal(await page.evaluate(() => document.activeElement.id), "written", "the text keeps the focus");
  await page.waitForSelector(".found button");
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("the keyboard alone goes from the start to an answer and to its end, the focus always seen", async () => {
  const { page, faults } = await kioskAt(browser, server, { before: answering({ answer: "outside" }) });
  /** Tabs until the element with that selector has the focus. */
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 40; ++presses) {
      await page.keyboard.press("Tab");
      const [found, ring] = await page.evaluate((wanted) => {
        const { activeElement: one } = document;
        return [one.matches(wanted), one === document.body || getComputedStyle(one).outlineStyle !== "none"];
      }, selector);
      assert.ok(ring, "the focus is seen");
      if (found) return;
    }
    assert.fail(`${selector} is not reached`);
  };
  await tabTo(".start");
  await page.keyboard.press("Enter");
  await tabTo("#written");
  await page.keyboard.type("montreynaud");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest(".found") !== null);
  await picture(page, "kiosk-keyboard");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-answer=inside]");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the answer is where reading goes on");
  await tabTo(".answer button.strong");
  await page.keyboard.press("Enter");
  await tabTo(".keyboard button");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue("#written"), "a");
  await tabTo(".maplibregl-canvas");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-answer=outside]");
  await tabTo("#map-buttons .in");
  await tabTo(".finish");
  await page.keyboard.press("Enter");
  await page.waitForSelector("body[data-screen=attract]");
  assert.deepEqual(faults, []);
  await page.context().close();
});
