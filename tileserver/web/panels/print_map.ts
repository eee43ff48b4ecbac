// The map as a picture for paper: drawn apart, at the paper's size and twice the screen's sharpness.
import { type FilterSpecification, Map as MapLibre, type StyleSpecification } from "maplibre-gl";

import type { Bounds } from "../contract";
import { element } from "../elements";
import { metresOfPixel } from "../ground_scale";

export interface PrintedMap {
  readonly picture: HTMLImageElement;
  /** In the middle of the picture. */
  readonly metresAPixel: number;
}

export interface MapToPrint {
  readonly style: StyleSpecification;
  readonly filters: ReadonlyMap<string, FilterSpecification | null>;
  /** What must be seen. */
  readonly bounds: Bounds;
  /** CSS pixels; on paper 96 to the inch. */
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

const sharpness = 2; // 192 dots an inch: an A3 sheet stays below the 4,096 pixels that every graphics card draws

function idle(map: MapLibre): Promise<void> {
  return new Promise((resolve, reject) => {
    map.once("idle", () => resolve());
    map.once("error", ({ error }) => reject(error));
  });
}

function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png"),
  );
}

/** @throws Error when the map cannot be drawn. */
export async function printedMap(wanted: MapToPrint): Promise<PrintedMap> {
  const container = element("div", { class: "print-drawing", "aria-hidden": "true" });
  container.style.width = `${wanted.width}px`;
  container.style.height = `${wanted.height}px`;
  document.body.append(container);
  const layers = wanted.style.layers.map((layer) => {
    const filter = wanted.filters.get(layer.id);
    return filter === undefined || filter === null ? layer : { ...layer, filter };
  });
  const [west, south, east, north] = wanted.bounds;
  const map = new MapLibre({
    container,
    style: { ...wanted.style, layers } as StyleSpecification,
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: 24 },
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio: sharpness,
    // Else the picture is gone before it can be read.
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  try {
    await idle(map);
    const address = URL.createObjectURL(await encoded(map.getCanvas()));
    const picture = element("img", { alt: wanted.description, width: wanted.width, height: wanted.height, src: address });
    await picture.decode();
    URL.revokeObjectURL(address);
    return { picture, metresAPixel: metresOfPixel(map.getCenter().lat, map.getZoom()) };
  } finally {
    map.remove();
    container.remove();
  }
}
