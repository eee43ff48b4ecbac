// An answer, said in a word, a shape and a colour: each tells it without the others.
import type { Edition } from "../contract";
import { drawing, element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";
import { tierName } from "../i18n/names";
import type { Swatches } from "../swatch";
import type { Answer, NamedQuarter, Subject } from "./answers";

export interface AnswerEvents {
  readonly another: () => void;
  readonly retry: () => void;
  readonly quarter: (quarter: NamedQuarter) => void;
  /** Null where nothing can be contributed. */
  readonly contribute: ((subject: Subject) => void) | null;
}

const shapes = {
  inside: ["M10 34 L26 50 L54 14"],
  outside: ["M14 14 L50 50", "M50 14 L14 50"],
  near_limit: ["M8 24 C20 12 28 36 40 24 C46 18 52 18 56 22", "M8 44 C20 32 28 56 40 44 C46 38 52 38 56 42"],
  unknown: ["M20 22 C20 6 46 6 46 24 C46 36 32 34 32 44", "M32 54 L32 55"],
  commune: ["M12 32 L12 33", "M32 32 L32 33", "M52 32 L52 33"],
} as const;

/** Metres as people say them: never more exact than the data is. */
export function distanceText(metres: number, texts: KioskTexts): string {
  const [value, unit] = metres >= 950 ? [metres / 1000, "kilometer"] : [Math.max(1, Math.round(metres)), "meter"];
  const digits = unit === "kilometer" && value < 10 ? 1 : 0;
  const rounded = unit === "meter" && value > 100 ? Math.round(value / 10) * 10 : value;
  return new Intl.NumberFormat(texts.locale, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: digits,
  }).format(rounded);
}

export class AnswerView {
  readonly element = element("div", { class: "answer" });

  constructor(
    private readonly texts: KioskTexts,
    private readonly edition: Edition,
    private readonly swatches: Swatches,
    private readonly events: AnswerEvents,
  ) {}

  show(answer: Answer): void {
    const { texts } = this;
    const kind = answer.kind;
    const shape = drawing(
      "svg",
      { class: "shape", viewBox: "0 0 64 64", "aria-hidden": "true" },
      ...shapes[kind].map((path) => drawing("path", { d: path })),
    );
    this.element.dataset.answer = kind;
    this.element.replaceChildren(
      element("div", { class: `verdict ${kind}` }, shape, element("h1", { tabindex: -1 }, this.word(answer))),
      ...this.sentences(answer),
      ...this.level(answer),
      ...this.choices(answer),
    );
    this.offerContribution(answer);
    if (kind === "unknown") this.element.append(this.button(texts.retry, "", this.events.retry));
    this.element.append(this.button(texts.another, this.events.contribute === null ? "strong" : "", this.events.another));
  }

  /** To a remark belongs a place or a quarter. */
  private offerContribution(answer: Answer): void {
    const { contribute } = this.events;
    if (contribute === null || answer.kind === "commune") return;
    const { subject } = answer;
    if (subject.point === null && subject.quarter === null) return;
    this.element.append(this.button(this.texts.contribute, "strong", () => contribute(subject)));
  }

  private button(name: string, kind: string, act: () => void): HTMLElement {
    const button = element("button", { type: "button", class: kind }, name);
    button.addEventListener("click", act);
    return button;
  }

  private word(answer: Answer): string {
    const { texts } = this;
    if (answer.kind === "inside") return texts.yes;
    if (answer.kind === "outside") return texts.no;
    if (answer.kind === "near_limit") return texts.near;
    if (answer.kind === "commune") return answer.concerned ? texts.communeTitle : texts.no;
    return texts.unknown;
  }

  private sentences(answer: Answer): readonly HTMLElement[] {
    return this.said(answer).map((sentence) => element("p", {}, sentence));
  }

  private said(answer: Answer): readonly string[] {
    const { texts } = this;
    if (answer.kind === "commune")
      return [answer.concerned ? texts.communeSome(answer.name) : texts.communeNone(answer.name)];
    const { subject } = answer;
    const address = subject.address === null ? [] : [texts.addressFound(subject.address)];
    if (answer.kind === "inside") return [...address, this.inside(subject), ...this.stage()];
    if (answer.kind === "outside") return [...address, ...this.outside(subject, answer.distance), ...this.stage()];
    if (answer.kind === "near_limit")
      return [...address, texts.nearLimit(distanceText(answer.distance, texts)), texts.nearLimitSides];
    if (answer.why === "no answer") return [...address, texts.noAnswer, texts.askLater];
    const why = subject.quarter === null ? texts.unavailable : texts.undetermined(subject.quarter.name);
    return [...address, why, texts.askDesk];
  }

  private inside(subject: Subject): string {
    if (subject.quarter === null) return this.texts.inPriority;
    const { name } = subject.quarter;
    return subject.point === null ? this.texts.quarterIs(name) : this.texts.inQuarter(name);
  }

  private outside(subject: Subject, distance: number | null): readonly string[] {
    const { texts } = this;
    if (subject.quarter !== null) return [texts.quarterIsNot(subject.quarter.name)];
    return distance === null ? [texts.inNone] : [texts.inNone, texts.nearest(distanceText(distance, texts))];
  }

  private stage(): readonly string[] {
    return this.edition.workingDocument ? [this.texts.workingDocument] : [];
  }

  private level(answer: Answer): readonly HTMLElement[] {
    if (answer.kind !== "inside") return [];
    const tier = this.edition.tiers.find((candidate) => candidate.code === answer.tier);
    if (tier === undefined) return [];
    return [
      element("h2", {}, this.texts.level),
      element("p", { class: "tier" }, this.swatches.of(this.edition.id, tier), element("span", {}, tierName(tier, this.texts.code))),
    ];
  }

  private choices(answer: Answer): readonly HTMLElement[] {
    if (answer.kind !== "commune" || answer.quarters.length === 0) return [];
    const choices = answer.quarters.map((quarter) => this.button(quarter.name, "", () => this.events.quarter(quarter)));
    return [element("ul", { class: "found" }, ...choices.map((choice) => element("li", {}, choice)))];
  }
}
