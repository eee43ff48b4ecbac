// The operator's backdrop below the tiers: off until the reader switches it on.
import { backdropOf } from "../backdrop";
import type { Backdrop } from "../backdrop_style";
import { element } from "../elements";
import type { Texts } from "../i18n/fr";
import type { Basemap } from "../landing_contract";
import type { Notices } from "./notices";

export class BackdropChoice {
  private basemap: Basemap | null = null;
  private box: HTMLInputElement | null = null;
  /** Asked for once: every step of the reader's comes through here. */
  private loaded: Backdrop | null = null;

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
    private readonly notices: Notices,
    private readonly change: (on: boolean) => void,
  ) {}

  setBasemap(basemap: Basemap | null): void {
    this.basemap = basemap;
  }

  /** Null where it is off, where none is configured, or where it cannot be had, which is told. */
  async backdrop(on: boolean): Promise<Backdrop | null> {
    this.notices.clear("backdrop");
    if (this.box !== null) this.box.checked = on;
    if (!on || this.basemap === null) return null;
    this.loaded ??= await backdropOf(this.basemap, this.home).catch(() => null);
    if (this.loaded === null) this.notices.tell("backdrop", this.texts.planner.backdropMissing);
    return this.loaded;
  }

  /** The box that switches it; null where none is configured. */
  control(on: boolean): HTMLElement | null {
    if (this.basemap === null) return null;
    const box = element("input", { type: "checkbox", id: "backdrop", checked: on });
    this.box = box;
    box.addEventListener("change", () => this.change(box.checked));
    return element("div", { class: "row" }, box, element("label", { for: "backdrop" }, this.texts.planner.backdrop));
  }
}
