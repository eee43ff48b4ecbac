// The edition on the map: drawn first by itself, then with what the reader filters, and lays below and over it.
// Without WebGL there is no map, and nothing here fails.
import type { FilterSpecification, StyleSpecification } from "maplibre-gl";

import { attributionsOf } from "../backdrop_style";
import type { Bounds } from "../contract";
import { boundsOfQuarters, boundsToPrint, type Drawing, type EditionView } from "../edition_view";
import { place } from "../elements";
import { type Filter, isEverything, shows } from "../filter";
import type { Texts } from "../i18n/fr";
import { filtersOf, type Laid, nothingLaid, withLaid } from "../map_style";
import type { View } from "../state";
import { type MapEvents, type MapProblem, MapView } from "./map_view";
import type { Notices } from "./notices";

/** What is drawn of an edition, for paper as well. */
export interface Drawn {
  readonly style: StyleSpecification;
  readonly filters: ReadonlyMap<string, FilterSpecification | null>;
  readonly bounds: Bounds;
  readonly backdropAttributions: readonly string[];
}

export class EditionMap {
  /** Null until it is started, and where the browser cannot draw. */
  map: MapView | null = null;
  private laid: Laid = nothingLaid;
  /** The edition and what is laid below and over it: the style is set again only when one of them changes. */
  private drawn: { readonly edition: string; readonly laid: Laid } | null = null;

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
    private readonly frame: HTMLElement,
    private readonly notices: Notices,
    private readonly events: Omit<MapEvents, "problem" | "nothingHere">,
  ) {}

  start(view: View | null): void {
    if (this.map !== null || document.body.classList.contains("without-map")) return;
    const { home, frame, texts, notices } = this;
    try {
      this.map = new MapView(
        { home, frame, container: place("map"), label: texts.map, follower: false },
        texts,
        {
          ...this.events,
          problem: (problem) => this.tellProblem(problem),
          nothingHere: () => notices.announce(texts.noQuarterAtCentre),
        },
        view,
      );
    } catch {
      document.body.classList.add("without-map");
      notices.tell("map", texts.noDrawing);
    }
  }

  tellProblem(problem: MapProblem): void {
    const { texts, notices } = this;
    if (problem.kind === "no answer") notices.tell("tiles", texts.noAnswer);
    else notices.tell("tiles", `${texts.tileMissing} (${problem.kind === "refused" ? problem.status : problem.words})`);
  }

  /** With nothing else laid; settled once a quarter is drawn. */
  async drawFirst({ id, style }: Drawing, filter: Filter): Promise<void> {
    if (this.map === null) return;
    this.map.show(id, style, filtersOf(style, filter, []));
    this.drawn = { edition: id, laid: nothingLaid };
    await this.map.firstDrawn;
  }

  show(shown: EditionView, filter: Filter, laid: Laid): void {
    this.laid = laid;
    const { edition, quarters } = shown;
    const style = withLaid(shown.style, laid);
    const filters = filtersOf(style, filter, quarters);
    const { drawn } = this;
    const same =
      drawn?.edition === edition.id && drawn.laid.backdrop === laid.backdrop && drawn.laid.contributions === laid.contributions;
    if (!same) this.map?.show(edition.id, style, filters);
    this.drawn = { edition: edition.id, laid };
    const codes = quarters.filter((quarter) => shows(filter, quarter)).map((quarter) => quarter.code);
    this.map?.filter(filters, isEverything(filter) ? null : new Set(codes));
  }

  /** As it is shown now; all quarters where there is no map to say what is seen. */
  onPaper(shown: EditionView, filter: Filter): Drawn {
    const style = withLaid(shown.style, this.laid);
    return {
      style,
      filters: filtersOf(style, filter, shown.quarters),
      bounds: boundsToPrint(this.map?.bounds() ?? null, boundsOfQuarters(shown.quarters)),
      backdropAttributions: attributionsOf(this.laid.backdrop),
    };
  }
}
