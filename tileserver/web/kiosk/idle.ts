// A visitor who went away leaves nothing behind: after a while without a touch a warning, and then the wipe.
// The clock is the one that no change of the hour moves.

export interface IdleEvents {
  readonly warn: (secondsLeft: number) => void;
  readonly goOn: () => void;
  readonly wipe: () => void;
}

const activity = ["pointerdown", "keydown", "input", "wheel"] as const;

export class Idle {
  private last = 0;
  private warning = false;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private idle = 60;
  private patience = 20;

  constructor(private readonly events: IdleEvents) {
    for (const kind of activity) window.addEventListener(kind, () => this.touch(), { capture: true, passive: true });
  }

  /** Seconds without a touch, and seconds from the warning to the wipe: never less than the 20 of WCAG 2.2.1. */
  set(idle: number, warning: number): void {
    this.idle = idle;
    this.patience = Math.max(20, warning);
  }

  /** A visit begins. */
  start(): void {
    this.last = performance.now();
    this.ticking ??= setInterval(() => this.tick(), 1000);
  }

  /** Nobody is there: nothing to wipe. */
  stop(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.warning = false;
  }

  /** While it warns, the dialog says that somebody is there. */
  private touch(): void {
    if (!this.warning) this.last = performance.now();
  }

  goOn(): void {
    this.last = performance.now();
    if (!this.warning) return;
    this.warning = false;
    this.events.goOn();
  }

  private tick(): void {
    const still = (performance.now() - this.last) / 1000;
    if (still >= this.idle + this.patience) this.events.wipe();
    else if (still >= this.idle) {
      this.warning = true;
      this.events.warn(Math.ceil(this.idle + this.patience - still));
    }
  }
}
