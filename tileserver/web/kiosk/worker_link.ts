// The page's side of its worker: registered where the browser allows one, told what to keep, asked to send what waits.
import type { Replies, Request } from "./worker/messages";

/** Longer than the worker waits for the server. */
const patience = 30_000;

export class WorkerLink {
  private constructor(
    private readonly registration: ServiceWorkerRegistration,
    /** A newer worker took over: the page may be of an older version. */
    readonly renewed: (act: () => void) => void,
  ) {}

  /** Null where there can be none: served neither by HTTPS nor on the kiosk's own machine. */
  static async made(home: URL): Promise<WorkerLink | null> {
    if (!("serviceWorker" in navigator)) return null;
    const { serviceWorker } = navigator;
    const first = serviceWorker.controller === null;
    try {
      const script = new URL("assets/kiosk_worker.js", home);
      const registration = await serviceWorker.register(script, { scope: new URL("kiosk", home).pathname, updateViaCache: "none" });
      const renewed = (act: () => void) => {
        if (!first) serviceWorker.addEventListener("controllerchange", act);
      };
      // So that the browser does not clear the outbox when its disk runs short.
      void navigator.storage.persist().catch(() => false);
      return new WorkerLink(registration, renewed);
    } catch {
      return null;
    }
  }

  /** Null when the worker does not answer. */
  async ask<Kind extends Request["kind"]>(
    request: Extract<Request, { readonly kind: Kind }>,
  ): Promise<Replies[Kind] | null> {
    const { active } = await navigator.serviceWorker.ready;
    if (active === null) return null;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      const settle = (reply: Replies[Kind] | null) => {
        clearTimeout(impatience);
        port1.close();
        resolve(reply);
      };
      const impatience = setTimeout(() => settle(null), patience);
      port1.onmessage = ({ data }) => settle(data as Replies[Kind]);
      active.postMessage(request, [port2]);
    });
  }

  /** Looks for a newer worker; nothing happens while the server is away. */
  async update(): Promise<void> {
    await this.registration.update().catch(() => undefined);
  }
}
