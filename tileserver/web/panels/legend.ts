// The tiers: colour and pattern, label, and how many quarters, people and hectares each holds.
import type { Decision, Edition, TierFigures } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { decisionList } from "./decisions";
import { byRank } from "./tier_order";

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
        : this.tiers(edition, new Map(tiers.map((row) => [row.tier, row])), swatches);
    place("legend").replaceChildren(
      heading,
      body,
      ...(edition.rulesLabel === null ? [] : [element("p", { class: "small" }, `${this.texts.rules} : ${edition.rulesLabel}`)]),
      ...this.decisions(edition),
    );
  }

  private tiers(edition: Edition, rows: ReadonlyMap<string, TierFigures>, swatches: Swatches): HTMLElement {
    return element(
      "ul",
      { class: "legend" },
      ...byRank(edition.tiers).map((tier) =>
        element(
          "li",
          {},
          element("span", { class: "tier" }, swatches.of(edition.id, tier), element("span", {}, tier.label)),
          element("span", { class: "figures" }, this.sums(rows.get(tier.code))),
        ),
      ),
    );
  }

  /** A tier that holds no quarter is not in the collection. */
  private sums(row: TierFigures | undefined): string {
    const { texts, figures } = this;
    if (row === undefined) return texts.noQuarter;
    return [
      texts.quarterCount(row.quarters ?? 0),
      texts.peopleCount(figures.number(row.people)),
      figures.hectares(row.squareMetres),
    ].join(" · ");
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
