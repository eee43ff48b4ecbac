// What axe-core finds on a page as it stands. GEOPRIO_WEB_WORK is where node_modules is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(join(process.env.GEOPRIO_WEB_WORK, "package.json")).resolve("axe-core/axe.min.js"), "utf8");

/** Rule and place of each violation; empty when there is none. */
export async function violationsOf(page) {
  // By the debugger, not as a script of the page: its policy allows no script of others.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}
