// What went wrong, in words, and what to do; and what changed, for a reader who does not see the map.
import { NoAnswer, Refused } from "../client";
import { UnreadableAnswer } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";

export class Notices {
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly texts: Texts) {}

  announce(sentence: string): void {
    place("announcement").textContent = sentence;
  }

  /** One notice a topic: a second one replaces the first. */
  tell(topic: string, sentence: string, retry?: () => void): void {
    this.clear(topic);
    const notice = element("div", { class: "notice" }, element("p", {}, sentence));
    if (retry !== undefined) {
      const button = element("button", { type: "button" }, this.texts.retry);
      button.addEventListener("click", () => {
        this.clear(topic);
        retry();
      });
      notice.append(button);
    }
    this.shown.set(topic, notice);
    place("notices").append(notice);
  }

  clear(topic: string): void {
    this.shown.get(topic)?.remove();
    this.shown.delete(topic);
  }

  /** What became of a question to the server, in the reader's words. */
  tellProblem(topic: string, problem: unknown, retry?: () => void): void {
    if (problem instanceof NoAnswer) this.tell(topic, this.texts.noAnswer, retry);
    else if (problem instanceof Refused) this.tell(topic, this.texts.refused(problem.status, problem.detail), retry);
    else if (problem instanceof UnreadableAnswer) this.tell(topic, this.texts.unreadable);
    else throw problem;
  }
}
