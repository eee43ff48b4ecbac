// How much of the land a kiosk keeps, for the hours without a server: the quarters with a margin, down to the deepest
// zoom for which all tiles together stay within a bound. The page asks for no other tiles; the worker keeps just these.
import type { Bounds } from "../contract";

/** Some 15 MB of tiles at most, and a minute of a server that has nothing else to do. */
const mostTiles = 1500;
const deepestZoom = 16;

export interface Tile {
  readonly zoom: number;
  readonly column: number;
  readonly row: number;
}

/** Column or row, as a fraction of the square's side. */
const across = (longitude: number): number => (longitude + 180) / 360;
const down = (latitude: number): number =>
  (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2;

/** First and last column, first and last row. */
function rangeAt(bounds: Bounds, zoom: number): readonly [number, number, number, number] {
  const tiles = 2 ** zoom;
  const within = (fraction: number) => Math.min(tiles - 1, Math.max(0, Math.floor(fraction * tiles)));
  const [west, south, east, north] = bounds;
  return [within(across(west)), within(across(east)), within(down(north)), within(down(south))];
}

export class Territory {
  private constructor(
    readonly bounds: Bounds,
    /** Deeper ones are drawn from it. */
    readonly maxZoom: number,
  ) {}

  /** Around the box of the quarters: a screen higher than wide shows land above and below. */
  static around([west, south, east, north]: Bounds): Territory {
    const middle: readonly [number, number] = [(west + east) / 2, (south + north) / 2];
    const squeeze = Math.cos((middle[1] * Math.PI) / 180);
    const half = Math.max((east - west) / 2, (north - south) / 2 / squeeze, 0.01) * 1.25;
    const bounds: Bounds = [
      Math.max(-180, middle[0] - half),
      Math.max(-85, middle[1] - half * squeeze),
      Math.min(180, middle[0] + half),
      Math.min(85, middle[1] + half * squeeze),
    ];
    let zoom = 0;
    let tiles = 1;
    while (zoom < deepestZoom) {
      const [first, last, top, bottom] = rangeAt(bounds, zoom + 1);
      tiles += (last - first + 1) * (bottom - top + 1);
      if (tiles > mostTiles) break;
      ++zoom;
    }
    return new Territory(bounds, zoom);
  }

  /** Shallow zooms first: what is kept first is what a visitor sees first. */
  *tiles(): Generator<Tile> {
    for (let zoom = 0; zoom <= this.maxZoom; ++zoom) {
      const [first, last, top, bottom] = rangeAt(this.bounds, zoom);
      for (let column = first; column <= last; ++column)
        for (let row = top; row <= bottom; ++row) yield { zoom, column, row };
    }
  }
}
