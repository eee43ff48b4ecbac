// Reads the panel aloud where the browser can, with a voice of the machine only: a voice of some service would be told
// what the visitor reads.
import { element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";

const readable = "h1, h2, legend, p, li, label, dt, dd";

function voiceFor(language: string): SpeechSynthesisVoice | null {
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
  return voices.find((voice) => voice.lang.toLowerCase().startsWith(language)) ?? null;
}

/** The sentences of what is shown, in their order, each once. */
function sentences(panel: HTMLElement): string {
  const parts = [...panel.querySelectorAll<HTMLElement>(readable)]
    .filter((part) => part.closest("[hidden], .unseen, .keyboard") === null && part.querySelector(readable) === null)
    .map((part) => (part.textContent ?? "").trim());
  return parts.filter((part) => part !== "").join(". ").replaceAll(/([.?!…])\.\s/g, "$1 ");
}

export class Reading {
  readonly button = element("button", { type: "button", class: "listen", "aria-pressed": "false", hidden: true });
  private texts: KioskTexts | null = null;

  constructor(private readonly panel: HTMLElement) {
    if (!("speechSynthesis" in window)) return;
    speechSynthesis.addEventListener("voiceschanged", () => this.offer());
    this.button.addEventListener("click", () => (speechSynthesis.speaking ? this.stop() : this.read()));
  }

  speak(texts: KioskTexts): void {
    this.stop();
    this.texts = texts;
    this.offer();
  }

  /** The button is there while a voice is. */
  private offer(): void {
    if (this.texts === null || !("speechSynthesis" in window)) return;
    this.button.hidden = voiceFor(this.texts.lang) === null;
    this.face(false);
  }

  private face(reading: boolean): void {
    this.button.setAttribute("aria-pressed", String(reading));
    if (this.texts !== null) this.button.textContent = reading ? this.texts.stopListening : this.texts.listen;
  }

  private read(): void {
    if (this.texts === null) return;
    const speech = new SpeechSynthesisUtterance(sentences(this.panel));
    speech.lang = this.texts.locale;
    speech.voice = voiceFor(this.texts.lang);
    speech.rate = 0.9;
    speech.addEventListener("end", () => this.face(false));
    speech.addEventListener("error", () => this.face(false));
    this.face(true);
    speechSynthesis.speak(speech);
  }

  stop(): void {
    if (!("speechSynthesis" in window)) return;
    speechSynthesis.cancel();
    this.face(false);
  }
}
