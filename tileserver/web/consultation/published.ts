// The published contributions of an edition: for the council's summary, for the planner's map, and quarter by quarter.
import type { GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";

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

interface Pile {
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
}

/** Those of one place are one mark: a quarter's stand at its label, the others at the middle of their cell. */
export function piles(contributions: readonly Contribution[]): readonly Pile[] {
  const found = new Map<string, Pile>();
  for (const { place } of contributions) {
    if (place === null) continue;
    const key = `${place.lon},${place.lat}`;
    found.set(key, { ...place, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

/** What MapLibre draws: `map.addSource("contributions", source)`, then each layer. */
export function contributionLayers(contributions: readonly Contribution[]): {
  readonly source: GeoJSONSourceSpecification;
  readonly layers: readonly LayerSpecification[];
} {
  const features = piles(contributions).map(({ lon, lat, count }) => ({
    type: "Feature" as const,
    properties: { count },
    geometry: { type: "Point" as const, coordinates: [lon, lat] },
  }));
  const source = "contributions";
  return {
    source: { type: "geojson", data: { type: "FeatureCollection", features } },
    layers: [
      {
        id: "contributions",
        type: "circle",
        source,
        paint: {
          "circle-radius": ["+", 10, ["min", 14, ["*", 2, ["sqrt", ["get", "count"]]]]],
          "circle-color": "#ffffff",
          "circle-stroke-color": "#14181f",
          "circle-stroke-width": 2,
        },
      },
      {
        id: "contribution-counts",
        type: "symbol",
        source,
        layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 12, "text-font": ["Noto Sans Bold"] },
        paint: { "text-color": "#14181f" },
      },
    ],
  };
}

/** The remarks on one quarter, as text: for its sheet. */
export function remarksOn(contributions: readonly Contribution[], quarter: string | null): HTMLElement {
  const remarks = contributions.filter((one) => one.quarter === quarter);
  return element(
    "ul",
    { class: "remarks" },
    ...remarks.map(({ theme, text, language }) =>
      element("li", {}, element("strong", {}, theme), " ", element("span", { lang: language }, text)),
    ),
  );
}
