// The kiosk runs for days: visits leave nothing behind in the page, and the server grows no further.
// A bounded version of kiosk_soak.mjs. Environment as in map_test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startedBrowser } from "./browser.mjs";
import { visits } from "./kiosk_visits.mjs";
import { startedServer } from "./server.mjs";

let server;
let browser;

before(async () => {
  server = await startedServer(process.env.GEOPRIO_EXECUTABLE, process.env.GEOPRIO_ATLAS);
  browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.end(), 0);
});

test("after a warm-up, thirty more visits leave as many nodes and listeners, and no more than a megabyte", async () => {
  const { samples, faults } = await visits(browser, server, { count: 60, each: 30 });
  const [warm, later] = samples;
  // Fifteen visits are some thousand nodes: one that each leaves behind would show.
  assert.ok(later.nodes - warm.nodes < 30, `${warm.nodes} nodes, then ${later.nodes}`);
  assert.ok(later.listeners - warm.listeners < 30, `${warm.listeners} listeners, then ${later.listeners}`);
  assert.ok(later.heap - warm.heap < 1e6, `${warm.heap} bytes, then ${later.heap}`);
  assert.ok(later.server - warm.server < 8192, `${warm.server} kB, then ${later.server}`);
  assert.deepEqual(faults, []);
});
