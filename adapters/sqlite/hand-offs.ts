// Hand-offs between agents: written with the end of their turn, read when somebody asks why, and believed only under their seal.
import { z } from "zod";
import { HandOff } from "../../src/hand-off.ts";
import type { Answer } from "../../src/message.ts";
import type { HandOffJournal } from "../../src/ports/journal-hand-offs.ts";
import type { Ledger } from "./ledger.ts";
import { handOffSeal } from "./seals.ts";
import { fromJson } from "./shapes.ts";

const ofTurn = {
  sql: "SELECT number, body, seal FROM hand_off WHERE turn = ?1 ORDER BY number",
  row: z.object({ number: z.number().int(), body: z.string(), seal: z.string() }),
};

export function storeHandOffs({ store, audit }: Ledger, { turn, handOffs = [] }: Answer): void {
  for (const [at, handOff] of handOffs.entries()) {
    const row = { turn: turn.id, number: at + 1, body: JSON.stringify(handOff) };
    store.run(
      "INSERT INTO hand_off (turn, number, body, seal) VALUES (?1, ?2, ?3, ?4)",
      row.turn,
      row.number,
      row.body,
      handOffSeal(audit, row),
    );
  }
}

export const handOffsOf = ({ store, audit }: Ledger): HandOffJournal => ({
  handOffs: async (turn) => {
    const rows = store.all(ofTurn, turn);
    // A gap in the numbers is a row that somebody took away.
    const isWhole = rows.every(
      ({ number, body, seal }, at) =>
        number === at + 1 && seal === handOffSeal(audit, { turn, number, body }),
    );
    return isWhole ? rows.map(({ body }) => fromJson(body, HandOff)) : null;
  },
});
