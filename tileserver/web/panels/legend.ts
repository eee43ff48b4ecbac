// The tiers: colour and pattern, label, and how many quarters, people and hectares each holds. It filters map and table.
import type { Decision, Edition, QuarterItem, Tier, TierFigures } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import { type Filter, everything, isEverything, shows, withTier } from "../filter";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { decisionList } from "./decisions";
import { byRank } from "./tier_order";

/** What the legend tells of one edition. */
export interface LegendOf {
  readonly edition: Edition;
  readonly quarters: readonly QuarterItem[];
  readonly communes: ReadonlyMap<string, string>;
  /** What can be laid below and over the tiers, to be switched on. */
  readonly switches: readonly (HTMLElement | null)[];
}

export class Legend {
  private readonly rows = new Map<string, { readonly box: HTMLInputElement; readonly figures: HTMLElement }>();
  private readonly commune = element("select", { id: "commune" });
  private readonly total = element("p", { class: "total", id: "legend-total", role: "status" });
  private readonly reset = element("button", { type: "button", class: "link", id: "show-all" });
  private of: LegendOf | null = null;
  private filter: Filter = everything;

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly change: (filter: Filter) => void,
  ) {
    this.commune.addEventListener("change", () =>
      this.change({ ...this.filter, commune: this.commune.value === "" ? null : this.commune.value }),
    );
    this.reset.textContent = texts.planner.showAll;
    this.reset.addEventListener("click", () => {
      this.change(everything);
      // The button goes away with the filter: the focus would go with it.
      this.commune.focus();
    });
  }

  show(of: LegendOf, swatches: Swatches): void {
    this.of = of;
    this.rows.clear();
    const { edition, communes } = of;
    const { texts } = this;
    place("legend").replaceChildren(
      element("h2", { id: "legend-title" }, texts.legend),
      ...(communes.size === 0 ? [] : [this.communeChoice(communes)]),
      element("div", { class: "sums" }, this.total, this.reset),
      ...(edition.tiers.length === 0 ? [element("p", {}, texts.unranked)] : [this.tiers(edition, swatches)]),
      ...of.switches.filter((one) => one !== null),
      ...(edition.rulesLabel === null ? [] : [element("p", { class: "small rules" }, `${texts.rules} : ${edition.rulesLabel}`)]),
      ...this.decisions(edition),
    );
  }

  /** `rows`: of the whole edition, or of the commune that the filter names. */
  showFigures(filter: Filter, rows: readonly TierFigures[]): void {
    if (this.of === null) return;
    this.filter = filter;
    const { edition, quarters } = this.of;
    const byTier = new Map(rows.map((row) => [row.tier, row]));
    this.commune.value = filter.commune ?? "";
    for (const [tier, row] of this.rows) {
      row.box.checked = filter.tiers?.has(tier) ?? true;
      row.figures.textContent = this.sums(byTier.get(tier));
    }
    const shown = rows.filter((row) => filter.tiers?.has(row.tier) ?? true);
    const sum = (of: (row: TierFigures) => number | null) =>
      shown.length === 0 || shown.some((row) => of(row) === null) ? null : shown.reduce((all, row) => all + (of(row) ?? 0), 0);
    const count = quarters.filter((quarter) => shows(filter, quarter)).length;
    const parts = [this.texts.quarterCount(count)];
    const people = sum((row) => row.people);
    const squareMetres = sum((row) => row.squareMetres);
    if (people !== null) parts.push(this.texts.peopleCount(this.figures.number(people)));
    if (squareMetres !== null) parts.push(this.figures.hectares(squareMetres));
    this.total.textContent = `${this.texts.planner.shownTotal} ${parts.join(" · ")}`;
    this.reset.hidden = isEverything(filter);
    this.reset.setAttribute("aria-label", `${this.texts.planner.showAll}, ${edition.title}`);
  }

  private tiers(edition: Edition, swatches: Swatches): HTMLElement {
    return element(
      "fieldset",
      { class: "legend" },
      element("legend", { class: "unseen" }, this.texts.planner.tiersShown),
      ...byRank(edition.tiers).map((tier) => this.row(edition, tier, swatches)),
    );
  }

  private row(edition: Edition, tier: Tier, swatches: Swatches): HTMLElement {
    const box = element("input", { type: "checkbox", id: `tier-${tier.code}`, value: tier.code, checked: true });
    const figures = element("span", { class: "figures", id: `figures-${tier.code}` });
    box.setAttribute("aria-describedby", figures.id);
    box.addEventListener("change", () => this.change(withTier(this.filter, edition, tier.code, box.checked)));
    this.rows.set(tier.code, { box, figures });
    // The table has the short name alone.
    const short = tier.short === null ? null : element("strong", {}, `${tier.short}\u00A0· `);
    return element(
      "div",
      { class: "row" },
      box,
      element("label", { class: "tier", for: box.id }, swatches.of(edition.id, tier), element("span", {}, short, tier.label)),
      figures,
    );
  }

  private communeChoice(communes: ReadonlyMap<string, string>): HTMLElement {
    const order = new Intl.Collator(this.texts.locale);
    const sorted = [...communes].sort(([, a], [, b]) => order.compare(a, b));
    this.commune.replaceChildren(
      element("option", { value: "" }, this.texts.planner.allCommunes),
      ...sorted.map(([code, name]) => element("option", { value: code }, name)),
    );
    return element("div", { class: "field" }, element("label", { for: "commune" }, this.texts.commune), this.commune);
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
