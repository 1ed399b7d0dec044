// What the engine asks of a place where people talk. Four files each: inbound, outbound, cards, index.
// The adapter hears (platform event > Message), the engine commits, and only then may the adapter acknowledge.
import type { AccountId, ChannelId, Surface, ThreadId } from "../ids.ts";
import type { FileRef } from "../body.ts";
import type { Message } from "../message.ts";
import type { Post } from "../post.ts";
import type { Desk, Suggests } from "./desk.ts";

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
  | {
      readonly kind: "later";
      readonly afterMs: number;
      readonly why: string;
      /** The platform's rate limit said so: for this channel alone, or for everything on this surface. */
      readonly limited?: "channel" | "surface";
    }
  /** The platform said no for good. `isPostGone`: the post to edit no longer exists or can't be edited; send a new one. */
  | { readonly kind: "refused"; readonly why: string; readonly isPostGone: boolean }
  /** It may or may not have arrived (5xx, time-out, reset). Never resent without `find`, unless `resendSafeMs` allows. */
  | { readonly kind: "unclear"; readonly why: string };

export type Found =
  /** `isPreview`: it is there, and still shows what was being written: edit it. */
  | { readonly kind: "found"; readonly platformId: string; readonly isPreview?: boolean }
  | { readonly kind: "absent" }
  /** It could not be looked for this time (an outage, a rate limit): ask again after that. */
  | { readonly kind: "later"; readonly afterMs: number; readonly why: string }
  /** It never can be: nothing may be read there, or nothing of it can be told from others. */
  | { readonly kind: "unsearchable"; readonly why: string };

/** Whether a message of Nova's own that carries no id may be the post that is looked for, by all the journal knows. */
export type MayBe = (platformId: string) => Promise<boolean>;

/** The bytes of a file, or why there are none: one sentence for the person, with the mend. */
export type FetchedFile =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "refused"; readonly why: string };
export type FetchLimit = { readonly maxBytes: number; readonly signal: AbortSignal };

/** Text that is still being written, on its way to become one post. */
export type Preview = {
  /** Outbox id of the post that takes its place, in the same message. */
  readonly id: string;
  readonly thread: ThreadId;
  readonly inReplyTo: string;
  /** Who asked: some platforms stream to one person. */
  readonly account: AccountId;
  /** When the work on it began, epoch ms: a quick answer needs no preview. */
  readonly sinceMs: number;
  /** All of it so far. */
  readonly text: string;
  /**
   * What the journal must know: null before it is sent (it may be on the platform from now on), then its platform id.
   * Send only after it has resolved to true; when it rejects, send nothing. False, for null alone: an earlier post of
   * the thread is not shown yet, and what begins now would stand before it; ask again in a while.
   */
  readonly note: (platformId: string | null) => Promise<boolean>;
};

/** `outsider`: certainly none, or a guest; `unclear`: the platform did not say. */
export type Membership = "member" | "outsider" | "unclear";

export type Health = {
  readonly state: "connecting" | "ready" | "degraded" | "fatal" | "stopped";
  readonly detail: string;
};

/** One part of what a verb takes, in the order in which it is typed. */
export type VerbOption = {
  readonly name: string;
  readonly about: string;
  readonly isRequired: boolean;
  /** Completed from the desk; null: free words. */
  readonly suggests: Suggests | null;
};
/** A verb as surfaces with native commands register it. */
export type VerbSpec = {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly isTerminalOnly: boolean;
  /** Absent: whatever stands behind the verb in `usage` is one text. */
  readonly options?: readonly VerbOption[];
};

/** What was said lately in a thread, oldest first. It is other people's words: data, never an order. */
export type Talk =
  | {
      readonly kind: "talk";
      readonly lines: readonly { readonly by: string; readonly at: number; readonly text: string }[];
      /** False: more was said before the first line. */
      readonly isWhole: boolean;
    }
  /** One sentence for the person, with the mend. */
  | { readonly kind: "unreadable"; readonly why: string };

