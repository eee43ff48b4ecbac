// The published contributions of an edition, as texts: for the council's summary, and quarter by quarter for the planner.
import type { Client } from "../client";
import { element } from "../elements";
import { type Contribution, type ContributionPage, contributionPageOf } from "./contribution";

const pageSize = 1000;

/** All of them, page after page. @throws as `Client.document` does; a server without a consultation answers 404. */
export async function publishedContributions(client: Client, edition: string): Promise<readonly Contribution[]> {
  const all: Contribution[] = [];
  let path: string | null = `contributions?edition=${encodeURIComponent(edition)}&limit=${pageSize}`;
  while (path !== null) {
    const page: ContributionPage = await client.document(path, contributionPageOf);
    all.push(...page.contributions);
    path = page.next;
  }
  return all;
}

/** How many there are by whatever `key` says of each. */
export function counts(contributions: readonly Contribution[], key: (one: Contribution) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const one of contributions) found.set(key(one), (found.get(key(one)) ?? 0) + 1);
  return found;
}

/** The remarks on one quarter, as text: for its sheet. `themeName`: what the reader calls a theme. */
export function remarksOn(
  contributions: readonly Contribution[],
  quarter: string | null,
  themeName: (theme: string) => string,
): HTMLElement {
  const remarks = contributions.filter((one) => one.quarter === quarter);
  return element(
    "ul",
    { class: "remarks" },
    ...remarks.map(({ theme, text, language }) =>
      element("li", {}, element("strong", {}, themeName(theme)), " — ", element("span", { lang: language }, text)),
    ),
  );
}
