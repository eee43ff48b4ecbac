// The search box: a combobox with a list (ARIA Authoring Practices), of quarters and communes, tolerant of slips.
import { element } from "../elements";
import type { Texts } from "../i18n/fr";

export interface Found {
  readonly kind: "quarter" | "commune" | "address";
  readonly code: string;
  readonly label: string;
  /** Longitude and latitude, where the server says. */
  readonly position: readonly [number, number] | null;
}

export interface SearchEvents {
  readonly find: (words: string) => Promise<readonly Found[]>;
  readonly choose: (found: Found) => void;
}

const pause = 150; // milliseconds without a key before the words are looked for

export class Search {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly status = element("p", { class: "unseen", role: "status" });
  private found: readonly Found[] = [];
  private active = -1;
  /** Counts what was asked: an answer that comes after a newer question is dropped. */
  private turn = 0;
  private timer = 0;

  constructor(
    place: HTMLElement,
    private readonly texts: Texts,
    private readonly events: SearchEvents,
  ) {
    const { planner } = texts;
    this.list = element("ul", { id: "search-list", role: "listbox", "aria-label": planner.search, hidden: true });
    this.input = element("input", {
      type: "text",
      id: "search-words",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-list",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: planner.searchHint,
    });
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    place.append(element("label", { for: "search-words", class: "unseen" }, planner.search), this.input, this.list, this.status);
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), pause);
  }

  private async look(): Promise<void> {
    const turn = ++this.turn;
    const words = this.input.value.trim();
    const found = words === "" ? [] : await this.events.find(words);
    if (turn !== this.turn || document.activeElement !== this.input) return;
    this.found = found;
    this.list.replaceChildren(
      ...(found.length === 0
        ? [element("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, this.texts.planner.nothingFound)]
        : found.map((one, place) => this.option(one, place))),
    );
    this.activate(-1);
    this.open(words !== "");
    this.status.textContent = words === "" ? "" : this.texts.planner.foundCount(found.length);
  }

  private option(found: Found, place: number): HTMLElement {
    const option = element(
      "li",
      { role: "option", id: `search-option-${place}`, "aria-selected": "false" },
      element("span", { class: "name" }, found.label),
      element("span", { class: "kind" }, this.texts.planner.kinds[found.kind] ?? found.kind),
    );
    // The press, not the click: it comes before the box loses the focus and the list closes.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(found);
    });
    return option;
  }

  private open(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  private close(): void {
    // An answer that is still on its way finds the list closed.
    this.turn += 1;
    window.clearTimeout(this.timer);
    this.open(false);
    this.activate(-1);
  }

  private activate(place: number): void {
    this.active = place;
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === place));
      if (number === place) option.scrollIntoView({ block: "nearest" });
    }
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `search-option-${place}`);
  }

  private choose(found: Found): void {
    this.input.value = found.label;
    this.close();
    this.events.choose(found);
  }

  private key(event: KeyboardEvent): void {
    const count = this.found.length;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) void this.look();
      else if (count > 0) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.activate(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
      }
    } else if (event.key === "Enter") {
      const chosen = open ? this.found[Math.max(this.active, 0)] : undefined;
      if (chosen !== undefined) this.choose(chosen);
      else void this.look();
    } else if (event.key === "Escape") {
      if (open) this.close();
      else this.input.value = "";
    }
  }
}
