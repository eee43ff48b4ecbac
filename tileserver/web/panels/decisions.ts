// Who decided what, when and why.
import type { Decision, Tier } from "../contract";
import { element } from "../elements";
import type { Figures } from "../figures";
import type { Texts } from "../i18n/fr";

export function decisionList(
  decisions: readonly Decision[],
  tiers: readonly Tier[],
  texts: Texts,
  figures: Figures,
): HTMLElement {
  return element(
    "ul",
    { class: "decisions" },
    ...decisions.map((decision) => {
      const tier = tiers.find((candidate) => candidate.code === decision.tier);
      const outcome = decision.outcome === null ? null : (texts.outcomes[decision.outcome] ?? decision.outcome);
      const head = [decision.date === null ? null : figures.date(decision.date), texts.bodies[decision.body] ?? decision.body, outcome];
      return element(
        "li",
        {},
        element("strong", {}, head.filter((part) => part !== null).join(", ")),
        tier === undefined ? null : element("div", {}, texts.setsTier(tier.label)),
        decision.why === null ? null : element("div", {}, decision.why),
      );
    }),
  );
}
