// The band at the top: whose map it is, which edition is shown, and whether that edition is only a working document.
import type { Edition, EditionSummary } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";

export class Header {
  private readonly chooser = element("select", { id: "edition" });
  private readonly banner = element("p", { class: "banner", hidden: true });
  private readonly title = element("h1");

  constructor(
    private readonly texts: Texts,
    onEdition: (id: string) => void,
  ) {
    this.chooser.addEventListener("change", () => onEdition(this.chooser.value));
    place("header").append(
      element(
        "div",
        { class: "bar" },
        this.title,
        element("div", { class: "chooser" }, element("label", { for: "edition" }, texts.edition), this.chooser),
      ),
      this.banner,
    );
  }

  setAtlas(title: string, editions: readonly EditionSummary[]): void {
    this.title.textContent = title;
    document.title = title;
    this.chooser.replaceChildren(
      ...editions.map((edition) =>
        element("option", { value: edition.id }, `${edition.title} (${this.texts.stages[edition.stage] ?? edition.stage})`),
      ),
    );
  }

  show(edition: Edition): void {
    this.chooser.value = edition.id;
    this.banner.hidden = !edition.workingDocument;
    this.banner.replaceChildren(element("strong", {}, this.texts.workingDocument), ` ${this.texts.workingDocumentWhy}`);
  }
}
