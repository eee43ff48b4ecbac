// The legend's swatches are cut from the same pictures as the map's tiers: both always agree.
import type { Client } from "./client";
import { element } from "./elements";
import type { Tier } from "./contract";

const width = 36;
const height = 22;

interface Square {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isSquare(value: unknown): value is Square {
  return (
    typeof value === "object" &&
    value !== null &&
    ["x", "y", "width", "height"].every((name) => typeof (value as Record<string, unknown>)[name] === "number")
  );
}

/** The sheet of tier pictures. Without it (not loaded) swatches still show their colour. */
export class Swatches {
  private constructor(
    private readonly sheet: ImageBitmap | null,
    private readonly squares: ReadonlyMap<string, Square>,
  ) {}

  static readonly plain = new Swatches(null, new Map());

  static async load(client: Client): Promise<Swatches> {
    const index = await client.document(client.spriteAddress("json"), (value) =>
      Object.entries(value ?? {}).filter((entry): entry is [string, Square] => isSquare(entry[1])),
    );
    const picture = await fetch(client.spriteAddress("png"));
    return new Swatches(await createImageBitmap(await picture.blob()), new Map(index));
  }

  /** A picture without a name of its own: the tier's label stands beside it. */
  of(edition: string, tier: Tier): HTMLCanvasElement {
    const canvas = element("canvas", { class: "swatch", width: width * 2, height: height * 2, "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    if (pen === null) return canvas;
    this.fill(pen, edition, tier);
    pen.lineWidth = 3;
    pen.strokeStyle = tier.outline ?? "#6B7480";
    pen.setLineDash(tier.dash.length > 0 ? tier.dash.map((pixels) => pixels * 2) : tier.fill === null ? [3, 5] : []);
    pen.strokeRect(1.5, 1.5, canvas.width - 3, canvas.height - 3);
    return canvas;
  }

  private fill(pen: CanvasRenderingContext2D, edition: string, tier: Tier): void {
    if (tier.fill === null) return;
    pen.fillStyle = tier.fill;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    const square = this.squares.get(`${edition}.${tier.code}`);
    if (square === undefined || this.sheet === null) return;
    for (let x = 0; x < pen.canvas.width; x += square.width)
      for (let y = 0; y < pen.canvas.height; y += square.height)
        pen.drawImage(this.sheet, square.x, square.y, square.width, square.height, x, y, square.width, square.height);
  }
}
