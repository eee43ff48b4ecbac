// The planner map in a browser: drawn, clicked, filtered, read, and used without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, coloursAround, drawn, ended, hasFill, opened, parameter, picture, placeOf, textOf } from "./planner_page.mjs";

const row = "#quarter-list [data-code]";
const grouped = (number) => new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0 }).format(number).replace(/\s/g, " ");
/** As planner.css has it: what a filter leaves of a tier where nothing is drawn. */
const fillOf = async (tier) => (await asked("editions/2014")).tiers.find(({ code }) => code === tier).fill;

test("a quarter is drawn in its tier's colour, and a click opens its sheet", async () => {
  const visit = await opened();
  const { page } = visit;
  await picture(page, "map-1366");
  assert.equal(await page.textContent("#notices"), "");
  const place = await placeOf(page, "montreynaud");
  assert.ok(hasFill(await coloursAround(page, place, 12), await fillOf("priority_1")), "no pixel of Montreynaud in its fill");
  await page.mouse.click(place.x, place.y);
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  await drawn(page);
  await picture(page, "quarter-1366");
  await ended(visit);
});

test("a tier with a pattern is drawn with it: its motif has another colour than its fill", async () => {
  const visit = await opened("?view=14.00/45.41500/4.39500");
  const { page } = visit;
  const colours = await coloursAround(page, await placeOf(page, "solaure"), 40);
  assert.ok(hasFill(colours, "#D55E00"), "the fill of social_development");
  // The motif over it is nearly white: 85 % of the way from the fill.
  assert.ok(colours.some(([red, green, blue]) => red > 235 && green > 215 && blue > 205), "no stripe on Solaure");
  await picture(page, "patterns");
  await ended(visit);
});

test("the legend says quarters, people and area of every tier as the collection does", async () => {
  const visit = await opened();
  const { page } = visit;
  const { features } = await asked("collections/2014.tiers/items?limit=100");
  const legend = await textOf(page, "#legend");
  for (const { properties } of features) {
    assert.ok(legend.includes(properties.label), properties.label);
    assert.ok(legend.includes(`${grouped(properties.population)} habitants`), `${properties.population} in ${legend}`);
  }
  const counts = features.reduce((sum, { properties }) => sum + properties.quarter_count, 0);
  assert.equal(await page.locator(row).count(), counts);
  await ended(visit);
});

test("in English the tiers are called as the rules call them in English, on the legend, the sheet and the table", async () => {
  const visit = await opened("?lang=en&quarter=solaure");
  const { page } = visit;
  await page.waitForSelector("#quarter:not([hidden])");
  const { tiers } = await asked("editions/2014");
  const legend = await textOf(page, "#legend");
  for (const { label, label_en: english } of tiers) {
    assert.ok(legend.includes(english), english);
    assert.ok(!legend.includes(label), label);
  }
  const { tier } = await asked("editions/2014/quarters/solaure");
  assert.equal(await textOf(page, "#quarter-tier"), tiers.find(({ code }) => code === tier).label_en);
  assert.match(await textOf(page, "tr[data-row=montreynaud]"), /P1 \(Priority 1:/);
  await picture(page, "map-english");
  await ended(visit);
});

test("a tier that is left out goes from the map, the table and the sums, and comes back", async () => {
  const visit = await opened();
  const { page } = visit;
  const place = await placeOf(page, "montreynaud");
  await page.uncheck("#tier-priority_1");
  await page.waitForFunction(() => document.querySelectorAll("#quarter-list [data-code=montreynaud]").length === 0);
  await drawn(page);
  await page.mouse.move(5, 300);
  assert.ok(!hasFill(await coloursAround(page, place, 12), await fillOf("priority_1")), "Montreynaud is still drawn");
  const others = (await asked("collections/2014.quarters/items?limit=1000&filter=tier%3C%3E'priority_1'")).features;
  assert.equal(await page.locator(row).count(), others.length);
  assert.match(await textOf(page, "#legend-total"), new RegExp(`^Montrés : ${others.length} quartiers`));
  assert.ok(!parameter(page, "tiers").includes("priority_1"));
  await picture(page, "filtered-tier");
  await page.mouse.click(place.x, place.y);
  assert.ok(await page.isHidden("#quarter"), "a quarter that is left out is not chosen by a click");
  await page.goBack();
  await page.waitForSelector("#quarter-list [data-code=montreynaud]");
  assert.equal(parameter(page, "tiers"), null);
  assert.ok(await page.isChecked("#tier-priority_1"));
  await ended(visit);
});

test("one commune alone: the map, the table and the legend show its part of the tiers", async () => {
  const visit = await opened("?commune=42207");
  const { page } = visit;
  const { features } = await asked("collections/2014.tiers_by_commune/items?limit=100&commune=42207");
  assert.ok(features.length > 0, "Saint-Chamond has quarters");
  const legend = await textOf(page, "#legend");
  for (const { properties } of features)
    assert.ok(legend.includes(`${grouped(properties.population)} habitants`), `${properties.population} in ${legend}`);
  const quarters = (await asked("collections/2014.quarters/items?limit=1000")).features;
  const codes = quarters.filter(({ properties }) => properties.communes.split(";").includes("42207")).map(({ id }) => id);
  assert.deepEqual((await page.locator(row).evaluateAll((all) => all.map((one) => one.dataset.code))).sort(), codes.sort());
  assert.equal(await page.inputValue("#commune"), "42207");
  const elsewhere = await coloursAround(page, await placeOf(page, "montreynaud"), 12);
  assert.ok(!hasFill(elsewhere, await fillOf("priority_1")), "another commune's quarter is drawn");
  await picture(page, "one-commune");
  await page.click("#show-all");
  await page.waitForFunction((all) => document.querySelectorAll("#quarter-list [data-code]").length === all, quarters.length);
  assert.equal(await page.evaluate(() => document.activeElement.id), "commune", "the focus stays in the legend");
  await ended(visit);
});

test("the editions stand in time's order with their stage, and are chosen by the keyboard", async () => {
  const visit = await opened();
  const { page } = visit;
  const { editions } = await asked("editions");
  const steps = await page.locator("#timeline li").allTextContents();
  assert.equal(steps.length, editions.length);
  assert.match(steps[0], /2007.*remplacée/s);
  assert.match(steps[1], /2015.*en consultation.*Document de travail/s);
  assert.doesNotMatch(steps[0], /Document de travail/);
  await page.locator("#timeline [data-edition='2007']").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#timeline [data-edition='2007'][aria-current='true']");
  await drawn(page);
  assert.equal(parameter(page, "edition"), "2007");
  assert.ok(await page.isHidden("#banner"), "an edition that was in force is no working document");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.edition), "2007", "the focus stays on the step");
  await picture(page, "edition-2007");
  await page.goBack();
  await page.waitForSelector("#banner:not([hidden])");
  assert.match(await page.textContent("#banner"), /Document de travail/);
  await ended(visit);
});

