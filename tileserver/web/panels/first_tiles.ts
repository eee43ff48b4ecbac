// The tiles in the middle first: on a wide screen a map's tiles are more requests than the rest of the page, and the
// first quarter would wait for its share of the line among all of them.
import type { RequestParameters } from "maplibre-gl";

/** Asked for at once; MapLibre begins with the middle of the frame. */
const ahead = 3;

export class FirstTiles {
  private asked = 0;
  private answered = 0;
  /** Every tile is asked for at once again. */
  over = false;
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));

  /** As `transformRequest` of a map. */
  readonly turn = (url: string, kind?: string): RequestParameters | Promise<RequestParameters> => {
    if (this.over || kind !== "Tile") return { url };
    this.asked += 1;
    return this.asked <= ahead ? { url } : this.opened.then(() => ({ url }));
  };

  /** One of them came, or did not: where no quarter is in the middle, the others must come. */
  tellAnswered(): void {
    this.answered += 1;
    if (this.answered >= ahead) this.end();
  }

  /** The others may be asked for. */
  end(): void {
    this.over = true;
    this.open();
  }
}
