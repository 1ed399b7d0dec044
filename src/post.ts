// What Nova shows, before any platform has drawn it. Adapters render it; nothing here knows a platform.
import { z } from "zod";
import { AccountId, ThreadId } from "./ids.ts";
import { Board } from "./ports/board.ts";
import type { ButtonAction } from "./proposal.ts";

/** One field of a dialog that a button opens, with what it holds now. */
export const PostField = z.strictObject({
  key: z.string(),
  label: z.string(),
  value: z.string(),
  isLong: z.boolean(),
  isRequired: z.boolean(),
});
export type PostField = z.infer<typeof PostField>;

/** A button carries an opaque id only (`nova1.<nonce>`); what it does is looked up in the journal. */
export const PostButton = z.strictObject({
  nonce: z.string(),
  label: z.string().max(75),
  /** `quiet`: small and apart, for what every answer offers. */
  style: z.enum(["primary", "danger", "plain", "quiet"]),
  /** Opens a dialog with one text field whose words travel with the press; null: a plain press. */
  asks: z.string().nullable(),
  /** Opens a dialog with these fields instead; what they hold when it is sent travels with the press. */
  fields: z.array(PostField).optional(),
});
export type PostButton = z.infer<typeof PostButton>;

/** A proposal as every surface shows it: drawn by code from the journal's row, never from model text. */
export const Card = z.strictObject({
  proposal: z.string(),
  title: z.string(),
  /** At most six lines, `label: before → after`. */
  effects: z.array(z.string()),
  checks: z.array(z.string()),
  /** Stakes, how it can be undone, when it expires; in that order. */
  terms: z.array(z.string()),
  requestedBy: z.string(),
  agent: z.string(),
  /** The agent's own words, shown apart and labelled; null when it said nothing. */
  agentWords: z.string().nullable(),
  /** First 8 hex digits of the effect hash: the same on every surface. */
  fingerprint: z.string(),
  /** Where it stands, e.g. "Waiting for Kit" or "Approved by Kit, done". */
  state: z.string(),
  isOpen: z.boolean(),
});
export type Card = z.infer<typeof Card>;

/** A text that is too long to be read as messages: it goes along as a file, whole. */
export const PostFile = z.strictObject({ name: z.string(), text: z.string() });
export type PostFile = z.infer<typeof PostFile>;

/** A thread of its own that a conversation moves to; known by id before the platform opens it under its first message. */
export const Opens = z.strictObject({ thread: ThreadId, name: z.string().min(1).max(90) });
export type Opens = z.infer<typeof Opens>;

/**
 * One thing to show in a thread. `text` is plain Markdown (bold, code, fences, lists, links as text); an adapter
 * renders it as its own kind and makes every mention in it inert. `only`: for one person's eyes where the platform can.
 */
export const Post = z.strictObject({
  kind: z.enum(["reply", "card", "question", "progress", "failure", "receipt", "notice", "home"]),
  text: z.string(),
  card: Card.nullable(),
  buttons: z.array(PostButton),
  /** One small line: agent, sources with age, cost. */
  footer: z.string().nullable(),
  only: AccountId.nullable(),
  /** Drawn natively where the surface can; `text` says the same. */
  board: Board.optional(),
  /** The thread has to be open before this is shown: in it, or as the pointer to it in the channel. */
  opens: Opens.optional(),
  /** Then `text` is its beginning; a surface without a limit shows the file's text instead. */
  file: PostFile.optional(),
});
export type Post = z.infer<typeof Post>;

/** A button before it has an id: what it says and what it does. The outbox mints the id and stores the action. */
export type Offer = Omit<PostButton, "nonce"> & { readonly action: ButtonAction };
/** What a room wants said. Cards are not in here: they are drawn from their proposals. */
export type Said = {
  readonly kind: Exclude<Post["kind"], "card">;
  readonly text: string;
  readonly footer: string | null;
  readonly only: AccountId | null;
  readonly offers: readonly Offer[];
  readonly board?: Board;
  readonly opens?: Opens;
  readonly file?: PostFile;
};

/** A plain sentence of Nova's own. */
export function say(text: string, more: Partial<Omit<Said, "text">> = {}): Said {
  return { kind: "reply", footer: null, only: null, offers: [], ...more, text };
}
