// One quarter: what it is, its tier, why, who decided, who lives beside it, and where its data are.
import type { Edition } from "../contract";
import type { QuarterDocument } from "../quarter_contract";
import { drawing, element, place } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";
import type { Swatches } from "../swatch";
import { decisionList } from "./decisions";
import { quarterRemarks, type Remarks } from "./quarter_remarks";
import { QuarterReasons } from "./quarter_reasons";

export interface QuarterPanelEvents {
  readonly close: () => void;
  readonly seeOnMap: () => void;
  /** A neighbour. */
  readonly choose: (code: string) => void;
}

export class QuarterPanel {
  private readonly panel = place("quarter");
  private readonly reasons: QuarterReasons;

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly events: QuarterPanelEvents,
  ) {
    this.reasons = new QuarterReasons(texts, figures);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") events.close();
    });
  }

  hide(): void {
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }

  show(
    edition: Edition,
    quarter: QuarterDocument,
    communes: ReadonlyMap<string, string>,
    swatches: Swatches,
    remarks: Remarks | null,
    takeFocus: boolean,
  ): void {
    const { texts } = this;
    const title = element("h2", { id: "quarter-title", tabindex: -1 }, quarter.name);
    this.panel.setAttribute("aria-labelledby", "quarter-title");
    this.panel.replaceChildren(
      element("div", { class: "panel-head" }, title, this.closeButton()),
      ...(edition.workingDocument ? [element("p", { class: "working" }, texts.workingDocument)] : []),
      this.tierBlock(edition, quarter, swatches),
      this.facts(quarter, communes),
      ...(quarter.explanation === null
        ? [element("p", {}, texts.noExplanation)]
        : this.reasons.of(edition, quarter, quarter.explanation)),
      element("h3", {}, texts.decisions),
      quarter.decisions.length === 0
        ? element("p", { class: "small" }, texts.noDecision)
        : decisionList(quarter.decisions, edition.tiers, texts, this.figures),
      ...quarterRemarks(quarter.code, remarks, texts),
      ...this.neighbours(edition, quarter, swatches),
      element("h3", {}, texts.planner.data),
      this.links(edition, quarter),
    );
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    if (takeFocus) title.focus({ preventScroll: true });
  }

  private closeButton(): HTMLElement {
    const close = element("button", { type: "button", class: "plain", id: "close-quarter", "aria-label": this.texts.close });
    close.append(
      drawing("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
        drawing("path", { d: "M3 3l10 10M13 3L3 13", stroke: "currentColor", "stroke-width": 2, fill: "none" })),
    );
    close.addEventListener("click", () => this.events.close());
    return close;
  }

  private tierLabel(edition: Edition, code: string | null): string {
    return edition.tiers.find((tier) => tier.code === code)?.label ?? code ?? this.texts.notRanked;
  }

  private tierBlock(edition: Edition, quarter: QuarterDocument, swatches: Swatches): HTMLElement {
    const { texts } = this;
    const tier = edition.tiers.find((candidate) => candidate.code === quarter.tier);
    const differs = quarter.tierAdopted !== null && quarter.tierAdopted !== quarter.tierComputed;
    return element(
      "div",
      { class: "tier-block" },
      element(
        "p",
        { class: "tier", id: "quarter-tier" },
        tier === undefined ? null : swatches.of(edition.id, tier),
        element("strong", {}, this.tierLabel(edition, quarter.tier)),
      ),
      differs
        ? element(
            "div",
            { class: "differs" },
            element("p", {}, texts.differs),
            element(
              "dl",
              {},
              element("dt", {}, texts.adoptedTier),
              element("dd", {}, this.tierLabel(edition, quarter.tierAdopted)),
              element("dt", {}, texts.computedTier),
              element("dd", {}, this.tierLabel(edition, quarter.tierComputed)),
            ),
          )
        : null,
    );
  }

  private people(quarter: QuarterDocument): string {
    const people = this.figures.number(quarter.people);
    if (quarter.peopleRange === null) return people;
    const [low, high] = quarter.peopleRange.map((count) => this.figures.number(count));
    return `${people} ${this.texts.planner.between(low ?? "", high ?? "")}`;
  }

  private facts(quarter: QuarterDocument, communes: ReadonlyMap<string, string>): HTMLElement {
    const { texts, figures } = this;
    const rows: readonly (readonly [string, string | null])[] = [
      [texts.code, quarter.code],
      [
        quarter.communes.length > 1 ? texts.communes : texts.commune,
        quarter.communes.map((code) => communes.get(code) ?? code).join(", "),
      ],
      [texts.people, this.people(quarter)],
      [texts.area, figures.hectares(quarter.squareMetres)],
      [texts.status, quarter.status],
    ];
    const button = element("button", { type: "button" }, texts.seeOnMap);
    button.addEventListener("click", () => this.events.seeOnMap());
    return element(
      "div",
      {},
      element(
        "dl",
        { class: "facts" },
        ...rows.flatMap(([term, value]) =>
          value === null || value === "" ? [] : [element("dt", {}, term), element("dd", {}, value)],
        ),
      ),
      button,
    );
  }

  private neighbours(edition: Edition, quarter: QuarterDocument, swatches: Swatches): readonly HTMLElement[] {
    if (quarter.neighbours === null) return [];
    const { planner } = this.texts;
    const rows = quarter.neighbours.map((neighbour) => {
      const tier = edition.tiers.find((candidate) => candidate.code === neighbour.tier);
      const button = element("button", { type: "button", class: "link" }, neighbour.name);
      button.addEventListener("click", () => this.events.choose(neighbour.code));
      return element(
        "li",
        { class: "tier" },
        tier === undefined ? null : swatches.of(edition.id, tier),
        element("span", {}, button, ` · ${planner.shortLabel(this.tierLabel(edition, neighbour.tier))}`),
      );
    });
    return [
      element("h3", {}, planner.neighbours),
      rows.length === 0 ? element("p", { class: "small" }, planner.noNeighbour) : element("ul", { class: "neighbours", id: "neighbours" }, ...rows),
    ];
  }

  private links(edition: Edition, quarter: QuarterDocument): HTMLElement {
    const { planner } = this.texts;
    const layer = encodeURIComponent(`${edition.id}.quarters`);
    const code = encodeURIComponent(quarter.code);
    const link = (path: string, title: string, file: boolean) =>
      element("li", {}, element("a", { href: new URL(path, this.home).href, download: file ? "" : null }, title));
    return element(
      "ul",
      { class: "links", id: "quarter-data" },
      link(`editions/${encodeURIComponent(edition.id)}/quarters/${code}?f=html`, planner.documentOfQuarter, false),
      link(`collections/${layer}/items/${code}?f=html`, planner.itemOfQuarter, false),
      link(`exports/${layer}.geojson?code=${code}`, planner.downloadAs("GeoJSON"), true),
      link(`exports/${layer}.gpkg?code=${code}`, planner.downloadAs("GeoPackage"), true),
      link(`exports/${layer}.csv?code=${code}`, planner.downloadAs("CSV"), true),
    );
  }
}
