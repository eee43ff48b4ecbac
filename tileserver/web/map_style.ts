// From the server's style to what this page draws of it: filters, one commune alone, what is laid below and over it.
import type { FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

import { type Backdrop, overBackdrop, patternLayer } from "./backdrop_style";
import type { Contribution } from "./consultation/contribution";
import type { QuarterItem } from "./contract";
import { contributionLayers, isContributionLayer } from "./consultation/marks";
import { type Filter, shows } from "./filter";

/** Over every commune but one: its colour is the communes' ground. */
const veil = "communes-left-out";
const veilBorder = "communes-left-out-border";

const ofTiers = /^(tiers|tiers-pattern|quarters|quarters-border|quarters-raised|quarters-raised-casing)$/;

function both(base: FilterSpecification | undefined, more: FilterSpecification | null): FilterSpecification | null {
  if (more === null) return base ?? null;
  return base === undefined ? more : (["all", base, more] as FilterSpecification);
}

function filterOf(layer: LayerSpecification): FilterSpecification | undefined {
  return "filter" in layer ? layer.filter : undefined;
}

/** What each layer of the style draws under a filter, by the layer's id; null: all of it. */
export function filtersOf(
  style: StyleSpecification,
  filter: Filter,
  quarters: readonly QuarterItem[],
): ReadonlyMap<string, FilterSpecification | null> {
  const tiers = filter.tiers === null ? null : [...filter.tiers];
  const tierIn = (property: string): FilterSpecification | null =>
    tiers && (["in", ["get", property], ["literal", tiers]] as FilterSpecification);
  const codes = quarters.filter((quarter) => shows(filter, quarter)).map((quarter) => quarter.code);
  const named = (filter.tiers === null && filter.commune === null
    ? null
    : ["in", ["get", "code"], ["literal", codes]]) as FilterSpecification | null;
  const found = new Map<string, FilterSpecification | null>();
  for (const layer of style.layers) {
    const base = filterOf(layer);
    if (layer.id.startsWith("quarter-names")) found.set(layer.id, both(base, named));
    else if (isContributionLayer(layer.id)) found.set(layer.id, named && (["in", ["get", "quarter"], ["literal", codes]] as FilterSpecification));
    else if (layer.id.startsWith("tiers-outline")) {
      const borders = "source-layer" in layer && layer["source-layer"]?.endsWith(".borders") === true;
      // A border of a tier that is left out is still one of the tier beside it.
      const either = tiers && (["any", tierIn("left"), tierIn("right")] as FilterSpecification);
      found.set(layer.id, both(base, borders ? either : tierIn("tier")));
    } else if (ofTiers.test(layer.id)) found.set(layer.id, both(base, tierIn("tier")));
    else if (layer.id === veil || layer.id === veilBorder) found.set(layer.id, veilFilter(filter.commune));
  }
  return found;
}

/** Nothing is veiled without a commune: no commune has an empty code. */
function veilFilter(commune: string | null): FilterSpecification {
  return (commune === null ? ["==", ["get", "code"], ""] : ["!=", ["get", "code"], commune]) as FilterSpecification;
}

/** The style with the veil that a commune's filter draws: below the names, above all that has a tier. */
export function withVeil(style: StyleSpecification): StyleSpecification {
  const ground = style.layers.find((layer) => layer.id === "communes");
  const border = style.layers.find((layer) => layer.id === "communes-border");
  const names = style.layers.findIndex((layer) => layer.id.startsWith("quarter-names"));
  if (ground === undefined || border === undefined || names < 0) return style;
  const filter = veilFilter(null);
  const layers = [...style.layers];
  layers.splice(
    names,
    0,
    { ...ground, id: veil, filter } as LayerSpecification,
    { ...border, id: veilBorder, filter } as LayerSpecification,
  );
  return { ...style, layers };
}

/** What the reader lays below and over what the atlas draws; null: nothing. */
export interface Laid {
  readonly backdrop: Backdrop | null;
  readonly contributions: readonly Contribution[] | null;
}

export const nothingLaid: Laid = { backdrop: null, contributions: null };

export function withLaid(style: StyleSpecification, { backdrop, contributions }: Laid): StyleSpecification {
  const below = backdrop === null ? style : overBackdrop(style, backdrop);
  if (contributions === null) return below;
  const { source, layers } = contributionLayers(contributions);
  return { ...below, sources: { ...below.sources, contributions: source }, layers: [...below.layers, ...layers] };
}

/** The style without its pictures, and what was left out: colours can be drawn before the pictures are there. */
export function withoutPictures(style: StyleSpecification): StyleSpecification {
  const { sprite: _, ...rest } = style;
  return { ...rest, layers: style.layers.filter((layer) => layer.id !== patternLayer) };
}

/** The layer that is drawn with pictures, and the one it stands below; null where the style has none. */
export function pictures(style: StyleSpecification): { readonly layer: LayerSpecification; readonly below: string | undefined } | null {
  const at = style.layers.findIndex((layer) => layer.id === patternLayer);
  const layer = style.layers[at];
  return layer === undefined ? null : { layer, below: style.layers[at + 1]?.id };
}

/** Where the server has no style of that edition: its perimeters and names, if there are any. */
export function unrankedStyle(home: URL, edition: string): StyleSpecification {
  const layer = (kind: string) => `${edition}.${kind}`;
  const of = (kind: string) => ({ source: "atlas", "source-layer": layer(kind) });
  const ids = [layer("quarters"), layer("labels")].map(encodeURIComponent).join(",");
  return {
    version: 8,
    sources: {
      atlas: {
        type: "vector",
        url: new URL(`xyz/${ids}.json`, home).href,
        promoteId: { [layer("quarters")]: "id" },
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#F7F6F3" } },
      { id: "quarters", type: "fill", ...of("quarters"), paint: { "fill-color": "#6B7480", "fill-opacity": 0.25 } },
      { id: "quarters-border", type: "line", ...of("quarters"), paint: { "line-color": "#14181F", "line-width": 1 } },
      {
        id: "quarters-raised",
        type: "line",
        ...of("quarters"),
        paint: {
          "line-color": "#0A0A0A",
          "line-width": [
            "case",
            ["boolean", ["feature-state", "selected"], false], 3.5,
            ["boolean", ["feature-state", "hover"], false], 2,
            0,
          ],
        },
      },
      {
        id: "quarter-names",
        type: "symbol",
        ...of("labels"),
        layout: {
          "text-field": ["get", "name"],
          "text-font": ["Noto Sans Bold", "Noto Sans", "Segoe UI", "Roboto", "Arial"],
          "text-size": 12,
          "text-max-width": 9,
        },
        paint: { "text-color": "#14181F", "text-halo-color": "#FFFFFF", "text-halo-width": 1.8 },
      },
    ],
  };
}
