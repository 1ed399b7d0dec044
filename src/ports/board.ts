// The board and what it is made from: everything in progress, drawn by code from the journal, the same on every surface.
// Its texts are plain words: whoever draws them escapes them, and no mark-up of a person or a model is live in them.
import { z } from "zod";
import { AccountId, ThreadId } from "../ids.ts";

export const BoardRow = z.strictObject({
  mark: z.enum(["waits", "runs", "stuck", "asks", "failed", "well", "ill", "plain"]),
  text: z.string(),
  /** Since when it stands like this, epoch milliseconds; null where there is no such time. */
  at: z.number().int().nullable(),
  /** Where the platform has it, e.g. the card that waits; always an address made by an adapter. */
  link: z.url({ protocol: /^https$/u }).nullable(),
});
export type BoardRow = z.infer<typeof BoardRow>;

export const BoardPart = z.strictObject({
  title: z.string(),
  rows: z.array(BoardRow),
  /** Rows that were left out, counted and never silently dropped. */
  more: z.number().int().nonnegative(),
  /** What is said where there is no row. */
  none: z.string(),
  /** How fresh it is: where it was read and what of it changed last. */
  freshness: z.string(),
});
export type BoardPart = z.infer<typeof BoardPart>;

export const Board = z.strictObject({
  /** When it was drawn, epoch milliseconds. */
  at: z.number().int(),
  /** What this person should know about the board itself; null: nothing. */
  note: z.string().nullable(),
  parts: z.array(BoardPart),
});
export type Board = z.infer<typeof Board>;

/** A person's own view of the board that a platform keeps on show (Slack's App Home), since that person opened it. */
export const Home = z.strictObject({
  account: z.strictObject({ id: AccountId, name: z.string(), standing: z.enum(["regular", "outsider"]) }),
  thread: ThreadId,
  openedAt: z.number().int(),
});
export type Home = z.infer<typeof Home>;

/** Where the card of a proposal stands on its platform. */
export type CardPlace = {
  readonly proposal: string;
  readonly thread: ThreadId;
  readonly platformId: string;
};
/** A question that Nova asked somebody and that is still open. */
export type OpenQuestion = {
  readonly thread: ThreadId;
  readonly account: AccountId;
  /** What was asked about, in the words of who is asked. */
  readonly about: string;
  readonly kind: "clarification" | "input";
  readonly at: number;
};
