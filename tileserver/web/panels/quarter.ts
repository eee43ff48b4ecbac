// One quarter: what it is, its tier, its scores, and every figure and rule that led there.
import type { Axis, Edition, Explanation, Indicator, QuarterDocument } from "../contract";
import { drawing, element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { decisionList } from "./decisions";

export interface QuarterPanelEvents {
  readonly close: () => void;
  readonly seeOnMap: () => void;
}

export class QuarterPanel {
  private readonly panel = place("quarter");

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly events: QuarterPanelEvents,
  ) {
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") events.close();
    });
  }

  hide(): void {
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }

  show(
    edition: Edition,
    quarter: QuarterDocument,
    communes: ReadonlyMap<string, string>,
    swatches: Swatches,
    takeFocus: boolean,
  ): void {
    const title = element("h2", { id: "quarter-title", tabindex: -1 }, quarter.name);
    this.panel.setAttribute("aria-labelledby", "quarter-title");
    this.panel.replaceChildren(
      element("div", { class: "panel-head" }, title, this.closeButton()),
      this.tierBlock(edition, quarter, swatches),
      this.facts(quarter, communes),
      ...(quarter.explanation === null
        ? [element("p", {}, this.texts.noExplanation)]
        : this.reasons(edition, quarter.explanation)),
      element("h3", {}, this.texts.decisions),
      quarter.decisions.length === 0
        ? element("p", { class: "small" }, this.texts.noDecision)
        : decisionList(quarter.decisions, edition.tiers, this.texts, this.figures),
    );
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    if (takeFocus) title.focus({ preventScroll: true });
  }

  private closeButton(): HTMLElement {
    const close = element("button", { type: "button", class: "plain", "aria-label": this.texts.close });
    close.append(
      drawing("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
        drawing("path", { d: "M3 3l10 10M13 3L3 13", stroke: "currentColor", "stroke-width": 2, fill: "none" })),
    );
    close.addEventListener("click", () => this.events.close());
    return close;
  }

  private tierLabel(edition: Edition, code: string | null): string {
    return edition.tiers.find((tier) => tier.code === code)?.label ?? code ?? this.texts.notRanked;
  }

  private tierBlock(edition: Edition, quarter: QuarterDocument, swatches: Swatches): HTMLElement {
    const { texts } = this;
    const tier = edition.tiers.find((candidate) => candidate.code === quarter.tier);
    const differs = quarter.tierAdopted !== null && quarter.tierAdopted !== quarter.tierComputed;
    return element(
      "div",
      { class: "tier-block" },
      element(
        "p",
        { class: "tier", id: "quarter-tier" },
        tier === undefined ? null : swatches.of(edition.id, tier),
        element("strong", {}, this.tierLabel(edition, quarter.tier)),
      ),
      differs
        ? element(
            "div",
            { class: "differs" },
            element("p", {}, texts.differs),
            element(
              "dl",
              {},
              element("dt", {}, texts.adoptedTier),
              element("dd", {}, this.tierLabel(edition, quarter.tierAdopted)),
              element("dt", {}, texts.computedTier),
              element("dd", {}, this.tierLabel(edition, quarter.tierComputed)),
            ),
          )
        : null,
    );
  }

  private facts(quarter: QuarterDocument, communes: ReadonlyMap<string, string>): HTMLElement {
    const { texts, figures } = this;
    const rows: readonly (readonly [string, string | null])[] = [
      [texts.code, quarter.code],
      [
        quarter.communes.length > 1 ? texts.communes : texts.commune,
        quarter.communes.map((code) => communes.get(code) ?? code).join(", "),
      ],
      [texts.people, figures.number(quarter.people)],
      [texts.area, figures.hectares(quarter.squareMetres)],
      [texts.status, quarter.status],
    ];
    const button = element("button", { type: "button" }, texts.seeOnMap);
    button.addEventListener("click", () => this.events.seeOnMap());
    return element(
      "div",
      {},
      element(
        "dl",
        { class: "facts" },
        ...rows.flatMap(([term, value]) =>
          value === null || value === "" ? [] : [element("dt", {}, term), element("dd", {}, value)],
        ),
      ),
      button,
    );
  }

  private reasons(edition: Edition, explanation: Explanation): readonly HTMLElement[] {
    const { texts } = this;
    return [
      element("h3", {}, texts.scores),
      element("div", { class: "scores", id: "quarter-scores" }, ...explanation.axes.map((axis) => this.score(axis))),
      element("h3", {}, texts.why),
      element("p", {}, texts.matchedRule(this.tierLabel(edition, explanation.rule))),
      ...(explanation.condition === null
        ? []
        : [element("p", { class: "condition" }, `${texts.condition} : `, element("code", {}, explanation.condition))]),
      ...(explanation.flags.length === 0
        ? []
        : [
            element(
              "p",
              {},
              `${texts.flags} : `,
              explanation.flags.map((flag) => texts.flagLabels[flag] ?? flag).join(", "),
            ),
          ]),
      element("h3", {}, texts.indicators),
      ...explanation.axes.map((axis) => this.indicators(axis)),
    ];
  }

  private axisName(axis: Axis): string {
    return this.texts.axes[axis.id] ?? axis.id;
  }

  private score(axis: Axis): HTMLElement {
    const { texts, figures } = this;
    return element(
      "div",
      { class: "score" },
      element("span", { class: "axis" }, this.axisName(axis)),
      element("span", { class: "value" }, axis.score === null ? texts.missingLong : texts.scoreOutOf(figures.number(axis.score, 2))),
      this.bar(axis.score, 200),
      element("span", { class: "small" }, texts.coverage(figures.share(axis.coverage))),
    );
  }

  /** A bar from 0 to 100; the number stands beside it, so it says nothing to a screen reader. */
  private bar(score: number | null, width: number): SVGElement {
    return drawing(
      "svg",
      { class: "bar-of-score", viewBox: `0 0 ${width} 8`, preserveAspectRatio: "none", "aria-hidden": "true" },
      drawing("rect", { class: "track", width, height: 8 }),
      drawing("rect", { class: "share", width: ((score ?? 0) / 100) * width, height: 8 }),
    );
  }

  private indicators(axis: Axis): HTMLElement {
    const { texts } = this;
    const heads = [texts.value, texts.reference, texts.direction, texts.weight, texts.score];
    const sources = [...new Set(axis.indicators.map((one) => [one.source, one.vintage].filter((part) => part !== null).join(", ")))];
    const named = sources.filter((source) => source !== "");
    return element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": `${texts.indicators}, ${this.axisName(axis)}` },
      element(
        "table",
        { class: "indicators" },
        element("caption", {}, this.axisName(axis)),
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "col" }, texts.indicator),
            ...heads.map((head) => element("th", { scope: "col", class: "number" }, head)),
          ),
        ),
        element("tbody", {}, ...axis.indicators.map((indicator) => this.indicator(indicator))),
      ),
      named.length === 0 ? null : element("p", { class: "small" }, `${texts.source} : ${named.join(" ; ")}`),
    );
  }

  private indicator(indicator: Indicator): HTMLElement {
    const { texts, figures } = this;
    const number = (content: string) => element("td", { class: "number" }, content);
    return element(
      "tr",
      { class: indicator.value === null ? "missing" : null },
      element("th", { scope: "row" }, indicator.label),
      number(figures.withUnit(indicator.value, indicator.unit)),
      number(figures.withUnit(indicator.reference, indicator.unit)),
      number(texts.directions[indicator.direction] ?? indicator.direction),
      number(figures.number(indicator.weight, 2)),
      number(figures.number(indicator.score, 1)),
    );
  }
}
