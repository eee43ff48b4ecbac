// What a page with a map shows on the screen: whether it is drawn, where a place is, which colours are there.
// GEOPRIO_SCREENSHOTS says where pictures go.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const screenshots = process.env.GEOPRIO_SCREENSHOTS;
mkdirSync(screenshots, { recursive: true });

/** The page says on the map's frame whether the map is still drawing. */
export function drawn(page) {
  return page.waitForSelector("#map-frame[data-drawn='true']", { timeout: 60_000 });
}

export async function picture(page, name) {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

export const parameter = (page, name) => new URL(page.url()).searchParams.get(name);

/** Where on the screen a longitude and latitude are. */
export async function screenPlace(page, [longitude, latitude]) {
  const [zoom, centreLatitude, centreLongitude] = parameter(page, "view").split("/").map(Number);
  // Web Mercator at 512 pixels a tile, as MapLibre draws it.
  const world = 512 * 2 ** zoom;
  const x = (degrees) => ((degrees + 180) / 360) * world;
  const y = (degrees) => ((1 - Math.asinh(Math.tan((degrees * Math.PI) / 180)) / Math.PI) / 2) * world;
  const frame = await page.locator("#map").boundingBox();
  return {
    x: frame.x + frame.width / 2 + x(longitude) - x(centreLongitude),
    y: frame.y + frame.height / 2 + y(latitude) - y(centreLatitude),
  };
}

/** The colours of a square of the screen around a point, each `[red, green, blue]`. */
export async function coloursAround(page, { x, y }, radius) {
  const clip = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  const shot = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return [...colours].map((text) => text.split(",").map(Number));
  }, shot);
}

/** Whether one of the colours is `#RRGGBB` or that over a pale ground: the tiers' fill is a little transparent. */
export function hasFill(colours, fill) {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16));
  return colours.some((parts) => wanted.every((part, index) => Math.abs(parts[index] - part) <= 0.13 * (255 - part) + 2));
}
