// The page of a document: its map, and buttons that copy addresses. Without it the page is still whole to read.
import {
  AttributionControl,
  type LayerSpecification,
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type SourceSpecification,
  type StyleSpecification,
} from "maplibre-gl";

import { chosenLanguage } from "./i18n/language";

const { texts } = chosenLanguage(new URLSearchParams(location.search), document.documentElement.lang);
const colour = "#0a5cc2";

interface Geometry {
  readonly coordinates: unknown;
}

/** Every position of a geometry, however deep its lists are. */
function* positions(coordinates: unknown): Generator<[number, number]> {
  if (!Array.isArray(coordinates)) return;
  const [east, north]: unknown[] = coordinates;
  if (typeof east === "number" && typeof north === "number") yield [east, north];
  else for (const part of coordinates) yield* positions(part);
}

async function fetched(address: string): Promise<Record<string, unknown>> {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Record<string, unknown>;
}

/** Land, lines and points of one source, whichever it has. */
function plainLayers(source: string, sourceLayer: string | null): LayerSpecification[] {
  const part = sourceLayer === null ? {} : { "source-layer": sourceLayer };
  const name = sourceLayer ?? source;
  return [
    {
      id: `${name} land`,
      type: "fill",
      source,
      ...part,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.18 },
    },
    {
      id: `${name} line`,
      type: "line",
      source,
      ...part,
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": colour, "line-width": 1.5 },
    },
    {
      id: `${name} point`,
      type: "circle",
      source,
      ...part,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": colour, "circle-radius": 4, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1 },
    },
  ];
}

function plainStyle(source: SourceSpecification, layers: LayerSpecification[]): StyleSpecification {
  return {
    version: 8,
    sources: { shown: source },
    layers: [{ id: "ground", type: "background", paint: { "background-color": "#f7f6f3" } }, ...layers],
  };
}

interface Picture {
  readonly style: StyleSpecification | string;
  readonly bounds: LngLatBounds | null;
}

async function tilesPicture(address: string): Promise<Picture> {
  const tilejson = await fetched(address);
  const layers = tilejson["vector_layers"] as { readonly id: string }[];
  const bounds = tilejson["bounds"] as [number, number, number, number] | undefined;
  return {
    style: plainStyle(
      { type: "vector", url: address },
      layers.flatMap((layer) => plainLayers("shown", layer.id)),
    ),
    bounds: bounds === undefined ? null : new LngLatBounds(bounds),
  };
}

async function featuresPicture(address: string): Promise<Picture> {
  const collection = await fetched(address);
  const features = (collection["features"] ?? [collection]) as { readonly geometry: Geometry | null }[];
  const bounds = new LngLatBounds();
  for (const feature of features) for (const place of positions(feature.geometry?.coordinates)) bounds.extend(place);
  return {
    style: plainStyle({ type: "geojson", data: collection as never }, plainLayers("shown", null)),
    bounds: bounds.isEmpty() ? null : bounds,
  };
}

async function pictureOf(frame: HTMLElement): Promise<Picture> {
  const { tilejson, style, features } = frame.dataset;
  if (style) return { style, bounds: null };
  if (features) return featuresPicture(features);
  return tilesPicture(tilejson ?? "");
}

async function draw(frame: HTMLElement): Promise<void> {
  const picture = await pictureOf(frame);
  setWorkerUrl(new URL("maplibre-gl-worker.mjs", import.meta.url).href);
  const map = new MapLibre({
    container: frame,
    style: picture.style,
    locale: { ...texts.mapControls, "Map.Title": frame.getAttribute("aria-label") ?? "" },
    attributionControl: false,
    dragRotate: false,
    maxZoom: 19,
    ...(picture.bounds === null ? {} : { bounds: picture.bounds, fitBoundsOptions: { padding: 30, maxZoom: 15 } }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-left");
  map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  map.once("idle", () => frame.setAttribute("data-drawn", ""));
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const input = button.parentElement?.querySelector("input");
  // Without a secure context there is no clipboard; the address can still be selected.
  if (input === null || input === undefined || !("clipboard" in navigator)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    input.select();
    void navigator.clipboard.writeText(input.value);
  });
}
for (const input of document.querySelectorAll<HTMLInputElement>(".address input"))
  input.addEventListener("focus", () => input.select());

const frame = document.getElementById("preview");
if (frame !== null)
  draw(frame).catch(() => {
    frame.textContent = texts.noDrawing;
  });
