// What everyone sees who is not signed in: a form for a token, and nothing else.
import { element } from "../elements";
import type { ModerationTexts } from "../i18n/moderation_fr";

export function signInForm(texts: ModerationTexts, told: string, signIn: (token: string) => Promise<void>): HTMLElement {
  const field = element("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-describedby": "token-help",
  });
  const problem = element("p", { class: "problem", role: "alert" }, told);
  const form = element(
    "form",
    { class: "sign-in" },
    element("h1", {}, texts.title),
    problem,
    element("label", { for: "token" }, texts.token),
    field,
    element("p", { id: "token-help", class: "small" }, texts.tokenHelp),
    element("button", { type: "submit", class: "strong" }, texts.signIn),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const token = field.value.trim();
    field.value = "";
    void signIn(token);
  });
  return form;
}
