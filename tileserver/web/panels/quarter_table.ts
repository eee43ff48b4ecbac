// Every quarter in a row: all that the map shows can be read without it, sorted, searched and taken away as CSV.
import type { Edition, QuarterItem } from "../contract";
import { element, place } from "../elements";
import type { Figures } from "../figures";
import { type Filter, everything, shows } from "../filter";
import type { Texts } from "../i18n/fr";
import { plain } from "../matching";
import type { Order } from "../state";
import type { Swatches } from "../swatch";
import { type Column, columnsOf, compared } from "../columns";
import { downloadCsv } from "../csv";

export interface QuarterTableEvents {
  readonly choose: (code: string) => void;
  /** The quarter under the pointer or the focus, null when it leaves. */
  readonly point: (code: string | null) => void;
  readonly sort: (order: Order) => void;
}

export interface TableOf {
  readonly edition: Edition;
  readonly quarters: readonly QuarterItem[];
  readonly communes: ReadonlyMap<string, string>;
  /** How many by quarter; null where they are not shown. */
  readonly contributions: ReadonlyMap<string, number> | null;
}

interface Row {
  readonly quarter: QuarterItem;
  readonly line: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  readonly words: string;
}

export class QuarterTable {
  private rows: readonly Row[] = [];
  private columns: readonly Column[] = [];
  private edition: Edition | null = null;
  private filter: Filter = everything;
  private order: Order = { column: "tier", descending: false };
  /** What the heads say now: heads made anew would lose the focus. */
  private headed = "";
  private marked: string | null = null;
  private pointed: string | null = null;
  private readonly heads = element("tr");
  private readonly body = element("tbody");
  private readonly words = element("input", { type: "search", id: "find", autocomplete: "off" });
  private readonly count = element("p", { class: "small", role: "status", id: "table-count" });

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly events: QuarterTableEvents,
  ) {
    this.words.addEventListener("input", () => this.lay());
    this.body.addEventListener("keydown", (event) => this.step(event));
    const csv = element("button", { type: "button", id: "table-csv" }, texts.planner.csv);
    csv.addEventListener("click", () => this.download());
    const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.planner.tableCaption });
    scroll.append(element("table", { class: "quarters" }, element("caption", { class: "unseen" }, texts.planner.tableCaption), element("thead", {}, this.heads), this.body));
    place("quarter-list").append(
      element(
        "div",
        { class: "table-head" },
        element("h2", { id: "quarter-list-title", tabindex: -1 }, texts.planner.table),
        this.count,
        element("div", { class: "field" }, element("label", { for: "find" }, texts.find), this.words),
        csv,
      ),
      scroll,
    );
  }

  show({ edition, quarters, communes, contributions }: TableOf, swatches: Swatches): void {
    this.edition = edition;
    this.columns = columnsOf(edition, quarters, communes, this.texts, this.figures, contributions);
    this.rows = quarters.map((quarter) => this.row(quarter, communes, swatches));
  }

  /** Lays the rows that the filter and the words let through, in that order. */
  arrange(filter: Filter, order: Order | null): void {
    this.filter = filter;
    if (order !== null && this.columns.some((column) => column.id === order.column)) this.order = order;
    const key = `${this.edition?.id} ${this.columns.length} ${this.order.column} ${this.order.descending}`;
    if (key !== this.headed) this.heads.replaceChildren(...this.columns.map((column) => this.head(column)));
    this.headed = key;
    this.lay();
  }

  mark(code: string | null): void {
    this.marked = code;
    for (const { quarter, line, button } of this.rows) {
      const chosen = quarter.code === code;
      line.classList.toggle("chosen", chosen);
      if (chosen) {
        button.setAttribute("aria-current", "true");
        line.scrollIntoView({ block: "nearest" });
      } else button.removeAttribute("aria-current");
    }
  }

  /** The row of the quarter under the pointer on the map. */
  pointAt(code: string | null): void {
    if (code === this.pointed) return;
    this.pointed = code;
    for (const { quarter, line } of this.rows) line.classList.toggle("pointed", quarter.code === code);
  }

  focus(code: string): void {
    this.rows.find((row) => row.quarter.code === code)?.button.focus();
  }

  private row(quarter: QuarterItem, communes: ReadonlyMap<string, string>, swatches: Swatches): Row {
    const button = element("button", { type: "button", "data-code": quarter.code }, quarter.name);
    const tier = this.edition?.tiers.find((candidate) => candidate.code === quarter.tier);
    const cells = this.columns.slice(1).map((column) => {
      const text = column.text(quarter);
      if (column.id !== "tier" || tier === undefined || this.edition === null)
        return element("td", { class: column.numeric ? "number" : null }, text);
      const full = text === tier.label ? null : element("span", { class: "unseen" }, ` (${tier.label})`);
      return element("td", { title: tier.label }, element("span", { class: "tier" }, swatches.of(this.edition.id, tier), text, full));
    });
    const line = element("tr", { "data-row": quarter.code }, element("th", { scope: "row" }, button), ...cells);
    line.addEventListener("click", () => this.events.choose(quarter.code));
    line.addEventListener("pointerenter", () => this.events.point(quarter.code));
    line.addEventListener("pointerleave", () => this.events.point(null));
    button.addEventListener("focus", () => this.events.point(quarter.code));
    button.addEventListener("blur", () => this.events.point(null));
    const places = quarter.communes.map((code) => communes.get(code) ?? code).join(" ");
    return { quarter, line, button, words: plain(`${quarter.name} ${quarter.code} ${places} ${tier?.label ?? ""}`) };
  }

  private head(column: Column): HTMLElement {
    const sorted = column.id === this.order.column;
    const direction = this.order.descending ? "descending" : "ascending";
    const button = element(
      "button",
      { type: "button", "data-column": column.id },
      column.title,
      element("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (this.order.descending ? "▼" : "▲") : "↕"),
    );
    // Figures are asked for from the greatest down, words from A.
    const next = sorted ? !this.order.descending : column.numeric;
    button.addEventListener("click", () => {
      this.events.sort({ column: column.id, descending: next });
      this.heads.querySelector<HTMLButtonElement>(`[data-column="${column.id}"]`)?.focus();
    });
    return element(
      "th",
      { scope: "col", class: column.numeric ? "number" : null, "aria-sort": sorted ? direction : "none" },
      button,
    );
  }

  private visible(): readonly Row[] {
    const wanted = plain(this.words.value.trim());
    const column = this.columns.find((one) => one.id === this.order.column);
    const kept = this.rows.filter((row) => shows(this.filter, row.quarter) && row.words.includes(wanted));
    if (column === undefined) return kept;
    return [...kept].sort((a, b) => compared(column, a.quarter, b.quarter, this.order.descending, this.texts.locale));
  }

  private lay(): void {
    const visible = this.visible();
    const lines = visible.map((row) => row.line);
    // Rows that are moved lose the focus: they stay where nothing changes.
    if (lines.length !== this.body.childElementCount || lines.some((line, place) => line !== this.body.children[place]))
      this.body.replaceChildren(...lines);
    this.count.textContent = visible.length === 0 ? this.texts.foundNone : this.texts.quarterCount(visible.length);
    if (this.marked !== null) this.mark(this.marked);
  }

  private download(): void {
    if (this.edition === null) return;
    const quarters = this.visible().map((row) => row.quarter);
    downloadCsv(`${this.edition.id}.csv`, this.columns, quarters, this.texts.locale);
  }

  /** Arrows, Home and End go from quarter to quarter; Tab goes through all of them as well. */
  private step(event: KeyboardEvent): void {
    const buttons = [...this.body.querySelectorAll<HTMLButtonElement>("[data-code]")];
    const here = buttons.findIndex((button) => button === document.activeElement);
    const targets: Readonly<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
    const target = targets[event.key];
    const next = target === undefined ? undefined : buttons[target];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }
}
