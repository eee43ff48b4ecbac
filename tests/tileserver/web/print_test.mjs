// The planner map on paper: PDFs as the browser makes them, measured by pdfinfo and read by pdftotext.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { drawn, ended, opened, parameter, picture, screenshots, textOf } from "./planner_page.mjs";

/** ISO 216, in points of 1/72 inch. */
const points = (millimetres) => (millimetres / 25.4) * 72;
const sizes = {
  "a4-portrait": [210, 297],
  "a4-landscape": [297, 210],
  "a3-portrait": [297, 420],
  "a3-landscape": [420, 297],
};

async function pdfOf(page, name) {
  const file = join(screenshots, `${name}.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
  const [facts, words] = [["pdfinfo", [file]], ["pdftotext", ["-raw", file, "-"]]].map(([tool, options]) =>
    execFileSync(tool, options, { encoding: "utf8" }),
  );
  execFileSync("pdftoppm", ["-r", "60", "-png", "-singlefile", file, join(screenshots, name)]);
  return { file, facts, words: words.replace(/\s+/g, " ") };
}

for (const [paper, [width, height]] of Object.entries(sizes))
  test(`${paper} comes out as one sheet of its size, with all that a printed map needs`, async () => {
    const visit = await opened(`?print=${paper}`);
    const { page } = visit;
    await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
    await picture(page, `print-view-${paper}`);
    const { file, facts, words } = await pdfOf(page, `print-${paper}`);
    assert.match(facts, /Pages:\s+1\n/);
    const [, across, down] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(facts).map(Number);
    assert.ok(Math.abs(across - points(width)) < 2 && Math.abs(down - points(height)) < 2, `${across} x ${down}`);
    for (const wanted of [
      /Géographie prioritaire de Saint-Étienne Métropole/,
      /Préparation du contrat de ville 2014-2020/,
      /Étape : en consultation/,
      /Document de travail Cette édition n’est pas validée/,
      /Niveaux de priorité/,
      /Priorité 1 : quartier cumulant/,
      /Quartier en veille/,
      /\d (k?m)\b/,
      /Échelle 1 : [\d\s]+/,
      /Sources : .*Géoprio, données illustratives, licence EUPL-1\.2/,
      new RegExp(`Imprimé le .*${new Date().getFullYear()}`),
    ])
      assert.match(words, wanted);
    const images = execFileSync("pdfimages", ["-list", file], { encoding: "utf8" }).split("\n");
    const [map] = images.slice(2).map((line) => line.trim().split(/\s+/)).filter(([, , , across]) => Number(across) > 500);
    assert.ok(map !== undefined && Number(map[12]) >= 180, `the map has ${map?.[12]} dots an inch`);
    await ended(visit);
  });

test("the watermark goes with the validation, and the filter is printed as it stands", async () => {
  const visit = await opened("?print=a4-landscape&edition=2007&tiers=priority_1,watch");
  const { page } = visit;
  await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
  assert.equal(await page.locator("#sheet .watermark").count(), 0);
  const { words } = await pdfOf(page, "print-2007");
  assert.doesNotMatch(words, /Document de travail/);
  assert.match(words, /Étape : remplacée/);
  assert.doesNotMatch(words, /Non déterminé/);
  await ended(visit);
  const draft = await opened("?print=a4-landscape");
  await draft.page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
  assert.equal(await draft.page.textContent("#sheet .watermark"), "Document de travail");
  await ended(draft);
});

test("the scale bar is as long as the ground that it names", async () => {
  const visit = await opened("?print=a4-landscape&view=13.00/45.43500/4.39000");
  const { page } = visit;
  await page.waitForSelector("#sheet .sheet-bar", { timeout: 90_000 });
  const scale = Number((await textOf(page, ".sheet-scale p")).replace(/^.*1 : /, "").replace(/\s/g, ""));
  const [, length, unit] = /^([\d,]+) (k?m)$/.exec(await textOf(page, ".sheet-length"));
  const metres = Number(length.replace(",", ".")) * (unit === "km" ? 1000 : 1);
  // 96 CSS pixels are an inch on paper. The bar's stroke adds two pixels; the scale is written with two figures.
  const onPaper = ((Number(await page.getAttribute(".sheet-bar", "width")) - 2) / 96) * 0.0254;
  assert.ok(Math.abs(metres / onPaper / scale - 1) < 0.06, `${metres} m on ${onPaper} m at 1 : ${scale}`);
  await ended(visit);
});

test("the print view is opened, told its paper and closed by keys, and gives the focus back", async () => {
  const visit = await opened();
  const { page } = visit;
  await page.focus("#open-print");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
  assert.equal(await page.evaluate(() => document.activeElement.id), "print-title");
  await page.selectOption("#paper", "a3-portrait");
  await page.waitForSelector("#sheet.a3-portrait");
  assert.equal(parameter(page, "print"), "a3-portrait");
  await page.waitForSelector("#print-view[data-ready='true']", { timeout: 90_000 });
  await page.keyboard.press("Escape");
  await page.waitForSelector("#print-view", { state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-print");
  await drawn(page);
  await ended(visit);
});
