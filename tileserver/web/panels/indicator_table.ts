// The indicators of an axis: each figure beside its reference, as a plot and in words.
import type { Axis, Indicator } from "../quarter_contract";
import { drawing, element } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";

const width = 120;
const height = 18;

/** How much worse than its reference: 1 as good, 2 twice as bad, whichever way the indicator goes. Null: unknown. */
function badness({ value, reference, direction }: Indicator): number | null {
  if (value === null || reference === null || value <= 0 || reference <= 0) return null;
  return direction === "lower_is_worse" ? reference / value : value / reference;
}

/** From 0 (1/span times as bad) by a half (the reference) to 1 (span times as bad, a score of 100). */
function along(bad: number, span: number): number {
  return Math.min(1, Math.max(0, 0.5 + Math.log(bad) / (2 * Math.log(span))));
}

export class IndicatorTable {
  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    /** The rules' span: how many times its reference an indicator is at a score of 100. */
    private readonly span: number,
  ) {}

  of(axis: Axis, name: string): HTMLElement {
    const { texts } = this;
    const head = (title: string, numeric: boolean) => element("th", { scope: "col", class: numeric ? "number" : null }, title);
    const sources = axis.indicators.map((one) => [one.source, one.vintage].filter((part) => part !== null).join(", "));
    const named = [...new Set(sources)].filter((source) => source !== "");
    return element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": `${texts.indicators}, ${name}` },
      element(
        "table",
        { class: "indicators" },
        element("caption", {}, name),
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            head(texts.indicator, false),
            head(texts.value, true),
            element("th", { scope: "col", class: "plot-head" }, texts.planner.besideReference),
            head(texts.score, true),
          ),
        ),
        element("tbody", {}, ...axis.indicators.map((indicator) => this.row(indicator))),
      ),
      named.length === 0 ? null : element("p", { class: "small" }, `${texts.source} : ${named.join(" ; ")}`),
    );
  }

  private row(indicator: Indicator): HTMLElement {
    const { texts, figures } = this;
    const way = texts.directions[indicator.direction] ?? indicator.direction;
    return element(
      "tr",
      { class: indicator.value === null ? "missing" : null },
      element(
        "th",
        { scope: "row" },
        indicator.label,
        element("span", { class: "note" }, texts.planner.worseAndWeight(way, figures.number(indicator.weight, 2))),
      ),
      element(
        "td",
        { class: "number" },
        figures.withUnit(indicator.value, indicator.unit),
        element("span", { class: "note" }, texts.planner.referenceOf(figures.withUnit(indicator.reference, indicator.unit))),
      ),
      element("td", { class: "plot" }, this.plot(indicator)),
      element("td", { class: "number score-cell" }, figures.number(indicator.score, 1)),
    );
  }

  private inWords(indicator: Indicator): string {
    const { texts, figures } = this;
    const bad = badness(indicator);
    if (bad === null) return texts.missingLong;
    const share = figures.share(Math.abs(bad - 1));
    const { planner } = texts;
    return Math.abs(bad - 1) < 0.005 ? planner.atReference : bad > 1 ? planner.worse(share) : planner.better(share);
  }

  private plot(indicator: Indicator): SVGElement {
    const bad = badness(indicator);
    const middle = width / 2;
    const x = bad === null ? null : 5 + along(bad, this.span) * (width - 10);
    return drawing(
      "svg",
      { class: "plot", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": this.inWords(indicator) },
      drawing("line", { class: "axis", x1: 2, x2: width - 2, y1: height / 2, y2: height / 2 }),
      x === null ? null : drawing("line", { class: "gap", x1: middle, x2: x, y1: height / 2, y2: height / 2 }),
      drawing("line", { class: "reference", x1: middle, x2: middle, y1: 1, y2: height - 1 }),
      x === null ? null : drawing("circle", { class: (bad ?? 0) > 1 ? "worse" : "better", cx: x, cy: height / 2, r: 4.5 }),
    );
  }
}
