// Words are taken out of rows that bear a seal: what was whole before is sealed anew, what was not stays found out.
import { z } from "zod";
import { isWholeTurn } from "./heard.ts";
import type { Ledger } from "./ledger.ts";
import { postSeal, turnSeal } from "./seals.ts";
import type { Value } from "./store.ts";

const text = z.string();
const TurnRow = z.object({ id: text, thread: text, message: text, seal: text.nullable() });
const PostRow = z.object({
  id: text,
  thread: text,
  proposal: text.nullable(),
  post: text.nullable(),
  seal: text.nullable(),
});
const turnsWhere = (where: string) => ({
  sql: `SELECT id, thread, message, seal FROM turn WHERE ${where}`,
  row: TurnRow,
});
const postsWhere = (where: string) => ({
  sql: `SELECT id, thread, proposal, post, seal FROM outbox WHERE ${where}`,
  row: PostRow,
});

/** A condition and the values of its placeholders. */
type Where = readonly [string, ...Value[]];
type Whole = { readonly turns: readonly string[]; readonly posts: readonly string[] };

export function wholeIn(
  ledger: Ledger,
  { turns, posts }: { readonly turns: Where; readonly posts: Where },
): Whole {
  const { store, audit } = ledger;
  const [inTurns, ...turnValues] = turns;
  const [inPosts, ...postValues] = posts;
  return {
    turns: store
      .all(turnsWhere(inTurns), ...turnValues)
      .filter((row) => isWholeTurn(ledger, row))
      .map(({ id }) => id),
    posts: store
      .all(postsWhere(inPosts), ...postValues)
      .filter((row) => row.seal === postSeal(audit, row))
      .map(({ id }) => id),
  };
}

export function sealAgain({ store, audit }: Ledger, { turns, posts }: Whole): void {
  for (const id of turns) {
    const row = store.get(turnsWhere("id = ?1"), id);
    if (row !== null) store.run("UPDATE turn SET seal = ?2 WHERE id = ?1", id, turnSeal(audit, row));
  }
  for (const id of posts) {
    const row = store.get(postsWhere("id = ?1"), id);
    if (row !== null) store.run("UPDATE outbox SET seal = ?2 WHERE id = ?1", id, postSeal(audit, row));
  }
}
