// What is shown, taken elsewhere: its address, a frame for another site, and its layers as files.
import { element } from "../elements";
import type { Edition, Layer } from "../contract";
import type { Filter } from "../filter";
import type { Texts } from "../i18n/fr";

/** As `/exports` names them, in the order in which people ask for them. */
const formats = ["gpkg", "geojson", "csv", "ods", "shp.zip", "kml", "fgb", "geojsonl"] as const;

export interface Shared {
  readonly edition: Edition;
  readonly filter: Filter;
  /** The page as it is now, and as another site would frame it. */
  readonly address: URL;
  readonly embedAddress: URL;
}

/** The filter of the page as CQL2 text, for the layers that have a tier; null where it leaves nothing out. */
export function exportFilter(layer: string, filter: Filter): string | null {
  const kind = layer.slice(layer.indexOf(".") + 1);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const parts: string[] = [];
  if (filter.tiers !== null && ["quarters", "tiers", "tiers_by_commune", "labels"].includes(kind))
    parts.push(filter.tiers.size === 0 ? "FALSE" : `tier IN (${[...filter.tiers].map(quoted).join(",")})`);
  if (filter.commune !== null && kind === "quarters") parts.push(`communes LIKE ${quoted(`%${filter.commune}%`)}`);
  if (filter.commune !== null && kind === "tiers_by_commune") parts.push(`commune = ${quoted(filter.commune)}`);
  return parts.length === 0 ? null : parts.join(" AND ");
}

export class Sharing {
  private readonly dialog = element("dialog", { id: "sharing", "aria-labelledby": "sharing-title" });

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
  ) {
    document.body.append(this.dialog);
  }

  open(shared: Shared): void {
    const { planner } = this.texts;
    const close = element("button", { type: "button", class: "close" }, planner.closeDialog);
    close.addEventListener("click", () => this.dialog.close());
    const frame =
      `<iframe src="${shared.embedAddress.href.replaceAll("&", "&amp;")}" width="900" height="600" ` +
      `title="${shared.edition.title.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" loading="lazy"></iframe>`;
    this.dialog.replaceChildren(
      element("div", { class: "panel-head" }, element("h2", { id: "sharing-title" }, planner.shareTitle), close),
      this.copied("share-link", planner.linkHere, element("input", { readonly: true, value: shared.address.href })),
      element("h3", {}, planner.embedTitle),
      element("p", { class: "small" }, planner.embedWhy),
      this.copied("share-frame", planner.embedTitle, element("textarea", { readonly: true, rows: 3 }, frame)),
      element("h3", {}, planner.downloads),
      element("p", { class: "small" }, `${planner.downloadsWhy} ${planner.downloadsFiltered}`),
      this.downloads(shared),
    );
    this.dialog.showModal();
  }

  private copied(id: string, label: string, field: HTMLInputElement | HTMLTextAreaElement): HTMLElement {
    const { planner } = this.texts;
    field.id = id;
    const button = element("button", { type: "button" }, planner.copy);
    const said = element("span", { class: "small", role: "status" });
    button.addEventListener("click", () => {
      field.select();
      // Without a secure context there is no clipboard.
      const written = "clipboard" in navigator ? navigator.clipboard.writeText(field.value) : Promise.reject(new Error());
      written.then(
        () => (said.textContent = planner.copied),
        () => (said.textContent = planner.notCopied),
      );
    });
    return element("div", { class: "copied" }, element("label", { for: id }, label), field, button, said);
  }

  private downloads({ edition, filter }: Shared): HTMLElement {
    const { planner } = this.texts;
    return element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": planner.downloads },
      element(
        "table",
        { class: "downloads" },
        element(
          "thead",
          {},
          element("tr", {}, element("th", { scope: "col" }, planner.layer), element("th", { scope: "col" }, planner.formats)),
        ),
        element("tbody", {}, ...edition.layers.map((layer) => this.layer(layer, edition, filter))),
      ),
    );
  }

  private layer(layer: Layer, edition: Edition, filter: Filter): HTMLElement {
    const wanted = exportFilter(layer.id, filter);
    const query = wanted === null ? "" : `?filter=${encodeURIComponent(wanted)}`;
    // A layer's title repeats the edition's, which the dialog's reader knows.
    const title = layer.title.replace(` (${edition.title})`, "");
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, title),
      element(
        "td",
        {},
        ...formats.map((format) =>
          element(
            "a",
            {
              href: new URL(`exports/${encodeURIComponent(layer.id)}.${format}${query}`, this.home).href,
              download: "",
              "aria-label": `${title}, ${format}`,
            },
            format,
          ),
        ),
      ),
    );
  }
}
