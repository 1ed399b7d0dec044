// What was heard, as it was heard: a message that somebody put into the file or changed there is nobody's, and a press that
// was answered before is not pressed again by opening its row.
import { channelOf } from "../../src/ids.ts";
import type { ThreadId } from "../../src/ids.ts";
import { NovaFailure } from "../../src/failures.ts";
import { Message } from "../../src/message.ts";
import type { Turn } from "../../src/message.ts";
import { failureIdOf, storeFailure } from "./failures.ts";
import type { Ledger } from "./ledger.ts";
import { turnSeal } from "./seals.ts";
import type { TurnWords } from "./seals.ts";
import { fromJson } from "./shapes.ts";

type Row = TurnWords & { readonly seal: string | null };
export const isWholeTurn = ({ audit }: Ledger, row: Row): boolean => row.seal === turnSeal(audit, row);

/** Kind of the audit row of each press that could decide something, whatever became of it. */
const pressed = "press";

/** Null: the row can't be believed. */
export function believedMessage(ledger: Ledger, row: Row): Message | null {
  if (!isWholeTurn(ledger, row)) return null;
  const message = fromJson(row.message, Message);
  const { kind } = message.body;
  const mayDecide = kind === "press" || kind === "command";
  return mayDecide && ledger.audit.sealed(row.id, pressed).length > 0 ? null : message;
}

/** Stands for a message that can't be believed: it has a place where that can be said, and no words. */
export function emptyMessage(id: string, thread: ThreadId): Message {
  const channel = channelOf(thread);
  const account = { id: `nova:${id}`, name: "", standing: "outsider" } as const;
  const body = { kind: "text", text: "" } as const;
  return { id, thread, channel, account, at: 0, direct: false, addressed: true, body };
}

/** Rows whose place is none: nothing can be said there, so they are closed with a failure that names them. */
export function closeUnplaced(ledger: Ledger, thread: string): null {
  const at = ledger.now();
  ledger.store.run(
    "UPDATE turn SET state = 'done', outcome = 'failed', finished_at = ?2 WHERE thread = ?1 AND state <> 'done'",
    thread,
    at,
  );
  const { kind, detail, forPerson } = new NovaFailure(
    "audit.broken",
    `Messages of “${thread}”, which is no place, were put into the journal outside Nova.`,
  );
  const id = failureIdOf(["unplaced", thread]);
  storeFailure(ledger, { id, turn: null, thread: null, kind, person: forPerson, operator: detail, at });
  return null;
}

/** A yes, a no or a tick, wherever it came from; recorded with what became of it, so that its row counts once. */
export function recordPress({ audit }: Ledger, turn: Turn, outcome: string): void {
  const { account, body } = turn.message;
  const action = turn.button?.action ?? null;
  const isDecision = action?.kind === "approve" || action?.kind === "reject" || action?.kind === "tick";
  const isTyped = body.kind === "command" && typed.has(body.verb.toLowerCase());
  if (!isDecision && !isTyped && turn.isAltered !== true) return;
  const onMessage = body.kind === "press" ? body.onMessage : null;
  const note = { person: turn.person.name, account: account.id, action, onMessage, outcome };
  audit.append({ kind: pressed, subject: turn.id, body: JSON.stringify(note) });
}
const typed: ReadonlySet<string> = new Set(["approve", "reject", "tick", "untick"]);
