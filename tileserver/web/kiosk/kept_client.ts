// A client that remembers what it asked for: the worker keeps just that.
import { Client } from "../client";

export class KeptClient extends Client {
  readonly addresses = new Set<string>();

  constructor(
    private readonly base: URL,
    language: "fr" | "en",
  ) {
    // A member of staff who is signed in must see at the kiosk what everyone sees.
    super(base, language, "omit");
  }

  override document<T>(path: string, read: (value: unknown) => T): Promise<T> {
    this.addresses.add(new URL(path, this.base).href);
    return super.document(path, read);
  }
}
