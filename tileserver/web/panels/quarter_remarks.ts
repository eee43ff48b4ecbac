// What residents said of a quarter, on its sheet: how many by theme, then every text as it was published.
import type { Contribution } from "../consultation/contribution";
import { counts, remarksOn } from "../consultation/published";
import { element } from "../elements";
import type { Texts } from "../i18n/fr";

export interface Remarks {
  readonly contributions: readonly Contribution[];
  /** What the reader calls a theme. */
  readonly themeName: (theme: string) => string;
}

/** Nothing where `remarks` is null: nobody is asked there. */
export function quarterRemarks(code: string, remarks: Remarks | null, texts: Texts): readonly HTMLElement[] {
  if (remarks === null) return [];
  const { contributions, themeName } = remarks;
  const { planner } = texts;
  const here = contributions.filter((one) => one.quarter === code);
  const title = element("h3", { id: "remarks-title" }, planner.contributions);
  if (here.length === 0) return [title, element("p", { class: "small" }, planner.noContribution)];
  const themes = [...counts(here, (one) => themeName(one.theme))].sort(
    ([one, many], [other, more]) => more - many || one.localeCompare(other, texts.locale),
  );
  return [
    title,
    element("p", { id: "remark-themes" }, themes.map(([theme, count]) => planner.counted(theme, String(count))).join(" · ")),
    remarksOn(here, code, themeName),
  ];
}
