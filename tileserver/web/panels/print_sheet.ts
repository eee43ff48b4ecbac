// The sheet of paper: title, edition and stage, map, legend, scale, north, sources and date.
import type { Edition, Source, TierFigures } from "../contract";
import { drawing, element } from "../elements";
import type { Figures } from "../figures";
import type { Filter } from "../filter";
import { denominator, scaleBar } from "../ground_scale";
import type { Texts } from "../i18n/fr";
import type { Paper } from "../state";
import type { Swatches } from "../swatch";
import { contributionMark } from "./contribution_choice";
import { byRank } from "./tier_order";

export interface SheetOf {
  readonly title: string;
  readonly edition: Edition;
  readonly filter: Filter;
  readonly figures: readonly TierFigures[];
  readonly communes: ReadonlyMap<string, string>;
  readonly sources: readonly Source[];
  readonly backdropAttributions: readonly string[];
  /** How many are on the map; null where they are not drawn. */
  readonly contributions: number | null;
}

export class PrintSheet {
  /** Where the picture of the map goes: the room that the rest leaves. */
  readonly mapPlace = element("div", { class: "sheet-map" });
  private readonly scale = element("div", { class: "sheet-scale" });

  constructor(
    private readonly texts: Texts,
    private readonly figures: Figures,
    private readonly swatches: Swatches,
  ) {}

  of(paper: Paper, sheet: SheetOf): HTMLElement {
    const { texts } = this;
    const { edition } = sheet;
    this.scale.replaceChildren(this.north());
    return element(
      "article",
      { id: "sheet", class: `sheet ${paper}`, "aria-label": texts.planner.papers[paper] ?? paper },
      element(
        "header",
        {},
        element("h1", {}, sheet.title),
        element(
          "p",
          { class: "sheet-edition" },
          `${texts.planner.edition} : ${edition.title} · ${texts.planner.stageOf(texts.stages[edition.stage] ?? edition.stage)}`,
        ),
        edition.workingDocument
          ? element("p", { class: "sheet-working" }, element("strong", {}, texts.workingDocument), ` ${texts.workingDocumentWhy}`)
          : null,
      ),
      element("div", { class: "sheet-body" }, this.mapPlace, element("div", { class: "sheet-side" }, this.legend(sheet), this.scale)),
      this.foot(sheet),
      edition.workingDocument ? this.watermark() : null,
    );
  }

  /** Once the map is drawn: how far a length on the paper is on the ground. */
  showScale(metresAPixel: number): void {
    const { texts, figures } = this;
    const bar = scaleBar(metresAPixel, 150);
    const length = bar.metres >= 1000 ? `${figures.number(bar.metres / 1000)} km` : `${figures.number(bar.metres)} m`;
    const width = Math.ceil(bar.pixels) + 2;
    this.scale.replaceChildren(
      element(
        "div",
        {},
        drawing(
          "svg",
          { class: "sheet-bar", width, height: 10, viewBox: `0 0 ${width} 10`, role: "img", "aria-label": length },
          drawing("path", { d: `M1 1V9H${bar.pixels + 1}V1`, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }),
        ),
        element("span", { class: "sheet-length" }, length),
        element("p", {}, texts.planner.scale(figures.number(denominator(metresAPixel)))),
      ),
      this.north(),
    );
  }

  private north(): HTMLElement {
    const { planner } = this.texts;
    return element(
      "div",
      { class: "sheet-north" },
      drawing(
        "svg",
        { width: 18, height: 28, viewBox: "0 0 18 28", role: "img", "aria-label": planner.north },
        drawing("path", { d: "M9 1L17 27L9 21L1 27Z", fill: "none", stroke: "currentColor", "stroke-width": 1.4 }),
        drawing("path", { d: "M9 1L9 21L1 27Z", fill: "currentColor" }),
      ),
      element("span", {}, planner.northLetter),
    );
  }

  private legend({ edition, filter, figures, communes, contributions }: SheetOf): HTMLElement {
    const { texts } = this;
    const rows = new Map(figures.map((row) => [row.tier, row]));
    const shown = byRank(edition.tiers).filter((tier) => filter.tiers?.has(tier.code) ?? true);
    return element(
      "section",
      { class: "sheet-legend" },
      element("h2", {}, texts.legend),
      filter.commune === null ? null : element("p", {}, texts.planner.onlyCommune(communes.get(filter.commune) ?? filter.commune)),
      element(
        "ul",
        {},
        ...shown.map((tier) => {
          const row = rows.get(tier.code);
          const sums =
            row === undefined
              ? texts.noQuarter
              : [texts.quarterCount(row.quarters ?? 0), texts.peopleCount(this.figures.number(row.people)), this.figures.hectares(row.squareMetres)].join(" · ");
          return element(
            "li",
            {},
            element("span", { class: "tier" }, this.swatches.of(edition.id, tier), element("span", {}, tier.label)),
            element("span", { class: "sheet-figures" }, sums),
          );
        }),
        contributions === null
          ? null
          : element("li", {}, element("span", { class: "tier" }, contributionMark(), texts.planner.counted(texts.planner.contributions, this.figures.number(contributions)))),
      ),
      edition.rulesLabel === null ? null : element("p", { class: "sheet-rules" }, `${texts.rules} : ${edition.rulesLabel}`),
    );
  }

  private foot({ sources, backdropAttributions }: SheetOf): HTMLElement {
    const { planner } = this.texts;
    const named = sources.map((source) =>
      [source.title, source.attribution, source.licence === null ? null : planner.licence(source.licence)]
        .filter((part) => part !== null)
        .join(", "),
    );
    const today = new Date().toISOString().slice(0, 10);
    return element(
      "footer",
      {},
      element("p", {}, element("strong", {}, `${planner.sources} : `), [...named, ...backdropAttributions, "Géoprio"].join(" ; ")),
      element("p", {}, `${planner.printedOn(this.figures.date(today))} · ${location.host} · ${planner.projection}`),
    );
  }

  /** Across the sheet, so that no copy of a part of it passes for a decision. The sheet's head says it in plain text. */
  private watermark(): SVGElement {
    return drawing(
      "svg",
      { class: "watermark", viewBox: "0 0 100 100", preserveAspectRatio: "xMidYMid meet", "aria-hidden": "true" },
      drawing("text", { x: 50, y: 52, "text-anchor": "middle", transform: "rotate(-35 50 50)" }, this.texts.workingDocument),
    );
  }
}
