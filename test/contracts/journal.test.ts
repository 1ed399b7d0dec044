// The journal's contract, kept by the implementation on node:sqlite.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { createEvalBudgets } from "../../src/eval/eval-budgets.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import { describeJournalApprovals } from "./journal-approvals-suite.ts";
import { describeJournalAudit } from "./journal-audit-suite.ts";
import { describeJournalMoves } from "./journal-moves-suite.ts";
import { describeJournalBatches } from "./journal-batches-suite.ts";
import { describeBudgets } from "./journal-budgets-suite.ts";
import { describeJournalConnect } from "./journal-connect-suite.ts";
import { describeJournalDecisions } from "./journal-decisions-suite.ts";
import { describeJournalFeedback } from "./journal-feedback-suite.ts";
import { describeJournalHandOffs } from "./journal-hand-offs-suite.ts";
import { describeJournalLately } from "./journal-lately-suite.ts";
import { describeJournalLinks } from "./journal-links-suite.ts";
import { describeJournalOrder } from "./journal-order-suite.ts";
import { describeJournalOutbox } from "./journal-outbox-suite.ts";
import { describeJournalPeople } from "./journal-people-suite.ts";
import { describeJournalPreviews } from "./journal-previews-suite.ts";
import { describeJournalMemory, describeJournalTurns } from "./journal-suite.ts";
import { describeJournalStarts } from "./journal-starts-suite.ts";
import { describeJournalTrust } from "./journal-trust-suite.ts";
import { describeJournalUnclear } from "./journal-unclear-suite.ts";
import { describeJournalOpenRows } from "./journal-open-rows-suite.ts";
import { describeJournalWaiting } from "./journal-waiting-suite.ts";
import type { JournalHouse } from "./journal-suite.ts";

async function openSqlite(): Promise<JournalHouse> {
  const folder = await mkdtemp(join(tmpdir(), "nova-journal-"));
  const clock = createTestClock();
  const open = () => createSqliteJournal({ folder, clock, entropy: createTestEntropy(folder) });
  const first = open();
  let current = first;
  return {
    clock,
    journal: first,
    restart: async () => {
      await current.close();
      current = open();
      return current;
    },
    close: async () => {
      await current.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeJournalTurns("sqlite", openSqlite);
describeJournalOutbox("sqlite", openSqlite);
describeJournalApprovals("sqlite", openSqlite);
describeJournalAudit("sqlite", openSqlite);
describeJournalUnclear("sqlite", openSqlite);
describeJournalWaiting("sqlite", openSqlite);
describeJournalOpenRows("sqlite", openSqlite);
describeJournalMemory("sqlite", openSqlite);
describeJournalPeople("sqlite", openSqlite);
describeJournalOrder("sqlite", openSqlite);
describeJournalPreviews("sqlite", openSqlite);
describeJournalConnect("sqlite", openSqlite);
describeJournalMoves("sqlite", openSqlite);
describeJournalFeedback("sqlite", openSqlite);
describeJournalLinks("sqlite", openSqlite);
describeJournalDecisions("sqlite", openSqlite);
describeJournalBatches("sqlite", openSqlite);
describeJournalStarts("sqlite", openSqlite);
describeJournalLately("sqlite", openSqlite);
describeJournalTrust("sqlite", openSqlite);
describeJournalHandOffs("sqlite", openSqlite);
describeBudgets("sqlite", async () => {
  const { journal, restart, close } = await openSqlite();
  const crash = async (): Promise<typeof journal> => {
    const next = await restart();
    await next.recover();
    return next;
  };
  return { budgets: journal, crash, close };
});
describeBudgets("in memory", async () => ({
  budgets: createEvalBudgets(),
  crash: null,
  close: async () => undefined,
}));
