// Who the reader is to the server: staff who are signed in see drafts too, everyone else may sign in.
import { type Client, NoAnswer } from "../client";
import { members, textOrNull } from "../contract";
import { element, place } from "../elements";
import type { Texts } from "../i18n/fr";

export class Account {
  private readonly line = element("p", { class: "small", id: "account" });

  constructor(
    private readonly home: URL,
    private readonly texts: Texts,
    private readonly language: string,
    private readonly tellProblem: (problem: unknown) => void,
  ) {}

  /** Asked for once the map is there. A server that does not say has nobody signed in. */
  async show(client: Client): Promise<void> {
    const role = await client.document("session", (value) => textOrNull(members(value).role)).catch(() => null);
    const { signedInAs, signIn } = this.texts.planner;
    this.line.replaceChildren(
      ...(role === null
        ? [element("a", { href: `moderation?lang=${this.language}`, id: "sign-in" }, signIn)]
        : [signedInAs(this.texts.planner.roles[role] ?? role), " ", this.signOutButton()]),
    );
    place("side").append(this.line);
  }

  private signOutButton(): HTMLElement {
    const button = element("button", { type: "button", id: "sign-out" }, this.texts.planner.signOut);
    button.addEventListener("click", () => void this.signOut());
    return button;
  }

  /** All that the page has is asked for again, as everyone sees it. */
  private async signOut(): Promise<void> {
    try {
      await fetch(new URL("session", this.home), { method: "DELETE" });
    } catch {
      this.tellProblem(new NoAnswer("session"));
      return;
    }
    location.reload();
  }
}
