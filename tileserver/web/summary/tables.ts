// The tables of the summary: the same figures as the plots, and all of them.
import { element } from "../elements";
import type { Figures } from "../figures";
import type { SummaryTexts } from "../i18n/summary_fr";
import type { Bar } from "./plots";

const heading = (text: string, kind = "") => element("th", { scope: "col", class: kind }, text);
const figure = (text: string) => heading(text, "number");
const number = (text: string) => element("td", { class: "number" }, text);

export function countTable(texts: SummaryTexts, figures: Figures, what: string, rows: readonly Bar[]): HTMLElement {
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, heading(what), figure(texts.count), figure(texts.share))),
    element(
      "tbody",
      {},
      ...rows.map(({ name, count }) =>
        element("tr", {}, element("th", { scope: "row" }, name), number(figures.number(count)), number(figures.share(count / total))),
      ),
    ),
    element("tfoot", {}, element("tr", {}, element("th", { scope: "row" }, texts.sum), number(figures.number(total)), number(figures.share(1)))),
  );
}

/** Quarters down, themes across. */
export function crossTable(
  texts: SummaryTexts,
  quarters: readonly string[],
  themes: readonly string[],
  count: (quarter: string, theme: string) => number,
): HTMLElement {
  const rows = quarters.map((quarter) => {
    const cells = themes.map((theme) => count(quarter, theme));
    const sum = cells.reduce((total, one) => total + one, 0);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, quarter),
      ...cells.map((one) => number(one === 0 ? "" : String(one))),
      number(String(sum)),
    );
  });
  const table = element(
    "table",
    { class: "crossed" },
    element("thead", {}, element("tr", {}, heading(texts.quarter), ...themes.map(figure), figure(texts.sum))),
    element("tbody", {}, ...rows),
  );
  // Wider than a phone: it is moved in a frame of its own, by the keyboard too.
  return element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": texts.crossed }, table);
}
