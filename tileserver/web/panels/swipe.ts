// A second edition over the first: two maps in step, and a slider that says how much of each is seen.
import type { FilterSpecification } from "maplibre-gl";

import type { EditionView } from "../edition_view";
import { element } from "../elements";
import type { Texts } from "../i18n/fr";
import type { View } from "../state";
import { type MapProblem, MapView } from "./map_view";

export interface SwipeOf {
  readonly main: EditionView;
  readonly beside: EditionView;
  /** The earlier edition stands on the left. */
  readonly besideIsLeft: boolean;
}

const thumb = 30; // pixels across, as in planner.css

export class Swipe {
  private map: MapView | null = null;
  private shownEdition: string | null = null;
  private of: SwipeOf | null = null;
  private readonly container = element("div", { id: "map-beside", "aria-hidden": "true" });
  private readonly line = element("div", { class: "swipe-line", "aria-hidden": "true" });
  private readonly range = element("input", { type: "range", id: "swipe", min: 0, max: 100, step: 1, value: 50 });
  private readonly left = element("p", { class: "swipe-name on-left" });
  private readonly right = element("p", { class: "swipe-name on-right" });
  private readonly parts: readonly HTMLElement[] = [this.container, this.line, this.left, this.right, this.range];

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
    private readonly frame: HTMLElement,
    private readonly problem: (problem: MapProblem) => void,
  ) {
    this.range.setAttribute("aria-label", texts.planner.swipe);
    this.range.addEventListener("input", () => this.cut());
    for (const part of this.parts) part.hidden = true;
    this.frame.append(...this.parts);
  }

  show(of: SwipeOf, view: View, filters: ReadonlyMap<string, FilterSpecification | null>): void {
    this.of = of;
    for (const part of this.parts) part.hidden = false;
    this.map ??= new MapView(
      { home: this.home, frame: this.container, container: this.container, label: this.texts.map, follower: true },
      this.texts,
      { choose: nothing, point: nothing, move: nothing, step: nothing, nothingHere: nothing, problem: this.problem },
      view,
    );
    this.map.resize();
    this.map.goTo(view);
    if (this.shownEdition !== of.beside.edition.id) {
      this.shownEdition = of.beside.edition.id;
      this.map.show(of.beside.edition.id, of.beside.style, filters);
    } else this.map.filter(filters, null);
    const [left, right] = of.besideIsLeft ? [of.beside, of.main] : [of.main, of.beside];
    this.name(this.left, left);
    this.name(this.right, right);
    this.cut();
  }

  hide(): void {
    this.map?.remove();
    this.map = null;
    this.shownEdition = null;
    this.container.replaceChildren();
    for (const part of this.parts) part.hidden = true;
  }

  follow(view: View): void {
    this.map?.goTo(view);
  }

  select(code: string | null): void {
    this.map?.select(code);
  }

  pointAt(code: string | null): void {
    this.map?.pointAt(code);
  }

  private name(place: HTMLElement, { edition }: EditionView): void {
    place.replaceChildren(
      edition.title,
      ...(edition.workingDocument ? [" ", element("strong", {}, this.texts.workingDocument)] : []),
    );
  }

  private cut(): void {
    if (this.of === null) return;
    const share = this.range.valueAsNumber;
    // Set through the object model: the page's policy forbids style attributes, not this.
    // The middle of the slider's thumb, whose width the browser keeps inside the track.
    const left = `calc(${share}% + ${((50 - share) / 50) * (thumb / 2)}px)`;
    this.container.style.clipPath = this.of.besideIsLeft ? `inset(0 calc(100% - ${left}) 0 0)` : `inset(0 0 0 ${left})`;
    this.line.style.left = left;
    const [west, east] = this.of.besideIsLeft ? [this.of.beside, this.of.main] : [this.of.main, this.of.beside];
    this.range.setAttribute("aria-valuetext", this.texts.planner.swipeValue(`${share} %`, west.edition.title, east.edition.title));
  }
}

function nothing(): void {
  // The second map follows and answers to nobody.
}
