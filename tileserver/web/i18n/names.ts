// What tiers and themes are called in the reader's language. An atlas names them in French, and may in the others.
import type { Edition, Tier } from "../contract";
import type { Consultation } from "../landing_contract";

/** As keys of the atlas file end: `label_en`, `themes_falc`. */
export type Spoken = "fr" | "en" | "falc";

/** The themes of an atlas that names none of its own. */
const usualThemes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    habitat: "housing",
    "cadre de vie": "living environment",
    emploi: "jobs",
    éducation: "education",
    santé: "health",
    transports: "transport",
    sécurité: "safety",
    autre: "something else",
  },
  falc: {
    habitat: "les logements",
    "cadre de vie": "la vie dans le quartier",
    emploi: "le travail",
    éducation: "l’école",
    santé: "la santé",
    transports: "les bus et les trams",
    sécurité: "la sécurité",
    autre: "autre chose",
  },
};

/** `consultation`: null where the atlas is not known to name its themes. */
export function themeName(theme: string, consultation: Consultation | null, language: Spoken): string {
  const place = consultation?.themes.indexOf(theme) ?? -1;
  return consultation?.names.get(language)?.[place] ?? usualThemes[language]?.[theme] ?? theme;
}

export function tierName(tier: Tier, language: Spoken): string {
  return tier.names.get(language) ?? tier.label;
}

/** The edition with its tiers called as that language calls them. */
export function spokenIn(language: Spoken, edition: Edition): Edition {
  return { ...edition, tiers: edition.tiers.map((tier) => ({ ...tier, label: tierName(tier, language) })) };
}
