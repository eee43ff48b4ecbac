// "Mon quartier est-il concerné ?": a name is written, on this screen's keyboard or a real one, and one of what it may
// mean is chosen.
import { element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";
import type { Found, FoundList } from "./answers";
import { Keyboard } from "./keyboard";

export interface QuestionEvents {
  readonly find: (written: string) => Promise<FoundList>;
  readonly choose: (found: Found) => void;
}

/** Long enough that a word is not asked letter by letter. */
const pause = 250;

export class Question {
  readonly element = element("div", { class: "question" });
  private readonly field: HTMLInputElement;
  private readonly list = element("ul", { class: "found" });
  private readonly count = element("p", { class: "count", role: "status" });
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was asked: an answer that comes after a newer question is dropped. */
  private turn = 0;

  constructor(
    private readonly texts: KioskTexts,
    addresses: boolean,
    private readonly communeNames: ReadonlyMap<string, string>,
    private readonly events: QuestionEvents,
  ) {
    this.field = element("input", {
      id: "written",
      type: "text",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: 120,
      // The screen has its own keyboard below.
      inputmode: "none",
    });
    const form = element(
      "form",
      { class: "search" },
      element("label", { for: "written" }, addresses ? texts.askAddress : texts.ask),
      element("div", { class: "line" }, this.field, element("button", { type: "submit", class: "strong" }, texts.search)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find(true);
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => void this.find(false), pause);
    });
    this.list.setAttribute("aria-label", texts.suggestions);
    this.list.hidden = true;
    this.element.append(
      element("h1", { tabindex: -1 }, texts.title),
      form,
      element("p", { class: "or" }, texts.orTouch),
      this.count,
      this.list,
      new Keyboard(texts, this.field).element,
    );
  }

  /** What was written, to take it into another language. */
  get written(): string {
    return this.field.value;
  }

  write(text: string): void {
    this.field.value = text;
    if (text !== "") void this.find(false);
  }

  /** No answer to an old question arrives any more. */
  leave(): void {
    ++this.turn;
    clearTimeout(this.waiting);
  }

  private async find(chosen: boolean): Promise<void> {
    clearTimeout(this.waiting);
    const turn = ++this.turn;
    const found = await this.events.find(this.field.value);
    if (turn !== this.turn) return;
    this.show(found);
    if (chosen && found.results.length > 0) this.list.querySelector("button")?.focus();
  }

  private show({ results, complete }: FoundList): void {
    this.list.replaceChildren(...results.map((found) => element("li", {}, this.choice(found))));
    this.list.hidden = results.length === 0;
    if (this.field.value.trim() === "") this.count.textContent = "";
    else if (results.length > 0) this.count.textContent = this.texts.foundCount(results.length);
    else this.count.textContent = complete ? this.texts.foundNone : `${this.texts.noAnswer} ${this.texts.askLater}`;
  }

  private choice(found: Found): HTMLElement {
    const kind = this.texts.kinds[found.kind] ?? found.kind;
    const communes = found.communes.map((code) => this.communeNames.get(code) ?? code).join(", ");
    const where = communes === "" ? kind : `${kind} ${this.texts.inCommune(communes)}`;
    const button = element(
      "button",
      { type: "button" },
      element("strong", {}, found.label),
      " ",
      element("span", { class: "where" }, where),
    );
    button.addEventListener("click", () => this.events.choose(found));
    return button;
  }
}
