// One contribution before its moderator. What a resident wrote is text and stays text.
import type { Contribution } from "../consultation/contribution";
import { element } from "../elements";
import type { ModerationTexts } from "../i18n/moderation_fr";
import type { State } from "./desk";

export interface CardEvents {
  readonly judge: (contribution: Contribution, state: State, reason: string) => void;
  /** A quarter's name, or what is known of it. */
  readonly quarterName: (edition: string, code: string) => string;
  readonly themeName: (theme: string) => string;
  readonly date: (text: string) => string;
}

export class Card {
  readonly element = element("article", { class: "card", tabindex: -1 });

  constructor(
    private readonly texts: ModerationTexts,
    private readonly events: CardEvents,
    contribution: Contribution,
  ) {
    this.show(contribution);
  }

  show(contribution: Contribution): void {
    const { texts, events } = this;
    const { id, edition, theme, quarter, state } = contribution;
    const where = quarter === null ? texts.place : events.quarterName(edition, quarter);
    this.element.dataset.id = id;
    this.element.dataset.state = state;
    this.element.setAttribute("aria-labelledby", `title-${id}`);
    this.element.replaceChildren(
      element(
        "header",
        {},
        element("h2", { id: `title-${id}` }, texts.about(events.themeName(theme), where)),
        element("p", { class: "state" }, texts.stateOfOne[state] ?? state),
      ),
      element("p", { class: "words", lang: contribution.language }, contribution.text),
      this.facts(contribution),
      this.choices(contribution),
      this.history(contribution),
    );
  }

  private facts({ edition, language, received, expires }: Contribution): HTMLElement {
    const { texts, events } = this;
    const facts: [string, string][] = [
      [texts.edition, edition],
      [texts.language, language],
      [texts.received, events.date(received)],
    ];
    if (expires !== null) facts.push([texts.expires, events.date(expires)]);
    return element("dl", {}, ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  }

  private button(name: string, kind: string, act: () => void): HTMLButtonElement {
    const button = element("button", { type: "button", class: kind }, name);
    button.addEventListener("click", act);
    return button;
  }

  private choices(contribution: Contribution): HTMLElement {
    const { texts } = this;
    const judge = (state: State) => () => this.events.judge(contribution, state, "");
    const choices = element("div", { class: "choices" });
    if (contribution.state === "pending")
      choices.append(
        this.button(texts.publish, "publish strong", judge("published")),
        this.button(texts.reject, "reject", () => choices.replaceWith(this.reason(contribution))),
      );
    else choices.append(this.button(texts.undo, "undo", judge("pending")));
    return choices;
  }

  /** Asks why before it rejects. */
  private reason(contribution: Contribution): HTMLElement {
    const { texts } = this;
    const id = `reason-${contribution.id}`;
    const field = element("input", { id, type: "text", maxlength: 500, autocomplete: "off" });
    const problem = element("p", { class: "problem", role: "alert" });
    const form = element(
      "form",
      { class: "reason", novalidate: true },
      element("label", { for: id }, texts.reason),
      field,
      problem,
      element(
        "div",
        { class: "choices" },
        element("button", { type: "submit", class: "strong" }, texts.confirmReject),
        this.button(texts.cancel, "", () => form.replaceWith(this.choices(contribution))),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = field.value.trim();
      problem.textContent = reason === "" ? texts.reasonMissing : "";
      if (reason === "") field.focus();
      else this.events.judge(contribution, "rejected", reason);
    });
    // It is put into the page after this.
    queueMicrotask(() => field.focus());
    return form;
  }

  private history({ history }: Contribution): HTMLElement {
    const { texts, events } = this;
    const entries = history.map(({ date, state, reason, label }) =>
      element(
        "li",
        {},
        `${events.date(date)} : ${texts.change(texts.stateOfOne[state] ?? state, label ?? "")}`,
        reason === null ? null : element("span", { class: "why" }, ` — ${reason}`),
      ),
    );
    return element(
      "details",
      {},
      element("summary", {}, `${texts.history} (${history.length})`),
      entries.length === 0 ? element("p", {}, texts.noHistory) : element("ol", {}, ...entries),
    );
  }
}
