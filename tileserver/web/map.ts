// The planner map: brings the panels, the map and the address together.
import { Client, Refused } from "./client";
import type { Edition, Editions, QuarterItem, TierFigures } from "./contract";
import { counts } from "./consultation/published";
import { boundsOfQuarters, type Drawing, type EditionView, loadedDrawing, loadedEdition } from "./edition_view";
import { place } from "./elements";
import { Figures } from "./figures";
import { everything, type Filter, meant } from "./filter";
import { chosenLanguage } from "./i18n/language";
import type { Landing } from "./landing_contract";
import { filtersOf, type Laid } from "./map_style";
import { Account } from "./panels/account";
import { BackdropChoice } from "./panels/backdrop_choice";
import { ContributionChoice } from "./panels/contribution_choice";
import { EditionMap } from "./panels/edition_map";
import { Header } from "./panels/header";
import { Legend } from "./panels/legend";
import { Notices } from "./panels/notices";
import { PrintView } from "./panels/print_view";
import { QuarterPanel } from "./panels/quarter";
import { QuarterTable } from "./panels/quarter_table";
import { type Found, Search } from "./panels/search";
import { Sharing } from "./panels/sharing";
import { Swipe } from "./panels/swipe";
import { TableFold } from "./panels/table_fold";
import { Timeline } from "./panels/timeline";
import { addressesFound, foundAmong } from "./place_names";
import { addressOf, type State, stateOf, type View } from "./state";
import { Swatches } from "./swatch";

/** Who asked for a quarter: the reader's focus follows only what the reader did in the page, never a page load. */
type Asker = "list" | "map" | "address";

const home = new URL(".", document.baseURI);
const language = chosenLanguage(new URLSearchParams(location.search), navigator.language);
const { texts } = language;
/** As in map.css. */
const smallScreen = window.matchMedia("(max-width: 900px)");

class PlannerMap {
  private readonly client = new Client(home, language.code);
  private readonly figures = new Figures(texts);
  private readonly notices = new Notices(texts);
  private readonly frame = place("map-frame");
  private readonly header = new Header(texts, {
    print: () => this.push({ ...this.state, print: "a4-landscape" }),
    share: () => this.share(),
  });
  private readonly timeline = new Timeline(texts, this.figures, {
    choose: (id) => this.push({ ...this.state, edition: id, beside: this.state.beside === id ? null : this.state.beside }),
    compare: (id) => this.push({ ...this.state, beside: id }),
  });
  private readonly legend = new Legend(texts, this.figures, (filter) => this.push({ ...this.state, filter }));
  private readonly table = new QuarterTable(texts, this.figures, {
    choose: (code) => this.choose(code, "list"),
    point: (code) => this.point(code),
    sort: (order) => this.keep({ ...this.state, order }),
  });
  private readonly panel = new QuarterPanel(home, texts, this.figures, {
    close: () => this.close(),
    seeOnMap: () => this.frameChosen(),
    choose: (code) => this.choose(code, "list"),
  });
  private readonly backdrops = new BackdropChoice(home, texts, this.notices, (backdrop) => this.push({ ...this.state, backdrop }));
  private readonly contributions = new ContributionChoice(this.client, texts, this.notices, (on) =>
    this.push({ ...this.state, contributions: on }),
  );
  private readonly drawing = new EditionMap(home, texts, this.frame, this.notices, {
    choose: (code) => this.choose(code, "map"),
    point: (code) => this.point(code),
    move: (view) => this.keepView(view),
    step: (view) => this.swipe.follow(view),
  });
  private readonly swipe = new Swipe(home, texts, this.frame, (problem) => this.drawing.tellProblem(problem));
  private readonly printView = new PrintView(texts, this.figures, { paper: (print) => this.push({ ...this.state, print }) });
  private readonly sharing = new Sharing(home, texts);
  private swatches = Swatches.plain;
  private state: State = stateOf(new URL(location.href));
  private landing: Landing | null = null;
  private editions: Editions = { editions: [], current: null };
  private firstDrawing: Drawing | null = null;
  private shown: EditionView | null = null;
  private beside: EditionView | null = null;
  private openQuarter: string | null = null;
  /** What the table shows now, of the shown edition: its rows are made again only when this changes. */
  private tabled = "";
  /** Counts what was asked for: an answer that comes after a newer question is dropped. */
  private turn = 0;

