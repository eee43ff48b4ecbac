// Contributions as the server gives them.
import { list, type Members, members, numberOrNull, text, textOr, textOrNull } from "../contract";

export interface Change {
  readonly date: string;
  readonly state: string;
  readonly reason: string | null;
  /** Whose token made it. */
  readonly label: string | null;
}

export interface Contribution {
  readonly id: string;
  readonly edition: string;
  readonly theme: string;
  readonly text: string;
  /** A quarter's code; null where a place was meant. */
  readonly quarter: string | null;
  readonly language: string;
  readonly state: string;
  readonly received: string;
  /** The day on which it is purged. */
  readonly expires: string | null;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  /** For staff alone; empty for everyone. */
  readonly history: readonly Change[];
}

export interface ContributionPage {
  readonly contributions: readonly Contribution[];
  /** Of all that match, on whichever page. */
  readonly matched: number;
  readonly next: string | null;
}

function changeOf(value: unknown): Change {
  const change = members(value);
  return {
    date: textOr(change.date, ""),
    state: text(change.state),
    reason: textOrNull(change.reason),
    label: textOrNull(change.label),
  };
}

function placeOf(geometry: unknown): Contribution["place"] {
  if (geometry === null || geometry === undefined) return null;
  const [lon, lat] = list(members(geometry).coordinates, numberOrNull);
  return lon === undefined || lat === undefined || lon === null || lat === null ? null : { lon, lat };
}

export function contributionOf(value: unknown): Contribution {
  const feature: Members = members(value);
  const properties = members(feature.properties);
  return {
    id: text(properties.id ?? feature.id),
    edition: text(properties.edition),
    theme: text(properties.theme),
    text: text(properties.text),
    quarter: textOrNull(properties.quarter),
    language: textOr(properties.language, "fr"),
    state: textOr(properties.state, "published"),
    received: textOr(properties.received, ""),
    expires: textOrNull(properties.expires),
    place: placeOf(feature.geometry),
    history: list(properties.history ?? [], changeOf),
  };
}

export function contributionPageOf(value: unknown): ContributionPage {
  const document = members(value);
  const contributions = list(document.features, contributionOf);
  const next = list(document.links ?? [], members).find((link) => link.rel === "next");
  return {
    contributions,
    matched: numberOrNull(document.numberMatched) ?? contributions.length,
    next: next === undefined ? null : textOrNull(next.href),
  };
}
