// Asks whether somebody is still there.
import { element, place } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";

export class IdleWarning {
  private readonly dialog = place("warning") as HTMLDialogElement;
  private readonly left = element("p", { class: "left", id: "warning-left" });

  constructor(private readonly goOn: () => void) {
    // A touch anywhere means: I am here. Only its end does: what lies below would get the end of a touch whose begin
    // closed the dialog.
    this.dialog.addEventListener("click", () => this.goOn());
    // And so does Escape.
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.goOn();
    });
  }

  show(texts: KioskTexts, seconds: number): void {
    this.left.textContent = texts.wipeIn(seconds);
    if (this.dialog.open) return;
    const button = element("button", { type: "button", class: "strong" }, texts.goOn);
    this.dialog.replaceChildren(element("h2", { id: "warning-title" }, texts.stillThere), this.left, button);
    this.dialog.showModal();
    button.focus();
  }

  hide(): void {
    if (this.dialog.open) this.dialog.close();
    this.dialog.replaceChildren();
  }
}
