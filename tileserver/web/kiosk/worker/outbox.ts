// Contributions that wait for the server, in a database of the worker. An entry is written before it is sent, and goes
// when the server has it (201) or after 30 days; every try bears the same idempotency key, so that the server stores it
// once however often it was sent.
import type { ContributeReply, ContributionBody } from "./messages";

interface Entry {
  /** The idempotency key. */
  readonly key: string;
  readonly body: ContributionBody;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const daysKept = 30;
const patience = 20_000;
const databaseName = "geoprio-outbox";

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no reason given"));
  });
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("entries", { keyPath: "key" });
    request.result.createObjectStore("kiosk");
  };
  return settled(request);
}

/** One transaction, on disk when this is over. */
async function stored<T>(store: "entries" | "kiosk", work: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    const transaction = database.transaction(store, "readwrite", { durability: "strict" });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("no reason given"));
    });
    const result = await settled(work(transaction.objectStore(store)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** Which kiosk it is, for the server's limit against floods: made here, of chance alone. */
async function kioskId(): Promise<string> {
  const known: unknown = await stored("kiosk", (kiosk) => kiosk.get("id"));
  if (typeof known === "string") return known;
  const made = crypto.randomUUID();
  await stored("kiosk", (kiosk) => kiosk.put(made, "id"));
  return made;
}

/** The problem's own sentence. */
async function detailOf(answer: Response): Promise<string> {
  const problem: unknown = await answer.json().catch(() => null);
  return typeof problem === "object" && problem !== null && "detail" in problem ? String(problem.detail) : "";
}

export class Outbox {
  constructor(private readonly home: URL) {}

  /** `key`: the same for a second try of the same contribution, so that it is one entry. */
  async add(key: string, body: ContributionBody): Promise<ContributeReply> {
    const entry: Entry = { key, body, since: Date.now() };
    await stored("entries", (entries) => entries.put(entry));
    return this.alone(async () => {
      // Another turn, that of an older worker, may have sent it by now.
      if ((await stored("entries", (entries) => entries.get(entry.key))) === undefined) return { state: "sent" };
      const reply = await this.posted(entry);
      if (reply.state !== "waiting") await stored("entries", (entries) => entries.delete(entry.key));
      return reply;
    });
  }

  /** Sends what waits, oldest first, until the server does not answer; how many wait then. */
  send(): Promise<number> {
    return this.alone(async () => {
      const entries = await stored<Entry[]>("entries", (all) => all.getAll());
      entries.sort((one, other) => one.since - other.since);
      for (const entry of entries) {
        const old = Date.now() - entry.since > daysKept * 86_400_000;
        // A refusal leaves it: whoever runs the server may mend the reason within the 30 days.
        const reply = old ? null : await this.posted(entry);
        if (reply === null || reply.state === "sent") await stored("entries", (all) => all.delete(entry.key));
        else if (reply.state === "waiting") break;
      }
      return stored("entries", (all) => all.count());
    });
  }

  /** One sender at a time, in whichever worker. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    return await (await navigator.locks.request(databaseName, work));
  }

  private async posted(entry: Entry): Promise<ContributeReply> {
    let answer: Response;
    try {
      answer = await fetch(new URL("contributions", this.home), {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": entry.key, "Kiosk-Id": await kioskId() },
        body: JSON.stringify(entry.body),
        credentials: "omit",
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      return { state: "waiting" };
    }
    if (answer.status === 201) return { state: "sent" };
    const mendable = [400, 413, 415, 422].includes(answer.status);
    return mendable ? { state: "refused", status: answer.status, detail: await detailOf(answer) } : { state: "waiting" };
  }
}
