// A backdrop from one PMTiles file: pictures as they are, vector tiles as pale lines and land, for they bring no style.
import { addProtocol, type LayerSpecification, type StyleSpecification } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";

import type { Backdrop } from "./backdrop_style";

const line = "#B4BAC3";

let protocol: Protocol | null = null;

function registered(archive: PMTiles): void {
  if (protocol === null) {
    protocol = new Protocol();
    addProtocol("pmtiles", protocol.tile);
  }
  protocol.add(archive);
}

function layersOf(metadata: unknown): readonly LayerSpecification[] {
  const { vector_layers: found } = metadata as { readonly vector_layers?: readonly { readonly id: string }[] };
  return (found ?? []).flatMap(({ id }): LayerSpecification[] => [
    {
      id: `${id} land`,
      type: "fill",
      source: "archive",
      "source-layer": id,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": line, "fill-opacity": 0.15 },
    },
    {
      id: `${id} line`,
      type: "line",
      source: "archive",
      "source-layer": id,
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": line, "line-width": 0.8 },
    },
  ]);
}

/** @throws Error when the file is not one. */
export async function archiveBackdrop(address: string, attribution: string | null): Promise<Backdrop> {
  const archive = new PMTiles(address);
  registered(archive);
  const [header, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  const url = `pmtiles://${address}`;
  const vector = header.tileType === TileType.Mvt;
  const source = { url, ...(attribution === null ? {} : { attribution }) };
  const style: StyleSpecification = {
    version: 8,
    sources: { archive: vector ? { type: "vector", ...source } : { type: "raster", tileSize: 256, ...source } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#F7F6F3" } },
      ...(vector ? layersOf(metadata) : [{ id: "pictures", type: "raster", source: "archive" } as const]),
    ],
  };
  return { kind: "style", style };
}
