// Which language the page speaks: ?lang= first, then the browser's, French unless it prefers English.
import { english } from "./en";
import { french, type Texts } from "./fr";

export interface Language {
  readonly code: "fr" | "en";
  readonly texts: Texts;
}

export function chosenLanguage(search: URLSearchParams, preferred: string): Language {
  const wanted = (search.get("lang") ?? preferred).toLowerCase();
  return wanted.startsWith("en") ? { code: "en", texts: english } : { code: "fr", texts: french };
}
