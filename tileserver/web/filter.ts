// Which tiers and which commune are shown: one filter for the map, the table and the legend, so that they agree.
import type { Edition, Quarter } from "./contract";

export interface Filter {
  /** The codes shown; null for all. */
  readonly tiers: ReadonlySet<string> | null;
  readonly commune: string | null;
}

export const everything: Filter = { tiers: null, commune: null };

export function isEverything(filter: Filter): boolean {
  return filter.tiers === null && filter.commune === null;
}

/** A quarter without a tier is shown as long as no tier is left out. */
export function shows(filter: Filter, quarter: Quarter): boolean {
  if (filter.commune !== null && !quarter.communes.includes(filter.commune)) return false;
  return filter.tiers === null || (quarter.tier !== null && filter.tiers.has(quarter.tier));
}

/** Without what this edition does not have: a link's filter may come from another edition. */
export function meant(filter: Filter, edition: Edition, communes: ReadonlyMap<string, string>): Filter {
  const known = edition.tiers.map((tier) => tier.code);
  const kept = filter.tiers === null ? known : known.filter((code) => filter.tiers?.has(code));
  return {
    tiers: kept.length === known.length ? null : new Set(kept),
    commune: filter.commune !== null && communes.has(filter.commune) ? filter.commune : null,
  };
}

export function withTier(filter: Filter, edition: Edition, tier: string, shown: boolean): Filter {
  const all = edition.tiers.map((one) => one.code);
  const tiers = all.filter((code) => (code === tier ? shown : (filter.tiers?.has(code) ?? true)));
  return { ...filter, tiers: tiers.length === all.length ? null : new Set(tiers) };
}