  constructor() {
    this.words();
  }

  /** The map first: what it needs is asked for alone, and the panels' documents once a quarter is drawn. */
  async start(): Promise<void> {
    this.notices.announce(texts.loading);
    try {
      this.landing = await this.client.landing();
      this.header.setAtlas(this.landing.title);
      this.backdrops.setBasemap(this.landing.basemap);
      this.contributions.setConsultation(this.landing.consultation);
      await this.drawFirst(this.state.edition ?? this.landing.defaultEdition);
      const [editions, swatches] = await Promise.all([
        this.client.editions(),
        Swatches.load(this.client).catch(() => Swatches.plain),
      ]);
      this.editions = editions;
      this.swatches = swatches;
    } catch (problem) {
      this.notices.tellProblem("start", problem, () => void this.start());
      return;
    }
    this.timeline.setEditions(this.editions.editions);
    if (this.landing.consultation !== null && !this.state.embed) void new Account(home, language, this.notices).show(this.client);
    window.addEventListener("popstate", () => {
      this.state = stateOf(new URL(location.href));
      void this.follow("address");
    });
    await this.follow("address");
  }

  private async drawFirst(edition: string | null): Promise<void> {
    this.drawing.start(this.state.view);
    if (this.map === null || edition === null || this.state.backdrop) return;
    const drawing = await loadedDrawing(this.client, home, edition);
    if (drawing.bounds === null) return;
    this.firstDrawing = drawing;
    if (this.state.view === null) this.map.frame(drawing.bounds);
    await this.drawing.drawFirst(drawing, this.state.filter);
  }

  private get map() {
    return this.drawing.map;
  }

  private words(): void {
    place("skip").textContent = texts.skip;
    const data = place("open-data");
    const { embed } = this.state;
    data.textContent = embed ? texts.planner.openFull : texts.openData;
    const full = addressOf({ ...this.state, embed: false }, new URL(location.href)).href;
    data.setAttribute("href", embed ? full : `collections?f=html&lang=${language.code}`);
    // A frame is too small for what opens.
    if (embed) data.setAttribute("target", "_blank");
    this.frame.setAttribute("aria-label", texts.map);
    document.body.classList.toggle("embed", embed);
    new TableFold(texts, () => this.map?.resize());
    new Search(this.header.search, texts, {
      find: async (words) => [
        ...(this.shown === null ? [] : foundAmong(words, this.shown.quarters, this.shown.communes)),
        ...(this.landing?.addresses ? await addressesFound(this.client, words) : []),
      ],
      choose: (found) => this.goToFound(found),
    });
  }

  /** A step that the reader can go back from. */
  private push(state: State, asker: Asker = "address"): void {
    this.state = state;
    history.pushState(null, "", addressOf(state, new URL(location.href)));
    void this.follow(asker);
  }

  /** A step that is kept in the address, but that nobody goes back through. */
  private keep(state: State): void {
    this.state = state;
    history.replaceState(null, "", addressOf(state, new URL(location.href)));
    this.table.arrange(this.filter(), state.order);
  }

  private keepView(view: View): void {
    if (this.shown === null) return;
    this.state = { ...this.state, view };
    history.replaceState(null, "", addressOf(this.state, new URL(location.href)));
  }

  private editionAsked(): string | null {
    const { edition } = this.state;
    const usual = this.landing?.defaultEdition ?? this.editions.current;
    this.notices.clear("edition");
    if (edition === null || this.isKnown(edition)) return edition ?? usual;
    this.notices.tell("edition", texts.unknownEdition(edition));
    return usual;
  }

  private isKnown(edition: string): boolean {
    return this.editions.editions.some((known) => known.id === edition);
  }

