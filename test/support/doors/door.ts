// A front door: one surface with the people at it. What they can do and what they can see, nothing else.
import type { AccountId, ChannelId } from "../../../src/ids.ts";
import type { ChatAdapter, Clock, Entropy } from "../../../src/ports.ts";
import { patienceMs } from "../holds.ts";

export type Who = "kit" | "maya" | "stranger";
export interface Door {
  readonly name: string;
  readonly kit: AccountId;
  /** Null: only one person can sit here. */
  readonly maya: AccountId | null;
  readonly channel: ChannelId;
  /** A fresh adapter to the same place, as a new process would make one. */
  open(world: { readonly clock: Clock; readonly entropy: Entropy }): Promise<ChatAdapter>;
  says(text: string, who?: Who): Promise<void>;
  verb(verb: string, rest?: string, who?: Who): Promise<void>;
  /** Everything of Nova's that can be seen now, oldest first, as plain text, one entry per post. */
  seen(): Promise<readonly string[]>;
  /** Presses the newest button with this label; `words` go into the dialog that it opens. */
  press(
    label: string,
    more?: {
      readonly who?: Who;
      readonly words?: string;
      readonly twice?: boolean;
      /** Typed over what stands in the fields of the dialog. */
      readonly fields?: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
  /** Keeps the newest button with this label at hand: it can be pressed later, when it is no longer shown. */
  hold(label: string): Promise<(who?: Who) => Promise<void>>;
  /** What the platform holds against Nova; empty when it kept every rule. */
  complaints(): readonly unknown[];
  close(): Promise<void>;
}

/** Its press asks for more in a dialog first; "Undo…" leads to a card instead. */
export const opensDialog = (label: string): boolean => label.endsWith("…") && label !== "Undo…";

/** Waits until something can be seen; fails with what there is instead. */
export async function sees(
  door: Door,
  wanted: RegExp | ((posts: readonly string[]) => boolean),
  timeoutMs = patienceMs,
): Promise<readonly string[]> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const posts = await door.seen();
    if (typeof wanted === "function" ? wanted(posts) : posts.some((post) => wanted.test(post))) return posts;
    if (Date.now() > until)
      throw new Error(`${door.name}: never saw ${String(wanted)} in:\n${posts.join("\n---\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
