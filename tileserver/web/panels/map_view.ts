// The map itself. It draws the server's style; the page only says what is filtered, chosen or pointed at.
import {
  AttributionControl,
  type FilterSpecification,
  Map as MapLibre,
  type MapGeoJSONFeature,
  NavigationControl,
  type PointLike,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";

import { contributionLayer } from "../consultation/marks";
import type { Bounds } from "../contract";
import { element } from "../elements";
import type { Texts } from "../i18n/fr";
import { pictures, withoutPictures } from "../map_style";
import type { View } from "../state";
import { timed } from "../timed";
import { FirstTiles } from "./first_tiles";

/** The server answered with an error, did not answer, or the map's library complains in its own words. */
export type MapProblem =
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "no answer" }
  | { readonly kind: "other"; readonly words: string };

export interface MapEvents {
  readonly choose: (code: string) => void;
  readonly point: (code: string | null) => void;
  /** The map stands still again. */
  readonly move: (view: View) => void;
  /** Every step of a movement. */
  readonly step: (view: View) => void;
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

/** Where a map is made: `frame` says in `data-drawn` whether all that was asked for is drawn. */
export interface MapPlace {
  readonly home: URL;
  readonly frame: HTMLElement;
  readonly container: HTMLElement;
  readonly label: string;
  /** A second map that only follows another one has no buttons and answers to nobody. */
  readonly follower: boolean;
}

export class MapView {
  private readonly map: MapLibre;
  private layer = "";
  private selected: string | null = null;
  private pointed: string | null = null;
  private shown: ReadonlySet<string> | null = null;
  private withPictures = false;
  private complete = false;
  private latest: ReadonlyMap<string, FilterSpecification | null> = new Map();
  private readonly firstTiles = new FirstTiles();
  private tellFirst: () => void = () => undefined;
  /** Settled when a quarter has been drawn for the first time, or when nothing can be. */
  readonly firstDrawn = new Promise<void>((resolve) => (this.tellFirst = resolve));

  /** @throws Error when the browser has no WebGL 2. */
  constructor(
    private readonly place: MapPlace,
    texts: Texts,
    private readonly events: MapEvents,
    view: View | null,
  ) {
    setWorkerUrl(new URL("assets/maplibre-gl-worker.mjs", place.home).href);
    this.map = new MapLibre({
      container: place.container,
      style: { version: 8, sources: {}, layers: [] },
      locale: { ...texts.mapControls, "Map.Title": place.label },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 19,
      interactive: !place.follower,
      transformRequest: this.firstTiles.turn,
      ...(view === null ? {} : { center: [view.longitude, view.latitude], zoom: view.zoom }),
    });
    this.map.on("error", ({ error }) => this.events.problem(problemOf(error)));
    this.tellDrawn();
    if (place.follower) {
      this.map.getCanvas().setAttribute("tabindex", "-1");
      return;
    }
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-left");
    this.map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
    this.map.addControl(new AttributionControl({ compact: true }), "bottom-right");
    this.listen();
    this.describe(texts);
  }

  /** The chosen quarter and the one pointed at are kept when the new edition has them. */
  show(edition: string, style: StyleSpecification, filters: ReadonlyMap<string, FilterSpecification | null>): void {
    this.layer = `${edition}.quarters`;
    this.latest = filters;
    // Another's pictures cannot wait: its layers name them.
    const whole = this.withPictures || typeof style.sprite !== "string";
    const asked = whole ? style : withoutPictures(style);
    const layers = asked.layers.map((layer) => {
      const filter = filters.get(layer.id);
      return filter === undefined || filter === null ? layer : { ...layer, filter };
    });
    this.map.setStyle({ ...asked, layers } as StyleSpecification, { diff: false });
    this.map.once("styledata", () => this.raise());
    if (whole) this.complete = true;
    else this.map.once("idle", () => this.addPictures(style));
    this.withPictures = true;
  }

  /** The first time, the patterns come after the colours: nothing waits for two requests more. */
  private addPictures(style: StyleSpecification): void {
    this.complete = true;
    // An idle map says so again.
    this.map.triggerRepaint();
    const found = pictures(style);
    if (found === null || typeof style.sprite !== "string" || this.map.getLayer("quarters") === undefined) return;
    // A style that came meanwhile brought them.
    if (this.map.getLayer(found.layer.id) !== undefined) return;
    this.map.setSprite(style.sprite);
    this.map.addLayer(found.layer, found.below);
    this.map.setFilter(found.layer.id, this.latest.get(found.layer.id) ?? null);
  }