  /** The filter of the address, without what this edition does not have. */
  private filter(): Filter {
    return this.shown === null ? everything : meant(this.state.filter, this.shown.edition, this.shown.communes);
  }

  /** Shows what the state says. */
  private async follow(asker: Asker): Promise<void> {
    const turn = ++this.turn;
    const id = this.editionAsked();
    if (id === null) return;
    try {
      const before = this.shown?.edition.id;
      const next = this.shown !== null && before === id ? this.shown : await this.load(id);
      const [backdrop, contributions] = await Promise.all([
        this.backdrops.backdrop(this.state.backdrop),
        this.contributions.shown(this.state.contributions, id),
      ]);
      if (turn !== this.turn) return;
      if (before !== id) this.showEdition(next);
      else if (this.state.view !== null && asker === "address") this.map?.goTo(this.state.view);
      await this.showFilter(turn, { backdrop, contributions });
      await this.showBeside(turn);
      await this.showQuarter(turn, asker);
      await this.showPrint(turn);
      this.notices.clear("answer");
    } catch (problem) {
      if (turn !== this.turn) return;
      this.notices.tellProblem("answer", problem, () => void this.follow(asker));
    }
  }

  private load(id: string): Promise<EditionView> {
    return loadedEdition(this.client, home, this.firstDrawing?.id === id ? this.firstDrawing : id);
  }

  private showEdition(next: EditionView): void {
    const first = this.shown === null;
    this.shown = next;
    const { edition, quarters, communes } = next;
    this.header.show(edition);
    const switches = [this.contributions.control(edition.id), this.backdrops.control(this.state.backdrop)];
    this.legend.show({ edition, quarters, communes, switches }, this.swatches);
    const bounds = boundsOfQuarters(quarters);
    if (first && this.firstDrawing === null && this.state.view === null && bounds !== null) this.map?.frame(bounds);
    this.notices.announce(texts.shown(edition.title, texts.stages[edition.stage] ?? edition.stage));
  }

  private async showFilter(turn: number, laid: Laid): Promise<void> {
    if (this.shown === null) return;
    const { edition, figures } = this.shown;
    const filter = this.filter();
    const rows: readonly TierFigures[] =
      filter.commune === null ? figures : await this.client.tierFiguresIn(edition.id, filter.commune);
    if (turn !== this.turn) return;
    this.legend.showFigures(filter, rows);
    this.showTable(this.shown, laid.contributions);
    this.table.arrange(filter, this.state.order);
    this.drawing.show(this.shown, filter, laid);
  }

  private showTable(shown: EditionView, contributions: Laid["contributions"]): void {
    const wanted = `${shown.edition.id} ${contributions !== null}`;
    if (wanted === this.tabled) return;
    this.tabled = wanted;
    const byQuarter = contributions && counts(contributions, ({ quarter }) => quarter ?? "");
    this.table.show({ ...shown, contributions: byQuarter }, this.swatches);
  }

  private async showBeside(turn: number): Promise<void> {
    const id = this.state.beside;
    const { shown } = this;
    if (shown === null) return;
    const known = id !== null && id !== shown.edition.id && this.isKnown(id) ? id : null;
    this.timeline.show(shown.edition.id, known);
    document.body.classList.toggle("with-beside", known !== null);
    if (known === null || this.map === null) {
      this.beside = null;
      this.swipe.hide();
      return;
    }
    const beside = this.beside?.edition.id === known ? this.beside : await loadedEdition(this.client, home, known);
    if (turn !== this.turn || this.map === null) return;
    this.beside = beside;
    const filter = meant(this.state.filter, beside.edition, beside.communes);
    const besideIsLeft = this.timeline.isBefore(known, shown.edition.id);
    this.swipe.show({ main: shown, beside, besideIsLeft }, this.map.view(), filtersOf(beside.style, filter, beside.quarters));
  }

