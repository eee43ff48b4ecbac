// The order in which tiers are read: the first rank first, then those without one as the rules have them.
import type { Tier } from "../contract";

export function byRank(tiers: readonly Tier[]): readonly Tier[] {
  const rank = (tier: Tier) => tier.rank ?? Number.MAX_SAFE_INTEGER;
  return [...tiers].sort((a, b) => rank(a) - rank(b));
}
