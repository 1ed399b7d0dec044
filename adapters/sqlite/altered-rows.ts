// Every row that a yes could lean on, held against its seal: buttons, cards, messages that are not answered yet, runs that
// are not over. Part of each look at the whole record.
import { z } from "zod";
import { ButtonRow, buttonColumns, isWholeButton, isWholePost } from "./buttons.ts";
import { effectColumns, EffectRow, isWholeEffect } from "./effect-rows.ts";
import { believedMessage } from "./heard.ts";
import type { Ledger } from "./ledger.ts";
import { isWholeRun, SealedRun } from "./runs.ts";
import type { Query } from "./store.ts";

const pageRows = 500;
const buttons: Query<ButtonRow> = {
  sql: `SELECT ${buttonColumns} FROM button b LEFT JOIN outbox o ON o.id = b.outbox WHERE b.nonce > ?1
    ORDER BY b.nonce LIMIT ${pageRows}`,
  row: ButtonRow,
};
const text = z.string();
const CardRow = z.object({
  id: text,
  thread: text,
  proposal: text.nullable(),
  post: text.nullable(),
  seal: text.nullable(),
  platform_id: text.nullable(),
  place_seal: text.nullable(),
});
const cards: Query<z.infer<typeof CardRow>> = {
  sql: `SELECT id, thread, proposal, post, seal, platform_id, place_seal FROM outbox
    WHERE proposal IS NOT NULL AND id > ?1 ORDER BY id LIMIT ${pageRows}`,
  row: CardRow,
};
const TurnRow = z.object({ id: text, thread: text, message: text, seal: text.nullable() });
const openTurns: Query<z.infer<typeof TurnRow>> = {
  sql: `SELECT id, thread, message, seal FROM turn WHERE state <> 'done' AND id > ?1 ORDER BY id LIMIT ${pageRows}`,
  row: TurnRow,
};
const openRuns: Query<z.infer<typeof SealedRun>> = {
  sql: `SELECT id, agent, version, project, thread, requester, requester_account, input, seal FROM run
    WHERE state IN ('new', 'running', 'waiting') AND id > ?1 ORDER BY id LIMIT ${pageRows}`,
  row: SealedRun,
};

const effects: Query<z.infer<typeof EffectRow>> = {
  sql: `SELECT ${effectColumns} FROM effect WHERE key > ?1 ORDER BY key LIMIT ${pageRows}`,
  row: EffectRow,
};

type Look<T> = {
  readonly query: Query<T>;
  readonly keyOf: (row: T) => string;
  readonly isWhole: (row: T) => boolean;
  readonly nameOf: (row: T) => string;
};

/** The first that is not as Nova wrote it, in a sentence; null: all are. */
export async function alteredRow(ledger: Ledger): Promise<string | null> {
  const { audit } = ledger;
  const keyOf = ({ id }: { readonly id: string }): string => id;
  const named = (kind: string) => (row: { readonly id: string }) => `The ${kind} ${row.id}`;
  return (
    (await firstIn(ledger, {
      query: buttons,
      keyOf: ({ nonce }) => nonce,
      isWhole: (row) => isWholeButton(audit, row),
      nameOf: ({ outbox }) => `A button of ${outbox}`,
    })) ??
    (await firstIn(ledger, {
      query: cards,
      keyOf,
      isWhole: (row) => isWholePost(audit, row),
      nameOf: named("card"),
    })) ??
    (await firstIn(ledger, {
      query: effects,
      keyOf: ({ key }) => key,
      isWhole: (row) => isWholeEffect(ledger, row),
      nameOf: ({ key }) => `The effect of ${key}`,
    })) ??
    (await firstIn(ledger, {
      query: openTurns,
      keyOf,
      isWhole: (row) => believedMessage(ledger, row) !== null,
      nameOf: named("message"),
    })) ??
    firstIn(ledger, {
      query: openRuns,
      keyOf,
      isWhole: (row) => isWholeRun(ledger, row),
      nameOf: named("run"),
    })
  );
}

/** In pages, so that years of cards never hold up the event loop. */
async function firstIn<T>({ store }: Ledger, look: Look<T>): Promise<string | null> {
  let page = store.all(look.query, "");
  while (page.length > 0) {
    const altered = page.find((row) => !look.isWhole(row));
    if (altered !== undefined)
      return `${look.nameOf(altered)} was put into the journal, or changed there, outside Nova.`;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return null;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    page = store.all(look.query, look.keyOf(last));
  }
  return null;
}
