// The table below the map can be folded away, so that the map has the whole height.
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";

export class TableFold {
  constructor(texts: Texts, resized: () => void) {
    const { planner } = texts;
    const button = element("button", { type: "button", id: "fold-table", "aria-expanded": "true", "aria-controls": "quarter-list" }, planner.foldTable);
    button.addEventListener("click", () => {
      const folded = document.body.classList.toggle("table-folded");
      button.textContent = folded ? planner.unfoldTable : planner.foldTable;
      button.setAttribute("aria-expanded", String(!folded));
      resized();
    });
    place("quarter-list").querySelector(".table-head")?.append(button);
  }
}
