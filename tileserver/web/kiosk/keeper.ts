// Sees to the worker while the kiosk runs: the land is kept, what waits is sent, and the operator reads how it stands.
import { element, place } from "../elements";
import type { KioskTexts } from "../i18n/kiosk_fr";
import type { Holdings } from "./holdings";
import { WorkerLink } from "./worker_link";

const every = 30_000;
/** A newer worker is looked for in each so many turns. */
const turnsToUpdate = 20;

export class Keeper {
  private link: WorkerLink | null = null;
  private holdings: Holdings | null = null;
  private kept = "";
  private waiting = 0;
  private turns = 0;
  private turn: Promise<void> | null = null;
  private started = false;

  constructor(private readonly texts: KioskTexts) {}

  /** `stale`: the page is of an older version than its worker. */
  async start(home: URL, stale: () => void): Promise<void> {
    this.link = await WorkerLink.made(home);
    this.started = true;
    this.link?.renewed(stale);
    this.tell();
    await this.tend();
    setInterval(() => void this.tend(), every);
    window.addEventListener("online", () => void this.tend());
  }

  hold(holdings: Holdings): void {
    this.holdings = holdings;
    void this.tend();
  }

  get worker(): WorkerLink | null {
    return this.link;
  }

  /** One turn at a time: while one is under way, it is that one. */
  tend(): Promise<void> {
    this.turn ??= this.tended().finally(() => (this.turn = null));
    return this.turn;
  }

  private async tended(): Promise<void> {
    const { link, holdings } = this;
    if (link === null) return;
    if (this.turns++ % turnsToUpdate === turnsToUpdate - 1) await link.update();
    const sent = await link.ask({ kind: "send" });
    if (sent !== null) this.waiting = sent.waiting;
    const fingerprint = holdings?.landing.fingerprint ?? "";
    if (holdings !== null && this.kept !== fingerprint) {
      const reply = await link.ask({ kind: "keep", fingerprint, addresses: holdings.addresses });
      if (reply?.kept === true) this.kept = fingerprint;
    }
    this.tell();
  }

  /** In French: it is for who runs the kiosk, on the attract screen. */
  private tell(): void {
    const { texts } = this;
    const ready = this.kept !== "";
    const lines = this.link === null ? [texts.offlineOff] : [ready ? texts.offlineReady : texts.offlineSoon];
    if (this.waiting > 0) lines.push(texts.waitingCount(this.waiting));
    const operator = place("operator");
    operator.replaceChildren(...(this.started ? lines.map((line) => element("p", {}, line)) : []));
    operator.dataset.offline = this.link === null ? "off" : ready ? "ready" : "soon";
    operator.dataset.waiting = String(this.waiting);
  }
}
