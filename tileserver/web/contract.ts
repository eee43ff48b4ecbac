// What the server's documents hold, checked where they come in: past this file every value has its type.
import type { StyleSpecification } from "maplibre-gl";

/** The document is not what this page was written for. */
export class UnreadableAnswer extends Error {}

export type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new UnreadableAnswer("not an object");
  return value as Members;
}

export function list<T>(value: unknown, read: (entry: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new UnreadableAnswer("not a list");
  return value.map(read);
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new UnreadableAnswer("not a text");
  return value;
}

export const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
export const textOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
export const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** Members called `prefix` and a language, by that language. */
export function namesOf<T>(document: Members, prefix: string, read: (value: unknown) => T | null): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(document).flatMap(([key, value]) => {
      const name = key.startsWith(prefix) ? read(value) : null;
      return name === null ? [] : [[key.slice(prefix.length), name] as const];
    }),
  );
}

export interface EditionSummary {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Its stage comes before it is validated. */
  readonly workingDocument: boolean;
}

export interface Tier {
  readonly code: string;
  readonly short: string | null;
  /** In French. */
  readonly label: string;
  /** In other languages, where the rules say it: `en`, `falc`. */
  readonly names: ReadonlyMap<string, string>;
  readonly fill: string | null;
  readonly pattern: string | null;
  readonly outline: string | null;
  readonly dash: readonly number[];
  readonly rank: number | null;
}

export interface Decision {
  readonly body: string;
  readonly date: string | null;
  readonly outcome: string | null;
  readonly why: string | null;
  readonly quarter: string | null;
  readonly tier: string | null;
}

/** Where a published set comes from, as its collection says. */
export interface Source {
  readonly title: string;
  readonly attribution: string | null;
  readonly licence: string | null;
}

/** A published layer of an edition. */
export interface Layer {
  readonly id: string;
  readonly title: string;
}

export interface Edition extends EditionSummary {
  readonly previous: string | null;
  readonly rulesLabel: string | null;
  /** The rules' own numbers by name (`high`: 50), with which their conditions are read. */
  readonly levels: ReadonlyMap<string, number>;
  readonly layers: readonly Layer[];
  readonly tiers: readonly Tier[];
  readonly decisions: readonly Decision[];
}

