// What the kiosk's page and its worker say to each other. Nothing here gives a kept contribution back: of the outbox a
// page learns how many wait, and no more.

/** A contribution as `POST /contributions` takes it. */
export type ContributionBody = Readonly<Record<string, string | number>>;

export type Request =
  /** Keep these addresses of the atlas with that fingerprint, and let other atlases go. */
  | { readonly kind: "keep"; readonly fingerprint: string; readonly addresses: readonly string[] }
  | { readonly kind: "contribute"; readonly key: string; readonly body: ContributionBody }
  /** Try to send what waits. */
  | { readonly kind: "send" };

export type KeepReply = { readonly kept: boolean };
export type SendReply = { readonly waiting: number };
export type ContributeReply =
  | { readonly state: "sent" }
  | { readonly state: "waiting" }
  /** The server took it in hand and said no: its author can mend it. Nothing waits. */
  | { readonly state: "refused"; readonly status: number; readonly detail: string };

export interface Replies {
  readonly keep: KeepReply;
  readonly contribute: ContributeReply;
  readonly send: SendReply;
}
