// The moderators' page: the queue, what was published and rejected, and why.
import { NoAnswer, Refused } from "../client";
import type { Contribution } from "../consultation/contribution";
import { UnreadableAnswer } from "../contract";
import { element, place } from "../elements";
import { Figures } from "../figures";
import { chosenLanguage } from "../i18n/language";
import { themeName } from "../i18n/names";
import { moderationEnglish } from "../i18n/moderation_en";
import { moderationFrench } from "../i18n/moderation_fr";
import type { Consultation } from "../landing_contract";
import { Card } from "./card";
import { Desk, type State, states } from "./desk";
import { signInForm } from "./sign_in";

const home = new URL(".", document.baseURI);
const language = chosenLanguage(new URLSearchParams(location.search), navigator.language);
const texts = language.code === "en" ? moderationEnglish : moderationFrench;

class Moderation {
  private readonly desk = new Desk(home, language.code);
  private readonly figures = new Figures(language.texts);
  private readonly main = place("main");
  private readonly names = new Map<string, ReadonlyMap<string, string>>();
  private state: State = "pending";
  /** Null where there is none, or before it is known. */
  private consultation: Consultation | null = null;
  private turn = 0;

  async start(): Promise<void> {
    document.documentElement.lang = texts.lang;
    document.title = texts.title;
    await this.tried(async () => {
      const { consultation } = await this.desk.landing();
      if (consultation === null) return this.tell(texts.noConsultation);
      this.consultation = consultation;
      const role = await this.desk.role();
      if (role === null) return this.askForToken("");
      if (role === "viewer") return this.askForToken(texts.notModerator, element("p", {}, this.mapLink()));
      await this.showDesk();
    }, () => void this.start());
  }

  private tell(sentence: string): void {
    this.main.replaceChildren(element("h1", {}, texts.title), element("p", {}, sentence));
  }

  private announce(sentence: string): void {
    place("announcement").textContent = sentence;
  }

  private mapLink(): HTMLElement {
    return element("a", { href: `./?lang=${language.code}` }, texts.map);
  }

  private askForToken(told: string, ...below: readonly HTMLElement[]): void {
    place("bar").replaceChildren();
    const form = signInForm(texts, told, (token) => this.signIn(token));
    this.main.replaceChildren(form, ...below);
    form.querySelector<HTMLElement>("input")?.focus();
  }

