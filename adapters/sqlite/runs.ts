// Nova's own view of pipeline runs: it commits with the turn that launched them, the engine starts afterwards.
import { z } from "zod";
import { AccountId, ProjectId, ThreadId } from "../../src/ids.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Answer, NewRun } from "../../src/message.ts";
import type { NewProposal } from "../../src/proposal.ts";
import type { RunRow, RunState, RunStep } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import { runSeal } from "./seals.ts";
import { fromJson, RunSteps } from "./shapes.ts";
import type { Query } from "./store.ts";

const Row = z
  .object({
    id: z.string(),
    agent: z.string(),
    version: z.number().int(),
    project: ProjectId.nullable(),
    thread: ThreadId,
    requester: z.string(),
    requester_account: AccountId,
    input: z.string(),
    state: z.enum(["new", "running", "waiting", "done", "failed", "stopped"]),
    steps: z.string(),
    started_at: z.number().int(),
    detail: z.string(),
  })
  .transform(({ requester_account, started_at, input, steps, ...row }): RunRow => ({
    ...row,
    requesterAccount: requester_account,
    startedAt: started_at,
    input: fromJson(input, z.unknown()),
    steps: fromJson(steps, RunSteps),
  }));
const columns =
  "id, agent, version, project, thread, requester, requester_account, input, state, steps, started_at, detail";
const byId: Query<RunRow> = { sql: `SELECT ${columns} FROM run WHERE id = ?1`, row: Row };
const open: Query<RunRow> = {
  sql: `SELECT ${columns} FROM run WHERE state IN ('new', 'running', 'waiting') ORDER BY ord DESC LIMIT ?1`,
  row: Row,
};
const newest: Query<RunRow> = { sql: `SELECT ${columns} FROM run ORDER BY ord DESC LIMIT ?1`, row: Row };
const insert = `INSERT INTO run (id, agent, version, project, thread, requester, requester_account, input, state, steps, started_at, detail, seal)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'new', '[]', ?9, '', ?10) ON CONFLICT (id) DO NOTHING`;
const update = "UPDATE run SET state = ?2, steps = ?3, detail = ?4 WHERE id = ?1";

export const SealedRun = z.object({
  id: z.string(),
  agent: z.string(),
  version: z.number().int(),
  project: z.string().nullable(),
  thread: z.string(),
  requester: z.string(),
  requester_account: z.string(),
  input: z.string(),
  seal: z.string().nullable(),
});
type SealedRun = z.infer<typeof SealedRun>;
const openStates: ReadonlySet<RunState> = new Set<RunState>(["new", "running", "waiting"]);

/** Idempotent by id: a run that is known stays as it is. */
export function storeRun({ store, audit, now }: Ledger, run: NewRun, { turn, move }: Answer): void {
  const input = JSON.stringify(run.input ?? null);
  const { thread, account } = turn.message;
  const project = turn.project?.id ?? null;
  const requester = turn.person.name;
  const place = move?.thread ?? thread;
  const words = { ...run, project, thread: place, requester, requester_account: account.id, input };
  const seal = runSeal(audit, words);
  store.run(
    insert,
    run.id,
    run.agent,
    run.version,
    project,
    place,
    requester,
    account.id,
    input,
    now(),
    seal,
  );
}

export const readRun = ({ store }: Ledger, id: string): RunRow | null => store.get(byId, id);

const sealedRow = {
  sql: "SELECT id, agent, version, project, thread, requester, requester_account, input, seal FROM run WHERE id = ?1",
  row: SealedRun,
};
export const isWholeRun = ({ audit }: Pick<Ledger, "audit">, run: SealedRun): boolean =>
  run.seal === runSeal(audit, run);

/** Whoever asks for a run's effect is whoever launched it: who may approve leans on that. Throws where the row was changed. */
export function assertRun(
  ledger: Ledger,
  { id, run, requester, requesterAccount, thread }: NewProposal,
): void {
  const row = run === null ? null : ledger.store.get(sealedRow, run);
  if (row === null) return;
  const isSame =
    row.requester === requester && row.requester_account === requesterAccount && row.thread === thread;
  if (!isSame || !isWholeRun(ledger, row))
    throw new NovaFailure(
      "audit.broken",
      `Run ${row.id}: it was changed outside Nova, so ${id} is not asked.`,
    );
}

/** Newest first. */
export function listRuns(
  { store }: Ledger,
  filter: { readonly open: boolean; readonly limit: number },
): readonly RunRow[] {
  return store.all(filter.open ? open : newest, filter.limit);
}

type Change = { readonly state?: RunState; readonly step?: RunStep; readonly detail?: string };
export function advanceRun(ledger: Ledger, id: string, change: Change): RunRow {
  const run = readRun(ledger, id);
  if (run === null) throw new NovaFailure("unexpected", `There is no run ${id} to advance.`);
  if (!openStates.has(run.state)) return run;
  const steps = change.step === undefined ? run.steps : withStep(run.steps, change.step);
  const next = { ...run, steps, state: change.state ?? run.state, detail: change.detail ?? run.detail };
  ledger.store.run(update, id, next.state, JSON.stringify(steps), next.detail);
  return next;
}

function withStep(steps: readonly RunStep[], step: RunStep): readonly RunStep[] {
  const isKnown = steps.some(({ name }) => name === step.name);
  return isKnown ? steps.map((known) => (known.name === step.name ? step : known)) : [...steps, step];
}
