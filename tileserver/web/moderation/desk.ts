// The moderators' questions to the server. The session is a cookie that no script reads.
import { Client, NoAnswer, Refused } from "../client";
import { type Contribution, contributionOf, type ContributionPage, contributionPageOf } from "../consultation/contribution";
import { members, textOrNull } from "../contract";

export type State = "pending" | "published" | "rejected";
export const states: readonly State[] = ["pending", "published", "rejected"];

const pageSize = 50;

export class Desk extends Client {
  constructor(
    private readonly base: URL,
    language: "fr" | "en",
  ) {
    super(base, language);
  }

  /** `moderator`, `editor`, `viewer`, or null for everyone else. */
  role(): Promise<string | null> {
    return this.document("session", (value) => textOrNull(members(value).role));
  }

  async signIn(token: string): Promise<void> {
    await this.sent("POST", "session", { token });
  }

  async signOut(): Promise<void> {
    await this.sent("DELETE", "session");
  }

  contributions(state: State, next: string | null = null): Promise<ContributionPage> {
    return this.document(next ?? `contributions?state=${state}&limit=${pageSize}`, contributionPageOf);
  }

  /** The contribution as it is then, with its history. */
  async judge(id: string, state: State, reason: string): Promise<Contribution> {
    const body = reason === "" ? { state } : { state, reason };
    return contributionOf(await this.sent("PATCH", `contributions/${encodeURIComponent(id)}`, body));
  }

  /** @throws NoAnswer, or Refused with the server's own sentence. */
  private async sent(method: string, path: string, body?: Readonly<Record<string, string>>): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(new URL(path, this.base), {
        method,
        headers: {
          Accept: "application/json, application/geo+json",
          "Accept-Language": this.language,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new NoAnswer(path);
    }
    const value: unknown = await answer.json().catch(() => null);
    if (answer.ok) return value;
    throw new Refused(answer.status, textOrNull(value === null ? null : members(value).detail) ?? "");
  }
}
