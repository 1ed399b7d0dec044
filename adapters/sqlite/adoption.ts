// A file from before rows were sealed is taken as it is, once: from then on the audit chain says that every row which a
// yes leans on bears a seal. A chain that names a seal already, or can't be believed, adopts nothing.
import { z } from "zod";
import { adoptTimes } from "./adoption-of-times.ts";
import { anchor, sealing, sealingTimes } from "./audit.ts";
import type { AuditHead } from "./audit-head.ts";
import type { Ledger } from "./ledger.ts";
import { buttonSeal, placeSeal, postSeal, runSeal, turnSeal } from "./seals.ts";
import type { Query } from "./store.ts";

const text = z.string();
const turns = {
  sql: "SELECT id, thread, message FROM turn WHERE seal IS NULL",
  row: z.object({ id: text, thread: text, message: text }),
};
const buttons = {
  sql: "SELECT nonce, outbox, action FROM button WHERE seal IS NULL",
  row: z.object({ nonce: text, outbox: text, action: text }),
};
const posts = {
  sql: "SELECT id, thread, proposal, post, platform_id FROM outbox WHERE seal IS NULL",
  row: z.object({
    id: text,
    thread: text,
    proposal: text.nullable(),
    post: text.nullable(),
    platform_id: text.nullable(),
  }),
};
const runs = {
  sql: "SELECT id, agent, version, project, thread, requester, requester_account, input FROM run WHERE seal IS NULL",
  row: z.object({
    id: text,
    agent: text,
    version: z.number().int(),
    project: text.nullable(),
    thread: text,
    requester: text,
    requester_account: text,
    input: text,
  }),
};

type Opened = { readonly ledger: Ledger; readonly head: AuditHead };

/** Before anything else is written. While the chain is empty nothing was ever proposed, so there is no yes to steal. */
export function adoptRows({ ledger, head }: Opened): void {
  const { store, audit } = ledger;
  const steps = [
    { since: sealing, adopt: adoptWords },
    { since: sealingTimes, adopt: adoptTimes },
  ] as const;
  const due = steps.filter(({ since }) => !audit.isSealing(since));
  if (due.length === 0 || head.fault() !== null || !audit.isWhole()) return;
  store.exec("BEGIN IMMEDIATE");
  for (const { since, adopt } of due) {
    adopt(ledger);
    if (audit.end().seq > 0) audit.append({ kind: since, subject: anchor, body: "{}" });
  }
  store.exec("COMMIT");
  head.follow();
}

function adoptWords({ store, audit }: Ledger): void {
  const each = <T>(query: Query<T>, keep: (row: T) => void): void => store.all(query).forEach(keep);
  each(turns, (row) => store.run("UPDATE turn SET seal = ?2 WHERE id = ?1", row.id, turnSeal(audit, row)));
  each(buttons, (row) =>
    store.run("UPDATE button SET seal = ?2 WHERE nonce = ?1", row.nonce, buttonSeal(audit, row)),
  );
  each(posts, (row) => {
    const place = row.platform_id === null ? null : placeSeal(audit, row.id, row.platform_id);
    const sql = "UPDATE outbox SET seal = ?2, place_seal = ?3 WHERE id = ?1";
    store.run(sql, row.id, postSeal(audit, row), place);
  });
  each(runs, (row) => store.run("UPDATE run SET seal = ?2 WHERE id = ?1", row.id, runSeal(audit, row)));
}
