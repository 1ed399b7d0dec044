// The failures that a person and an operator can look up, and figures of the whole journal.
import { z } from "zod";
import { canonicalHash } from "../../src/canonical.ts";
import { failureKinds } from "../../src/failures.ts";
import { ThreadId } from "../../src/ids.ts";
import type { FailureRow } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import type { Query } from "./store.ts";

const last: Query<FailureRow> = {
  sql: "SELECT id, turn, thread, kind, person, operator, at FROM failure ORDER BY ord DESC LIMIT ?1",
  row: z.object({
    id: z.string(),
    turn: z.string().nullable(),
    thread: ThreadId.nullable(),
    kind: z.enum(failureKinds),
    person: z.string(),
    operator: z.string(),
    at: z.number().int(),
  }),
};
const Count = z.object({ count: z.number().int() });
const counted = {
  turns: { sql: "SELECT count(*) AS count FROM turn", row: Count },
  open: { sql: "SELECT count(*) AS count FROM turn WHERE state <> 'done'", row: Count },
  due: { sql: "SELECT count(*) AS count FROM outbox WHERE state IN ('pending', 'sending')", row: Count },
  dead: { sql: "SELECT count(*) AS count FROM outbox WHERE state = 'dead'", row: Count },
};

/** Short id that a person can type, e.g. `f-3fa2c1d0ab`; derived, so that the same failure is stored once. */
export function failureIdOf(origin: readonly (string | number)[]): string {
  return `f-${canonicalHash(origin).slice(0, 10)}`;
}

export function storeFailure({ store }: Ledger, failure: FailureRow): void {
  const { id, turn, thread, kind, person, operator, at } = failure;
  store.run(
    `INSERT INTO failure (id, turn, thread, kind, person, operator, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO NOTHING`,
    id,
    turn,
    thread,
    kind,
    person,
    operator,
    at,
  );
}

/** Newest first. */
export const lastFailures = ({ store }: Ledger, limit: number): readonly FailureRow[] =>
  store.all(last, limit);

export function figures({ store }: Ledger): { open: number; done: number; outboxDue: number; dead: number } {
  const count = (query: Query<{ count: number }>): number => store.get(query)?.count ?? 0;
  const open = count(counted.open);
  return {
    open,
    done: count(counted.turns) - open,
    outboxDue: count(counted.due),
    dead: count(counted.dead),
  };
}
