// Quarters and communes by name, found in the page itself: it works without an answer of the server.
import type { QuarterItem } from "./contract";
import { distanceOf } from "./matching";
import type { Found } from "./panels/search";

const most = 8;

export function foundAmong(
  words: string,
  quarters: readonly QuarterItem[],
  communes: ReadonlyMap<string, string>,
): readonly Found[] {
  const candidates: readonly Found[] = [
    ...quarters.map((quarter): Found => ({ kind: "quarter", code: quarter.code, label: quarter.name, position: null })),
    ...[...communes].map(([code, name]): Found => ({ kind: "commune", code, label: name, position: null })),
  ];
  return candidates
    .flatMap((found) => {
      const distance = distanceOf(words, found.label) ?? (found.code.startsWith(words) ? 1 : null);
      return distance === null ? [] : [{ found, distance }];
    })
    .sort((a, b) => a.distance - b.distance || a.found.label.localeCompare(b.found.label))
    .slice(0, most)
    .map(({ found }) => found);
}
