// Printing: the sheet as it will come out, and the choice of paper. The browser prints it, or keeps it as PDF.
import type { FilterSpecification, StyleSpecification } from "maplibre-gl";

import type { Bounds } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import { type Paper, papers } from "../state";
import type { Swatches } from "../swatch";
import { printedMap } from "./print_map";
import { PrintSheet, type SheetOf } from "./print_sheet";

export interface Print extends SheetOf {
  readonly style: StyleSpecification;
  readonly filters: ReadonlyMap<string, FilterSpecification | null>;
  readonly bounds: Bounds;
}

export interface PrintEvents {
  /** Null: back to the map. */
  readonly paper: (paper: Paper | null) => void;
}

export class PrintView {
  private readonly view = place("print-view");
  private readonly status = element("p", { role: "status", class: "small" });
  private readonly choice = element("select", { id: "paper" });
  private readonly now = element("button", { type: "button", id: "print-now" });
  private readonly bench = element("div", { class: "bench", tabindex: 0, role: "region" });
  private open = false;
  private turn = 0;

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    events: PrintEvents,
  ) {
    const { planner } = texts;
    this.choice.append(...papers.map((paper) => element("option", { value: paper }, planner.papers[paper] ?? paper)));
    this.choice.addEventListener("change", () => events.paper(papers.find((paper) => paper === this.choice.value) ?? null));
    this.now.textContent = planner.printNow;
    this.now.addEventListener("click", () => window.print());
    const close = element("button", { type: "button", id: "close-print" }, planner.closeDialog);
    close.addEventListener("click", () => events.paper(null));
    this.view.addEventListener("keydown", (event) => {
      if (event.key === "Escape") events.paper(null);
    });
    this.bench.setAttribute("aria-label", planner.paper);
    this.view.append(
      element(
        "div",
        { class: "print-bar" },
        element("h2", { id: "print-title", tabindex: -1 }, planner.printTitle),
        element("div", { class: "field" }, element("label", { for: "paper" }, planner.paper), this.choice),
        this.now,
        close,
        this.status,
      ),
      this.bench,
    );
  }

  hide(): void {
    this.turn += 1;
    const before = this.open;
    this.open = false;
    this.view.hidden = true;
    this.quiet(false);
    if (before) place("open-print").focus();
    this.bench.replaceChildren();
    document.body.classList.remove("printing");
  }

  /** What lies below the sheet is neither reached nor read. */
  private quiet(quiet: boolean): void {
    for (const sibling of this.view.parentElement?.children ?? [])
      if (sibling instanceof HTMLElement && sibling !== this.view) sibling.inert = quiet;
  }

  async show(paper: Paper, print: Print, swatches: Swatches): Promise<void> {
    const turn = ++this.turn;
    const { planner } = this.texts;
    const first = !this.open;
    this.open = true;
    this.choice.value = paper;
    this.view.hidden = false;
    this.view.dataset.ready = "false";
    this.quiet(true);
    document.body.classList.add("printing");
    const sheet = new PrintSheet(this.texts, this.figures, swatches);
    this.bench.replaceChildren(sheet.of(paper, print));
    if (first) place("print-title").focus();
    this.now.disabled = true;
    this.status.textContent = planner.drawingMap;
    const { clientWidth: width, clientHeight: height } = sheet.mapPlace;
    const { style, filters, bounds } = print;
    const description = `${this.texts.map}, ${print.edition.title}`;
    const made = await printedMap({ style, filters, bounds, width, height, description }).catch(() => null);
    if (turn !== this.turn) return;
    if (made !== null) {
      sheet.mapPlace.replaceChildren(made.picture);
      sheet.showScale(made.metresAPixel);
    }
    this.status.textContent = made === null ? planner.printWithout : "";
    this.now.disabled = false;
    this.view.dataset.ready = "true";
  }
}
