// Why a quarter has its tier: its scores, the rule that matched, and what would have to change for another one.
import type { Edition } from "../contract";
import type { Alternative, Axis, Explanation, QuarterDocument } from "../quarter_contract";
import { conditionInWords, type Names, variableInWords } from "../condition";
import { drawing, element } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import { IndicatorTable } from "./indicator_table";

export class QuarterReasons {
  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
  ) {}

  of(edition: Edition, quarter: QuarterDocument, explanation: Explanation): readonly HTMLElement[] {
    const { texts } = this;
    const names = this.names(edition, explanation);
    const indicators = new IndicatorTable(texts, this.figures, edition.levels.get("span") ?? 2);
    return [
      element("h3", {}, texts.scores),
      element("div", { class: "scores", id: "quarter-scores" }, ...explanation.axes.map((axis) => this.score(axis, explanation, names))),
      element("h3", {}, texts.why),
      ...this.rule(edition, explanation, names),
      ...this.alternatives(edition, quarter.alternatives, names),
      element("h3", {}, texts.indicators),
      element("p", { class: "small" }, texts.planner.plotKey),
      ...explanation.axes.map((axis) => indicators.of(axis, this.axisName(axis))),
    ];
  }

  private names(edition: Edition, explanation: Explanation): Names {
    const indicators = explanation.axes.flatMap((axis) => axis.indicators.map((one) => [one.id, one.label] as const));
    return {
      texts: this.texts,
      levels: edition.levels,
      indicators: new Map(indicators),
      number: (value) => this.figures.number(value, 2),
    };
  }

  private axisName(axis: Axis): string {
    return this.texts.axes[axis.id] ?? axis.id;
  }

  private rule(edition: Edition, explanation: Explanation, names: Names): readonly HTMLElement[] {
    const { texts } = this;
    const label = edition.tiers.find((tier) => tier.code === explanation.rule)?.label ?? explanation.rule ?? texts.notRanked;
    const { condition, flags } = explanation;
    const words = condition === null ? null : conditionInWords(condition, names);
    const said = flags.map((flag) => texts.flagLabels[flag] ?? flag).join(", ");
    return [
      element("p", {}, texts.matchedRule(label)),
      ...(words === null ? [] : [element("p", { class: "condition-words", id: "condition-words" }, words)]),
      ...(condition === null
        ? []
        : [
            element(
              "details",
              { class: "condition" },
              element("summary", {}, texts.planner.asWritten),
              element("code", {}, condition),
            ),
          ]),
      ...(flags.length === 0 ? [] : [element("p", {}, `${texts.flags} : ${said}`)]),
    ];
  }

  private alternatives(
    edition: Edition,
    alternatives: readonly Alternative[] | null,
    names: Names,
  ): readonly HTMLElement[] {
    if (alternatives === null) return [];
    const { planner } = this.texts;
    const label = (code: string) => edition.tiers.find((tier) => tier.code === code)?.label ?? code;
    return [
      element("h3", {}, planner.whatWouldChange),
      alternatives.length === 0
        ? element("p", {}, planner.nothingWouldChange)
        : element(
            "ul",
            { class: "alternatives", id: "alternatives" },
            ...alternatives.map((one) =>
              element(
                "li",
                {},
                element("strong", {}, planner.shortLabel(label(one.tier))),
                ` ${planner.ifVariable(
                  variableInWords(one.variable, names),
                  this.figures.number(one.from, 2),
                  this.figures.number(one.to, 2),
                )}`,
              ),
            ),
          ),
    ];
  }

  private score(axis: Axis, explanation: Explanation, names: Names): HTMLElement {
    const { texts, figures } = this;
    return element(
      "div",
      { class: "score" },
      element("span", { class: "axis" }, this.axisName(axis)),
      element("span", { class: "value" }, axis.score === null ? texts.missingLong : texts.scoreOutOf(figures.number(axis.score, 2))),
      this.bar(axis, thresholdsOf(axis.id, explanation.condition, names.levels)),
      element("span", { class: "small" }, texts.coverage(figures.share(axis.coverage))),
    );
  }

  /** From 0 to 100, with the thresholds of the rule; the numbers stand beside it, so it says nothing to a screen reader. */
  private bar(axis: Axis, thresholds: readonly number[]): SVGElement {
    const length = 200;
    const at = (score: number) => (score / 100) * length;
    return drawing(
      "svg",
      { class: "bar-of-score", viewBox: `0 0 ${length} 12`, preserveAspectRatio: "none", "aria-hidden": "true" },
      drawing("rect", { class: "track", y: 2, width: length, height: 8 }),
      drawing("rect", { class: "share", y: 2, width: at(axis.score ?? 0), height: 8 }),
      ...thresholds.map((value) => drawing("rect", { class: "threshold", x: at(value) - 0.5, width: 1, height: 12 })),
    );
  }
}

/** The levels that a condition compares an axis's score with. */
function thresholdsOf(axis: string, condition: string | null, levels: ReadonlyMap<string, number>): readonly number[] {
  const found = [...(condition ?? "").matchAll(/score_(\w+)\s*[<>]=?\s*([\w.]+)/g)]
    .filter(([, own]) => own === axis)
    .map(([, , level]) => levels.get(level ?? "") ?? Number(level));
  return [...new Set(found)].filter((value) => value > 0 && value < 100);
}
