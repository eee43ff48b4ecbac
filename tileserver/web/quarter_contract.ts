// What the server tells of one quarter, checked where it comes in: why it has its tier, and what stands beside it.
import { type Decision, decisionOf, list, members, numberOrNull, type Quarter, quarterOf, text, textOr, textOrNull } from "./contract";

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

/** The nearest change of one figure that would give another tier. */
export interface Alternative {
  readonly tier: string;
  /** As a rule names it: `score_social`, or an indicator. */
  readonly variable: string;
  readonly from: number | null;
  readonly to: number | null;
}

export interface Neighbour {
  readonly code: string;
  readonly name: string;
  readonly tier: string | null;
}

export interface QuarterDocument extends Quarter {
  readonly explanation: Explanation | null;
  readonly decisions: readonly Decision[];
  /** Null where the server does not say. */
  readonly alternatives: readonly Alternative[] | null;
  readonly neighbours: readonly Neighbour[] | null;
  /** Least and most people that may live there. */
  readonly peopleRange: readonly [number, number] | null;
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

function alternativeOf(value: unknown): Alternative {
  const alternative = members(value);
  const id = text(alternative.id);
  return {
    tier: text(alternative.tier),
    variable: alternative.kind === "score" ? `score_${id}` : id,
    from: numberOrNull(alternative.from),
    to: numberOrNull(alternative.to),
  };
}

function neighbourOf(value: unknown): Neighbour {
  const neighbour = members(value);
  const code = text(neighbour.code);
  return { code, name: textOr(neighbour.name, code), tier: textOrNull(neighbour.tier) };
}

/** Two numbers in a list, or under `low` and `high`. */
function rangeOf(value: unknown): readonly [number, number] | null {
  if (typeof value !== "object" || value === null) return null;
  const [low, high] = Array.isArray(value) ? (value as unknown[]) : [members(value).low, members(value).high];
  return typeof low === "number" && typeof high === "number" ? [low, high] : null;
}

export function quarterDocumentOf(value: unknown): QuarterDocument {
  const document = members(value);
  const listOrNull = <T>(entries: unknown, read: (entry: unknown) => T) => (Array.isArray(entries) ? list(entries, read) : null);
  return {
    ...quarterOf(document),
    explanation: explanationOf(document.explanation),
    decisions: list(document.decisions, decisionOf),
    alternatives: listOrNull(document.alternatives, alternativeOf),
    neighbours: listOrNull(document.neighbours, neighbourOf),
    peopleRange: rangeOf(document.population_range),
  };
}
