// What the engine asks of a place where people talk. Four files each: inbound, outbound, cards, index.
// The adapter hears (platform event > Message), the engine commits, and only then may the adapter acknowledge.
import type { Surface, ThreadId } from "../ids.ts";
import type { FileRef, Message } from "../message.ts";
import type { Post } from "../post.ts";

/**
 * Hands a message to the engine. Resolves once it is committed (or known already): acknowledge the platform then.
 * Rejects when it could not be committed: do NOT acknowledge, so that the platform delivers again or says so.
 * Work goes on afterwards by itself; the adapter never waits for an answer.
 */
export type Hear = (message: Message) => Promise<void>;

/** One thing to show. The same `id` is the same post for ever: derive nonces and metadata from it. */
export type Delivery = {
  readonly id: string;
  readonly thread: ThreadId;
  readonly post: Post;
  /** Platform id of this post when it is already on the platform: edit that one. Null: send it. */
  readonly shownAs: string | null;
  /** Message id (journal key) of the message this answers; null for things said unasked. */
  readonly inReplyTo: string | null;
};

/** What became of it; `why` is for the operator. The engine decides about retries, never the adapter. */
export type Shown =
  | { readonly kind: "shown"; readonly platformId: string }
  /** Certainly not on the platform; try again later (rate limit, no connection yet). */
  | { readonly kind: "later"; readonly afterMs: number; readonly why: string }
  /** The platform said no for good. `isPostGone`: the post to edit no longer exists or can't be edited; send a new one. */
  | { readonly kind: "refused"; readonly why: string; readonly isPostGone: boolean }
  /** It may or may not have arrived (5xx, time-out, reset). Never resent without `find`, unless `resendSafeMs` allows. */
  | { readonly kind: "unclear"; readonly why: string };

export type Found =
  | { readonly kind: "found"; readonly platformId: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unsearchable"; readonly why: string };

/** The bytes of a file, or why there are none: one sentence for the person, with the mend. */
export type FetchedFile =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "refused"; readonly why: string };
export type FetchLimit = { readonly maxBytes: number; readonly signal: AbortSignal };

export type Health = {
  readonly state: "connecting" | "ready" | "degraded" | "fatal" | "stopped";
  readonly detail: string;
};

/** A verb as surfaces with native commands register it. */
export type VerbSpec = {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly isTerminalOnly: boolean;
};

export interface ChatAdapter {
  readonly surface: Surface;
  /** For how long the platform itself drops a second copy with the same id (Discord's nonce); 0: it never does. */
  readonly resendSafeMs: number;
  /** Reads may lag behind writes by this much: an absent post counts only after it. */
  readonly findAfterMs: number;
  /** True when the rendered text fits one platform message. The outbox splits with it, so `show` never has to. */
  fits(text: string): boolean;
  start(hear: Hear): Promise<void>;
  show(delivery: Delivery): Promise<Shown>;
  /** Looks an unclear post up by the id it carries. */
  find(delivery: Delivery): Promise<Found>;
  /** The thread that a conversation can move to from this message, before the platform has opened it; null: it stays. */
  threadFor?(message: Message): ThreadId | null;
  /** The platform's own address of a post; null: it has none. */
  linkTo?(thread: ThreadId, platformId: string): string | null;
  /** Typing or status on; the returned function ends it. Best effort: never throws, never delays. */
  working(thread: ThreadId): () => void;
  /** Text as it is being written, for surfaces that can show it; best effort, replaced by the final post. */
  preview(thread: ThreadId, text: string): void;
  /**
   * Fetches a file that came with a message; absent where messages carry none. Only from the platform's own hosts,
   * following no redirect, at most `maxBytes`, until `signal`. Never throws.
   */
  fetchFile?(file: FileRef, limit: FetchLimit): Promise<FetchedFile>;
  health(): Health;
  /** Stops hearing, lets running hand-offs finish (bounded), closes. */
  stop(): Promise<void>;
}
