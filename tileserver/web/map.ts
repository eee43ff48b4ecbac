// The planner map: brings the panels, the map and the address together.
import { Client, Refused } from "./client";
import type { Bounds, Edition, Editions, QuarterItem, Style } from "./contract";
import { place } from "./elements";
import { Figures } from "./figures";
import { chosenLanguage } from "./i18n/language";
import { Header } from "./panels/header";
import { Legend } from "./panels/legend";
import { type MapProblem, MapView } from "./panels/map_view";
import { Notices } from "./panels/notices";
import { QuarterPanel } from "./panels/quarter";
import { QuarterList } from "./panels/quarter_list";
import { addressOf, type State, stateOf, type View } from "./state";
import { Swatches } from "./swatch";

/** What the page shows of one edition. */
interface Shown {
  readonly edition: Edition;
  readonly quarters: readonly QuarterItem[];
  readonly style: Style | null;
}

/** Who asked for a quarter: the reader's focus follows only what the reader did in the page, never a page load. */
type Asker = "list" | "map" | "address";

const home = new URL(".", document.baseURI);
const language = chosenLanguage(new URLSearchParams(location.search), navigator.language);
const { texts } = language;
/** As in map.css. */
const smallScreen = window.matchMedia("(max-width: 900px)");

function allBounds(quarters: readonly QuarterItem[]): Bounds | null {
  const boxes = quarters.flatMap((quarter) => (quarter.bounds === null ? [] : [quarter.bounds]));
  if (boxes.length === 0) return null;
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

class PlannerMap {
  private readonly client = new Client(home, language.code);
  private readonly figures = new Figures(texts);
  private readonly notices = new Notices(texts);
  private readonly header = new Header(texts, (id) => this.push({ ...this.state, edition: id, view: null }));
  private readonly legend = new Legend(texts, this.figures);
  private readonly list = new QuarterList(texts, {
    choose: (code) => this.choose(code, "list"),
    point: (code) => this.map?.pointAt(code),
  });
  private readonly panel = new QuarterPanel(texts, this.figures, {
    close: () => this.close(),
    seeOnMap: () => this.frameChosen(),
  });
  private map: MapView | null = null;
  private swatches = Swatches.plain;
  private state: State = stateOf(new URL(location.href));
  private editions: Editions = { editions: [], current: null };
  private defaultEdition: string | null = null;
  private shown: Shown | null = null;
  private openQuarter: string | null = null;
  /** Counts what was asked for: an answer that comes after a newer question is dropped. */
  private turn = 0;

  async start(): Promise<void> {
    place("skip").textContent = texts.skip;
    const data = place("open-data");
    data.textContent = texts.openData;
    data.setAttribute("href", `collections?f=html&lang=${language.code}`);
    this.notices.announce(texts.loading);
    try {
      const [landing, editions, swatches] = await Promise.all([
        this.client.landing(),
        this.client.editions(),
        Swatches.load(this.client).catch(() => Swatches.plain),
      ]);
      this.editions = editions;
      this.defaultEdition = landing.defaultEdition ?? editions.current;
      this.swatches = swatches;
      this.header.setAtlas(landing.title, editions.editions);
    } catch (problem) {
      this.notices.tellProblem("start", problem, () => void this.start());
      return;
    }
    this.startMap();
    window.addEventListener("popstate", () => {
      this.state = stateOf(new URL(location.href));
      void this.follow("address");
    });
    await this.follow("address");
  }

  private startMap(): void {
    try {
      this.map = new MapView(
        home,
        texts,
        {
          choose: (code) => this.choose(code, "map"),
          point: (code) => this.map?.pointAt(code),
          move: (view) => this.keepView(view),
          problem: (problem) => this.tellMapProblem(problem),
          nothingHere: () => this.notices.announce(texts.noQuarterAtCentre),
        },
        this.state.view,
      );
    } catch {
      document.body.classList.add("without-map");
      this.notices.tell("map", texts.noDrawing);
    }
  }

  private tellMapProblem(problem: MapProblem): void {
    if (problem.kind === "no answer") this.notices.tell("tiles", texts.noAnswer);
    else if (problem.kind === "refused") this.notices.tell("tiles", `${texts.tileMissing} (${problem.status})`);
    else this.notices.tell("tiles", `${texts.tileMissing} (${problem.words})`);
  }

  /** A step that the reader can go back from. */
  private push(state: State, asker: Asker = "address"): void {
    this.state = state;
    history.pushState(null, "", addressOf(state, new URL(location.href)));
    void this.follow(asker);
  }

  private keepView(view: View): void {
    if (this.shown === null) return;
    this.state = { ...this.state, view };
    history.replaceState(null, "", addressOf(this.state, new URL(location.href)));
  }

  private editionAsked(): string | null {
    const { edition } = this.state;
    this.notices.clear("edition");
    if (edition === null) return this.defaultEdition;
    if (this.editions.editions.some((known) => known.id === edition)) return edition;
    this.notices.tell("edition", texts.unknownEdition(edition));
    return this.defaultEdition;
  }

  /** Shows what the state says. */
  private async follow(asker: Asker): Promise<void> {
    const turn = ++this.turn;
    const id = this.editionAsked();
    if (id === null) return;
    try {
      if (this.shown?.edition.id !== id) {
        const next = await this.load(id);
        if (turn !== this.turn) return;
        this.showEdition(next);
      } else if (this.state.view !== null && asker === "address") this.map?.goTo(this.state.view);
      await this.showQuarter(turn, asker);
      this.notices.clear("answer");
    } catch (problem) {
      if (turn !== this.turn) return;
      this.notices.tellProblem("answer", problem, () => void this.follow(asker));
    }
  }

  private async load(id: string): Promise<Shown & { readonly figures: Awaited<ReturnType<Client["tierFigures"]>> }> {
    const [edition, quarters] = await Promise.all([this.client.edition(id), this.client.quarters(id)]);
    if (edition.tiers.length === 0) return { edition, quarters, style: null, figures: [] };
    const [style, figures] = await Promise.all([this.client.style(id), this.client.tierFigures(id)]);
    return { edition, quarters, style, figures };
  }

  private showEdition(next: Awaited<ReturnType<PlannerMap["load"]>>): void {
    const { edition, quarters, style, figures } = next;
    this.shown = { edition, quarters, style };
    this.header.show(edition);
    this.legend.show(edition, figures, this.swatches);
    this.list.show(edition, quarters, this.communes(), this.swatches);
    if (style !== null) this.map?.show(edition.id, style.specification);
    const bounds = allBounds(quarters);
    if (this.state.view === null && bounds !== null) this.map?.frame(bounds);
    this.notices.announce(texts.shown(edition.title, texts.stages[edition.stage] ?? edition.stage));
  }

  private communes(): ReadonlyMap<string, string> {
    return this.shown?.style?.communes ?? new Map();
  }

  private async showQuarter(turn: number, asker: Asker): Promise<void> {
    const code = this.state.quarter;
    if (this.shown === null) return;
    const { edition } = this.shown;
    const quarter = code === null ? null : await this.quarterDocument(edition.id, code);
    if (turn !== this.turn) return;
    this.openQuarter = quarter?.code ?? null;
    this.list.mark(this.openQuarter);
    this.map?.select(this.openQuarter);
    document.body.classList.toggle("with-quarter", quarter !== null);
    if (quarter === null) {
      this.panel.hide();
      return;
    }
    this.panel.show(edition, quarter, this.communes(), this.swatches, asker !== "address");
    if (asker === "list") {
      // On a small screen the list stands below the map.
      if (smallScreen.matches) place("map-frame").scrollIntoView();
      this.frameChosen();
    }
    const tier = edition.tiers.find((candidate) => candidate.code === quarter.tier);
    this.notices.announce(texts.selected(quarter.name, tier?.label ?? texts.notRanked));
  }

  private async quarterDocument(edition: string, code: string) {
    this.notices.clear("quarter");
    try {
      return await this.client.quarter(edition, code);
    } catch (problem) {
      if (!(problem instanceof Refused && problem.status === 404)) throw problem;
      this.notices.tell("quarter", texts.unknownQuarter(code));
      return null;
    }
  }

  private choose(code: string, asker: Asker): void {
    this.push({ ...this.state, quarter: code }, asker);
  }

  private close(): void {
    const before = this.openQuarter;
    this.push({ ...this.state, quarter: null });
    this.notices.announce(texts.closed);
    if (before !== null) this.list.focus(before);
  }

  private frameChosen(): void {
    const bounds = this.shown?.quarters.find((quarter) => quarter.code === this.openQuarter)?.bounds;
    if (bounds !== null && bounds !== undefined) this.map?.frame(bounds);
  }
}

document.documentElement.lang = language.code;
void new PlannerMap().start();
