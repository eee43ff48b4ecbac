// The council's summary of a consultation: what was said, on which quarters, on what. It prints on A4.
import { Client, NoAnswer, Refused } from "../client";
import type { Contribution } from "../consultation/contribution";
import { counts, publishedContributions, remarksOn } from "../consultation/published";
import { type Edition, UnreadableAnswer } from "../contract";
import { element, place } from "../elements";
import { Figures } from "../figures";
import { chosenLanguage } from "../i18n/language";
import { themeName } from "../i18n/names";
import { summaryEnglish } from "../i18n/summary_en";
import { summaryFrench } from "../i18n/summary_fr";
import { type Area, areaPageOf, boundsOf } from "../kiosk/land";
import { type Bar, bars, plan } from "./plots";
import { countTable, crossTable } from "./tables";

const home = new URL(".", document.baseURI);
const search = new URLSearchParams(location.search);
const language = chosenLanguage(search, navigator.language);
const texts = language.code === "en" ? summaryEnglish : summaryFrench;
const figures = new Figures(language.texts);
const main = place("main");

function sorted(found: ReadonlyMap<string, number>): readonly Bar[] {
  const rows = [...found].map(([name, count]) => ({ name, count }));
  return rows.sort((one, other) => other.count - one.count || one.name.localeCompare(other.name, texts.locale));
}

const inWords = (rows: readonly Bar[]): string => rows.map(({ name, count }) => `${name} : ${count}`).join(", ");

function section(title: string, ...content: readonly Node[]): HTMLElement {
  return element("section", {}, element("h2", {}, title), ...content);
}

function opening(edition: Edition, contributions: readonly Contribution[], concerned: number): readonly HTMLElement[] {
  const days = contributions.map((one) => one.received.slice(0, 10)).filter((day) => day !== "").sort();
  const stage = language.texts.stages[edition.stage] ?? edition.stage;
  const today = new Date().toISOString().slice(0, 10);
  const sentence = [texts.total(contributions.length), texts.quartersConcerned(concerned)];
  const [first, last] = [days[0], days[days.length - 1]];
  if (first !== undefined && last !== undefined) sentence.push(texts.period(figures.date(first), figures.date(last)));
  return [
    element("h1", {}, texts.title),
    element("p", { class: "edition" }, texts.subtitle(edition.title, stage)),
    ...(edition.workingDocument ? [element("p", { class: "working" }, texts.workingDocument)] : []),
    element("p", { class: "total" }, `${sentence.join(", ")}.`),
    element("p", { class: "small" }, texts.printed(figures.date(today))),
  ];
}

function remarks(contributions: readonly Contribution[], quarters: readonly Area[]): HTMLElement {
  const groups = [...quarters.map(({ code, name }) => [code, name] as const), [null, texts.place] as const];
  const shown = groups.filter(([code]) => contributions.some((one) => one.quarter === code));
  return section(
    texts.remarks,
    ...shown.flatMap(([code, name]) => [element("h3", {}, name), remarksOn(contributions, code, (theme) => theme)]),
  );
}

function showSummary(
  edition: Edition,
  contributions: readonly Contribution[],
  quarters: readonly Area[],
  communes: readonly Area[],
): void {
  const names = new Map(quarters.map(({ code, name }) => [code, name]));
  const quarterOf = ({ quarter }: Contribution) => (quarter === null ? texts.place : names.get(quarter) ?? quarter);
  const themes = sorted(counts(contributions, (one) => one.theme));
  const places = sorted(counts(contributions, quarterOf));
  const pairs = counts(contributions, (one) => JSON.stringify([quarterOf(one), one.theme]));
  const concerned = places.filter(({ name }) => name !== texts.place).length;
  main.replaceChildren(...opening(edition, contributions, concerned));
  if (contributions.length === 0) {
    main.append(element("p", {}, texts.none));
    return;
  }
  main.append(
    section(texts.map, plan(quarters, communes, contributions, texts.mapText(inWords(places.slice(0, 3))))),
    section(
      texts.byTheme,
      bars(themes, texts.barsText(texts.byTheme, inWords(themes))),
      countTable(texts, figures, texts.theme, themes),
    ),
    section(
      texts.byQuarter,
      bars(places, texts.barsText(texts.byQuarter, inWords(places))),
      countTable(texts, figures, texts.quarter, places),
    ),
    section(
      texts.crossed,
      crossTable(texts, places.map(({ name }) => name), themes.map(({ name }) => name), (quarter, theme) =>
        pairs.get(JSON.stringify([quarter, theme])) ?? 0,
      ),
    ),
    remarks(contributions, quarters),
  );
}

function showTools(edition: string): void {
  const print = element("button", { type: "button" }, texts.print);
  print.addEventListener("click", () => window.print());
  const query = `contributions?edition=${encodeURIComponent(edition)}&limit=10000`;
  place("tools").replaceChildren(
    element("p", {}, texts.data, element("a", { href: `${query}&f=csv` }, "CSV"), " ", element("a", { href: `${query}&f=geojson` }, "GeoJSON")),
    print,
  );
}

async function start(): Promise<void> {
  document.documentElement.lang = texts.lang;
  document.title = texts.title;
  // What everyone may see, also for a member of staff who is signed in: this page is shown and printed.
  const client = new Client(home, language.code, "omit");
  const landing = await client.landing();
  if (landing.consultation === null) {
    main.replaceChildren(element("h1", {}, texts.title), element("p", {}, texts.noConsultation));
    return;
  }
  const id = search.get("edition") ?? landing.defaultEdition ?? "";
  const [edition, contributions, quarters] = await Promise.all([
    client.edition(id),
    publishedContributions(client, id),
    client.features(`${id}.quarters`, areaPageOf),
  ]);
  const box = boundsOf(quarters);
  const communes =
    box === null ? [] : await client.features("communes", areaPageOf, { bbox: box.join() }).catch(() => []);
  const named = contributions.map((one) => ({ ...one, theme: themeName(one.theme, landing.consultation, language.code) }));
  showSummary(edition, named, quarters, communes);
  showTools(id);
}

function sentence(problem: unknown): string {
  const { noAnswer, refused, unreadable } = language.texts;
  if (problem instanceof NoAnswer) return noAnswer;
  if (problem instanceof Refused) return refused(problem.status, problem.detail);
  if (problem instanceof UnreadableAnswer) return unreadable;
  throw problem;
}

start().catch((problem: unknown) => {
  main.replaceChildren(element("h1", {}, texts.title), element("p", { class: "problem", role: "alert" }, sentence(problem)));
});