export interface TierFigures {
  readonly tier: string;
  readonly quarters: number | null;
  readonly people: number | null;
  readonly squareMetres: number | null;
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

export interface Quarter {
  readonly code: string;
  readonly name: string;
  readonly communes: readonly string[];
  readonly tier: string | null;
  readonly tierComputed: string | null;
  readonly tierAdopted: string | null;
  readonly status: string | null;
  readonly people: number | null;
  readonly squareMetres: number | null;
  /** By axis: `social`, `urban`. */
  readonly scores: ReadonlyMap<string, number>;
}

export interface QuarterItem extends Quarter {
  readonly bounds: Bounds | null;
}

/** What MapLibre draws, the names of the communes that hold a quarter, by code, and where the quarters lie. */
export interface Style {
  readonly specification: StyleSpecification;
  readonly bounds: Bounds | null;
  readonly communes: ReadonlyMap<string, string>;
}

/** What a name stands for, and where it is. */
export interface NamedPlace {
  readonly kind: string;
  readonly code: string | null;
  readonly label: string;
  readonly longitude: number;
  readonly latitude: number;
}

export interface Editions {
  readonly editions: readonly EditionSummary[];
  readonly current: string | null;
}

/** One page of features and the address of the next. */
export interface Page<T> {
  readonly features: readonly T[];
  readonly next: string | null;
}

/** Those of the answer that have a place. */
export function namedPlacesOf(value: unknown): readonly NamedPlace[] {
  return list(members(value).results, members).flatMap((result) =>
    typeof result.lon !== "number" || typeof result.lat !== "number"
      ? []
      : [{ kind: text(result.kind), code: textOrNull(result.code), label: text(result.label), longitude: result.lon, latitude: result.lat }],
  );
}

const beforeValidation = new Set(["draft", "prefiguration", "consultation"]);

function summaryOf(value: unknown): EditionSummary {
  const document = members(value);
  const id = text(document.id);
  const stage = text(document.stage);
  return {
    id,
    title: textOr(document.title, id),
    stage,
    validFrom: textOrNull(document.valid_from),
    validTo: textOrNull(document.valid_to),
    workingDocument: beforeValidation.has(stage),
  };
}

export function editionsOf(value: unknown): Editions {
  const document = members(value);
  return { editions: list(document.editions, summaryOf), current: textOrNull(document.current) };
}

function tierOf(value: unknown): Tier {
  const tier = members(value);
  return {
    code: text(tier.code),
    short: textOrNull(tier.short),
    label: text(tier.label),
    names: namesOf(tier, "label_", textOrNull),
    fill: textOrNull(tier.fill),
    pattern: textOrNull(tier.pattern),
    outline: textOrNull(tier.outline),
    dash: list(tier.dash ?? [], (length) => numberOrNull(length) ?? 0),
    rank: numberOrNull(tier.rank),
  };
}

export function decisionOf(value: unknown): Decision {
  const decision = members(value);
  return {
    body: text(decision.body),
    date: textOrNull(decision.date),
    outcome: textOrNull(decision.outcome),
    why: textOrNull(decision.why),
    quarter: textOrNull(decision.quarter),
    tier: textOrNull(decision.tier),
  };
}

/** `name = number` of a rules file, but for those of an axis or a tier: the levels that conditions name. */
function levelsOf(rules: string): ReadonlyMap<string, number> {
  const head = rules.split(/^\s*\[\[/m)[0] ?? "";
  return new Map([...head.matchAll(/^\s*(\w+)\s*=\s*(-?[\d.]+)/gm)].map((found) => [found[1] ?? "", Number(found[2])]));
}

/** The collections among the links of an edition. */
function layersOf(links: unknown): readonly Layer[] {
  return list(links ?? [], members)
    .filter((link) => link.rel === "item")
    .map((link) => {
      const id = decodeURIComponent(text(link.href).replace(/^.*\/collections\//, ""));
      return { id, title: textOr(link.title, id) };
    });
}

export function editionOf(value: unknown): Edition {
  const document = members(value);
  const rules = document.rules === null || document.rules === undefined ? null : members(document.rules);
  return {
    ...summaryOf(value),
    workingDocument: document.working_document === true,
    previous: textOrNull(document.previous),
    rulesLabel: rules === null ? null : textOrNull(rules.label),
    levels: levelsOf(rules === null ? "" : textOr(rules.text, "")),
    layers: layersOf(document.links),
    tiers: list(document.tiers, tierOf),
    decisions: list(document.decisions, decisionOf),
  };
}

export function quarterOf(properties: Members): Quarter {
  const code = text(properties.code);
  return {
    code,
    name: textOr(properties.name, code),
    communes: textOr(properties.communes, "").split(";").filter((commune) => commune !== ""),
    tier: textOrNull(properties.tier),
    tierComputed: textOrNull(properties.tier_computed),
    tierAdopted: textOrNull(properties.tier_adopted),
    status: textOrNull(properties.status_national),
    people: numberOrNull(properties.population),
    squareMetres: numberOrNull(properties.area_m2),
    scores: scoresOf(properties),
  };
}

function scoresOf(properties: Members): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const [name, value] of Object.entries(properties))
    if (name.startsWith("score_") && typeof value === "number") scores.set(name.slice("score_".length), value);
  return scores;
}

/** The box of a GeoJSON geometry, from whatever nesting its coordinates have. */
function boundsOf(geometry: unknown): Bounds | null {
  if (geometry === null || geometry === undefined) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    const [longitude, latitude] = node as readonly unknown[];
    if (typeof longitude === "number" && typeof latitude === "number") {
      [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
      [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
    } else node.forEach(visit);
  };
  visit(members(geometry).coordinates);
  return west <= east ? [west, south, east, north] : null;
}

export function pageOf<T>(value: unknown, read: (feature: Members) => T): Page<T> {
  const document = members(value);
  const links = list(document.links ?? [], members);
  const next = links.find((link) => link.rel === "next");
  return {
    features: list(document.features, (feature) => read(members(feature))),
    next: next === undefined ? null : textOrNull(next.href),
  };
}

/** Of the context sets and of the edition's quarters, where they say whose they are. */
export function sourcesOf(value: unknown, edition: string): readonly Source[] {
  return list(members(value).collections, members)
    .filter(({ id }) => id === `${edition}.quarters` || !text(id).includes("."))
    .map((collection) => ({
      title: textOr(collection.title, text(collection.id)),
      attribution: textOrNull(collection.attribution),
      licence: textOrNull(collection.licence),
    }))
    .filter((source) => source.attribution !== null || source.licence !== null);
}

export function quarterPageOf(value: unknown): Page<QuarterItem> {
  return pageOf(value, (feature) => ({
    ...quarterOf(members(feature.properties)),
    bounds: boundsOf(feature.geometry),
  }));
}

export function tierPageOf(value: unknown): Page<TierFigures> {
  return pageOf(value, (feature) => {
    const properties = members(feature.properties);
    return {
      tier: text(properties.tier),
      quarters: numberOrNull(properties.quarter_count),
      people: numberOrNull(properties.population),
      squareMetres: numberOrNull(properties.area_m2),
    };
  });
}

export function styleOf(value: unknown): Style {
  const document = members(value);
  if (document.version !== 8 || !Array.isArray(document.layers)) throw new UnreadableAnswer("not a style");
  const metadata = members(document.metadata ?? {});
  const names = members(metadata["geoprio:communes"] ?? {});
  const box = metadata["geoprio:bounds"];
  return {
    specification: document as unknown as StyleSpecification,
    bounds: Array.isArray(box) && box.length === 4 ? (box as unknown as Bounds) : null,
    communes: new Map(Object.entries(names).map(([code, name]) => [code, text(name)])),
  };
}
