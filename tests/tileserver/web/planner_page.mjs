// The planner's page for its tests: opened on the real server, waited for, looked at.
// GEOPRIO_SCREENSHOTS says where pictures go; the rest of the environment is site.mjs'.
import assert from "node:assert/strict";

import { watchedPage } from "./browser.mjs";
import { drawn, screenPlace } from "./page_pixels.mjs";
import { site } from "./site.mjs";

export { coloursAround, drawn, hasFill, parameter, picture, screenPlace, screenshots } from "./page_pixels.mjs";
export { site } from "./site.mjs";

/** Opens the page and waits until the map has drawn all that it asked for and the panels are there. `prepare` is told
 * of the page before it is opened. */
export async function opened(query = "", { prepare, ...options } = {}) {
  const { page, faults } = await watchedPage(site.browser, site.server.origin, options);
  await prepare?.(page);
  await page.goto(`${site.server.origin}/${query}`, { waitUntil: "load" });
  await drawn(page);
  await page.waitForSelector("#quarter-list [data-code]", { state: "attached" });
  return { page, faults };
}

/** Nothing that must not happen has happened on the page; it is closed. */
export async function ended({ page, faults }) {
  assert.deepEqual(faults, []);
  await page.context().close();
}

export async function asked(path) {
  return (await fetch(`${site.server.origin}/${path}`)).json();
}

/** The landing document as a server with more in its atlas file would have it. */
export function withLanding(more) {
  return (page) =>
    page.route(`${site.server.origin}/?f=json`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...more } });
    });
}

/** Text with every kind of blank as a plain one. */
export async function textOf(page, selector) {
  return (await page.textContent(selector)).replace(/\s+/g, " ").trim();
}

/** Where on the screen the quarter's label point is. */
export async function placeOf(page, code, edition = "2014") {
  const { features } = await asked(`collections/${edition}.labels/items?limit=1000`);
  return screenPlace(page, features.find((feature) => feature.properties.code === code).geometry.coordinates);
}

