// The end of a turn: everything that belongs together commits together, and the thread's next turn is handed out.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Answer } from "../../src/message.ts";
import type { Finish, Finished } from "../../src/ports/journal-rows.ts";
import { failureIdOf, storeFailure } from "./failures.ts";
import type { Ledger } from "./ledger.ts";
import { storeDrafts } from "./outbox.ts";
import { storeProposal } from "./proposals.ts";
import { storeRun } from "./runs.ts";
import { claimNext } from "./turns.ts";

const close = `UPDATE turn SET state = 'done', finished_at = ?2, outcome = ?3, agent = ?4, input_tokens = ?5,
  output_tokens = ?6, dollars = ?7, asked = ?8, answered = ?9, route = ?10, pack = ?11
  WHERE id = ?1 AND state = 'working'`;
const stateOf = {
  sql: "SELECT state FROM turn WHERE id = ?1",
  row: z.object({ state: z.enum(["new", "working", "done"]) }),
};
// Code that answers (a verb, a decision) is not part of the conversation: the agent and its words stay the thread's.
const saveThread = `INSERT INTO thread (id, last_agent, last_text, waiting) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (id) DO UPDATE SET waiting = excluded.waiting,
    last_text = CASE WHEN excluded.last_agent IS NULL THEN thread.last_text ELSE excluded.last_text END,
    last_agent = COALESCE(excluded.last_agent, thread.last_agent)`;

export function finishTurn(ledger: Ledger, finish: Finish): Finished {
  const { answer } = finish;
  if (!closeTurn(ledger, finish)) return { next: null, deliveries: [] };
  const { thread } = answer.turn.message;
  const waiting = answer.waiting === null ? null : JSON.stringify(answer.waiting);
  ledger.store.run(saveThread, thread, answer.agent, finish.asked, waiting);
  for (const proposal of answer.proposals) storeProposal(ledger, proposal);
  for (const run of answer.runs) storeRun(ledger, run, answer.turn);
  if (answer.failure !== null) failTurn(ledger, answer.turn.id, answer);
  const deliveries = storeDrafts(ledger, finish.outbox);
  return { next: claimNext(ledger, thread), deliveries };
}

/** False when it was finished before. Throws for a turn that is unknown or was never handed out. */
function closeTurn({ store, now }: Ledger, { answer, asked, answered }: Finish): boolean {
  const { turn, outcome, agent, usage } = answer;
  const route = answer.route === null ? null : JSON.stringify(answer.route);
  const pack = answer.pack === null ? null : JSON.stringify(answer.pack);
  const { inputTokens, outputTokens, dollars } = usage;
  const closed = store.run(
    close,
    turn.id,
    now(),
    outcome,
    agent,
    inputTokens,
    outputTokens,
    dollars,
    asked,
    answered,
    route,
    pack,
  );
  if (closed === 1) return true;
  const state = store.get(stateOf, turn.id)?.state;
  if (state === "done") return false;
  const why = state === undefined ? "is not in the journal" : "was never handed out";
  throw new NovaFailure("unexpected", `Turn ${turn.id} ${why}, so it can't be finished.`);
}

function failTurn(ledger: Ledger, turn: string, { failure, turn: { message } }: Answer): void {
  if (failure === null) return;
  const { kind, operator } = failure;
  const person = new NovaFailure(kind, operator).forPerson;
  const id = failureIdOf(["turn", turn]);
  storeFailure(ledger, { id, turn, thread: message.thread, kind, person, operator, at: ledger.now() });
}
