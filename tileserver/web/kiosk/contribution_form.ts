// What a resident thinks of it: a theme, a text, and the place that was asked about. Nothing says who wrote it.
import { element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";
import { themeName } from "../i18n/names";
import type { Consultation } from "../landing_contract";
import type { Subject } from "./answers";
import { type Handed, uuid } from "./contribution_sender";
import { Keyboard } from "./keyboard";

export interface FormEvents {
  readonly hand: (theme: string, text: string, key: string) => Promise<Handed>;
  readonly sent: (waiting: boolean) => void;
  readonly back: () => void;
}

/** What was written, to take it into another language. */
export interface Draft {
  readonly theme: string | null;
  readonly text: string;
  readonly key: string;
}

export const emptyDraft = (): Draft => ({ theme: null, text: "", key: uuid() });

export class ContributionForm {
  readonly element: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private readonly left = element("p", { class: "left", id: "text-left" });
  private readonly problem = element("p", { class: "problem", role: "alert" });
  private readonly send: HTMLButtonElement;
  private key: string;

  constructor(
    private readonly texts: KioskTexts,
    private readonly consultation: Consultation,
    subject: Subject,
    draft: Draft,
    private readonly events: FormEvents,
  ) {
    this.key = draft.key;
    this.field = element("textarea", {
      id: "remark",
      rows: 4,
      maxlength: consultation.textLimit,
      autocomplete: "off",
      spellcheck: "false",
      inputmode: "none",
      "aria-describedby": "text-left",
    });
    this.field.value = draft.text;
    this.field.addEventListener("input", () => this.count());
    this.send = element("button", { type: "submit", class: "strong" }, texts.send);
    const back = element("button", { type: "button" }, texts.back);
    back.addEventListener("click", () => this.events.back());
    const form = element(
      "form",
      { class: "contribution", novalidate: true },
      element("p", { class: "about" }, subject.quarter === null ? texts.aboutPlace : texts.aboutQuarter(subject.quarter.name)),
      this.themes(draft.theme),
      element("div", { class: "writing" }, element("label", { for: "remark" }, texts.remark), this.field, this.left),
      new Keyboard(texts, this.field).element,
      this.notice(),
      element("div", { class: "handing" }, this.problem, element("div", { class: "line" }, back, this.send)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.hand();
    });
    this.element = element("div", { class: "contribute" }, element("h1", { tabindex: -1 }, texts.contribute), form);
    this.count();
  }

  get draft(): Draft {
    return { theme: this.theme(), text: this.field.value, key: this.key };
  }

  private themes(chosen: string | null): HTMLElement {
    const choices = this.consultation.themes.map((theme, place) => {
      const id = `theme-${place}`;
      const radio = element("input", { type: "radio", name: "theme", id, value: theme, checked: theme === chosen });
      return element("div", { class: "theme" }, radio, element("label", { for: id }, themeName(theme, this.consultation, this.texts.code)));
    });
    return element("fieldset", {}, element("legend", {}, this.texts.theme), element("div", { class: "themes" }, ...choices));
  }

  /** Who asks, why, and for how long it is kept. */
  private notice(): HTMLElement {
    const { texts } = this;
    const sentences = [texts.noticeWhy, texts.noticeNobody, texts.noticeHowLong(this.consultation.retentionDays)];
    return element("div", { class: "privacy" }, element("h2", {}, texts.notice), ...sentences.map((one) => element("p", {}, one)));
  }

  private theme(): string | null {
    return this.element.querySelector<HTMLInputElement>("input[name=theme]:checked")?.value ?? null;
  }

  private count(): void {
    this.left.textContent = this.texts.charactersLeft(this.consultation.textLimit - this.field.value.length);
  }

  private async hand(): Promise<void> {
    const [theme, text] = [this.theme(), this.field.value.trim()];
    if (theme === null) return this.complain(this.texts.noTheme, "input[name=theme]");
    if (text === "") return this.complain(this.texts.noText, "#remark");
    this.send.disabled = true;
    const handed = await this.events.hand(theme, text, this.key);
    this.send.disabled = false;
    // Wiped meanwhile: whoever stands there now is somebody else.
    if (!this.element.isConnected) return;
    if (handed.state === "sent" || handed.state === "waiting") return this.events.sent(handed.state === "waiting");
    // Another text is another contribution: under the old key the server would refuse it (422).
    if (handed.state === "refused") this.key = uuid();
    this.complain(handed.state === "refused" ? this.texts.refused(handed.detail) : this.texts.notSent, "button.strong");
  }

  private complain(sentence: string, where: string): void {
    this.problem.textContent = sentence;
    this.problem.scrollIntoView({ block: "nearest" });
    this.element.querySelector<HTMLElement>(where)?.focus();
  }
}

/** Told when it is handed in. */
export function thanks(texts: KioskTexts, waiting: boolean, another: () => void): HTMLElement {
  const button = element("button", { type: "button", class: "strong" }, texts.another);
  button.addEventListener("click", another);
  return element(
    "div",
    { class: "answer thanks", "data-state": waiting ? "waiting" : "sent" },
    element("h1", { tabindex: -1 }, texts.thanks),
    element("p", {}, waiting ? texts.thanksWaiting : texts.thanksSent),
    element("p", {}, texts.thanksNext),
    button,
  );
}
