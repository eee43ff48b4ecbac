// What the address says: the edition, the quarter, the view, what is filtered, so that a link shows what its sender saw.
import { type Filter, everything } from "./filter";

export interface View {
  readonly zoom: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** A column of the table, and which way it goes. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

export const papers = ["a4-portrait", "a4-landscape", "a3-portrait", "a3-landscape"] as const;
export type Paper = (typeof papers)[number];

export interface State {
  readonly edition: string | null;
  /** The edition beside it, under the swipe. */
  readonly beside: string | null;
  readonly quarter: string | null;
  readonly view: View | null;
  readonly filter: Filter;
  readonly order: Order | null;
  /** Whether the operator's backdrop is drawn. */
  readonly backdrop: boolean;
  /** Whether the published contributions are. */
  readonly contributions: boolean;
  readonly print: Paper | null;
  /** The map and its legend alone, in another site's frame. */
  readonly embed: boolean;
}

function viewOf(text: string | null): View | null {
  const [zoom, latitude, longitude] = (text ?? "").split("/").map((part) => (part === "" ? NaN : Number(part)));
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  const inside = zoom >= 0 && zoom <= 22 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
  return inside ? { zoom, latitude, longitude } : null;
}

function filterOf(parameters: URLSearchParams): Filter {
  const tiers = parameters.get("tiers");
  return {
    tiers: tiers === null ? everything.tiers : new Set(tiers.split(",").filter((code) => code !== "")),
    commune: parameters.get("commune"),
  };
}

function orderOf(text: string | null): Order | null {
  const found = /^(-?)([a-z_]+)$/.exec(text ?? "");
  return found === null ? null : { column: found[2] ?? "", descending: found[1] === "-" };
}

export function stateOf(address: URL): State {
  const parameters = address.searchParams;
  return {
    edition: parameters.get("edition"),
    beside: parameters.get("beside"),
    quarter: parameters.get("quarter"),
    view: viewOf(parameters.get("view")),
    filter: filterOf(parameters),
    order: orderOf(parameters.get("sort")),
    backdrop: parameters.get("backdrop") === "1",
    contributions: parameters.get("contributions") === "1",
    print: papers.find((paper) => paper === parameters.get("print")) ?? null,
    embed: parameters.get("embed") === "1",
  };
}

/** The same address with another state; other parameters (`lang`) stay. */
export function addressOf(state: State, address: URL): URL {
  const next = new URL(address);
  const put = (name: string, value: string | null) =>
    value === null ? next.searchParams.delete(name) : next.searchParams.set(name, value);
  const { view, filter, order } = state;
  put("edition", state.edition);
  put("beside", state.beside);
  put("tiers", filter.tiers && [...filter.tiers].join(","));
  put("commune", filter.commune);
  put("sort", order && `${order.descending ? "-" : ""}${order.column}`);
  put("backdrop", state.backdrop ? "1" : null);
  put("contributions", state.contributions ? "1" : null);
  put("quarter", state.quarter);
  put("view", view && `${view.zoom.toFixed(2)}/${view.latitude.toFixed(5)}/${view.longitude.toFixed(5)}`);
  put("print", state.print);
  put("embed", state.embed ? "1" : null);
  // Slashes and commas are allowed in a query (RFC 3986 §3.4) and read better than %2F and %2C.
  next.search = next.search.replaceAll("%2F", "/").replaceAll("%2C", ",");
  return next;
}
