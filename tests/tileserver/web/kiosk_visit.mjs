// A visitor of the kiosk: what tests of it do alike.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { watchedPage } from "./browser.mjs";

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1920, height: 1080 };

const screenshots = process.env.GEOPRIO_SCREENSHOTS;
mkdirSync(screenshots, { recursive: true });

export async function picture(page, name) {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** The attract screen of a kiosk that is ready. Without a worker, unless asked: what a page does by itself is seen, and
 * its requests can be answered by the test. */
export async function kioskAt(browser, server, { before, worker = false, ...options } = {}) {
  const { page, faults } = await watchedPage(browser, server.origin, { viewport: portrait, hasTouch: true, ...options });
  if (!worker) await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
  await before?.(page);
  await page.goto(`${server.origin}/kiosk`, { waitUntil: "load" });
  await page.locator(".start:not([disabled])").first().waitFor();
  return { page, faults };
}

export async function begun(page, name = "Français") {
  await page.locator(".start", { hasText: name }).tap();
  await page.locator("#written").waitFor();
  await drawn(page);
}

// By locators, which hold nothing: a handle that waitForSelector gives keeps its nodes alive, and visits are counted.
export function drawn(page) {
  return page.locator("#map-frame[data-drawn='true']").waitFor({ state: "attached", timeout: 30_000 });
}

/** Asks by name and takes the answer whose words begin with it. */
export async function named(page, written, label = written) {
  await page.locator("#written").fill(written);
  await page.locator(".question .found button", { hasText: label }).first().tap();
  await page.locator(".answer").waitFor();
}

/** What stands on the panel, spaces as one. */
export async function said(page) {
  return (await page.locator("#panel").innerText()).replaceAll(/\s+/g, " ");
}

/** Touches the map's middle after it was put there by the page's own answer to a place of its frame. */
export async function touchMap(page, across, down) {
  const box = await page.locator("#map").boundingBox();
  await page.touchscreen.tap(box.x + box.width * across, box.y + box.height * down);
}
