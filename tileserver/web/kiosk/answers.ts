// What the kiosk answers, and the server's documents that it reads for it.
import { list, members, numberOrNull, text, textOr, textOrNull, UnreadableAnswer } from "../contract";
import type { Point } from "./land";

/** One of the three that can be found by name. */
export interface Found {
  readonly kind: "quarter" | "commune" | "address";
  readonly code: string;
  readonly label: string;
  /** Null when only the name is known. */
  readonly point: Point | null;
  /** Codes of the communes of a quarter, where the kiosk knows it. */
  readonly communes: readonly string[];
}

export interface FoundList {
  readonly results: readonly Found[];
  /** False when only the kept names were looked at, which hold no address. */
  readonly complete: boolean;
}

export interface NamedQuarter {
  readonly code: string;
  readonly name: string;
}

/** What was asked about: for the marker on the map, and for a contribution that follows. */
export interface Subject {
  readonly point: Point | null;
  readonly quarter: NamedQuarter | null;
  readonly address: string | null;
}

export type Answer =
  | { readonly kind: "inside"; readonly subject: Subject; readonly tier: string | null }
  | { readonly kind: "outside"; readonly subject: Subject; readonly distance: number | null }
  | { readonly kind: "near_limit"; readonly subject: Subject; readonly distance: number }
  | { readonly kind: "commune"; readonly name: string; readonly concerned: boolean; readonly quarters: readonly NamedQuarter[] }
  /** `no answer`: the server is out of reach; `no data`: it says that it cannot tell. */
  | { readonly kind: "unknown"; readonly subject: Subject; readonly why: "no answer" | "no data" };

const kinds = ["quarter", "commune", "address"] as const;

export function foundOf(value: unknown): readonly Found[] {
  const results = list(members(value).results, members);
  return results.flatMap((result) => {
    const kind = kinds.find((known) => known === result.kind);
    if (kind === undefined) return [];
    const [lon, lat] = [numberOrNull(result.lon), numberOrNull(result.lat)];
    const point = lon === null || lat === null ? null : { lon, lat };
    const label = text(result.label);
    return [{ kind, code: textOr(result.code, label), label, point, communes: [] }];
  });
}

/** The quarter of a place, among its memberships. */
function quarterOf(memberships: unknown, edition: string): NamedQuarter | null {
  for (const membership of list(memberships ?? [], members)) {
    if (textOrNull(membership.set) !== `${edition}.quarters`) continue;
    const code = text(membership.code);
    return { code, name: textOr(membership.name, code) };
  }
  return null;
}

/** @throws UnreadableAnswer for an answer that this page does not know: it is never guessed at. */
export function locatedOf(value: unknown, asked: Subject): Answer {
  const document = members(value);
  const quarter = quarterOf(document.memberships, textOr(document.edition, ""));
  const subject = { ...asked, quarter: asked.quarter ?? quarter };
  const distance = numberOrNull(document.distance_m);
  if (document.answer === "inside") return { kind: "inside", subject, tier: textOrNull(document.tier) };
  if (document.answer === "outside") return { kind: "outside", subject, distance };
  if (document.answer === "near_limit" && distance !== null) return { kind: "near_limit", subject, distance };
  if (document.answer === "unavailable") return { kind: "unknown", subject, why: "no data" };
  throw new UnreadableAnswer("not an answer of /locate");
}
