// Thumbs as the journal holds them, each with a seal whose key lies outside the database. One that somebody wrote or changed
// there counts for nothing and against nobody; it is said once, as a failure.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Altered } from "./altered.ts";
import { thumbSeal } from "./seals.ts";
import type { Ledger } from "./ledger.ts";

const Mark = z.enum(["up", "down"]).nullable();
const ThumbRow = z.object({
  turn: z.string(),
  person: z.string(),
  account: z.string(),
  agent: z.string(),
  mark: Mark,
  other: Mark,
  said_in: z.string(),
  at: z.number().int(),
  seal: z.string().nullable(),
});
export type ThumbRow = z.infer<typeof ThumbRow>;

const columns = "turn, person, account, agent, mark, other, said_in, at, seal";
const reach = 1_000;
const lately = {
  sql: `SELECT ${columns} FROM rating WHERE at >= ?1 ORDER BY at DESC LIMIT ${reach}`,
  row: ThumbRow,
};
const standing = { sql: `SELECT ${columns} FROM rating WHERE turn = ?1 AND person = ?2`, row: ThumbRow };
const unsealed = { sql: `SELECT ${columns} FROM rating WHERE seal IS NULL`, row: ThumbRow };

const isWhole = ({ audit }: Ledger, row: ThumbRow): boolean => row.seal === thumbSeal(audit, row);
export const thumbKey = ({ turn, person }: Pick<ThumbRow, "turn" | "person">): string =>
  `thumb ${JSON.stringify([turn, person])}`;

type Thumbs = {
  readonly whole: readonly ThumbRow[];
  readonly altered: readonly Altered[];
};

/** Newest first. Writes nothing. */
export function thumbsSince(ledger: Ledger, sinceMs: number): Thumbs {
  const rows = ledger.store.all(lately, sinceMs);
  const altered = rows.filter((row) => !isWhole(ledger, row));
  return {
    whole: rows.filter((row) => isWhole(ledger, row)),
    altered: altered.map((row) => ({
      id: thumbKey(row),
      person: "A thumb on an answer was changed outside Nova, and does not count any more.",
      failure: new NovaFailure(
        "audit.broken",
        `the thumb of ${row.person} on the answer to ${row.turn} was put into the journal, or changed there, outside Nova; it does not count`,
      ),
    })),
  };
}

/** What this person said of that answer last; null: nothing, or nothing that can be believed. */
export function thumbOf(ledger: Ledger, turn: string, person: string): ThumbRow | null {
  const row = ledger.store.get(standing, turn, person);
  return row !== null && isWhole(ledger, row) ? row : null;
}

/** The newest word of a person on an answer takes the place of the one before. */
export function keepThumb({ store, audit }: Ledger, thumb: Omit<ThumbRow, "seal">): void {
  const { turn, person, account, agent, mark, other, said_in: saidIn, at } = thumb;
  store.run(
    `INSERT INTO rating (turn, person, account, agent, mark, other, said_in, at, seal)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (turn, person) DO UPDATE SET account = excluded.account,
        agent = excluded.agent, mark = excluded.mark, other = excluded.other, said_in = excluded.said_in,
        at = excluded.at, seal = excluded.seal`,
    ...([turn, person, account, agent, mark, other, saidIn, at] as const),
    thumbSeal(audit, thumb),
  );
}

/** Only by the opening that adds the seals to a file: what it holds from before is taken as it is, and never again. */
export function sealThumbs({ store, audit }: Ledger): void {
  for (const row of store.all(unsealed))
    store.run(
      "UPDATE rating SET seal = ?3 WHERE turn = ?1 AND person = ?2",
      row.turn,
      row.person,
      thumbSeal(audit, row),
    );
}
