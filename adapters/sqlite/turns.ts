// Turns: kept before anything else happens, one at a time per thread in the order in which they arrived. The attempt
// is counted in the same commit that hands a turn out, so a message that kills the process still counts.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import { Message, Outcome } from "../../src/message.ts";
import type { StoredButton, ThreadState, Waiting } from "../../src/message.ts";
import type { Exchange } from "../../src/pack.ts";
import type { ProjectId } from "../../src/ids.ts";
import type { Kept, KeptTurn } from "../../src/ports/journal-rows.ts";
import { isAnswerNonce } from "../../src/replies/answer-buttons.ts";
import { answerButton } from "./answer-button.ts";
import { readButton } from "./buttons.ts";
import { believedMessage, closeUnplaced, emptyMessage, isWholeTurn } from "./heard.ts";
import type { Ledger } from "./ledger.ts";
import { recentOf } from "./moves.ts";
import { turnSeal } from "./seals.ts";
import { fromJson, OpenQuestions } from "./shapes.ts";
import type { Query, Store } from "./store.ts";

const Claimed = z.object({
  id: z.string(),
  thread: z.string(),
  message: z.string(),
  attempts: z.number().int(),
  seal: z.string().nullable(),
});
const Found = z.object({ found: z.number() });
const insert = `INSERT INTO turn (id, thread, project, person, state, attempts, at, kept_at, message, seal)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING`;
const openOfThread = {
  sql: "SELECT 1 AS found FROM turn WHERE thread = ?1 AND state <> 'done' LIMIT 1",
  row: Found,
};
// A thread that a conversation moved to is known before anything was said in it.
const anyOfThread = {
  sql: "SELECT 1 AS found FROM turn WHERE thread = ?1 UNION ALL SELECT 1 FROM moved WHERE thread = ?1 LIMIT 1",
  row: Found,
};
const claimFirst = {
  sql: `UPDATE turn SET state = 'working', attempts = attempts + 1
    WHERE ord = (SELECT min(ord) FROM turn WHERE thread = ?1 AND state <> 'done') AND state = 'new'
    RETURNING id, thread, message, attempts, seal`,
  row: Claimed,
};
const openThreads = {
  sql: "SELECT thread FROM turn WHERE state <> 'done' GROUP BY thread ORDER BY min(ord)",
  row: z.object({ thread: z.string() }),
};
type Questions = Readonly<Record<string, Waiting>>;
type ThreadRow = Omit<ThreadState, "waiting"> & {
  readonly questions: Questions;
  readonly talk: string | null;
};
const thread: Query<ThreadRow> = {
  sql: "SELECT last_agent, last_text, waiting, talk FROM thread WHERE id = ?1",
  row: z
    .object({
      last_agent: z.string().nullable(),
      last_text: z.string().nullable(),
      waiting: z.string().nullable(),
      talk: z.string().nullable(),
    })
    .transform((row) => ({
      talk: row.talk,
      lastAgent: row.last_agent,
      lastText: row.last_text,
      questions: row.waiting === null ? {} : fromJson(row.waiting, OpenQuestions),
    })),
};
const byId = {
  sql: "SELECT id, thread, message, outcome, seal FROM turn WHERE id = ?1",
  row: Claimed.omit({ attempts: true }).extend({ outcome: Outcome.nullable() }),
};
const lastExchanges: Query<Exchange> = {
  sql: `SELECT person, asked, answered, agent, at FROM (SELECT * FROM (
      SELECT ord, person, asked, answered, agent, at FROM turn
      WHERE thread = ?1 AND state = 'done' AND answered <> '' ORDER BY ord DESC LIMIT ?2)
    UNION ALL SELECT t.ord, t.person, t.asked, t.answered, t.agent, t.at
      FROM carried c JOIN turn t ON t.ord = c.turn WHERE c.thread = ?1) ORDER BY ord DESC LIMIT ?2`,
  row: z.object({
    person: z.string(),
    asked: z.string(),
    answered: z.string(),
    agent: z.string().nullable(),
    at: z.number().int(),
  }),
};
type Who = { readonly person: string; readonly project: ProjectId | null };
export function keepMessage(ledger: Ledger, message: Message, who: Who): Kept {
  const { store, audit, now } = ledger;
  const isFree = store.get(openOfThread, message.thread) === null;
  const attempt = isFree ? 1 : 0;
  const { id, at } = message;
  const state = isFree ? "working" : "new";
  const text = JSON.stringify(message);
  const added = store.run(
    insert,
    id,
    message.thread,
    who.project,
    who.person,
    state,
    attempt,
    at,
    now(),
    text,
    turnSeal(audit, { id, thread: message.thread, message: text }),
  );
  if (added === 0) return { kind: "seen" };
  if (!isFree) return { kind: "queued" };
  return { kind: "next", turn: toKeptTurn(ledger, message, attempt) };
}

