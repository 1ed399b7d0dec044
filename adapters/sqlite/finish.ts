// The end of a turn: everything that belongs together commits together, and the thread's next turn is handed out.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import { chainWords } from "../../src/hand-off.ts";
import type { Answer, Waiting } from "../../src/message.ts";
import type { Finish, Finished } from "../../src/ports/journal-rows.ts";
import { failureIdOf, storeFailure } from "./failures.ts";
import { storeHandOffs } from "./hand-offs.ts";
import { recordPress } from "./heard.ts";
import type { Ledger } from "./ledger.ts";
import { answerTwin, carryDecision, moveConversation, talkAfter } from "./moves.ts";
import { storeDrafts } from "./outbox.ts";
import { storeProposal } from "./proposals.ts";
import { storeRun } from "./runs.ts";
import { claimNext, openQuestions } from "./turns.ts";

const close = `UPDATE turn SET state = 'done', finished_at = ?2, outcome = ?3, agent = ?4, input_tokens = ?5,
  output_tokens = ?6, dollars = ?7, asked = ?8, answered = ?9, route = ?10, pack = ?11, person = ?12, verification = ?13
  WHERE id = ?1 AND state = 'working'`;
const stateOf = {
  sql: "SELECT state FROM turn WHERE id = ?1",
  row: z.object({ state: z.enum(["new", "working", "done"]) }),
};
// Code that answers (a verb, a decision) is not part of the conversation: the agent and its words stay the thread's.
const saveThread = `INSERT INTO thread (id, last_agent, last_text, waiting, talk) VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (id) DO UPDATE SET waiting = excluded.waiting, talk = COALESCE(excluded.talk, thread.talk),
    last_text = CASE WHEN excluded.last_agent IS NULL THEN thread.last_text ELSE excluded.last_text END,
    last_agent = COALESCE(excluded.last_agent, thread.last_agent)`;

export function finishTurn(ledger: Ledger, finish: Finish): Finished {
  const { answer } = finish;
  if (!closeTurn(ledger, finish)) return { next: null, deliveries: [] };
  recordPress(ledger, answer.turn, answer.outcome);
  const { thread } = answer.turn.message;
  ledger.store.run(
    saveThread,
    thread,
    answer.agent,
    finish.asked,
    JSON.stringify(questionsAfter(ledger, answer)),
    talkAfter(ledger.store, answer),
  );
  moveConversation(ledger, finish);
  answerTwin(ledger, answer);
  carryDecision(ledger, answer);
  for (const proposal of answer.proposals) storeProposal(ledger, proposal);
  for (const run of answer.runs) storeRun(ledger, run, answer);
  storeFailures(ledger, answer);
  storeHandOffs(ledger, answer);
  const deliveries = storeDrafts(ledger, finish.outbox);
  return { next: claimNext(ledger, thread), deliveries };
}

/** False when it was finished before. Throws for a turn that is unknown or was never handed out. */
function closeTurn({ store, now }: Ledger, finish: Finish): boolean {
  const { answer, asked } = finish;
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
    talkOf(finish),
    route,
    pack,
    turn.person.name,
    answer.verification ?? null,
  );
  if (closed === 1) return true;
  const state = store.get(stateOf, turn.id)?.state;
  if (state === "done") return false;
  const why = state === undefined ? "is not in the journal" : "was never handed out";
  throw new NovaFailure("unexpected", `Turn ${turn.id} ${why}, so it can't be finished.`);
}

/** The thread's history is what everybody heard of the conversation: neither what was meant for one person's eyes nor what a verb listed. */
function talkOf({ answer, answered }: Finish): string {
  const { kind } = answer.turn.message.body;
  if (answer.posts.some(({ only }) => only !== null)) return "";
  const isByCode = answer.agent === null && (kind === "command" || kind === "press");
  return isByCode && !answer.posts.some((post) => post.kind === "receipt") ? "" : answered;
}

/** Each person's own question stays open until that person answers it, takes up something else, or is asked another. */
function questionsAfter({ store }: Ledger, answer: Answer): Record<string, Waiting> {
  const { account, thread } = answer.turn.message;
  const chosen = choiceIn(answer);
  const left = Object.entries(openQuestions(store, thread)).filter(
    ([asked, question]) =>
      // What code says (help, a decision, news of a run) answers nobody's question.
      (asked !== account.id || answer.agent === null) &&
      (question.kind !== "clarification" || question.turn !== chosen),
  );
  return {
    ...Object.fromEntries(left),
    ...(answer.waiting === null ? {} : { [account.id]: answer.waiting }),
  };
}

/** The turn whose choice was pressed, whoever pressed it; null where no press was one or the press was refused. */
function choiceIn({ posts, turn: { button } }: Answer): string | null {
  const action = button?.action;
  const isRefused = posts.some(({ only }) => only !== null);
  return !isRefused && (action?.kind === "choose" || action?.kind === "drop") ? action.turn : null;
}

/** The turn's own failure, and those of its parts. What was handed on before it failed says so. */
function storeFailures(ledger: Ledger, { turn, failure, failures = [], handOffs = [] }: Answer): void {
  const { thread } = turn.message;
  const own = failure === null ? [] : [{ ...failure, id: failureIdOf(["turn", turn.id]) }];
  const parts = failures.map((part, at) => ({ ...part, id: failureIdOf(["turn", turn.id, at]) }));
  const way = handOffs.filter(({ state }) => state === "taken" || state === "pressed");
  const first = way.at(0);
  const handed =
    first === undefined ? "" : ` (handed on: ${chainWords([first.from, ...way.map(({ to }) => to)])})`;
  for (const { id, kind, operator, person } of [...own, ...parts]) {
    const words = `${person ?? new NovaFailure(kind, operator).forPerson}${handed}`;
    storeFailure(ledger, { id, turn: turn.id, thread, kind, person: words, operator, at: ledger.now() });
  }
}
