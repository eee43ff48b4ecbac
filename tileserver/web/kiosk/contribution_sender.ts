// Hands a contribution in: to the worker, whose outbox outlives this page, or where there is none to the server itself.
import type { ContributeReply, ContributionBody } from "./worker/messages";
import type { WorkerLink } from "./worker_link";

/** What the visitor is told; `failed`: nothing is stored anywhere, and the same can be tried again. */
export type Handed = ContributeReply | { readonly state: "failed" };

/** A UUID of version 4, also where the browser has no `randomUUID` (a page that is served without HTTPS). */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

async function posted(home: URL, body: ContributionBody, key: string): Promise<Handed> {
  let answer: Response;
  try {
    answer = await fetch(new URL("contributions", home), {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(body),
      credentials: "omit",
    });
  } catch {
    return { state: "failed" };
  }
  if (answer.status === 201) return { state: "sent" };
  if (answer.status >= 500 || answer.status === 429) return { state: "failed" };
  const problem: unknown = await answer.json().catch(() => null);
  const detail = typeof problem === "object" && problem !== null && "detail" in problem ? String(problem.detail) : "";
  return { state: "refused", status: answer.status, detail };
}

/** `key`: of this contribution, the same in every try. */
export async function handIn(home: URL, worker: WorkerLink | null, body: ContributionBody, key: string): Promise<Handed> {
  if (worker === null) return posted(home, body, key);
  return (await worker.ask({ kind: "contribute", key, body })) ?? { state: "failed" };
}
