// The map itself. It draws the server's style as it is; the page only says which quarter is chosen or pointed at.
import {
  AttributionControl,
  type LngLatBoundsLike,
  Map as MapLibre,
  type MapGeoJSONFeature,
  NavigationControl,
  type PointLike,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";

import type { Bounds } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";
import type { View } from "../state";

/** The server answered with an error, did not answer, or the map's library complains in its own words. */
export type MapProblem =
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "no answer" }
  | { readonly kind: "other"; readonly words: string };

export interface MapEvents {
  readonly choose: (code: string) => void;
  readonly point: (code: string | null) => void;
  readonly move: (view: View) => void;
  /** A tile, picture or style could not be had. */
  readonly problem: (problem: MapProblem) => void;
  readonly nothingHere: () => void;
}

const sourceId = "atlas";

function problemOf(error: { readonly message: string }): MapProblem {
  if ("status" in error && typeof error.status === "number")
    return error.status === 0 ? { kind: "no answer" } : { kind: "refused", status: error.status };
  // What fetch says, in the browsers' own words, when nobody answers.
  const unanswered = /failed to fetch|networkerror|load failed/i.test(error.message);
  return unanswered ? { kind: "no answer" } : { kind: "other", words: error.message };
}

export class MapView {
  private readonly map: MapLibre;
  private layer = "";
  private selected: string | null = null;
  private pointed: string | null = null;

  /** @throws Error when the browser has no WebGL 2. */
  constructor(
    home: URL,
    texts: Texts,
    private readonly events: MapEvents,
    view: View | null,
  ) {
    setWorkerUrl(new URL("assets/maplibre-gl-worker.mjs", home).href);
    this.map = new MapLibre({
      container: place("map"),
      style: { version: 8, sources: {}, layers: [] },
      locale: { ...texts.mapControls, "Map.Title": texts.map },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 19,
      ...(view === null ? {} : { center: [view.longitude, view.latitude], zoom: view.zoom }),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-left");
    this.map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
    this.map.addControl(new AttributionControl({ compact: true }), "bottom-right");
    this.listen();
    this.describe(texts);
  }

  /** The chosen quarter and the one pointed at are kept when the new edition has them. */
  show(edition: string, style: StyleSpecification): void {
    this.layer = `${edition}.quarters`;
    this.map.setStyle(style, { diff: false });
    this.map.once("styledata", () => this.raise());
  }

  frame(bounds: Bounds): void {
    // Not animated: a panel that opens resizes the map, and MapLibre stops every movement at a resize.
    this.map.resize();
    const [west, south, east, north] = bounds;
    const box: LngLatBoundsLike = [west, south, east, north];
    this.map.fitBounds(box, { padding: 40, maxZoom: 15.5, animate: false });
  }

  goTo(view: View): void {
    this.map.jumpTo({ center: [view.longitude, view.latitude], zoom: view.zoom });
  }

  select(code: string | null): void {
    this.mark("selected", this.selected, code);
    this.selected = code;
  }

  pointAt(code: string | null): void {
    this.mark("hover", this.pointed, code);
    this.pointed = code;
  }

  private mark(state: "selected" | "hover", before: string | null, after: string | null): void {
    if (this.map.getSource(sourceId) === undefined) return;
    const target = (id: string) => ({ source: sourceId, sourceLayer: this.layer, id });
    if (before !== null) this.map.setFeatureState(target(before), { [state]: false });
    if (after !== null) this.map.setFeatureState(target(after), { [state]: true });
  }

  /** After a new style: what was chosen before is chosen again. */
  private raise(): void {
    this.mark("selected", null, this.selected);
    this.mark("hover", null, this.pointed);
  }

  private quarterAt(point: PointLike): string | null {
    if (this.map.getLayer("quarters") === undefined) return null;
    const features: readonly MapGeoJSONFeature[] = this.map.queryRenderedFeatures(point, { layers: ["quarters"] });
    const code: unknown = features[0]?.properties.code;
    return typeof code === "string" ? code : null;
  }

  private listen(): void {
    this.map.on("click", (event) => {
      const code = this.quarterAt(event.point);
      if (code !== null) this.events.choose(code);
    });
    this.map.on("mousemove", (event) => {
      const code = this.quarterAt(event.point);
      this.map.getCanvas().classList.toggle("over-quarter", code !== null);
      if (code !== this.pointed) this.events.point(code);
    });
    this.map.on("mouseout", () => this.events.point(null));
    this.map.on("moveend", () => {
      const centre = this.map.getCenter();
      this.events.move({ zoom: this.map.getZoom(), latitude: centre.lat, longitude: centre.lng });
    });
    this.map.on("error", ({ error }) => {
      this.events.problem(problemOf(error));
    });
    // Whether what is asked for is drawn: for tests, and for whoever prints the page.
    const frame = place("map-frame");
    this.map.on("dataloading", () => (frame.dataset.drawn = "false"));
    this.map.on("movestart", () => (frame.dataset.drawn = "false"));
    this.map.on("idle", () => (frame.dataset.drawn = String(this.layer !== "")));
  }

  /** The canvas says its keys, and Enter opens the quarter under the cross in its middle. */
  private describe(texts: Texts): void {
    const canvas = this.map.getCanvas();
    const keys = element("p", { id: "map-keys", class: "unseen" }, texts.mapKeys);
    place("map-frame").append(keys, element("div", { class: "cross", "aria-hidden": "true" }));
    canvas.setAttribute("aria-describedby", "map-keys");
    canvas.setAttribute("role", "application");
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const code = this.quarterAt(this.map.project(this.map.getCenter()));
      if (code === null) this.events.nothingHere();
      else this.events.choose(code);
    });
  }
}

