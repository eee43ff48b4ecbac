// The languages that a visitor of the kiosk chooses from.
import { kioskEnglish } from "./kiosk_en";
import { kioskSimple } from "./kiosk_falc";
import { kioskFrench, type KioskTexts } from "./kiosk_fr";
import type { Spoken } from "./names";

export interface KioskLanguage {
  readonly code: Spoken;
  /** Its own name, as those who speak it look for it. */
  readonly name: string;
  readonly texts: KioskTexts;
}

/** A new visit begins in this one. */
export const firstLanguage: KioskLanguage = { code: "fr", name: "Français", texts: kioskFrench };

export const kioskLanguages: readonly KioskLanguage[] = [
  firstLanguage,
  { code: "falc", name: "Facile à lire", texts: kioskSimple },
  { code: "en", name: "English", texts: kioskEnglish },
];
