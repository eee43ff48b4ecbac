// A thousand visits of the kiosk in one page, as days of use would bring: node kiosk_soak.mjs [VISITS]
// Environment as in map_test.mjs. Figures and how they were taken: README.md.
import { startedBrowser } from "./browser.mjs";
import { visits } from "./kiosk_visits.mjs";
import { startedServer } from "./server.mjs";

const { GEOPRIO_EXECUTABLE: executable, GEOPRIO_ATLAS: atlas, GEOPRIO_WEB_WORK: work } = process.env;
const count = Number(process.argv[2] ?? 1000);
const server = await startedServer(executable, atlas);
const browser = await startedBrowser(work);
console.log("| visits | page, kB | nodes | listeners | server, kB |\n|---|---|---|---|---|");
const told = ({ visits: number, heap, nodes, listeners, server: kilobytes }) =>
  console.log(`| ${number} | ${Math.round(heap / 1024)} | ${nodes} | ${listeners} | ${kilobytes} |`);
const { faults } = await visits(browser, server, { count, each: Math.max(1, Math.round(count / 20)), told });
await browser.close();
await server.end();
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}