  /** `codes`: the quarters that are shown, null for all; another one is not chosen by a click. */
  filter(filters: ReadonlyMap<string, FilterSpecification | null>, codes: ReadonlySet<string> | null): void {
    this.shown = codes;
    this.latest = filters;
    for (const [id, filter] of filters) if (this.map.getLayer(id) !== undefined) this.map.setFilter(id, filter);
  }

  frame(bounds: Bounds): void {
    // Not animated: a panel that opens resizes the map, and MapLibre stops every movement at a resize.
    this.map.resize();
    const [west, south, east, north] = bounds;
    this.map.fitBounds([west, south, east, north], { padding: 40, maxZoom: 15.5, animate: false });
  }

  goTo(view: View): void {
    this.map.jumpTo({ center: [view.longitude, view.latitude], zoom: view.zoom });
  }

  view(): View {
    const centre = this.map.getCenter();
    return { zoom: this.map.getZoom(), latitude: centre.lat, longitude: centre.lng };
  }

  bounds(): Bounds {
    const box = this.map.getBounds();
    return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  }

  resize(): void {
    this.map.resize();
  }

  remove(): void {
    this.map.remove();
  }

  select(code: string | null): void {
    this.mark("selected", this.selected, code);
    this.selected = code;
  }

  pointAt(code: string | null): void {
    if (code === this.pointed) return;
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

  /** A mark of contributions stands for its quarter, wherever it is drawn. */
  private quarterAt(point: PointLike): string | null {
    return this.codeAt(point, contributionLayer, "quarter") ?? this.codeAt(point, "quarters", "code");
  }

  private codeAt(point: PointLike, layer: string, property: string): string | null {
    if (this.map.getLayer(layer) === undefined) return null;
    const features: readonly MapGeoJSONFeature[] = this.map.queryRenderedFeatures(point, { layers: [layer] });
    for (const feature of features) {
      const code: unknown = feature.properties[property];
      if (typeof code === "string" && (this.shown === null || this.shown.has(code))) return code;
    }
    return null;
  }

  private listen(): void {
    this.map.on(
      "click",
      timed("click", (event: { readonly point: PointLike }) => {
        const code = this.quarterAt(event.point);
        if (code !== null) this.events.choose(code);
      }),
    );
    this.map.on(
      "mousemove",
      timed("mousemove", (event: { readonly point: PointLike }) => {
        // While the map is dragged the pointer stays over one place of it.
        if (this.map.isMoving()) return;
        const code = this.quarterAt(event.point);
        this.map.getCanvas().classList.toggle("over-quarter", code !== null);
        if (code !== this.pointed) this.events.point(code);
      }),
    );
    this.map.on("mouseout", () => this.events.point(null));
    this.map.on("move", timed("move", () => this.events.step(this.view())));
    this.map.on("moveend", timed("moveend", () => this.events.move(this.view())));
  }

  /** Whether what is asked for is drawn: for tests, and for whoever prints the page. */
  private tellDrawn(): void {
    const { frame } = this.place;
    this.map.on("dataloading", () => (frame.dataset.drawn = "false"));
    this.map.on("movestart", () => (frame.dataset.drawn = "false"));
    this.map.on("idle", () => (frame.dataset.drawn = String(this.complete)));
    const look = () => {
      if (this.map.getLayer("quarters") === undefined) return;
      if (this.map.queryRenderedFeatures({ layers: ["quarters"] }).length === 0) return;
      performance.mark("geoprio:first-quarter");
      this.map.off("render", look);
      this.firstTiles.end();
      this.tellFirst();
    };
    this.map.on("render", look);
    // No quarter in sight, or no answer: the panels must not wait for ever.
    this.map.on("idle", () => this.layer !== "" && this.tellFirst());
    this.map.on("error", () => this.tellFirst());
    // After the drawing that a tile brings, which may have a quarter.
    this.map.on("sourcedata", ({ tile }) => {
      if (tile !== undefined && !this.firstTiles.over) this.map.once("render", () => this.firstTiles.tellAnswered());
    });
    // A tile that failed, or that a movement left behind, will never be drawn.
    for (const lost of ["error", "sourcedataabort"] as const) this.map.on(lost, () => this.firstTiles.end());
  }

  /** The canvas says its keys, and Enter opens the quarter under the cross in its middle. */
  private describe(texts: Texts): void {
    const canvas = this.map.getCanvas();
    const keys = element("p", { id: "map-keys", class: "unseen" }, texts.mapKeys);
    this.place.frame.append(keys, element("div", { class: "cross", "aria-hidden": "true" }));
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
