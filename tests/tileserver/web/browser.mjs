// Debian's Chromium on a page of the server: what it asks, what it is answered and what it complains of is kept.
import { createRequire } from "node:module";
import { join } from "node:path";

const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // No graphics card where tests run: WebGL by SwiftShader.
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** `packages`: the folder that holds node_modules; `more`: flags of this test. */
export async function startedBrowser(packages, more = []) {
  const { chromium } = createRequire(join(packages, "package.json"))("playwright-core");
  const executablePath = process.env.GEOPRIO_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: [...flags, ...more] });
}

/** A page and the list of everything that must not happen on it. */
export async function watchedPage(browser, server, options = {}) {
  const context = await browser.newContext({ locale: "fr-FR", viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== server) faults.push(`request to ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A tile that is no longer wanted is let go by the map itself.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") faults.push(`${reason} for ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !driverNote(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  return { page, faults };
}

/** SwiftShader reports its own speed as warnings of the page. */
function driverNote(text) {
  return /GL Driver Message|WebGL.*(performance|software)/i.test(text);
}
