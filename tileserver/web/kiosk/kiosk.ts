// The town hall's kiosk: the attract screen, a question, its answer, and then everything is wiped.
import { NoAnswer, Refused } from "../client";
import { UnreadableAnswer } from "../contract";
import { element, place } from "../elements";
import { firstLanguage, type KioskLanguage, kioskLanguages } from "../i18n/kiosk_language";
import type { Answer, Found, NamedQuarter, Subject } from "./answers";
import { AnswerView } from "./answer_view";
import { Asker } from "./asker";
import { ContributionForm, type Draft, emptyDraft, thanks } from "./contribution_form";
import { handIn } from "./contribution_sender";
import { type Holdings, heldAtlas } from "./holdings";
import { Idle } from "./idle";
import { IdleWarning } from "./idle_warning";
import { Keeper } from "./keeper";
import { KeptClient } from "./kept_client";
import { KioskMap } from "./kiosk_map";
import type { Point } from "./land";
import type { ContributionBody } from "./worker/messages";
import { Question } from "./question";
import { Reading } from "./reading";
import { ScrollButtons } from "./scroll_buttons";
import { wipeStorage } from "./wipe";

const home = new URL(".", document.baseURI);
/** Seconds between two tries while the server is not there. */
const retryAfter = 5;

type Screen = "attract" | "question" | "answer" | "contribution" | "thanks";

class Kiosk {
  private readonly keeper = new Keeper(firstLanguage.texts);
  private readonly panel = place("panel");
  private readonly reading = new Reading(this.panel);
  private readonly scroll = new ScrollButtons(this.panel);
  private readonly warning = new IdleWarning(() => this.idle.goOn());
  private readonly idle = new Idle({
    warn: (seconds) => this.warning.show(this.texts, seconds),
    goOn: () => this.warning.hide(),
    wipe: () => this.wipe(),
  });
  private language: KioskLanguage = firstLanguage;
  private holdings: Holdings | null = null;
  private map: KioskMap | null = null;
  private screen: Screen = "attract";
  private question: Question | null = null;
  private asked: (() => Promise<void>) | null = null;
  private answer: Answer | null = null;
  private form: ContributionForm | null = null;
  private subject: Subject | null = null;
  private waiting = false;
  private stale = false;
  /** Counts what was asked and wiped: an answer that comes after that is dropped. */
  private turn = 0;

  private get client(): KeptClient {
    return new KeptClient(home, this.texts.lang);
  }

  private get texts() {
    return this.language.texts;
  }

  async start(): Promise<void> {
    try {
      this.map = new KioskMap(home, (point) => this.askPlace(point));
    } catch {
      document.body.classList.add("without-map");
    }
    // A long press on a screen opens no menu of the browser.
    window.addEventListener("contextmenu", (event) => event.preventDefault());
    this.showAttract();
    void this.keeper.start(home, () => this.renew());
    await this.refresh();
  }

  /** A page of an older version than the server's makes place for it when nobody is there. */
  private renew(): void {
    this.stale = true;
    if (this.screen === "attract") location.reload();
  }

  /** Asks the server for what it has now; without an answer the kiosk goes on with what it holds. */
  private async refresh(): Promise<void> {
    const before = this.holdings;
    try {
      const client = new KeptClient(home, firstLanguage.texts.lang);
      const landing = await client.landing();
      if (landing.fingerprint !== this.holdings?.landing.fingerprint || landing.fingerprint === "") {
        const held = await heldAtlas(client, landing);
        this.holdings = held;
        this.keeper.hold(held);
        this.map?.show(held.edition.id, held.style.specification, held.bounds);
      } else if (this.holdings !== null) this.holdings = { ...this.holdings, landing };
      this.idle.set(landing.kiosk.idle, landing.kiosk.warning);
    } catch (problem) {
      if (!(problem instanceof NoAnswer || problem instanceof Refused || problem instanceof UnreadableAnswer)) throw problem;
    }
    if (this.holdings === null) setTimeout(() => void this.refresh(), retryAfter * 1000);
    // Shown again only for a reason: it takes the focus.
    if (this.screen === "attract" && before?.landing.title !== this.holdings?.landing.title) this.showAttract();
  }

  private setLanguage(language: KioskLanguage): void {
    this.language = language;
    document.documentElement.lang = this.texts.lang;
    document.title = this.texts.title;
    this.map?.speak(this.texts);
    this.reading.speak(this.texts);
    this.scroll.speak(this.texts);
    this.showBar();
  }

  private showBar(): void {
    const languages = element("div", { class: "languages", role: "group", "aria-label": this.texts.language });
    for (const language of kioskLanguages) {
      const button = element(
        "button",
        { type: "button", lang: language.texts.lang, "aria-pressed": String(language === this.language) },
        language.name,
      );
      button.addEventListener("click", () => this.changeLanguage(language));
      languages.append(button);
    }
    const finish = element("button", { type: "button", class: "finish" }, this.texts.finish);
    finish.addEventListener("click", () => this.wipe());
    const title = element("p", { class: "atlas" }, this.holdings?.landing.title ?? "");
    place("bar").replaceChildren(title, languages, element("div", { class: "visit" }, this.reading.button, finish));
  }

