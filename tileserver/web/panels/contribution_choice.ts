// The published contributions over the tiers: off until the reader switches them on, and asked for only when they are
// wanted. Those about a quarter stand on its sheet; the others can be read here.
import type { Client } from "../client";
import type { Contribution } from "../consultation/contribution";
import { publishedContributions, remarksOn } from "../consultation/published";
import { drawing, element } from "../elements";
import type { Texts } from "../i18n/fr";
import { themeName } from "../i18n/names";
import type { Consultation } from "../landing_contract";
import type { Notices } from "./notices";
import type { Remarks } from "./quarter_remarks";

/** As the map draws it. */
export function contributionMark(): SVGElement {
  return drawing(
    "svg",
    { class: "mark", viewBox: "0 0 36 22", width: 36, height: 22, "aria-hidden": "true" },
    drawing("circle", { cx: 18, cy: 11, r: 8.5, fill: "#ffffff", stroke: "#14181f", "stroke-width": 2.5 }),
  );
}

export class ContributionChoice {
  private readonly box = element("input", { type: "checkbox", id: "contributions" });
  private readonly told = element("p", { class: "figures", id: "contributions-told", role: "status" });
  private readonly elsewhere = element("details", { id: "contributions-elsewhere", hidden: true });
  private readonly loaded = new Map<string, readonly Contribution[]>();
  /** Null where this server publishes none. */
  private consultation: Consultation | null = null;

  constructor(
    private readonly client: Client,
    private readonly texts: Texts,
    private readonly notices: Notices,
    change: (on: boolean) => void,
  ) {
    this.box.setAttribute("aria-describedby", this.told.id);
    this.box.addEventListener("change", () => change(this.box.checked));
  }

  setConsultation(consultation: Consultation | null): void {
    this.consultation = consultation;
  }

  /** Null where nothing can be contributed, or where they cannot be had, which is told. */
  async of(edition: string): Promise<readonly Contribution[] | null> {
    this.notices.clear("contributions");
    if (this.consultation === null) return null;
    try {
      const found = this.loaded.get(edition) ?? (await publishedContributions(this.client, edition));
      this.loaded.set(edition, found);
      return found;
    } catch {
      this.notices.tell("contributions", this.texts.planner.contributionsMissing);
      return null;
    }
  }

  /** As a sheet has them. */
  async remarks(edition: string): Promise<Remarks | null> {
    const contributions = await this.of(edition);
    return contributions && { contributions, themeName: this.themeName };
  }

  private readonly themeName = (theme: string): string => themeName(theme, this.consultation, this.client.language);

  /** Null where they are off as well. */
  async shown(on: boolean, edition: string): Promise<readonly Contribution[] | null> {
    this.box.checked = on;
    const found = on ? await this.of(edition) : null;
    this.tell(found);
    return found;
  }

  private tell(found: readonly Contribution[] | null): void {
    const { planner } = this.texts;
    const places = found?.filter((one) => one.quarter === null) ?? [];
    const quarters = new Set(found?.flatMap(({ quarter }) => (quarter === null ? [] : [quarter])));
    this.told.textContent = found === null ? "" : planner.contributionsTold(found.length, quarters.size);
    this.elsewhere.hidden = places.length === 0;
    this.elsewhere.replaceChildren(
      element("summary", {}, planner.contributionsElsewhere(places.length)),
      remarksOn(places, null, this.themeName),
    );
  }

  /** The box that switches them, and the way to the council's summary; null where nothing can be contributed. */
  control(edition: string): HTMLElement | null {
    if (this.consultation === null) return null;
    const { planner } = this.texts;
    // A frame is too small for it, and it may not be framed by another site.
    const target = document.body.classList.contains("embed") ? "_blank" : null;
    const summary = `contributions?f=html&edition=${encodeURIComponent(edition)}&lang=${this.client.language}`;
    return element(
      "div",
      { class: "legend contributions" },
      element(
        "div",
        { class: "row" },
        this.box,
        element("label", { class: "tier", for: this.box.id }, contributionMark(), planner.contributions),
        this.told,
      ),
      this.elsewhere,
      element("p", { class: "small" }, element("a", { href: summary, target, id: "contributions-summary" }, planner.contributionsSummary)),
    );
  }
}