  private async showQuarter(turn: number, asker: Asker): Promise<void> {
    const code = this.state.quarter;
    if (this.shown === null) return;
    const { edition, communes } = this.shown;
    const [quarter, remarks] =
      code === null ? [null, null] : await Promise.all([this.quarterDocument(edition, code), this.contributions.remarks(edition.id)]);
    if (turn !== this.turn) return;
    this.openQuarter = quarter?.code ?? null;
    this.table.mark(this.openQuarter);
    this.map?.select(this.openQuarter);
    this.swipe.select(this.openQuarter);
    document.body.classList.toggle("with-quarter", quarter !== null);
    if (quarter === null) {
      this.panel.hide();
      return;
    }
    this.panel.show(edition, quarter, communes, this.swatches, remarks, asker !== "address");
    if (asker === "list") {
      // On a small screen the table stands below the map.
      if (smallScreen.matches) this.frame.scrollIntoView();
      this.frameChosen();
    }
    const tier = edition.tiers.find((candidate) => candidate.code === quarter.tier);
    this.notices.announce(texts.selected(quarter.name, tier?.label ?? texts.notRanked));
  }

  private async showPrint(turn: number): Promise<void> {
    const { shown, landing } = this;
    const { print } = this.state;
    if (shown === null || landing === null || print === null) {
      this.printView.hide();
      return;
    }
    const filter = this.filter();
    const { edition, communes } = shown;
    const [sources, figures] = await Promise.all([
      this.client.sources(edition.id),
      filter.commune === null ? shown.figures : this.client.tierFiguresIn(edition.id, filter.commune),
    ]);
    if (turn !== this.turn) return;
    const drawn = this.drawing.onPaper(shown, filter);
    const contributions = this.state.contributions ? ((await this.contributions.of(edition.id))?.length ?? null) : null;
    const sheet = { title: landing.title, edition, filter, figures, communes, sources, contributions, ...drawn };
    await this.printView.show(print, sheet, this.swatches);
  }

  private async quarterDocument(edition: Edition, code: string) {
    this.notices.clear("quarter");
    // Known here already: asking for one that is not there would only end in a 404.
    const known = this.shown?.quarters.some((quarter: QuarterItem) => quarter.code === code) ?? false;
    try {
      if (known) return await this.client.quarter(edition.id, code);
    } catch (problem) {
      if (!(problem instanceof Refused && problem.status === 404)) throw problem;
    }
    this.notices.tell("quarter", texts.unknownQuarter(code));
    return null;
  }

  private point(code: string | null): void {
    this.map?.pointAt(code);
    this.swipe.pointAt(code);
    this.table.pointAt(code);
  }

  private choose(code: string, asker: Asker): void {
    this.push({ ...this.state, quarter: code }, asker);
  }

  private close(): void {
    const before = this.openQuarter;
    this.push({ ...this.state, quarter: null });
    this.notices.announce(texts.closed);
    if (before !== null) this.table.focus(before);
  }

  private frameChosen(): void {
    const bounds = this.shown?.quarters.find((quarter) => quarter.code === this.openQuarter)?.bounds;
    if (bounds !== null && bounds !== undefined) this.map?.frame(bounds);
  }

  private goToFound(found: Found): void {
    if (found.kind === "quarter") this.choose(found.code, "list");
    else if (this.shown?.communes.has(found.code)) {
      const bounds = boundsOfQuarters(this.shown.quarters.filter((quarter) => quarter.communes.includes(found.code)));
      this.push({ ...this.state, filter: { ...this.state.filter, commune: found.code } });
      if (bounds !== null) this.map?.frame(bounds);
    } else if (found.position !== null)
      this.map?.goTo({ zoom: found.kind === "address" ? 16 : 12.5, longitude: found.position[0], latitude: found.position[1] });
  }

  private share(): void {
    if (this.shown === null) return;
    const here = new URL(location.href);
    const plain = { ...this.state, edition: this.shown.edition.id, print: null };
    this.sharing.open({
      edition: this.shown.edition,
      filter: this.filter(),
      address: addressOf(plain, here),
      embedAddress: addressOf({ ...plain, embed: true, quarter: null }, here),
    });
  }
}

document.documentElement.lang = language.code;
void new PlannerMap().start();
