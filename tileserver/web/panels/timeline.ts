// The editions in time, each with its stage: one is shown, another may stand beside it.
import type { EditionSummary } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";

export interface TimelineEvents {
  readonly choose: (edition: string) => void;
  /** Null: alone. */
  readonly compare: (edition: string | null) => void;
}

export class Timeline {
  private readonly steps = element("ol", { class: "steps" });
  private readonly beside = element("select", { id: "beside" });
  private readonly comparison = element("div", { class: "comparison" });
  private editions: readonly EditionSummary[] = [];

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly events: TimelineEvents,
  ) {
    const { planner } = texts;
    this.beside.addEventListener("change", () => events.compare(this.beside.value === "" ? null : this.beside.value));
    this.comparison.append(element("label", { for: "beside" }, planner.compareWith), this.beside);
    const timeline = place("timeline");
    timeline.setAttribute("aria-label", planner.editions);
    timeline.append(this.steps, this.comparison);
  }

  setEditions(editions: readonly EditionSummary[]): void {
    const begin = (edition: EditionSummary) => edition.validFrom ?? "9999";
    this.editions = [...editions].sort((a, b) => (begin(a) < begin(b) ? -1 : begin(a) > begin(b) ? 1 : 0));
    this.comparison.hidden = editions.length < 2;
  }

  /** The editions in time's order: the earlier of two stands on the left. */
  isBefore(one: string, other: string): boolean {
    const at = (id: string) => this.editions.findIndex((edition) => edition.id === id);
    return at(one) < at(other);
  }

  show(edition: string, beside: string | null): void {
    // Rebuilt at every change, the focus would be lost: only the marks change.
    if (this.steps.childElementCount !== this.editions.length) this.steps.replaceChildren(...this.editions.map((one) => this.step(one)));
    for (const button of this.steps.querySelectorAll("button"))
      if (button.dataset.edition === edition) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    this.beside.replaceChildren(
      element("option", { value: "" }, this.texts.planner.alone),
      ...this.editions
        .filter((one) => one.id !== edition)
        .map((one) => element("option", { value: one.id }, `${one.title} (${this.stage(one)})`)),
    );
    this.beside.value = beside ?? "";
  }

  private stage(edition: EditionSummary): string {
    return this.texts.stages[edition.stage] ?? edition.stage;
  }

  private step(edition: EditionSummary): HTMLElement {
    const button = element(
      "button",
      { type: "button", "data-edition": edition.id },
      element(
        "span",
        { class: "head" },
        element("span", { class: "when" }, this.when(edition)),
        " ",
        element("span", { class: "stage" }, this.stage(edition)),
        " ",
        edition.workingDocument ? element("span", { class: "working" }, this.texts.workingDocument) : null,
      ),
      element("span", { class: "what" }, edition.title),
    );
    button.addEventListener("click", () => this.events.choose(edition.id));
    return element("li", {}, button);
  }

  private when({ validFrom, validTo, id }: EditionSummary): string {
    if (validFrom === null) return id;
    const [from, to] = [this.figures.year(validFrom), validTo === null ? null : this.figures.year(validTo)];
    return to === null ? this.texts.planner.since(from) : from === to ? from : `${from}–${to}`;
  }
}