  /** What is shown stays, in other words. */
  private changeLanguage(language: KioskLanguage): void {
    const written = this.question?.written ?? "";
    this.setLanguage(language);
    if (this.screen === "question") this.showQuestion(written);
    else if (this.screen === "answer" && this.answer !== null) this.showAnswer(this.answer);
    else if (this.screen === "contribution" && this.subject !== null) this.showForm(this.subject, this.form?.draft ?? emptyDraft());
    else if (this.screen === "thanks") this.showThanks(this.waiting);
    const pressed = place("bar").querySelector<HTMLElement>(".languages [aria-pressed=true]");
    pressed?.focus();
  }

  private show(screen: Screen, content: HTMLElement): void {
    this.screen = screen;
    this.reading.stop();
    this.question?.leave();
    document.body.dataset.screen = screen;
    this.panel.replaceChildren(content);
    this.panel.scrollTop = 0;
    // A reader who does not see the screen hears where they are.
    content.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  private showAttract(): void {
    this.setLanguage(firstLanguage);
    const ready = this.holdings !== null;
    const starts = kioskLanguages.map((language) => {
      const button = element(
        "button",
        { type: "button", class: "start", lang: language.texts.lang, disabled: !ready },
        element("strong", {}, language.texts.begin),
        element("span", {}, language.name),
      );
      button.addEventListener("click", () => this.begin(language));
      return button;
    });
    const state = ready ? this.texts.invitation : this.texts.starting;
    const content = element(
      "div",
      { class: "attract" },
      element("h1", { tabindex: -1 }, this.texts.title),
      element("p", { role: "status" }, state),
      element("div", { class: "starts" }, ...starts),
    );
    this.show("attract", content);
    this.question = null;
  }

  private begin(language: KioskLanguage): void {
    this.setLanguage(language);
    this.idle.start();
    this.showQuestion("");
    this.map?.clear();
  }

  private showQuestion(written: string): void {
    const { holdings } = this;
    if (holdings === null) return;
    const asker = new Asker(this.client, holdings.atlas);
    const question = new Question(this.texts, holdings.landing.addresses, holdings.style.communes, {
      find: (text) => asker.found(text),
      choose: (found) => this.askFound(found),
    });
    this.show("question", question.element);
    this.question = question;
    question.write(written);
  }

  private askFound(found: Found): void {
    void this.ask((asker) => asker.answerFor(found));
  }

  private askPlace(point: Point): void {
    if (this.screen !== "question" && this.screen !== "answer") return;
    this.map?.mark(point);
    void this.ask((asker) => asker.place(point));
  }

  private askQuarter(quarter: NamedQuarter): void {
    void this.ask((asker) => asker.quarter(quarter.code, quarter.name));
  }

  private async ask(question: (asker: Asker) => Answer | Promise<Answer>): Promise<void> {
    const { holdings } = this;
    if (holdings === null) return;
    this.asked = () => this.ask(question);
    const turn = ++this.turn;
    const answer = await question(new Asker(this.client, holdings.atlas));
    if (turn !== this.turn) return;
    this.showOnMap(answer);
    this.showAnswer(answer);
  }

  private showOnMap(answer: Answer): void {
    if (answer.kind === "commune") return;
    const { point, quarter, address } = answer.subject;
    if (point !== null && address !== null) this.map?.mark(point);
    if (point === null && quarter !== null) this.map?.choose(quarter.code, this.holdings?.boxes.get(quarter.code) ?? null);
  }

  private showAnswer(answer: Answer): void {
    const { holdings } = this;
    if (holdings === null) return;
    this.answer = answer;
    const view = new AnswerView(this.texts, holdings.edition, holdings.swatches, {
      another: () => this.askAnother(),
      retry: () => void this.asked?.(),
      quarter: (quarter) => this.askQuarter(quarter),
      contribute: holdings.landing.consultation === null ? null : (subject) => this.showForm(subject, emptyDraft()),
    });
    view.show(answer);
    this.show("answer", view.element);
  }

  private askAnother(): void {
    this.map?.clear();
    this.showQuestion("");
  }

  private showForm(subject: Subject, draft: Draft): void {
    const consultation = this.holdings?.landing.consultation;
    if (consultation === null || consultation === undefined) return;
    const form = new ContributionForm(this.texts, consultation, subject, draft, {
      hand: (theme, text, key) => handIn(home, this.keeper.worker, this.contributionBody(subject, theme, text), key),
      sent: (waiting) => this.showThanks(waiting),
      back: () => this.answer !== null && this.showAnswer(this.answer),
    });
    this.show("contribution", form.element);
    this.form = form;
    this.subject = subject;
  }

  private contributionBody(subject: Subject, theme: string, text: string): ContributionBody {
    const { quarter, point } = subject;
    const where = quarter === null ? { lon: point?.lon ?? 0, lat: point?.lat ?? 0 } : { quarter: quarter.code };
    const language = this.language.code === "falc" ? "fr-x-falc" : this.language.code;
    return { edition: this.holdings?.atlas.edition ?? "", theme, text, language, ...where };
  }

  private showThanks(waiting: boolean): void {
    this.waiting = waiting;
    this.show("thanks", thanks(this.texts, waiting, () => this.askAnother()));
    void this.keeper.tend();
  }

  /** Nothing of the visit stays: neither what was asked, nor the language, nor the view, nor anything stored. */
  private wipe(): void {
    ++this.turn;
    this.idle.stop();
    this.warning.hide();
    this.answer = null;
    this.asked = null;
    this.form = null;
    this.subject = null;
    this.showAttract();
    this.map?.clear();
    wipeStorage();
    if (this.stale) location.reload();
    else void this.refresh();
  }
}

void new Kiosk().start();
