// Visit after visit in one page of the kiosk, and what page and server hold after each so many.
import { readFileSync } from "node:fs";

import { begun, drawn, kioskAt, named } from "./kiosk_visit.mjs";

/** Kilobytes that the server holds in memory. */
function residentKilobytes(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m)[1]);
}

/** What is left after the garbage is collected: bytes of JavaScript, nodes and listeners of the document. */
async function pageHolds(session) {
  // Twice: what the first finds dead may have kept other things alive by a finalizer.
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

const names = ["Montreynaud", "Solaure", "La Varenne", "Terrenoire", "Fonsala"];
const languages = ["Français", "Facile à lire", "English"];

/** Begins, asks by name and by the map, reads, changes the language, and goes away or says so. */
async function visit(page, number) {
  await begun(page, languages[number % languages.length]);
  await named(page, names[number % names.length]);
  await page.locator("#map-buttons .in").click();
  await page.locator("#map-buttons .west").click();
  await page.evaluate(() => document.querySelector(".answer").setAttribute("data-old", ""));
  await page.locator("#map-buttons .centre").click();
  await page.locator(".answer:not([data-old])").waitFor();
  await page.locator(".languages button").nth((number + 1) % languages.length).click();
  await drawn(page);
  if (number % 2 === 0) await page.locator(".finish").click();
  else {
    await page.clock.fastForward(61_000);
    await page.locator("#warning[open]").waitFor();
    await page.clock.fastForward(21_000);
  }
  await page.locator("body[data-screen=attract]").waitFor();
}

/** Samples after every `each` visits, `count` visits in all; `told` gets each sample as it comes. */
export async function visits(browser, server, { count, each, told = () => {} }) {
  const { page, faults } = await kioskAt(browser, server, {
    worker: true,
    viewport: { width: 540, height: 960 },
    before: (one) => one.clock.install(),
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const samples = [];
  for (let number = 1; number <= count; ++number) {
    await visit(page, number);
    if (number % each !== 0) continue;
    const sample = { visits: number, ...(await pageHolds(session)), server: residentKilobytes(server.pid) };
    samples.push(sample);
    told(sample);
  }
  await page.context().close();
  return { samples, faults };
}
