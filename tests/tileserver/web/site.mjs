// The server and the browser of a test file. GEOPRIO_EXECUTABLE and GEOPRIO_ATLAS say what is served (or GEOPRIO_ORIGIN
// where a server runs already), GEOPRIO_WEB_WORK where node_modules is.
import assert from "node:assert/strict";
import { after } from "node:test";

import { startedBrowser } from "./browser.mjs";
import { startedServer } from "./server.mjs";

/** One server and one browser for the tests of a file, there when this is imported. */
export const site = { server: null, browser: null };

after(async () => {
  await site.browser?.close();
  if (site.server) assert.equal(await site.server.end(), 0, "the server ends by itself after SIGTERM");
});

// Not in a hook: node runs the hooks of a file side by side, and those of the tests want both.
const { GEOPRIO_ORIGIN: origin, GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas } = process.env;
site.server = origin ? { origin, end: async () => 0 } : await startedServer(executable, atlas);
site.browser = await startedBrowser(process.env.GEOPRIO_WEB_WORK);
