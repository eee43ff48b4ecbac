// The kiosk's map: touched anywhere it asks about that place; every movement has a button, no gesture is needed.
import { Map as MapLibre, Marker, setWorkerUrl, type StyleSpecification } from "maplibre-gl";

import type { Bounds } from "../contract";
import { drawing, element, place } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";
import type { Point } from "./land";
import { Territory } from "./territory";

const sourceId = "atlas";
/** How far one touch of an arrow goes, as a share of the frame. */
const step = 0.4;
const moves = { west: [-step, 0, "←"], north: [0, -step, "↑"], south: [0, step, "↓"], east: [step, 0, "→"] } as const;

function pin(): SVGSVGElement {
  return drawing(
    "svg",
    { class: "pin", viewBox: "0 0 40 52", width: 40, height: 52, "aria-hidden": "true" },
    drawing("path", { d: "M20 51C20 51 38 33 38 19a18 18 0 1 0-36 0c0 14 18 32 18 32z" }),
    drawing("circle", { cx: 20, cy: 19, r: 7 }),
  );
}

/** The style with no other tiles than those that the kiosk keeps. */
function boundedStyle(style: StyleSpecification, territory: Territory | null): StyleSpecification {
  const source = style.sources[sourceId];
  if (territory === null || source?.type !== "vector") return style;
  const bounds: [number, number, number, number] = [...territory.bounds];
  return { ...style, sources: { ...style.sources, [sourceId]: { ...source, maxzoom: territory.maxZoom, bounds } } };
}

/** A worker's script is asked of the service worker in whose scope it lies (Service Workers, Handle Fetch), and assets
 * lie in none. A script made here is the page's own: what it imports comes by the kiosk's service worker, server or not. */
function keptWorker(script: URL): string {
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(script.href)};`], { type: "text/javascript" }));
}

export class KioskMap {
  private readonly map: MapLibre;
  private readonly marker = new Marker({ element: pin() as unknown as HTMLElement, anchor: "bottom" });
  private bounds: Bounds | null = null;
  private layer = "";
  private raised: string | null = null;
  private readonly frame = place("map-frame");
  private readonly incomplete = element("p", { class: "incomplete", role: "status", hidden: true });
  private readonly buttons = element("div", { id: "map-buttons" });
  private readonly keys = element("p", { id: "map-keys", class: "unseen" });

  /** @throws Error when the browser has no WebGL 2. */
  constructor(
    home: URL,
    private readonly touched: (point: Point) => void,
  ) {
    setWorkerUrl(keptWorker(new URL("assets/maplibre-gl-worker.mjs", home)));
    this.map = new MapLibre({
      container: place("map"),
      style: { version: 8, sources: {}, layers: [] },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      doubleClickZoom: false,
      fadeDuration: 0,
      maxZoom: 17,
      // A frame that is turned or covered is drawn again, and what was in it is let go.
      maxTileCacheSize: 64,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.frame.append(this.buttons, this.incomplete, this.keys, element("div", { class: "cross", "aria-hidden": "true" }));
    this.listen();
  }

  private listen(): void {
    this.map.on("click", ({ lngLat }) => this.touched({ lon: lngLat.lng, lat: lngLat.lat }));
    this.map.on("error", () => (this.incomplete.hidden = false));
    this.map.on("movestart", () => {
      this.incomplete.hidden = true;
      this.frame.dataset.drawn = "false";
    });
    this.map.on("dataloading", () => (this.frame.dataset.drawn = "false"));
    this.map.on("idle", () => (this.frame.dataset.drawn = String(this.layer !== "")));
    this.map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.askCentre();
    });
  }

  private askCentre(): void {
    const { lng, lat } = this.map.getCenter();
    this.touched({ lon: lng, lat });
  }

  /** The words of another language. */
  speak(texts: KioskTexts): void {
    const canvas = this.map.getCanvas();
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", texts.map);
    canvas.setAttribute("aria-describedby", "map-keys");
    this.frame.setAttribute("aria-label", texts.map);
    this.keys.textContent = texts.mapKeys;
    this.incomplete.textContent = texts.mapIncomplete;
    const button = (name: string, face: string, act: () => void, kind: string) => {
      const made = element("button", { type: "button", class: kind, "aria-label": name, title: name }, face);
      made.addEventListener("click", act);
      return made;
    };
    this.buttons.replaceChildren(
      button(texts.askCentre, "✛", () => this.askCentre(), "centre"),
      button(texts.whole, "⤢", () => this.whole(), "whole"),
      button(texts.zoomOut, "−", () => this.map.zoomOut({ duration: 0 }), "out"),
      button(texts.zoomIn, "+", () => this.map.zoomIn({ duration: 0 }), "in"),
      ...Object.entries(moves).map(([way, [across, down, face]]) =>
        button(texts.moves[way] ?? way, face, () => this.move(across, down), way),
      ),
    );
  }

  private move(across: number, down: number): void {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    this.map.panBy([across * clientWidth, down * clientHeight], { duration: 0 });
  }

  show(edition: string, style: StyleSpecification, bounds: Bounds | null): void {
    this.layer = `${edition}.quarters`;
    this.bounds = bounds;
    this.map.setStyle(boundedStyle(style, bounds && Territory.around(bounds)), { diff: false });
    this.whole();
  }

  /** All quarters, north up, and nothing marked: as a new visitor finds it. */
  whole(): void {
    // Room for the names of quarters at the edges.
    this.frameBox(this.bounds, 15, 90);
  }

  clear(): void {
    this.marker.remove();
    this.raise(null);
    this.whole();
  }

  private frameBox(box: Bounds | null, maxZoom: number, padding: number): void {
    // The panel beside it may have changed its size since it was drawn.
    this.map.resize();
    if (box === null) return;
    const [west, south, east, north] = box;
    const { clientWidth, clientHeight } = this.map.getContainer();
    // On a low screen half of the map is for the box, whatever room is wanted around it.
    const room = Math.min(padding, clientWidth / 4, clientHeight / 4);
    this.map.fitBounds([west, south, east, north], { padding: room, maxZoom, animate: false });
  }

  mark(point: Point): void {
    this.marker.setLngLat([point.lon, point.lat]).addTo(this.map);
    this.map.jumpTo({ center: [point.lon, point.lat], zoom: Math.max(this.map.getZoom(), 12.5) });
  }

  /** Marks the quarter, whose box is shown. */
  choose(code: string, box: Bounds | null): void {
    this.raise(code);
    this.frameBox(box, 14, 60);
  }

  private raise(code: string | null): void {
    const target = (id: string) => ({ source: sourceId, sourceLayer: this.layer, id });
    if (this.map.getSource(sourceId) !== undefined) {
      if (this.raised !== null) this.map.setFeatureState(target(this.raised), { selected: false });
      if (code !== null) this.map.setFeatureState(target(code), { selected: true });
    }
    this.raised = code;
  }
}
