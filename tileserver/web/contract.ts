// What the server's documents hold, checked where they come in: past this file every value has its type.
import type { StyleSpecification } from "maplibre-gl";

/** The document is not what this page was written for. */
export class UnreadableAnswer extends Error {}

type Members = Readonly<Record<string, unknown>>;

function members(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new UnreadableAnswer("not an object");
  return value as Members;
}

function list<T>(value: unknown, read: (entry: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new UnreadableAnswer("not a list");
  return value.map(read);
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new UnreadableAnswer("not a text");
  return value;
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
const textOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);

export interface EditionSummary {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
}

export interface Tier {
  readonly code: string;
  readonly short: string | null;
  readonly label: string;
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

export interface Edition extends EditionSummary {
  readonly workingDocument: boolean;
  readonly rulesLabel: string | null;
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
}

export interface QuarterItem extends Quarter {
  readonly bounds: Bounds | null;
}

export interface Indicator {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly reference: number | null;
  readonly direction: string;
  readonly weight: number | null;
  readonly score: number | null;
  readonly source: string | null;
  readonly vintage: string | null;
}

export interface Axis {
  readonly id: string;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly indicators: readonly Indicator[];
}

export interface Explanation {
  readonly rule: string | null;
  readonly condition: string | null;
  readonly flags: readonly string[];
  readonly axes: readonly Axis[];
}

export interface QuarterDocument extends Quarter {
  readonly explanation: Explanation | null;
  readonly decisions: readonly Decision[];
}

/** What MapLibre draws, and the names of the communes that hold a quarter, by code. */
export interface Style {
  readonly specification: StyleSpecification;
  readonly communes: ReadonlyMap<string, string>;
}

export interface Landing {
  readonly title: string;
  readonly defaultEdition: string | null;
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

export function landingOf(value: unknown): Landing {
  const document = members(value);
  return { title: text(document.title), defaultEdition: textOrNull(document.default_edition) };
}

function summaryOf(value: unknown): EditionSummary {
  const document = members(value);
  const id = text(document.id);
  return { id, title: textOr(document.title, id), stage: text(document.stage) };
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
    fill: textOrNull(tier.fill),
    pattern: textOrNull(tier.pattern),
    outline: textOrNull(tier.outline),
    dash: list(tier.dash ?? [], (length) => numberOrNull(length) ?? 0),
    rank: numberOrNull(tier.rank),
  };
}

function decisionOf(value: unknown): Decision {
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

export function editionOf(value: unknown): Edition {
  const document = members(value);
  return {
    ...summaryOf(value),
    workingDocument: document.working_document === true,
    rulesLabel: document.rules === null ? null : textOrNull(members(document.rules).label),
    tiers: list(document.tiers, tierOf),
    decisions: list(document.decisions, decisionOf),
  };
}

function quarterOf(properties: Members): Quarter {
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
  };
}

function indicatorOf(value: unknown): Indicator {
  const indicator = members(value);
  const id = text(indicator.id);
  return {
    id,
    label: textOr(indicator.label, id),
    value: numberOrNull(indicator.value),
    unit: textOr(indicator.unit, ""),
    reference: numberOrNull(indicator.reference),
    direction: textOr(indicator.direction, ""),
    weight: numberOrNull(indicator.weight),
    score: numberOrNull(indicator.score),
    source: textOrNull(indicator.source),
    vintage: textOrNull(indicator.vintage),
  };
}

function axisOf(value: unknown): Axis {
  const axis = members(value);
  return {
    id: text(axis.id),
    score: numberOrNull(axis.score),
    coverage: numberOrNull(axis.coverage),
    indicators: list(axis.indicators, indicatorOf),
  };
}

function explanationOf(value: unknown): Explanation | null {
  if (value === null || value === undefined) return null;
  const explanation = members(value);
  return {
    rule: textOrNull(explanation.rule),
    condition: textOrNull(explanation.condition),
    flags: list(explanation.flags, text),
    axes: list(explanation.axes, axisOf),
  };
}

export function quarterDocumentOf(value: unknown): QuarterDocument {
  const document = members(value);
  return {
    ...quarterOf(document),
    explanation: explanationOf(document.explanation),
    decisions: list(document.decisions, decisionOf),
  };
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

function pageOf<T>(value: unknown, read: (feature: Members) => T): Page<T> {
  const document = members(value);
  const links = list(document.links ?? [], members);
  const next = links.find((link) => link.rel === "next");
  return {
    features: list(document.features, (feature) => read(members(feature))),
    next: next === undefined ? null : textOrNull(next.href),
  };
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
  const names = members(members(document.metadata)["geoprio:communes"] ?? {});
  return {
    specification: document as unknown as StyleSpecification,
    communes: new Map(Object.entries(names).map(([code, name]) => [code, text(name)])),
  };
}
