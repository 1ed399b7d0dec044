// A conversation that moves to a thread of its own: what was said, who talked and what is still asked move in the commit
// that holds the first answer there, so the journal knows the thread before the platform does.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import type { Answer, Message } from "../../src/message.ts";
import type { Finish } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson, OpenQuestions } from "./shapes.ts";
import type { Store } from "./store.ts";

/** Exchanges further apart than this are no conversation. */
const talkWindowMs = 600_000;
/** More than these are never asked for. */
const talkLimit = 5;

/** By account, when each of its last exchanges in the channel itself was asked, epoch milliseconds. */
const Talk = z.record(z.string(), z.array(z.number().int()));
const talkOf = {
  sql: "SELECT talk FROM thread WHERE id = ?1",
  row: z.object({ talk: z.string().nullable() }),
};
const linked = {
  sql: `SELECT origin AS id FROM moved WHERE thread = ?1 UNION ALL SELECT thread FROM moved WHERE origin = ?1`,
  row: z.object({ id: ThreadId }),
};
const waitingOf = {
  sql: "SELECT waiting FROM thread WHERE id = ?1 AND waiting <> '{}'",
  row: z.object({ waiting: z.string() }),
};
const carry = `INSERT INTO carried (thread, turn) SELECT ?1, ord FROM turn
  WHERE thread = ?2 AND person = ?3 AND state = 'done' AND answered <> '' AND at >= ?4
  ORDER BY ord DESC LIMIT 20 ON CONFLICT DO NOTHING`;
const open = `INSERT INTO thread (id, last_agent, last_text, waiting) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (id) DO UPDATE SET last_agent = excluded.last_agent, last_text = excluded.last_text, waiting = excluded.waiting`;

/** How many exchanges of this account the row's talk holds within the window that ends with this message. */
export function recentOf(talk: string | null, { account, at }: Message): { readonly recent?: number } {
  if (talk === null) return {};
  const times = fromJson(talk, Talk)[account.id] ?? [];
  const recent = times.filter((time) => time >= at - talkWindowMs).length;
  return recent === 0 ? {} : { recent };
}

/** The thread's talk after this answer; null: nothing of it changes. Only words in a shared channel itself count. */
export function talkAfter(store: Store, { turn, agent, move }: Answer): string | null {
  const { message } = turn;
  if (agent === null || !isInChannelItself(message)) return null;
  const stored = store.get(talkOf, message.thread)?.talk ?? null;
  const recent = Object.entries(stored === null ? {} : fromJson(stored, Talk)).flatMap(
    ([account, times]): [string, number[]][] => {
      const kept = times.filter((time) => time >= message.at - talkWindowMs);
      return kept.length === 0 || account === message.account.id ? [] : [[account, kept]];
    },
  );
  const own = (stored === null ? [] : (fromJson(stored, Talk)[message.account.id] ?? []))
    .filter((time) => time >= message.at - talkWindowMs)
    .slice(1 - talkLimit);
  // What moved has left the channel: the count starts anew.
  const mine: [string, number[]][] = move === undefined ? [[message.account.id, [...own, message.at]]] : [];
  return JSON.stringify(Object.fromEntries([...recent, ...mine]));
}

/** The last part of a thread that is its channel repeats the channel. */
function isInChannelItself({ thread, channel, direct, body }: Message): boolean {
  return body.kind === "text" && !direct && thread.startsWith(`${channel}:`) && isSame(channel, thread);
}
const isSame = (channel: string, thread: string): boolean =>
  channel.endsWith(thread.slice(thread.lastIndexOf(":") + 1));

/** Opens the new thread in the journal with the person's talk of the last minutes; to be called after the turn is closed. */
export function moveConversation({ store }: Ledger, { answer, asked }: Finish): void {
  const { turn, move, agent, waiting } = answer;
  if (move === undefined) return;
  const { thread, account, at } = turn.message;
  const questions = waiting === null ? {} : { [account.id]: waiting };
  store.run(open, move.thread, agent, asked, JSON.stringify(questions));
  store.run(
    "INSERT INTO moved (thread, origin) VALUES (?1, ?2) ON CONFLICT (thread) DO NOTHING",
    move.thread,
    thread,
  );
  store.run(carry, move.thread, thread, turn.person.name, at - talkWindowMs);
}

/** What was decided elsewhere is part of the conversation that asked for it: its agents read the no and its reason there. */
export function carryDecision({ store }: Ledger, { turn, alsoIn }: Answer): void {
  if (alsoIn === undefined || alsoIn === turn.message.thread) return;
  store.run(
    "INSERT INTO carried (thread, turn) SELECT ?1, ord FROM turn WHERE id = ?2 ON CONFLICT DO NOTHING",
    alsoIn,
    turn.id,
  );
}

/** A question stands where the talk came from and where it went: answered in one place, it is answered in both. */
export function answerTwin({ store }: Ledger, { turn, agent }: Answer): void {
  const { waiting } = turn.thread;
  if (waiting === null || agent === null) return;
  const { thread, account } = turn.message;
  for (const { id } of store.all(linked, thread)) {
    const row = store.get(waitingOf, id);
    const questions = row === null ? {} : fromJson(row.waiting, OpenQuestions);
    if (JSON.stringify(questions[account.id]) !== JSON.stringify(waiting)) continue;
    const { [account.id]: _answered, ...left } = questions;
    store.run("UPDATE thread SET waiting = ?2 WHERE id = ?1", id, JSON.stringify(left));
  }
}