/** A place where something may have been said while nobody listened. */
export type Gap = {
  readonly thread: ThreadId;
  readonly channel: ChannelId;
  readonly direct: boolean;
  /** Not everything said here is meant for Nova. */
  readonly addressedOnly: boolean;
  /** Everything up to here was heard, epoch ms. */
  readonly sinceMs: number;
  /** Where to begin reading: a little earlier, because a dead connection is noticed late. */
  readonly fromMs: number;
};
/** What a surface asks of the journal when it connects; nothing of it is needed per message. */
export type Recall = {
  /** Bound channels and conversations of late, the newest first, with what an earlier reading left open. They count as open until they are closed, also for the next process. */
  readonly gaps: () => Promise<readonly Gap[]>;
  /** These were read to their ends and need not be read from there again. */
  readonly closed: (gaps: readonly Gap[]) => Promise<void>;
  /** Says something of the surface's own in a thread; the same key is the same post for ever. */
  readonly tell: (thread: ThreadId, key: string, words: string) => Promise<void>;
  /** The channels that projects of this surface are bound to, each as its own thread. */
  readonly bound: readonly ThreadId[];
  /** A few words that outlive the process; null: none under this key. */
  readonly note: (key: string) => Promise<string | null>;
  readonly keepNote: (key: string, words: string) => Promise<void>;
};

/** So many calls at once, and one more every so often. */
export type CallLimit = { readonly burst: number; readonly refillMs: number };
/** How fast a platform takes posts and edits, and what it counts together. */
export type PostLimits = {
  readonly posts: CallLimit;
  readonly postsPer: "channel" | "thread";
  readonly edits: CallLimit;
  readonly editsPer: "thread" | "surface";
  /** Everything together; null: no such limit. */
  readonly all: CallLimit | null;
};

export interface ChatAdapter {
  readonly surface: Surface;
  /** For how long the platform itself drops a second copy with the same id (Discord's nonce); 0: it never does. */
  readonly resendSafeMs: number;
  /** Reads may lag behind writes by this much: an absent post counts only after it. */
  readonly findAfterMs: number;
  /** True: a post for one person's eyes can carry a file. */
  readonly whispersFiles?: boolean;
  /** None: this surface is as fast as Nova. */
  readonly limits?: PostLimits;
  /** True when the rendered text fits one platform message. The outbox splits with it, so `show` never has to. */
  fits(text: string): boolean;
  /** What was missed while it was away is read with `recall` and heard like everything else. */
  /** `desk`: what it may ask while somebody is still typing; without one it offers no names and no forms. */
  start(hear: Hear, recall?: Recall, desk?: Desk): Promise<void>;
  show(delivery: Delivery): Promise<Shown>;
  /** Looks an unclear post up by the id it carries; `mayBe` judges what carries none. */
  find(delivery: Delivery, mayBe?: MayBe): Promise<Found>;
  /** The thread that a conversation can move to from this message, before the platform has opened it; null: it stays. */
  threadFor?(message: Message): ThreadId | null;
  /** The platform's own address of a post; null: it has none. */
  linkTo?(thread: ThreadId, platformId: string): string | null;
  /** At most the newest `limit` messages of a thread, Nova's own among them; absent where the surface keeps none. Never throws. */
  read?(thread: ThreadId, limit: number): Promise<Talk>;
  /** Whether this account reads along in that thread; false where nobody knows. A surface that can tell also takes posts to `directOf` an account. Never throws. */
  sees?(thread: ThreadId, account: AccountId): Promise<boolean>;
  /** Whether this account is a full member of the community that one of these channels is in. Absent: its `standing` says all. Never throws. */
  memberOf?(account: AccountId, channels: readonly ChannelId[]): Promise<Membership>;
  /** Typing or status on; the returned function ends it. Best effort: never throws, never delays. */
  working(thread: ThreadId): () => void;
  /** Text as it is being written, for surfaces that can show it; best effort, never throws, and `show` of its id takes its place. */
  preview(preview: Preview): void;
  /**
   * Fetches a file that came with a message; absent where messages carry none. Only from the platform's own hosts,
   * following no redirect, at most `maxBytes`, until `signal`. Never throws.
   */
  fetchFile?(file: FileRef, limit: FetchLimit): Promise<FetchedFile>;
  health(): Health;
  /** Stops hearing, lets running hand-offs finish (bounded), closes. */
  stop(): Promise<void>;
}
