// The pages where most town halls have them: over HTTPS, and under a path of another site. Environment as in site.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { startedBrowser, watchedPage } from "./browser.mjs";
import { startedFront } from "./front.mjs";
import { begun, named, said } from "./kiosk_visit.mjs";
import { drawn } from "./page_pixels.mjs";
import { startedServer } from "./server.mjs";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work } = process.env;
const folder = mkdtempSync(join(tmpdir(), "geoprio-https-"));
const certificate = join(folder, "certificate.pem");
const key = join(folder, "key.pem");
let browser;
const begunHere = [];  // ended whatever a test finds: node waits for them

before(async () => {
  execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", certificate, "-keyout", key,
  ], { stdio: "ignore" });
  // This key and no other is trusted: a page is as secure as with a certificate of an authority.
  const { publicKey } = new X509Certificate(readFileSync(certificate));
  const hash = createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
  browser = await startedBrowser(work, [`--ignore-certificate-errors-spki-list=${hash}`]);
});

after(async () => {
  for (const { end } of begunHere) await end();
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A page below `home` (without a slash at its end), and every address that it asked for. */
async function pageAt(home, path) {
  const { page, faults } = await watchedPage(browser, new URL(home).origin, { hasTouch: true });
  const asked = [];
  page.on("request", (request) => /^http/.test(request.url()) && asked.push(request.url()));
  await page.goto(`${home}/${path}`);
  return { page, faults, asked };
}

/** Nothing failed, and nothing was asked for outside of it. */
async function ended({ page, faults, asked }, home) {
  assert.deepEqual(faults, []);
  assert.deepEqual(asked.filter((address) => !address.startsWith(`${home}/`)), []);
  await page.context().close();
}

async function plannerWorks(home) {
  const visit = await pageAt(home, "?quarter=montreynaud");
  const { page } = visit;
  await drawn(page);
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  const links = await page.locator("#quarter-data a, #open-data").evaluateAll((all) => all.map((one) => one.href));
  assert.ok(links.length > 1 && links.every((link) => link.startsWith(`${home}/`)), links.join("\n"));
  await ended(visit, home);
}

async function kioskWorks(home) {
  const visit = await pageAt(home, "kiosk");
  const { page } = visit;
  await page.waitForSelector("#operator[data-offline=ready]", { state: "attached", timeout: 120_000 });
  assert.ok(await page.evaluate(() => isSecureContext && navigator.serviceWorker.controller !== null));
  await begun(page);
  await named(page, "Montreynaud");
  assert.match(await said(page), /^Oui /);
  await ended(visit, home);
}

test("over HTTPS the planner opens, and the kiosk keeps its land", async () => {
  const server = await startedServer(executable, atlas, ["--tls-certificate", certificate, "--tls-key", key]);
  begunHere.push(server);
  assert.match(server.origin, /^https:/);
  await plannerWorks(server.origin);
  await kioskWorks(server.origin);
  assert.equal(await server.end(), 0);
});

test("under a path of another site the planner opens, and the kiosk keeps its land", async () => {
  const front = await startedFront("http://127.0.0.1:9/");
  const home = `${front.origin}/geoprio`;
  const server = await startedServer(executable, atlas, ["--public-url", home]);
  begunHere.push(server, front);
  front.comeBack(server.origin);
  await plannerWorks(home);
  await kioskWorks(home);
  assert.equal(await server.end(), 0);
});
