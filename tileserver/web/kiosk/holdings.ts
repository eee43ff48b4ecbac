// What the kiosk holds of the atlas: asked for at the start, and anew when the server has another one.
import type { Bounds, Edition, Style } from "../contract";
import { list, members, text, textOrNull } from "../contract";
import type { Landing } from "../landing_contract";
import { Swatches } from "../swatch";
import type { Atlas } from "./asker";
import type { KeptClient } from "./kept_client";
import { type Area, areaPageOf, boundsOf, Land } from "./land";
import { Territory } from "./territory";

export interface Holdings {
  readonly landing: Landing;
  readonly edition: Edition;
  readonly style: Style;
  readonly swatches: Swatches;
  readonly atlas: Atlas;
  /** Of all quarters, and of each by its code. */
  readonly bounds: Bounds | null;
  readonly boxes: ReadonlyMap<string, Bounds>;
  /** All that was asked for to show this, and the tiles of the territory: what the worker keeps. */
  readonly addresses: readonly string[];
}

function boxesOf(quarters: readonly Area[]): ReadonlyMap<string, Bounds> {
  return new Map(
    quarters.flatMap((quarter) => {
      const box = boundsOf([quarter]);
      return box === null ? [] : [[quarter.code, box] as const];
    }),
  );
}

/** Whether a quarter of that tier is concerned: an edition without tiers concerns all its quarters. */
export function concerned(edition: Edition): (tier: string | null) => boolean | null {
  return (tier) => {
    if (edition.tiers.length === 0) return true;
    if (tier === null || tier === "undetermined") return null;
    return tier !== "outside";
  };
}

/** Communes with land of a concerned tier. */
async function concernedCommunes(client: KeptClient, edition: Edition): Promise<ReadonlySet<string>> {
  const counts = concerned(edition);
  const rows = await client.features(`${edition.id}.tiers_by_commune`, (value) => ({
    features: list(members(value).features, (feature) => members(members(feature).properties)),
    next: textOrNull(list(members(value).links ?? [], members).find((link) => link.rel === "next")?.href),
  }));
  const codes = rows.filter((row) => counts(textOrNull(row.tier)) !== false).map((row) => textOrNull(row.commune));
  return new Set(codes.filter((code): code is string => code !== null));
}

/** Nothing where the atlas has no such collection (404 is no fault there, and is not asked for). */
async function collectionIds(client: KeptClient): Promise<ReadonlySet<string>> {
  return client.document("collections", (value) => {
    const ids = list(members(value).collections, (collection) => textOrNull(members(collection).id));
    return new Set(ids.filter((id): id is string => id !== null));
  });
}

/** What the map asks for by itself: TileJSON, the pictures of the tiers, and tiles. */
async function mapAddresses(client: KeptClient, style: Style, bounds: Bounds | null): Promise<readonly string[]> {
  const pictures = ["", "@2x"].flatMap((scale) => ["json", "png"].map((file) => `${String(style.specification.sprite)}${scale}.${file}`));
  const source = style.specification.sources.atlas;
  if (source?.type !== "vector" || source.url === undefined || bounds === null) return pictures;
  const template = await client.document(source.url, (value) => list(members(value).tiles, text)[0] ?? "");
  const tiles = [...Territory.around(bounds).tiles()].map(({ zoom, column, row }) =>
    template.replace("{z}", String(zoom)).replace("{x}", String(column)).replace("{y}", String(row)),
  );
  return [...pictures, ...tiles];
}

export async function heldAtlas(client: KeptClient, landing: Landing): Promise<Holdings> {
  const id = landing.defaultEdition ?? "";
  const [edition, quarters, style, swatches, collections] = await Promise.all([
    client.edition(id),
    client.features(`${id}.quarters`, areaPageOf),
    client.kioskStyle(),
    Swatches.load(client).catch(() => Swatches.plain),
    collectionIds(client),
  ]);
  const boxes = boxesOf(quarters);
  const bounds = boundsOf(quarters);
  const bbox = bounds === null ? null : Territory.around(bounds).bounds.map((degrees) => degrees.toFixed(5)).join();
  const [communes, named] = await Promise.all([
    collections.has("communes") ? client.features("communes", areaPageOf, bbox === null ? {} : { bbox }) : null,
    collections.has(`${id}.tiers_by_commune`) ? concernedCommunes(client, edition) : new Set<string>(),
  ]);
  const counts = concerned(edition);
  const atlas: Atlas = {
    edition: id,
    land: new Land(quarters, communes, (tier) => counts(tier) === true),
    communes: named,
    nearLimit: landing.kiosk.nearLimit,
    concerned: counts,
  };
  const ofMap = await mapAddresses(client, style, bounds);
  return { landing, edition, style, swatches, atlas, bounds, boxes, addresses: [...client.addresses, ...ofMap] };
}
