// Opens a saved page in Debian's Chromium, clicks on a place of its map, and says what the map answers.
// node recipe_page.mjs PAGE {"center", "zoom", "place"}: MapLibre comes from where the pages' own does, whatever the
// page's address for it, which no test can reach.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startedBrowser } from "../tileserver/web/browser.mjs";

const [file, wanted] = process.argv.slice(2);
const { center, zoom, place } = JSON.parse(wanted);
const packages = process.env.GEOPRIO_WEB_WORK;
const types = { css: "text/css", mjs: "text/javascript" };

/** Pixels from the map's top left corner, in the Web Mercator of MapLibre's tiles of 512 pixels. */
function pixelOf([lon, lat], { width, height }) {
  const size = 512 * 2 ** zoom;
  const plane = ([x, y]) => [(x / 360) * size, (-Math.log(Math.tan(Math.PI / 4 + (y * Math.PI) / 360)) / (2 * Math.PI)) * size];
  const [x, y] = plane([lon, lat]);
  const [middleX, middleY] = plane(center);
  return [width / 2 + x - middleX, height / 2 + y - middleY];
}

const browser = await startedBrowser(packages);
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  page.on("pageerror", (error) => console.error(String(error)));
  await page.route("https://unpkg.com/**", (route) => {
    const [, version, path] = new URL(route.request().url()).pathname.match(/^\/maplibre-gl@([^/]+)\/(.+)$/);
    const folder = join(packages, "node_modules", "maplibre-gl");
    const installed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    if (version !== installed) throw new Error(`the page asks for MapLibre ${version}, the project has ${installed}`);
    return route.fulfill({ body: readFileSync(join(folder, path)), contentType: types[path.split(".").pop()], headers: { "Access-Control-Allow-Origin": "*" } });
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("canvas");
  const [x, y] = pixelOf(place, { width: 1200, height: 800 });
  const answer = page.locator(".maplibregl-popup-content");
  // Until the tiles are there a click finds nothing.
  for (const until = Date.now() + 60_000; (await answer.count()) === 0; ) {
    if (Date.now() > until) throw new Error("the map does not answer");
    await page.mouse.click(x, y);
    await page.waitForTimeout(250);
  }
  if (process.env.GEOPRIO_SCREENSHOTS) await page.screenshot({ path: join(process.env.GEOPRIO_SCREENSHOTS, "recipe-maplibre.png") });
  const text = await answer.first().evaluate((node) => node.firstChild.textContent);
  process.stdout.write(JSON.stringify(text));
} finally {
  await browser.close();
}
