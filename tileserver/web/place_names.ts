// Quarters and communes by name, found in the page itself; addresses, which only the server knows, after them.
import type { Client } from "./client";
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

/** An answer that does not come leaves the box with what the page knows. Words are cut to what `/search` reads. */
export async function addressesFound(client: Client, words: string): Promise<readonly Found[]> {
  const places = await client.search(words.slice(0, 60)).catch(() => []);
  return places
    .filter(({ kind }) => kind === "address")
    .map(({ code, label, longitude, latitude }) => ({ kind: "address", code: code ?? "", label, position: [longitude, latitude] }));
}
