// The band at the top: whose map it is, and what the reader can do with it; below it, whether it is a working document.
import type { Edition } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";

export interface HeaderEvents {
  readonly print: () => void;
  readonly share: () => void;
}

export class Header {
  private readonly banner = element("p", { class: "banner", id: "banner", hidden: true });
  private readonly title = element("h1");
  /** The search box goes here. */
  readonly search = element("div", { id: "search" });

  constructor(
    private readonly texts: Texts,
    events: HeaderEvents,
  ) {
    const button = (id: string, label: string, act: () => void) => {
      const made = element("button", { type: "button", id }, label);
      made.addEventListener("click", act);
      return made;
    };
    place("bar").append(
      this.title,
      this.search,
      element(
        "div",
        { class: "actions" },
        button("open-print", texts.planner.print, events.print),
        button("open-share", texts.planner.shareAndDownload, events.share),
      ),
    );
    place("banner-place").append(this.banner);
  }

  setAtlas(title: string): void {
    this.title.textContent = title;
    document.title = title;
  }

  show(edition: Edition): void {
    this.banner.hidden = !edition.workingDocument;
    this.banner.replaceChildren(element("strong", {}, this.texts.workingDocument), ` ${this.texts.workingDocumentWhy}`);
  }
}
