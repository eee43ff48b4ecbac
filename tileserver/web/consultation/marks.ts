// The published contributions on a map: one mark for each place, with how many there are.
import type { GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";

import type { Contribution } from "./contribution";

export interface Pile {
  readonly lon: number;
  readonly lat: number;
  /** The quarter that all of them are about; null at a place of its own. */
  readonly quarter: string | null;
  readonly count: number;
}

/** Those of one place are one mark: a quarter's stand at its label, the others at the middle of their cell. */
export function piles(contributions: readonly Contribution[]): readonly Pile[] {
  const found = new Map<string, Pile>();
  for (const { place, quarter } of contributions) {
    if (place === null) continue;
    const key = JSON.stringify([place.lon, place.lat, quarter]);
    found.set(key, { ...place, quarter, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

const marks = "contributions";
const figures = "contribution-counts";

/** The layer that answers where a mark is; a feature's `quarter` is absent at a place of its own. */
export const contributionLayer = marks;

export const isContributionLayer = (id: string): boolean => id === marks || id === figures;

/** What MapLibre draws, over the source `contributions`. */
export function contributionLayers(contributions: readonly Contribution[]): {
  readonly source: GeoJSONSourceSpecification;
  readonly layers: readonly LayerSpecification[];
} {
  const features = piles(contributions).map(({ lon, lat, quarter, count }) => ({
    type: "Feature" as const,
    properties: { count, ...(quarter === null ? {} : { quarter }) },
    geometry: { type: "Point" as const, coordinates: [lon, lat] },
  }));
  // Above the point: the quarter's name stands on it.
  const size = 12;
  const above = -24;
  return {
    source: { type: "geojson", data: { type: "FeatureCollection", features } },
    layers: [
      {
        id: marks,
        type: "circle",
        source: marks,
        paint: {
          "circle-radius": ["+", 9, ["min", 12, ["*", 2, ["sqrt", ["get", "count"]]]]],
          "circle-color": "#ffffff",
          "circle-stroke-color": "#14181f",
          "circle-stroke-width": 2.5,
          "circle-translate": [0, above],
        },
      },
      {
        id: figures,
        type: "symbol",
        source: marks,
        layout: {
          "text-field": ["to-string", ["get", "count"]],
          "text-size": size,
          // Not a translation, and as wide as the circle: names that can stand elsewhere make room.
          "text-offset": [0, above / size],
          "text-padding": 10,
          "text-font": ["Noto Sans Bold", "Noto Sans", "Segoe UI", "Roboto", "Arial"],
          "text-allow-overlap": true,
        },
        paint: { "text-color": "#14181f" },
      },
    ],
  };
}
