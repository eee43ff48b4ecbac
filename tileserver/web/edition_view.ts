// What the page knows of one edition: first what the map draws, then what the panels tell.
import type { StyleSpecification } from "maplibre-gl";

import { type Client, Refused } from "./client";
import type { Bounds, Edition, QuarterItem, TierFigures } from "./contract";
import { spokenIn } from "./i18n/names";
import { unrankedStyle, withVeil } from "./map_style";

/** What the map needs: asked for alone, so that the first drawing waits for nothing else. */
export interface Drawing {
  readonly id: string;
  readonly style: StyleSpecification;
  readonly communes: ReadonlyMap<string, string>;
  readonly bounds: Bounds | null;
}

export interface EditionView extends Drawing {
  readonly edition: Edition;
  readonly quarters: readonly QuarterItem[];
  /** Of the whole edition. */
  readonly figures: readonly TierFigures[];
}

export async function loadedDrawing(client: Client, home: URL, id: string): Promise<Drawing> {
  try {
    const { specification, communes, bounds } = await client.style(id);
    return { id, style: withVeil(specification), communes, bounds };
  } catch (problem) {
    // No such edition, or none for this reader: the page says so once it has the list.
    if (!(problem instanceof Refused && problem.status === 404)) throw problem;
    return { id, style: unrankedStyle(home, id), communes: new Map(), bounds: null };
  }
}

export async function loadedEdition(client: Client, home: URL, drawing: Drawing | string): Promise<EditionView> {
  const id = typeof drawing === "string" ? drawing : drawing.id;
  const [said, quarters] = await Promise.all([client.edition(id), client.quarters(id)]);
  const edition = spokenIn(client.language, said);
  const [drawn, figures] = await Promise.all([
    typeof drawing === "string" ? loadedDrawing(client, home, id) : drawing,
    edition.tiers.length === 0 ? [] : client.tierFigures(id),
  ]);
  return { ...drawn, edition, quarters, figures };
}

/** The box around all of them; null when none has land. */
export function boundsOfQuarters(quarters: readonly QuarterItem[]): Bounds | null {
  const boxes = quarters.flatMap((quarter) => (quarter.bounds === null ? [] : [quarter.bounds]));
  if (boxes.length === 0) return null;
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

/** What is seen; all quarters and no more where all of them are seen: paper has another shape than the screen. */
export function boundsToPrint(seen: Bounds | null, quarters: Bounds | null): Bounds {
  if (seen === null || quarters === null) return seen ?? quarters ?? [-180, -80, 180, 80];
  const inside = seen[0] <= quarters[0] && seen[1] <= quarters[1] && seen[2] >= quarters[2] && seen[3] >= quarters[3];
  return inside ? quarters : seen;
}