test("everything is reached by the keyboard, and the focus comes back", async () => {
  const visit = await opened();
  const { page } = visit;
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 20; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.dataset.code !== undefined)) break;
  }
  await page.keyboard.press("ArrowDown");
  const code = await page.evaluate(() => document.activeElement.dataset.code);
  assert.ok(code, "an arrow goes from quarter to quarter");
  await picture(page, "keyboard-focus");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.evaluate(() => document.activeElement.id), "quarter-title");
  assert.equal(parameter(page, "quarter"), code);
  assert.match(await page.textContent("#announcement"), /La fiche est ouverte/);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#quarter", { state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.code), code);
  await ended(visit);
});

test("Tab alone passes every control of the page, and each one shows that it has the focus", async () => {
  const visit = await opened();
  const { page } = visit;
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")].filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled,
    ).length,
  );
  const seen = new Set();
  for (let presses = 0; presses < wanted + 20; ++presses) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const one = document.activeElement;
      if (one === document.body) return null;
      window.order ??= [];
      if (!window.order.includes(one)) window.order.push(one);
      const style = getComputedStyle(one);
      return { number: window.order.indexOf(one), name: one.outerHTML.slice(0, 80), outline: style.outlineStyle, width: style.outlineWidth };
    });
    if (here === null) continue;
    assert.ok(here.outline !== "none" && here.width !== "0px", `no outline on ${here.name}`);
    seen.add(here.number);
  }
  assert.ok(seen.size >= wanted, `${seen.size} of ${wanted} controls reached`);
  await ended(visit);
});

test("Enter on the map opens the quarter at its centre", async () => {
  const visit = await opened();
  const { page } = visit;
  await page.click("#quarter-list [data-code=montreynaud]");
  await page.waitForSelector("#quarter:not([hidden])");
  // Zoomed to the quarter's box: its middle lies in it.
  await page.waitForFunction(() => Number(new URL(location.href).searchParams.get("view")?.split("/")[0]) > 13);
  await drawn(page);
  await page.focus("#quarter-title");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#quarter", { state: "hidden" });
  await drawn(page);
  await page.locator("#map canvas.maplibregl-canvas").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  await ended(visit);
});

test("an address with an edition, a quarter and a view shows them, and going back works", async () => {
  const visit = await opened("?edition=2014&quarter=solaure&view=14.00/45.41500/4.39500");
  const { page } = visit;
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(parameter(page, "view"), "14.00/45.41500/4.39500");
  await picture(page, "adopted-tier");
  await page.click("#quarter-list [data-code=montreynaud]");
  await page.waitForFunction(() => document.querySelector("#quarter-title")?.textContent === "Montreynaud");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#quarter-title")?.textContent === "Solaure");
  assert.equal(parameter(page, "quarter"), "solaure");
  await ended(visit);
});

test("an edition and a quarter that do not exist are told in words, and the page shows what there is", async () => {
  const { page } = await opened("?quarter=nowhere");
  await page.waitForSelector("#notices .notice");
  assert.match(await page.textContent("#notices"), /« nowhere » n’existe pas/);
  await page.context().close();
});

test("the page speaks English to who prefers it", async () => {
  const visit = await opened("", { locale: "en-GB" });
  const { page } = visit;
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await page.textContent("#banner"), /Working document/);
  assert.doesNotMatch(await page.innerText("body"), /undefined|quartiers? ·/);
  await picture(page, "english");
  await ended(visit);
});

test("on a phone nothing is wider than the screen", async () => {
  const visit = await opened("", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true });
  const { page } = visit;
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await wide(), 0);
  await picture(page, "phone");
  await page.locator(row).first().scrollIntoViewIfNeeded();
  await picture(page, "phone-table");
  await page.locator(row).first().click();
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await wide(), 0);
  await picture(page, "phone-quarter");
  await ended(visit);
});

test("a server that is gone is told in words, with a way to try again", async () => {
  const { page } = await opened();
  await page.context().setOffline(true);
  await page.click("#quarter-list [data-code=montreynaud]");
  await page.waitForSelector("#notices .notice button");
  assert.match(await page.textContent("#notices"), /Le serveur ne répond pas/);
  await picture(page, "server-gone");
  await page.context().setOffline(false);
  await page.click("#notices button");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.locator("#notices .notice button").count(), 0);
  await page.context().close();
});
