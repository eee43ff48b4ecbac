// An operator's backdrop below what the atlas draws: two styles made one.
import type { LayerSpecification, SourceSpecification, SpriteSpecification, StyleSpecification } from "maplibre-gl";

/** The layer of the server's style that is drawn with pictures. */
export const patternLayer = "tiers-pattern";

export type Backdrop =
  | { readonly kind: "style"; readonly style: StyleSpecification }
  | { readonly kind: "raster"; readonly template: string; readonly attribution: string | null };

/** Of a sprite that is not the default one, `name:picture` is what a style names. */
const ownSprite = "atlas";

function spritesOf(sprite: SpriteSpecification | undefined): readonly { readonly id: string; readonly url: string }[] {
  if (sprite === undefined) return [];
  return typeof sprite === "string" ? [{ id: "default", url: sprite }] : sprite;
}

/** The layer with the pictures of its tiers taken from the sprite called `ownSprite`: `["match", …, tier, picture, …, ""]`. */
function withOwnPictures(layer: LayerSpecification): LayerSpecification {
  if (layer.id !== patternLayer || layer.type !== "fill") return layer;
  const pattern: unknown = layer.paint?.["fill-pattern"];
  if (!Array.isArray(pattern)) return layer;
  const parts: unknown[] = pattern;
  const renamed = parts.map((part, at) => (at >= 3 && at % 2 === 1 ? `${ownSprite}:${String(part)}` : part));
  return { ...layer, paint: { ...layer.paint, "fill-pattern": renamed as unknown as string } };
}

/** Pictures one after another under the tiers. */
function overRaster(style: StyleSpecification, own: readonly LayerSpecification[], source: SourceSpecification): StyleSpecification {
  return {
    ...style,
    sources: { ...style.sources, backdrop: source },
    layers: [{ id: "backdrop", type: "raster", source: "backdrop" }, ...own],
  };
}

/** The backdrop below, then what the atlas draws without its own ground, so that the backdrop is seen. A style has one
 * set of glyphs, and neither has the other's fonts: all words are drawn in the reader's own, as the atlas does. */
export function overBackdrop(style: StyleSpecification, backdrop: Backdrop): StyleSpecification {
  const own = style.layers.filter((layer) => layer.id !== "ground" && layer.id !== "communes");
  if (backdrop.kind === "raster") {
    const { template, attribution } = backdrop;
    return overRaster(style, own, {
      type: "raster",
      tiles: [template],
      tileSize: 256,
      ...(attribution === null ? {} : { attribution }),
    });
  }
  const below = backdrop.style;
  const renamed = (name: string) => `backdrop ${name}`;
  const sources = Object.fromEntries(Object.entries(below.sources).map(([name, source]) => [renamed(name), source]));
  const layers = below.layers.map((layer) => ({
    ...layer,
    id: renamed(layer.id),
    ...("source" in layer ? { source: renamed(String(layer.source)) } : {}),
  })) as LayerSpecification[];
  const theirs = spritesOf(below.sprite);
  const ours = spritesOf(style.sprite).map(({ url }) => ({ id: ownSprite, url }));
  return {
    ...style,
    ...(theirs.length === 0 ? {} : { sprite: [...theirs, ...ours] }),
    sources: { ...style.sources, ...sources },
    layers: [...layers, ...(theirs.length === 0 ? own : own.map(withOwnPictures))],
  };
}

/** Whose backdrop it is, as its sources say, in plain words: for paper. */
export function attributionsOf(backdrop: Backdrop | null): readonly string[] {
  if (backdrop === null) return [];
  if (backdrop.kind === "raster") return backdrop.attribution === null ? [] : [backdrop.attribution];
  const said = Object.values(backdrop.style.sources).map((source) => ("attribution" in source ? source.attribution : undefined));
  return [...new Set(said.flatMap((text) => (text === undefined ? [] : [text.replaceAll(/<[^>]*>/g, "").trim()])))];
}
