// What the address says: the edition, the quarter and the view, so that a link shows what its sender saw.

export interface View {
  readonly zoom: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface State {
  readonly edition: string | null;
  readonly quarter: string | null;
  readonly view: View | null;
}

function viewOf(text: string | null): View | null {
  const [zoom, latitude, longitude] = (text ?? "").split("/").map((part) => (part === "" ? NaN : Number(part)));
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  const inside = zoom >= 0 && zoom <= 22 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
  return inside ? { zoom, latitude, longitude } : null;
}

export function stateOf(address: URL): State {
  return {
    edition: address.searchParams.get("edition"),
    quarter: address.searchParams.get("quarter"),
    view: viewOf(address.searchParams.get("view")),
  };
}

/** The same address with another state; other parameters (`lang`) stay. */
export function addressOf(state: State, address: URL): URL {
  const next = new URL(address);
  const put = (name: string, value: string | null) =>
    value === null ? next.searchParams.delete(name) : next.searchParams.set(name, value);
  put("edition", state.edition);
  put("quarter", state.quarter);
  const view = state.view;
  put("view", view && `${view.zoom.toFixed(2)}/${view.latitude.toFixed(5)}/${view.longitude.toFixed(5)}`);
  // Slashes are allowed in a query (RFC 3986 §3.4) and read better than %2F.
  next.search = next.search.replaceAll("%2F", "/");
  return next;
}
