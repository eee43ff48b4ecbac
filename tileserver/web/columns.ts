// The columns of the table of quarters: what each shows, how it sorts, and what a spreadsheet gets.
import type { Edition, QuarterItem } from "./contract";
import type { Figures } from "./figures";
import type { Texts } from "./i18n/fr";
import { byRank } from "./panels/tier_order";

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly numeric: boolean;
  /** As people read it. */
  readonly text: (quarter: QuarterItem) => string;
  /** As it sorts and as a spreadsheet reads it; null where unknown. */
  readonly value: (quarter: QuarterItem) => number | string | null;
}

export function columnsOf(
  edition: Edition,
  quarters: readonly QuarterItem[],
  communes: ReadonlyMap<string, string>,
  texts: Texts,
  figures: Figures,
  /** How many by quarter; null: no column of them. */
  contributions: ReadonlyMap<string, number> | null = null,
): readonly Column[] {
  const places = (quarter: QuarterItem) => quarter.communes.map((code) => communes.get(code) ?? code).join(", ");
  const label = (quarter: QuarterItem) => {
    const tier = edition.tiers.find((candidate) => candidate.code === quarter.tier);
    return tier === undefined ? texts.notRanked : (tier.short ?? texts.planner.shortLabel(tier.label));
  };
  const rank = new Map(byRank(edition.tiers).map((tier, place) => [tier.code, place]));
  const words = (id: string, title: string, text: (quarter: QuarterItem) => string): Column => ({ id, title, numeric: false, text, value: text });
  const number = (
    id: string,
    title: string,
    value: (quarter: QuarterItem) => number | null,
    text: (value: number | null) => string,
  ): Column => ({ id, title, numeric: true, value, text: (quarter) => text(value(quarter)) });
  const axes = [...new Set(quarters.flatMap((quarter) => [...quarter.scores.keys()]))];
  return [
    words("name", texts.planner.quarter, (quarter) => quarter.name),
    words("commune", texts.commune, places),
    ...(edition.tiers.length === 0
      ? []
      : [{ ...words("tier", texts.planner.tier, label), value: (quarter: QuarterItem) => rank.get(quarter.tier ?? "") ?? null }]),
    ...axes.map((axis) =>
      number(
        `score_${axis}`,
        texts.planner.scoreOf(texts.planner.rule.axes[axis] ?? axis),
        (quarter) => quarter.scores.get(axis) ?? null,
        (value) => figures.number(value, 1),
      ),
    ),
    number("population", texts.people, (quarter) => quarter.people, (value) => figures.number(value)),
    number("area", texts.area, (quarter) => quarter.squareMetres, (value) => figures.hectares(value)),
    ...(contributions === null
      ? []
      : [number("contributions", texts.planner.contributions, (quarter) => contributions.get(quarter.code) ?? 0, (value) => figures.number(value))]),
  ];
}

/** Unknown ones come last whichever way; equal ones by name. */
export function compared(column: Column, a: QuarterItem, b: QuarterItem, descending: boolean, locale: string): number {
  const [one, other] = [column.value(a), column.value(b)];
  if (one === null || other === null) {
    if (one !== other) return one === null ? 1 : -1;
  } else if (one !== other) {
    const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), locale);
    if (order !== 0) return descending ? -order : order;
  }
  return a.name.localeCompare(b.name, locale);
}