function toKeptTurn(ledger: Ledger, message: Message, attempt: number): KeptTurn {
  const { store } = ledger;
  const row = store.get(thread, message.thread);
  const { lastAgent = null, lastText = null, questions = {}, talk = null } = row ?? {};
  const waiting = questions[message.account.id] ?? null;
  return {
    id: message.id,
    message,
    attempt,
    // Only who was asked can answer: another person's next words are words of their own.
    thread: {
      lastAgent,
      lastText,
      waiting,
      ...recentOf(talk, message),
      ...(row === null ? { isNew: true } : {}),
    },
    button: buttonOf(ledger, message.body),
  };
}

function buttonOf(ledger: Ledger, body: Message["body"]): StoredButton | null {
  if (body.kind !== "press") return null;
  return isAnswerNonce(body.nonce) ? answerButton(ledger.store, body) : readButton(ledger, body.nonce);
}

export const openQuestions = (store: Store, threadId: ThreadId): Questions =>
  store.get(thread, threadId)?.questions ?? {};

/** The thread's first open turn, with its attempt counted; null when it is being worked on or there is none. */
export function claimNext(ledger: Ledger, threadId: ThreadId): KeptTurn | null {
  const row = ledger.store.get(claimFirst, threadId);
  if (row === null) return null;
  const message = believedMessage(ledger, row);
  const attempt = row.attempts;
  return message === null
    ? { ...toKeptTurn(ledger, emptyMessage(row.id, threadId), attempt), isAltered: true }
    : toKeptTurn(ledger, message, attempt);
}

/** At boot: what was being worked on is open again; the first of each thread is handed out. */
export function reclaimTurns(ledger: Ledger): readonly KeptTurn[] {
  ledger.store.run("UPDATE turn SET state = 'new' WHERE state <> 'done' AND state = 'working'");
  return ledger.store
    .all(openThreads)
    .map(({ thread }) => {
      const known = ThreadId.safeParse(thread);
      return known.success ? claimNext(ledger, known.data) : closeUnplaced(ledger, thread);
    })
    .filter((turn) => turn !== null);
}

/** Null for one that is not as it was heard, too: its words are nobody's. */
export function readTurn(ledger: Ledger, id: string): { message: Message; outcome: Outcome | null } | null {
  const row = ledger.store.get(byId, id);
  if (row === null || !isWholeTurn(ledger, row)) return null;
  return { message: fromJson(row.message, Message), outcome: row.outcome };
}

/** One compare-and-set: the first turn takes the button, and the same turn may take it again after a recovery. */
export const useButton = ({ store }: Ledger, nonce: string, turn: string): boolean =>
  store.run(
    "UPDATE button SET used_by = ?2 WHERE nonce = ?1 AND (used_by IS NULL OR used_by = ?2)",
    nonce,
    turn,
  ) === 1;

export const knowsThread = ({ store }: Ledger, threadId: ThreadId): boolean =>
  store.get(anyOfThread, threadId) !== null;

/** Oldest first. */
export const historyOf = ({ store }: Ledger, threadId: ThreadId, limit: number): readonly Exchange[] =>
  store.all(lastExchanges, threadId, limit).toReversed();
