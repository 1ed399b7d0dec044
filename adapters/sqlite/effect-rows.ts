// The row of a deed: how often it was sent, when last, and how that ended. Under a seal, and never missing where the chain
// says that the deed was begun. What was altered stays found out, whatever becomes of the deed afterwards.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Ledger } from "./ledger.ts";
import { effectSeal } from "./seals.ts";
import type { EffectWords } from "./seals.ts";
import { fromJson } from "./shapes.ts";
import type { Query } from "./store.ts";

export const EffectRow = z.object({
  key: z.string(),
  attempt: z.number().int(),
  intent_at: z.number().int(),
  state: z.string(),
  settled_at: z.number().int().nullable(),
  detail: z.string().nullable(),
  seal: z.string().nullable(),
});
type EffectRow = z.infer<typeof EffectRow>;
export const effectColumns = "key, attempt, intent_at, state, settled_at, detail, seal";
const byKey: Query<EffectRow> = {
  sql: `SELECT ${effectColumns} FROM effect WHERE key = ?1`,
  row: EffectRow,
};
const keep = `INSERT INTO effect (key, attempt, intent_at, state, settled_at, detail, seal)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO UPDATE SET attempt = excluded.attempt,
    intent_at = excluded.intent_at, state = excluded.state, settled_at = excluded.settled_at,
    detail = excluded.detail, seal = excluded.seal`;

export const isWholeEffect = ({ audit }: Pick<Ledger, "audit">, row: EffectRow): boolean =>
  row.seal === effectSeal(audit, row);

/** `before`: an altered row gets no new seal. */
function keepEffect(ledger: Ledger, before: EffectRow | null, words: EffectWords): void {
  const { key, attempt, intent_at, state, settled_at, detail } = words;
  const isWhole = before === null || isWholeEffect(ledger, before);
  const seal = isWhole ? effectSeal(ledger.audit, words) : before.seal;
  ledger.store.run(keep, key, attempt, intent_at, state, settled_at, detail, seal);
}

/** Inside the commit that moves its proposal to `executing`. */
export function beginEffect(ledger: Ledger, key: string): void {
  const before = ledger.store.get(byKey, key);
  const { attempt = 0, settled_at = null, detail = null } = before ?? {};
  const words = { key, attempt: attempt + 1, intent_at: ledger.now(), state: "executing" };
  keepEffect(ledger, before, { ...words, settled_at, detail });
}

type Ended = { readonly state: string; readonly detail: string };
/** Nothing where the deed was never begun. */
export function endEffect(ledger: Ledger, key: string, ended: Ended): void {
  const before = ledger.store.get(byKey, key);
  if (before !== null) keepEffect(ledger, before, { ...before, ...ended, settled_at: ledger.now() });
}

const Body = z.looseObject({ now: z.looseObject({ state: z.string() }) });
/** Throws when the chain knows of a deed and there is no row of it, or the other way round. */
export function assertEffect({ store, audit }: Ledger, proposal: string): void {
  const isBegun = audit
    .sealed(proposal, "proposal")
    .some(({ body }) => fromJson(body, Body).now.state === "executing");
  if (isBegun === (store.get(byKey, proposal) !== null)) return;
  throw new NovaFailure(
    "audit.broken",
    `Proposal ${proposal}: the row of its effect was ${isBegun ? "taken out" : "put in"} outside Nova; nothing was executed.`,
  );
}
