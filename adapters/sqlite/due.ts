// What is due to be shown. A post that somebody wrote into the file, or changed there, is given up instead: Nova says
// nothing in its own name that it did not write, and draws no card over another post.
import type { OutboxRow } from "../../src/ports/journal-rows.ts";
import { isWholePost } from "./buttons.ts";
import { bury } from "./delivery.ts";
import type { Ledger } from "./ledger.ts";
import { claimRows, toRow } from "./outbox.ts";

export function claimDue(ledger: Ledger): readonly OutboxRow[] {
  return claimRows(ledger).flatMap((row) => {
    if (isWholePost(ledger.audit, row)) return [toRow(row)];
    bury(ledger, { id: row.id, why: "it was changed outside Nova, so it is not shown" });
    return [];
  });
}
