// The backdrop that an operator configured, as the map draws it.
import type { StyleSpecification } from "maplibre-gl";

import type { Backdrop } from "./backdrop_style";
import type { Basemap } from "./landing_contract";

/** @throws Error when it cannot be had. */
export async function backdropOf(basemap: Basemap, home: URL): Promise<Backdrop> {
  if (basemap.kind === "raster") return { kind: "raster", template: basemap.template, attribution: basemap.attribution };
  if (basemap.kind === "pmtiles") {
    // Loaded when it is needed: most atlases have no such file.
    const { archiveBackdrop } = await import("./archive_backdrop");
    return archiveBackdrop(new URL(basemap.address, home).href, basemap.attribution);
  }
  const answer = await fetch(new URL(basemap.address, home));
  if (!answer.ok) throw new Error(String(answer.status));
  return { kind: "style", style: (await answer.json()) as StyleSpecification };
}
