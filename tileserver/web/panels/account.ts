// Who the reader is to the server: staff who are signed in see drafts too, everyone else may sign in.
import { type Client, NoAnswer } from "../client";
import { members, textOrNull } from "../contract";
import { element, place } from "../elements";
import type { Language } from "../i18n/language";
import type { Notices } from "./notices";

export class Account {
  private readonly line = element("p", { class: "small", id: "account" });

  constructor(
    private readonly home: URL,
    private readonly language: Language,
    private readonly notices: Notices,
  ) {}

  /** Asked for once the map is there, where the atlas has a store: without one there are no tokens. Not in a frame of
   * another site, which brings no session. A server that does not say has nobody signed in. */
  async show(client: Client): Promise<void> {
    const role = await client.document("session", (value) => textOrNull(members(value).role)).catch(() => null);
    const { signedInAs, signIn, roles } = this.language.texts.planner;
    this.line.replaceChildren(
      ...(role === null
        ? [element("a", { href: `moderation?lang=${this.language.code}`, id: "sign-in" }, signIn)]
        : [signedInAs(roles[role] ?? role), " ", this.signOutButton()]),
    );
    place("side").append(this.line);
  }

  private signOutButton(): HTMLElement {
    const button = element("button", { type: "button", id: "sign-out" }, this.language.texts.planner.signOut);
    button.addEventListener("click", () => void this.signOut());
    return button;
  }

  /** All that the page has is asked for again, as everyone sees it. */
  private async signOut(): Promise<void> {
    try {
      await fetch(new URL("session", this.home), { method: "DELETE" });
    } catch {
      this.notices.tellProblem("session", new NoAnswer("session"));
      return;
    }
    location.reload();
  }
}
