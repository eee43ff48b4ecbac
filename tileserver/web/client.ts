// Asks the server; every address is relative to the page, so that a server behind a prefix works.
import {
  type Edition,
  type Editions,
  editionOf,
  editionsOf,
  type NamedPlace,
  namedPlacesOf,
  type Page,
  type QuarterItem,
  quarterPageOf,
  type Style,
  type Source,
  sourcesOf,
  styleOf,
  type TierFigures,
  tierPageOf,
} from "./contract";
import { type Landing, landingOf } from "./landing_contract";
import { type QuarterDocument, quarterDocumentOf } from "./quarter_contract";

/** No answer at all: the server is gone or the network is. */
export class NoAnswer extends Error {}

/** The server answered with an error; `detail` is its own sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(`${status} ${detail}`);
  }
}

const pageSize = 10_000;

export class Client {
  /** `home`: the address of the page without its query. */
  constructor(
    private readonly home: URL,
    readonly language: "fr" | "en",
    /** `omit` where a member of staff who is signed in must see what everyone sees. */
    private readonly credentials: RequestCredentials = "same-origin",
  ) {}

  landing(): Promise<Landing> {
    return this.document("?f=json", landingOf);
  }

  editions(): Promise<Editions> {
    return this.document("editions", editionsOf);
  }

  edition(id: string): Promise<Edition> {
    return this.document(`editions/${encodeURIComponent(id)}`, editionOf);
  }

  quarter(edition: string, code: string): Promise<QuarterDocument> {
    return this.document(`editions/${encodeURIComponent(edition)}/quarters/${encodeURIComponent(code)}`, quarterDocumentOf);
  }

  quarters(edition: string): Promise<readonly QuarterItem[]> {
    return this.features(`${edition}.quarters`, quarterPageOf);
  }

  tierFigures(edition: string): Promise<readonly TierFigures[]> {
    return this.features(`${edition}.tiers`, tierPageOf);
  }

  /** Of the part of each tier that lies in one commune. */
  tierFiguresIn(edition: string, commune: string): Promise<readonly TierFigures[]> {
    return this.features(`${edition}.tiers_by_commune`, tierPageOf, { commune });
  }

  kioskStyle(): Promise<Style> {
    return this.document("styles/kiosk", styleOf);
  }

  style(edition: string): Promise<Style> {
    return this.document(`styles/${encodeURIComponent(`${edition}.tiers`)}`, styleOf);
  }

  search(words: string): Promise<readonly NamedPlace[]> {
    return this.document(`search?${new URLSearchParams({ q: words })}`, namedPlacesOf);
  }

  sources(edition: string): Promise<readonly Source[]> {
    return this.document("collections", (value) => sourcesOf(value, edition));
  }

  /** The sheet of tier pictures at one or two pixels per CSS pixel. */
  spriteAddress(file: "json" | "png"): string {
    return new URL(`sprites/tiers@2x.${file}`, this.home).href;
  }

  async document<T>(path: string, read: (value: unknown) => T): Promise<T> {
    let answer: Response;
    try {
      answer = await fetch(new URL(path, this.home), {
        headers: { Accept: "application/json, application/geo+json", "Accept-Language": this.language },
        credentials: this.credentials,
      });
    } catch {
      throw new NoAnswer(path);
    }
    const value: unknown = await answer.json().catch(() => null);
    if (!answer.ok) {
      const detail = typeof value === "object" && value !== null && "detail" in value ? String(value.detail) : "";
      throw new Refused(answer.status, detail);
    }
    return read(value);
  }

  /** All features of a collection, page after page. */
  async features<T>(
    collection: string,
    read: (value: unknown) => Page<T>,
    wanted: Readonly<Record<string, string>> = {},
  ): Promise<readonly T[]> {
    const all: T[] = [];
    const query = new URLSearchParams({ ...wanted, limit: String(pageSize) });
    let path: string | null = `collections/${encodeURIComponent(collection)}/items?${query}`;
    while (path !== null) {
      const page: Page<T> = await this.document(path, read);
      all.push(...page.features);
      path = page.next;
    }
    return all;
  }
}
