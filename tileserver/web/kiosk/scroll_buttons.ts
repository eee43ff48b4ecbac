// Two buttons for a panel that is longer than its frame: no gesture is needed to read its end.
import { element } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";

/** One touch goes on by so much of the frame: a line that was last is still seen. */
const share = 0.8;

export class ScrollButtons {
  private readonly up = element("button", { type: "button" }, "↑");
  private readonly down = element("button", { type: "button" }, "↓");
  private readonly box = element("div", { class: "scroll", hidden: true }, this.up, this.down);

  constructor(private readonly panel: HTMLElement) {
    this.up.addEventListener("click", () => this.go(-1));
    this.down.addEventListener("click", () => this.go(1));
    panel.after(this.box);
    panel.addEventListener("scroll", () => this.look(), { passive: true });
    const sizes = new ResizeObserver(() => this.look());
    sizes.observe(panel);
    new MutationObserver(() => this.look()).observe(panel, { childList: true, subtree: true });
  }

  speak(texts: KioskTexts): void {
    this.up.setAttribute("aria-label", texts.scrollUp);
    this.down.setAttribute("aria-label", texts.scrollDown);
  }

  private go(way: 1 | -1): void {
    this.panel.scrollBy({ top: way * share * this.panel.clientHeight });
  }

  private look(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.panel;
    const beyond = scrollHeight - clientHeight;
    const long = beyond > 4;
    this.box.hidden = !long;
    this.panel.classList.toggle("long", long);
    this.up.disabled = scrollTop <= 1;
    this.down.disabled = scrollTop >= beyond - 1;
  }
}
