// Which agent people sent a message on to by a button: what a reviewer may teach the router from. Derived from turns and
// used buttons, so that a press writes nothing more for it.
import { z } from "zod";
import { wordsIn } from "../../src/files/file-names.ts";
import { Message } from "../../src/message.ts";
import { ButtonAction } from "../../src/proposal.ts";
import type { Choice } from "../../src/ports/journal-feedback.ts";
import { fromJson } from "./shapes.ts";
import type { Query, Store } from "./store.ts";

const used: Query<{
  readonly outbox: string;
  readonly action: string;
  readonly person: string;
  readonly at: number;
}> = {
  sql: `SELECT b.outbox, b.action, p.person, p.at FROM button b JOIN turn p ON p.id = b.used_by
    WHERE json_extract(b.action, '$.kind') = 'choose' AND json_extract(b.action, '$.agent') IS NOT NULL
    ORDER BY p.ord DESC LIMIT ?1`,
  row: z.object({ outbox: z.string(), action: z.string(), person: z.string(), at: z.number().int() }),
};
const beside = {
  sql: "SELECT action FROM button WHERE outbox = ?1 ORDER BY nonce",
  row: z.object({ action: z.string() }),
};
const asked = { sql: "SELECT message FROM turn WHERE id = ?1", row: z.object({ message: z.string() }) };

export function readChoices(store: Store, limit: number): readonly Choice[] {
  return store.all(used, limit).flatMap(({ outbox, action, person, at }) => {
    const chosen = chosenBy(action);
    const row = chosen === null ? null : store.get(asked, chosen.turn);
    if (chosen === null || row === null) return [];
    const offered = store.all(beside, outbox).flatMap((button) => chosenBy(button.action)?.agent ?? []);
    const text = wordsIn(fromJson(row.message, Message).body);
    return [{ text, agent: chosen.agent, offered: offered.toSorted(), person, at }];
  });
}

function chosenBy(stored: string): { readonly turn: string; readonly agent: string } | null {
  const action = fromJson(stored, ButtonAction);
  // A part of a message is no example of the whole.
  return action.kind === "choose" && action.agent !== null && action.words === undefined
    ? { turn: action.turn, agent: action.agent }
    : null;
}
