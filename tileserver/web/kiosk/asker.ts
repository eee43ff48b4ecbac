// Asks where a place lies: the server first, the kept land when the server is out of reach, and never a guess.
import { type Client, NoAnswer, Refused } from "../client";
import { UnreadableAnswer } from "../contract";
import { type Answer, type Found, type FoundList, foundOf, locatedOf, type NamedQuarter, type Subject } from "./answers";
import type { Area, Land, Point } from "./land";
import { named } from "./names";

/** So many suggestions fit above the keyboard. */
const mostFound = 4;

export interface Atlas {
  readonly edition: string;
  readonly land: Land;
  /** Codes of the communes that hold land of a concerned tier, however little. */
  readonly communes: ReadonlySet<string>;
  /** Metres. */
  readonly nearLimit: number;
  /** Whether a quarter of that tier is concerned; null when the tier says that nobody knows. */
  readonly concerned: (tier: string | null) => boolean | null;
}

const nobody: Subject = { point: null, quarter: null, address: null };
const unknown = (subject: Subject, why: "no answer" | "no data"): Answer => ({ kind: "unknown", subject, why });
const nameOf = ({ code, name }: Area): NamedQuarter => ({ code, name });

/** What failed says nothing about the place: the server is away, refuses, or answers in another version's words. */
function isNoAnswer(problem: unknown): boolean {
  return problem instanceof NoAnswer || problem instanceof Refused || problem instanceof UnreadableAnswer;
}

export class Asker {
  constructor(
    private readonly client: Client,
    private readonly atlas: Atlas,
  ) {}

  /** Two quarters of one name are told apart by their communes. */
  private placed(results: readonly Found[]): readonly Found[] {
    const { quarters } = this.atlas.land;
    return results.slice(0, mostFound).map((found) => {
      const quarter = found.kind === "quarter" ? quarters.find(({ code }) => code === found.code) : undefined;
      return { ...found, communes: quarter?.communes ?? [] };
    });
  }

  /** What may be meant by a name, best first. */
  async found(written: string): Promise<FoundList> {
    if (written.trim() === "") return { results: [], complete: true };
    try {
      const asked = `search?q=${encodeURIComponent(written.trim())}`;
      return { results: this.placed(await this.client.document(asked, foundOf)), complete: true };
    } catch (problem) {
      if (!isNoAnswer(problem)) throw problem;
      return { results: this.placed(this.kept(written)), complete: false };
    }
  }

  /** Without the server: names as they are written, without its tolerance. */
  private kept(written: string): readonly Found[] {
    const { quarters, communes } = this.atlas.land;
    const of = (kind: "quarter" | "commune") => (area: Area): Found => ({ kind, code: area.code, label: area.name, point: null, communes: [] });
    return [...named(written, quarters).map(of("quarter")), ...named(written, communes ?? []).map(of("commune"))];
  }

  answerFor(found: Found): Answer | Promise<Answer> {
    if (found.kind === "quarter") return this.quarter(found.code, found.label);
    if (found.kind === "commune") return this.commune(found.code, found.label);
    if (found.point === null) return unknown({ ...nobody, address: found.label }, "no data");
    return this.place(found.point, found.label);
  }

  /** A quarter that is named needs no place: its own tier is the answer. */
  quarter(code: string, label: string): Answer {
    const quarter = this.atlas.land.quarters.find((candidate) => candidate.code === code);
    const subject = { ...nobody, quarter: { code, name: quarter?.name ?? label } };
    if (quarter === undefined) return unknown(subject, "no data");
    const concerned = this.atlas.concerned(quarter.tier);
    if (concerned === null) return unknown(subject, "no data");
    return concerned ? { kind: "inside", subject, tier: quarter.tier } : { kind: "outside", subject, distance: null };
  }

  private commune(code: string, name: string): Answer {
    const quarters = this.atlas.land.quarters.filter(
      (quarter) => quarter.communes.includes(code) && this.atlas.concerned(quarter.tier) !== false,
    );
    // A quarter that has less than a hundredth of its land in a commune is not listed under it.
    const concerned = quarters.length > 0 || this.atlas.communes.has(code);
    return { kind: "commune", name, concerned, quarters: quarters.map(nameOf) };
  }

  async place(point: Point, address: string | null = null): Promise<Answer> {
    const subject: Subject = { ...nobody, point, address };
    try {
      const asked = `locate?lon=${point.lon.toFixed(7)}&lat=${point.lat.toFixed(7)}`;
      return await this.client.document(asked, (value) => locatedOf(value, subject));
    } catch (problem) {
      if (problem instanceof NoAnswer) return this.keptPlace(point, subject);
      if (isNoAnswer(problem)) return unknown(subject, "no answer");
      throw problem;
    }
  }

  /** The server's rules on the kept land. */
  private keptPlace(point: Point, asked: Subject): Answer {
    const { land, nearLimit, concerned } = this.atlas;
    const placed = land.at(point, nearLimit);
    const counted = placed.quarters.find((quarter) => concerned(quarter.tier) === true);
    const quarter = counted ?? placed.quarters[0];
    const subject = { ...asked, quarter: quarter === undefined ? null : nameOf(quarter) };
    if (!placed.inACommune) return unknown(subject, "no data");
    if (counted === undefined && placed.quarters.some((one) => concerned(one.tier) === null)) return unknown(subject, "no data");
    if (placed.distance !== null) return { kind: "near_limit", subject, distance: placed.distance };
    if (counted !== undefined) return { kind: "inside", subject, tier: counted.tier };
    return { kind: "outside", subject, distance: null };
  }
}