  private async signIn(token: string): Promise<void> {
    try {
      await this.desk.signIn(token);
      await this.start();
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) return this.askForToken(texts.wrongToken);
      this.askForToken(this.sentence(problem));
    }
  }

  private async signOut(): Promise<void> {
    await this.tried(async () => {
      await this.desk.signOut();
      this.names.clear();
      this.askForToken(texts.signedOut);
    });
  }

  private sentence(problem: unknown): string {
    const { noAnswer, refused, unreadable } = language.texts;
    if (problem instanceof NoAnswer) return noAnswer;
    if (problem instanceof Refused) return refused(problem.status, problem.detail);
    if (problem instanceof UnreadableAnswer) return unreadable;
    throw problem;
  }

  /** Does it, or says what became of it; who is no longer signed in is asked to be. */
  private async tried(work: () => Promise<void>, retry?: () => void): Promise<void> {
    const notices = place("notices");
    notices.replaceChildren();
    try {
      await work();
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) return this.askForToken(texts.expired);
      const notice = element("div", { class: "notice" }, element("p", {}, this.sentence(problem)));
      if (retry !== undefined) {
        const button = element("button", { type: "button" }, texts.retry);
        button.addEventListener("click", retry);
        notice.append(button);
      }
      notices.append(notice);
    }
  }

  private showBar(): void {
    const out = element("button", { type: "button", class: "sign-out" }, texts.signOut);
    out.addEventListener("click", () => void this.signOut());
    const summary = element("a", { href: `contributions?f=html&lang=${language.code}` }, texts.summary);
    place("bar").replaceChildren(element("p", { class: "title" }, texts.title), this.mapLink(), summary, out);
  }

  private async showDesk(): Promise<void> {
    const turn = ++this.turn;
    this.showBar();
    this.announce(texts.loading);
    const page = await this.desk.contributions(this.state);
    await this.learnNames(page.contributions);
    if (turn !== this.turn) return;
    const list = element("div", { class: "cards" }, ...page.contributions.map((one) => this.card(one).element));
    const parts: HTMLElement[] = [element("h1", {}, texts.states[this.state] ?? this.state), this.tabs(), this.exports()];
    const count = element("p", { class: "count" }, page.matched === 0 ? texts.none : texts.count(page.matched));
    this.main.replaceChildren(...parts, count, list);
    this.offerMore(page.next, list);
    this.announce(`${texts.states[this.state]} : ${texts.count(page.matched)}`);
  }

  private offerMore(next: string | null, list: HTMLElement): void {
    if (next === null) return;
    const more = element("button", { type: "button", class: "more" }, texts.more);
    more.addEventListener("click", () =>
      void this.tried(async () => {
        const page = await this.desk.contributions(this.state, next);
        await this.learnNames(page.contributions);
        more.remove();
        const cards = page.contributions.map((one) => this.card(one).element);
        list.append(...cards);
        cards[0]?.focus();
        this.offerMore(page.next, list);
      }),
    );
    list.after(more);
  }

  private tabs(): HTMLElement {
    const tabs = element("nav", { class: "tabs", "aria-label": texts.title });
    for (const state of states) {
      const tab = element(
        "button",
        { type: "button", "data-state": state, "aria-current": state === this.state ? "page" : null },
        texts.states[state] ?? state,
      );
      tab.addEventListener("click", () => {
        this.state = state;
        void this.tried(async () => {
          await this.showDesk();
          this.main.querySelector<HTMLElement>(`.tabs [data-state=${state}]`)?.focus();
        });
      });
      tabs.append(tab);
    }
    return tabs;
  }

  private exports(): HTMLElement {
    const link = (format: string, name: string, file: string) =>
      element("a", { href: `contributions?state=${this.state}&limit=10000&f=${format}`, download: file }, name);
    const days = this.consultation?.retentionDays;
    const kept = days === undefined ? null : element("p", { class: "small" }, texts.retention(days));
    return element(
      "div",
      { class: "exports" },
      element("p", {}, `${texts.export} : `, link("csv", "CSV", `${this.state}.csv`), " ", link("geojson", "GeoJSON", `${this.state}.geojson`)),
      kept,
    );
  }

  /** The names of the quarters of each edition that is written about, asked for once. */
  private async learnNames(contributions: readonly Contribution[]): Promise<void> {
    for (const edition of new Set(contributions.map((one) => one.edition))) {
      if (this.names.has(edition)) continue;
      const quarters = await this.desk.quarters(edition).catch(() => []);
      this.names.set(edition, new Map(quarters.map(({ code, name }) => [code, name])));
    }
  }

  private card(contribution: Contribution): Card {
    const card: Card = new Card(
      texts,
      {
        judge: (one, state, reason) => void this.judge(card, one, state, reason),
        quarterName: (edition, code) => this.names.get(edition)?.get(code) ?? code,
        themeName: (theme) => themeName(theme, this.consultation, language.code),
        date: (text) => this.figures.date(text),
      },
      contribution,
    );
    return card;
  }

  /** The card stays where it is, so that what was done can be undone. */
  private async judge(card: Card, contribution: Contribution, state: State, reason: string): Promise<void> {
    await this.tried(async () => {
      const judged = await this.desk.judge(contribution.id, state, reason);
      card.show(judged);
      card.element.focus();
      this.announce(texts.done(texts.stateOfOne[judged.state] ?? judged.state));
    });
  }
}

void new Moderation().start();
