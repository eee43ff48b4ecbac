// The tiers: colour and pattern, label, and how many quarters, people and hectares each holds.
import type { Decision, Edition, TierFigures } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { decisionList } from "./decisions";

export class Legend {
  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
  ) {}

  show(edition: Edition, tiers: readonly TierFigures[], swatches: Swatches): void {
    const heading = element("h2", {}, this.texts.legend);
    const body =
      edition.tiers.length === 0
        ? element("p", {}, this.texts.unranked)
        : this.table(edition, new Map(tiers.map((row) => [row.tier, row])), swatches);
    place("legend").replaceChildren(
      heading,
      body,
      ...(edition.rulesLabel === null ? [] : [element("p", { class: "small" }, `${this.texts.rules} : ${edition.rulesLabel}`)]),
      ...this.decisions(edition),
    );
  }

  private table(edition: Edition, rows: ReadonlyMap<string, TierFigures>, swatches: Swatches): HTMLElement {
    const { texts, figures } = this;
    const number = (content: string) => element("td", { class: "number" }, content);
    return element(
      "table",
      { class: "legend" },
      element("caption", { class: "unseen" }, texts.legendTable),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col", class: "wide" }, texts.tier),
          element("th", { scope: "col", class: "number" }, texts.quarters),
          element("th", { scope: "col", class: "number" }, texts.people),
          element("th", { scope: "col", class: "number" }, texts.area),
        ),
      ),
      ...[...edition.tiers]
        .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0)
        .map((tier) => {
          const row = rows.get(tier.code);
          return element(
            "tbody",
            {},
            element(
              "tr",
              { class: "name" },
              element(
                "th",
                { scope: "rowgroup", colspan: 4 },
                element("span", { class: "tier" }, swatches.of(edition.id, tier), element("span", {}, tier.label)),
              ),
            ),
            element(
              "tr",
              { class: "figures" },
              element("td", {}),
              number(figures.number(row?.quarters ?? 0)),
              number(row === undefined ? figures.number(0) : figures.number(row.people)),
              number(row === undefined ? figures.hectares(0) : figures.hectares(row.squareMetres)),
            ),
          );
        }),
    );
  }

  private decisions(edition: Edition): readonly HTMLElement[] {
    const whole: readonly Decision[] = edition.decisions.filter((decision) => decision.quarter === null);
    if (whole.length === 0) return [];
    return [
      element(
        "details",
        {},
        element("summary", {}, `${this.texts.editionDecisions} (${whole.length})`),
        decisionList(whole, edition.tiers, this.texts, this.figures),
      ),
    ];
  }
}
