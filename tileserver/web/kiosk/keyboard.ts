// A keyboard on the screen, in the order of French keys. One tab stop: arrows go from key to key, and a touch leaves the
// focus in the text that is being written.
import { element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";

const rows = ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn’-,.", "éèàçêôîûëï"];

export class Keyboard {
  readonly element: HTMLElement;
  private readonly keys: HTMLButtonElement[] = [];
  private shifted = false;
  private readonly letters = new Map<HTMLButtonElement, string>();
  private readonly shift: HTMLButtonElement;

  constructor(
    texts: KioskTexts,
    private readonly target: HTMLInputElement | HTMLTextAreaElement,
  ) {
    this.element = element("div", { class: "keyboard", role: "group", "aria-label": texts.keyboard });
    for (const row of rows) this.element.append(this.row([...row].map((letter) => this.letterKey(letter))));
    this.shift = this.key("⇧", () => this.turnShift(!this.shifted), "wide", texts.shift);
    this.shift.setAttribute("aria-pressed", "false");
    const space = this.key(texts.space, () => this.write(" "), "space");
    const erase = this.key(`⌫ ${texts.erase}`, () => this.erase(), "wide");
    this.element.append(this.row([this.shift, space, erase]));
    this.keys.forEach((key, place) => (key.tabIndex = place === 0 ? 0 : -1));
    this.element.addEventListener("keydown", (event) => this.move(event));
    // A touch on a key must not take the focus from the text.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  private row(keys: readonly HTMLButtonElement[]): HTMLElement {
    return element("div", { class: "row" }, ...keys);
  }

  private letterKey(letter: string): HTMLButtonElement {
    const key = this.key(letter, () => this.write(this.shifted ? letter.toUpperCase() : letter));
    this.letters.set(key, letter);
    return key;
  }

  private key(label: string, act: () => void, kind = "", name = ""): HTMLButtonElement {
    const key = element("button", { type: "button", class: kind, "aria-label": name === "" ? null : name }, label);
    key.addEventListener("click", act);
    this.keys.push(key);
    return key;
  }

  private write(letter: string): void {
    const limit = this.target.maxLength;
    if (limit >= 0 && this.target.value.length + letter.length > limit) return;
    const [from, to] = this.selection();
    this.target.setRangeText(letter, from, to, "end");
    this.changed();
    if (this.shifted) this.turnShift(false);
  }

  private erase(): void {
    const [from, to] = this.selection();
    const before = from === to ? Math.max(0, from - 1) : from;
    this.target.setRangeText("", before, to, "end");
    this.changed();
  }

  private selection(): readonly [number, number] {
    const { value, selectionStart, selectionEnd } = this.target;
    return [selectionStart ?? value.length, selectionEnd ?? value.length];
  }

  private changed(): void {
    this.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  private turnShift(on: boolean): void {
    this.shifted = on;
    this.shift.setAttribute("aria-pressed", String(on));
    for (const [key, letter] of this.letters) key.textContent = on ? letter.toUpperCase() : letter;
  }

  private move(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };
    const step = steps[event.key];
    const current = this.keys.findIndex((key) => key === document.activeElement);
    if (step === undefined || current < 0) return;
    event.preventDefault();
    const next = this.keys[Math.min(this.keys.length - 1, Math.max(0, current + step))];
    if (next === undefined) return;
    for (const key of this.keys) key.tabIndex = key === next ? 0 : -1;
    next.focus();
  }
}
