// The kiosk's service worker: keeps the page and its land for the hours without a server, and the outbox.
import { answered, dropOldShells, keepLand, keepShell } from "./land_store";
import type { Replies, Request as Asked } from "./messages";
import { Outbox } from "./outbox";

declare const self: ServiceWorkerGlobalScope;
/** Put in by bundle.mjs: the files of the page below `assets/`, and a hash over all of them. */
declare const KIOSK_FILES: readonly string[];
declare const KIOSK_VERSION: string;

const home = new URL("..", self.location.href);
const outbox = new Outbox(home);
/** What only the server can say. */
const neverKept = ["locate", "search", "contributions", "session"];

self.addEventListener("install", (event) => {
  const addresses = ["kiosk", ...KIOSK_FILES.map((file) => `assets/${file}`)].map((path) => new URL(path, home).href);
  event.waitUntil(keepShell(KIOSK_VERSION, addresses).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells(KIOSK_VERSION).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === home.origin && url.pathname.startsWith(home.pathname);
  const path = url.pathname.slice(home.pathname.length);
  if (event.request.method !== "GET" || !ours || neverKept.some((one) => path === one || path.startsWith(`${one}/`))) return;
  event.respondWith(answered(event.request));
});

async function replyTo(asked: Asked): Promise<Replies[Asked["kind"]]> {
  if (asked.kind === "contribute") return outbox.add(asked.key, asked.body);
  if (asked.kind === "send") return { waiting: await outbox.send() };
  const ours = asked.addresses.filter((address) => address.startsWith(home.href));
  return keepLand(asked.fingerprint, ours);
}

self.addEventListener("message", (event) => {
  const port = event.ports[0];
  event.waitUntil(replyTo(event.data as Asked).then((reply) => port?.postMessage(reply)));
});
