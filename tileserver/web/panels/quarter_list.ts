// Every quarter as a button, by tier: all that the map shows can be reached without it, and without a mouse.
import type { Edition, QuarterItem } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { byRank } from "./tier_order";

export interface QuarterListEvents {
  readonly choose: (code: string) => void;
  /** The quarter under the pointer or the focus, null when it leaves. */
  readonly point: (code: string | null) => void;
}

/** Without case and accents, as people type names. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class QuarterList {
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly groups = element("div", { class: "groups" });
  private readonly search = element("input", { type: "search", id: "find", autocomplete: "off" });
  private readonly count = element("p", { class: "small", role: "status" });

  constructor(
    private readonly texts: Texts,
    private readonly events: QuarterListEvents,
  ) {
    this.search.addEventListener("input", () => this.filter());
    this.groups.addEventListener("keydown", (event) => this.step(event));
    place("quarter-list").append(
      element("h2", { id: "quarter-list-title", tabindex: -1 }, texts.quarterList),
      element("label", { for: "find" }, texts.find),
      this.search,
      this.count,
      this.groups,
    );
  }

  show(edition: Edition, quarters: readonly QuarterItem[], communes: ReadonlyMap<string, string>, swatches: Swatches): void {
    this.buttons.clear();
    const ranked = byRank(edition.tiers);
    const known = new Set(ranked.map((tier) => tier.code));
    const group = (title: Node | string, members: readonly QuarterItem[]) =>
      members.length === 0
        ? []
        : [element("section", {}, element("h3", {}, title), element("ul", {}, ...this.entries(members, communes)))];
    this.groups.replaceChildren(
      ...ranked.flatMap((tier) =>
        group(
          element("span", { class: "tier" }, swatches.of(edition.id, tier), element("span", {}, tier.label)),
          quarters.filter((quarter) => quarter.tier === tier.code),
        ),
      ),
      ...group(
        this.texts.notRanked,
        quarters.filter((quarter) => quarter.tier === null || !known.has(quarter.tier)),
      ),
    );
    this.filter();
  }

  /** Marks the chosen quarter; none for null. */
  mark(code: string | null): void {
    for (const [own, button] of this.buttons) {
      if (own === code) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (code !== null) this.buttons.get(code)?.scrollIntoView({ block: "nearest" });
  }

  focus(code: string): void {
    this.buttons.get(code)?.focus();
  }

  private entries(quarters: readonly QuarterItem[], communes: ReadonlyMap<string, string>): readonly HTMLElement[] {
    const order = new Intl.Collator(this.texts.locale);
    return [...quarters].sort((a, b) => order.compare(a.name, b.name)).map((quarter) => {
      const places = quarter.communes.map((code) => communes.get(code) ?? code).join(", ");
      const button = element(
        "button",
        { type: "button" },
        element("span", { class: "name" }, quarter.name),
        element("span", { class: "place" }, places),
      );
      button.dataset.code = quarter.code;
      button.dataset.words = plain(`${quarter.name} ${quarter.code} ${places}`);
      button.addEventListener("click", () => this.events.choose(quarter.code));
      for (const begin of ["focus", "pointerenter"]) button.addEventListener(begin, () => this.events.point(quarter.code));
      for (const end of ["blur", "pointerleave"]) button.addEventListener(end, () => this.events.point(null));
      this.buttons.set(quarter.code, button);
      return element("li", {}, button);
    });
  }

  private filter(): void {
    const wanted = plain(this.search.value.trim());
    let shown = 0;
    for (const button of this.buttons.values()) {
      const matches = (button.dataset.words ?? "").includes(wanted);
      (button.parentElement ?? button).hidden = !matches;
      if (matches) shown += 1;
    }
    for (const section of this.groups.children)
      (section as HTMLElement).hidden = section.querySelector("li:not([hidden])") === null;
    this.count.textContent = shown === 0 ? this.texts.foundNone : this.texts.quarterCount(shown);
  }

  /** Arrows, Home and End go from quarter to quarter; Tab goes through all of them as well. */
  private step(event: KeyboardEvent): void {
    const visible = [...this.buttons.values()].filter((button) => button.offsetParent !== null);
    const inOrder = visible.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const here = inOrder.findIndex((button) => button === document.activeElement);
    const targets: Readonly<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: inOrder.length - 1 };
    const target = targets[event.key];
    const next = target === undefined ? undefined : inOrder[target];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }
}
