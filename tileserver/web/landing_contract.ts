// What the landing document tells the pages, checked where it comes in: their atlas, and what its operator set.
import { list, members, namesOf, numberOrNull, text, textOr, textOrNull } from "./contract";

/** What an operator put below the map; nothing unless configured. */
export type Basemap =
  | { readonly kind: "style"; readonly address: string }
  | { readonly kind: "raster"; readonly template: string; readonly attribution: string | null }
  | { readonly kind: "pmtiles"; readonly address: string; readonly attribution: string | null };

/** How the kiosk behaves: seconds and metres. */
export interface KioskSettings {
  readonly idle: number;
  readonly warning: number;
  readonly nearLimit: number;
}

export interface Consultation {
  readonly themes: readonly string[];
  /** What they are called in other languages, in the same order, where the atlas says it: `en`, `falc`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly retentionDays: number;
  readonly textLimit: number;
}

export interface Landing {
  readonly title: string;
  readonly defaultEdition: string | null;
  /** Whether `/search` knows addresses. */
  readonly addresses: boolean;
  readonly basemap: Basemap | null;
  readonly fingerprint: string;
  readonly kiosk: KioskSettings;
  /** Null where nothing can be contributed. */
  readonly consultation: Consultation | null;
}

function basemapOf(value: unknown): Basemap | null {
  if (value === null || value === undefined) return null;
  const basemap = members(value);
  if (typeof basemap.style === "string") return { kind: "style", address: basemap.style };
  if (typeof basemap.raster === "string")
    return { kind: "raster", template: basemap.raster, attribution: textOrNull(basemap.attribution) };
  if (typeof basemap.pmtiles === "string") return { kind: "pmtiles", address: basemap.pmtiles, attribution: textOrNull(basemap.attribution) };
  return null;
}

function kioskSettingsOf(value: unknown): KioskSettings {
  const settings = members(value ?? {});
  return {
    idle: numberOrNull(settings.idle_s) ?? 60,
    warning: numberOrNull(settings.warning_s) ?? 20,
    nearLimit: numberOrNull(settings.near_limit_m) ?? 15,
  };
}

function consultationOf(value: unknown): Consultation | null {
  if (value === null || value === undefined) return null;
  const consultation = members(value);
  return {
    themes: list(consultation.themes, text),
    names: namesOf(consultation, "themes_", (names) => (Array.isArray(names) && names.length > 0 ? list(names, text) : null)),
    retentionDays: numberOrNull(consultation.retention_days) ?? 365,
    textLimit: numberOrNull(consultation.text_limit) ?? 1000,
  };
}

export function landingOf(value: unknown): Landing {
  const document = members(value);
  return {
    title: text(document.title),
    defaultEdition: textOrNull(document.default_edition),
    addresses: document.addresses === true,
    basemap: basemapOf(document.basemap),
    fingerprint: textOr(document.fingerprint, ""),
    kiosk: kioskSettingsOf(document.kiosk),
    consultation: consultationOf(document.consultation),
  };
}
