// The page's own reasoning, without a browser: names with slips, conditions in words, CSV, the scale of a sheet.
// GEOPRIO_WEB_SOURCE is the folder of the pages' sources, GEOPRIO_WEB_WORK where node_modules is.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const { buildSync } = createRequire(join(process.env.GEOPRIO_WEB_WORK, "package.json"))("esbuild");

async function moduleOf(name) {
  const { outputFiles } = buildSync({ entryPoints: [join(process.env.GEOPRIO_WEB_SOURCE, name)], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const { slips, distanceOf } = await moduleOf("matching.ts");
const { conditionInWords } = await moduleOf("condition.ts");
const { french } = await moduleOf("i18n/fr.ts");
const { english } = await moduleOf("i18n/en.ts");
const { csvOf } = await moduleOf("csv.ts");
const { denominator, metresOfPixel, scaleBar } = await moduleOf("ground_scale.ts");
const { meant, shows, withTier, everything } = await moduleOf("filter.ts");
const { exportFilter } = await moduleOf("panels/sharing.ts");

test("a slip is a letter more, a letter less, another letter, or two exchanged", () => {
  for (const typed of ["solaaure", "solare", "solaurz", "soalure"]) assert.equal(slips(typed, "solaure"), 1, typed);
  assert.equal(slips("sola", "solaure"), 0, "the end of a name may be missing");
});

test("the nearer name comes first, and something else does not come", () => {
  assert.equal(distanceOf("crêt", "Crêt de Roc - Soleil"), 0);
  assert.equal(distanceOf("SOLEIL", "Crêt de Roc - Soleil"), 1);
  assert.ok(distanceOf("motreynaud", "Montreynaud") > 2);
  assert.equal(distanceOf("xyz", "Montreynaud"), null);
  assert.equal(distanceOf("abc", "Abd"), null, "three letters allow no slip");
});

const names = {
  texts: french,
  levels: new Map([["high", 50], ["moderate", 25], ["min_coverage", 0.6]]),
  indicators: new Map([["unemployment_rate", "Taux de chômage"]]),
  number: (value) => String(value),
};

test("a condition is told in words, with the number behind each level", () => {
  assert.equal(
    conditionInWords("score_social >= high AND score_urban >= high", names),
    "score social d’au moins 50 (high) et score urbain d’au moins 50 (high)",
  );
  assert.equal(
    conditionInWords("(unemployment_rate > 20.5 OR coverage_urban < min_coverage)", names),
    "(Taux de chômage de plus de 20.5 ou part des données connues de l’axe urbain de moins de 0.6 (min_coverage))",
  );
  assert.equal(conditionInWords("TRUE", names), "dans tous les autres cas");
  assert.equal(conditionInWords("listed_in_previous_edition = FALSE", names), "quartier déjà retenu dans l’édition précédente : non");
});

test("a condition with something unknown is not half translated", () => {
  assert.equal(conditionInWords("score_social BETWEEN 10 AND 20", names), null);
  assert.equal(conditionInWords("score_social >= unheard_of", names), null);
});

const columns = [
  { id: "name", title: "Quartier", numeric: false, text: (one) => one.name, value: (one) => one.name },
  { id: "population", title: "Habitants", numeric: true, text: () => "", value: (one) => one.people },
];

test("a CSV has the separator and the decimal sign of the reader's spreadsheet", () => {
  const rows = [{ code: "a", name: 'La "Cité"; haute', people: 12.5 }];
  assert.equal(csvOf(columns, rows, "fr-FR"), '\uFEFFcode;Quartier;Habitants\r\na;"La ""Cité""; haute";12,5\r\n');
  assert.equal(csvOf(columns, rows, "en-GB"), '\uFEFFcode,Quartier,Habitants\r\na,"La ""Cité""; haute",12.5\r\n');
});

test("a name that a spreadsheet would run as a formula is made a text", () => {
  assert.match(csvOf(columns, [{ code: "=1+1", name: "=HYPERLINK(1)", people: -3 }], "en-GB"), /^\uFEFF.*\r\n'=1\+1,'=HYPERLINK\(1\),-3\r\n$/s);
});

test("a scale bar is a round length that is as long as it says", () => {
  // By hand: at the equator and zoom 0 a pixel of 512 across the world is 40,075,016.686 / 512 = 78,271.5 m.
  assert.ok(Math.abs(metresOfPixel(0, 0) - 78271.517) < 0.001);
  assert.ok(Math.abs(metresOfPixel(60, 1) - 78271.517 / 4) < 0.001, "the cosine of 60 degrees is a half");
  assert.deepEqual(scaleBar(10, 150), { metres: 1000, pixels: 100 });
  assert.deepEqual(scaleBar(30, 150), { metres: 2000, pixels: 2000 / 30 });
  // 1 mm of paper is 96 / 25.4 pixels: 100 m a millimetre is 1 : 100,000.
  assert.equal(denominator(100 / (96 / 25.4)), 100000);
});

const edition = { tiers: [{ code: "a" }, { code: "b" }] };

test("a filter leaves out what an edition does not have, and all of it is no filter", () => {
  const filter = { tiers: new Set(["a", "gone"]), commune: "99999" };
  assert.deepEqual(meant(filter, edition, new Map([["1", "Une"]])), { tiers: new Set(["a"]), commune: null });
  const without = withTier(everything, edition, "a", false);
  assert.deepEqual(without.tiers, new Set(["b"]));
  assert.equal(withTier(without, edition, "a", true).tiers, null);
});

test("a quarter in two communes is shown in either", () => {
  const quarter = { tier: "a", communes: ["1", "2"] };
  assert.ok(shows({ tiers: null, commune: "2" }, quarter));
  assert.ok(!shows({ tiers: null, commune: "3" }, quarter));
  assert.ok(!shows({ tiers: new Set(["b"]), commune: "2" }, quarter));
});

test("a download's filter is the page's, in quotes that no code can end", () => {
  const filter = { tiers: new Set(["o'clock"]), commune: "42218" };
  assert.equal(exportFilter("2014.quarters", filter), "tier IN ('o''clock') AND communes LIKE '%42218%'");
  assert.equal(exportFilter("2014.borders", filter), null);
  assert.equal(exportFilter("2014.quarters", everything), null);
});

test("every word exists in both languages", () => {
  const shape = (node) => (typeof node === "object" ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shape(value)])) : typeof node);
  const { mapControls: _, ...fr } = shape(french);
  const { mapControls: __, ...en } = shape(english);
  assert.deepEqual(en, fr);
});
