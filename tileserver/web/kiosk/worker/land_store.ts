// What the kiosk shows while the server is away: its own files, and the addresses of the atlas that the page names.
import type { KeepReply } from "./messages";

const landPrefix = "geoprio-land-";
const shellPrefix = "geoprio-shell-";
/** So many tiles are asked for at once: the kiosk leaves the server to others. */
const atOnce = 4;
/** A server that takes longer is away. */
const patience = 6_000;

/** As the page and its map ask for them; nothing of who is signed in. */
function asked(address: string): Promise<Response> {
  return fetch(address, {
    headers: { Accept: "application/json, application/geo+json, */*;q=0.5" },
    credentials: "omit",
    signal: AbortSignal.timeout(patience),
  });
}

async function dropped(prefix: string, kept: string): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== kept).map((name) => caches.delete(name)));
}

/** The page's own files, all or none. */
export async function keepShell(version: string, addresses: readonly string[]): Promise<void> {
  const shell = await caches.open(shellPrefix + version);
  await shell.addAll(addresses.map((address) => new Request(address, { cache: "no-cache", credentials: "omit" })));
}

export function dropOldShells(version: string): Promise<void> {
  return dropped(shellPrefix, shellPrefix + version);
}

/** Goes on where it was stopped: a browser ends a worker when it likes. */
export async function keepLand(fingerprint: string, addresses: readonly string[]): Promise<KeepReply> {
  const name = landPrefix + fingerprint;
  const land = await caches.open(name);
  const there = new Set((await land.keys()).map(({ url }) => url));
  const missing = addresses.filter((address) => !there.has(address));
  const lane = async (): Promise<void> => {
    for (let address = missing.shift(); address !== undefined; address = missing.shift()) {
      const answer = await asked(address);
      if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
      await land.put(address, answer);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, lane));
  } catch {
    // The server is away or busy: the page asks again.
    return { kept: false };
  }
  await dropped(landPrefix, name);
  return { kept: true };
}

async function fromCaches(request: Request): Promise<Response | undefined> {
  return caches.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
}

/** A tile under its fingerprint never changes: the kept one is as good as the server's. */
function isDated(url: URL): boolean {
  return url.pathname.endsWith(".mvt") && url.searchParams.has("v");
}

/** The server's answer; what is kept when there is none. */
export async function answered(request: Request): Promise<Response> {
  const dated = isDated(new URL(request.url));
  if (dated) {
    const kept = await fromCaches(request);
    if (kept !== undefined) return kept;
  }
  let answer: Response | undefined;
  try {
    answer = await fetch(request.mode === "navigate" ? request.url : new Request(request, { credentials: "omit" }), {
      signal: AbortSignal.timeout(patience),
    });
    if (answer.status < 500) return answer;
  } catch {
    // Nobody answers.
  }
  return (await fromCaches(request)) ?? answer ?? Response.error();
}
