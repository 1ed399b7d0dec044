// Rows that nothing will wake, or that should have been looked at long ago, planted by another hand in each state of each
// kind: the law over what is not over names every one of them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import {
  answerOf,
  cardOf,
  draftOf,
  finishOf,
  messageOf,
  proposalOf,
  voteOf,
  who,
} from "../support/journal-samples.ts";

const slackMs = 120_000;
const tables = ["proposal", "outbox", "effect", "audit", "turn", "run"] as const;
let folder: string;
let journal: Journal;
let intruder: DatabaseSync;

async function showAll(): Promise<void> {
  for (let due = await journal.claimDue(); due.length > 0; due = await journal.claimDue())
    for (const { id, rev } of due) await journal.shown({ id, rev, platformId: `at ${id}` });
}

/** Something in every state that is not the end. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nova-open-"));
  const clock = createTestClock();
  journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("open") });
  for (const id of ["p-pending", "p-approved", "p-executing", "p-unknown"])
    await journal.propose(proposalOf(id), cardOf(id));
  await journal.propose(proposalOf("p-waits", { waitMs: 600_000 }), cardOf("p-waits"));
  await showAll();
  for (const id of ["p-approved", "p-executing", "p-unknown", "p-waits"]) await journal.decide(voteOf(id));
  for (const id of ["p-executing", "p-unknown"]) await journal.beginExecute(id);
  await journal.settle("p-unknown", { from: ["executing"], to: "unknown", detail: "no answer" });
  const launch = await journal.keep(messageOf("launch", { thread: "discord:2001:3" }), who);
  if (launch.kind !== "next") throw new Error("not handed out");
  const runs = ["new", "running", "waiting"].map((state) => ({
    id: `r-${state}`,
    agent: "pipeline/weekly-review",
    version: 1,
    input: {},
  }));
  await journal.finish(finishOf(launch.turn, { answer: answerOf(launch.turn, { runs }) }));
  await journal.advance("r-running", { state: "running" });
  await journal.advance("r-waiting", { state: "waiting" });
  await showAll();
  await journal.propose(proposalOf("p-later", { showAt: clock.now() + 1_000 }), null);
  await journal.propose(proposalOf("p-proposed"), cardOf("p-proposed"));
  await journal.keep(messageOf("m-working"), who);
  await journal.keep(messageOf("m-new"), who);
  await journal.post([draftOf("sending", { thread: "discord:2001:4" })]);
  intruder = new DatabaseSync(join(folder, "journal.db"));
  intruder.exec(`PRAGMA foreign_keys = OFF; DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;
    PRAGMA synchronous = OFF; ATTACH ':memory:' AS kept`);
  for (const table of tables) intruder.exec(`CREATE TABLE kept.${table} AS SELECT * FROM main.${table}`);
});
afterAll(async () => {
  intruder.close();
  await journal.close();
  rmSync(folder, { recursive: true });
});

const overdue = async (): Promise<readonly string[]> =>
  (await journal.overdue(slackMs)).map(({ id, state }) => `${id} ${state}`);

const plants: readonly (readonly [string, string, string])[] = [
  ["a proposed one without a card", "DELETE FROM outbox WHERE id = 'card:p-proposed'", "p-proposed proposed"],
  [
    "a proposed one whose card was given up",
    "UPDATE outbox SET state = 'dead' WHERE id = 'card:p-proposed'",
    "p-proposed proposed",
  ],
  [
    "a proposed one whose card was due long ago",
    "UPDATE outbox SET claimed_at = 1 WHERE id = 'card:p-proposed'",
    "p-proposed proposed",
  ],
  [
    "a held back one whose time is over",
    "UPDATE proposal SET body = json_set(body, '$.showAt', 1) WHERE id = 'p-later'",
    "p-later proposed",
  ],
  [
    "a held back one without a time",
    "UPDATE proposal SET body = json_remove(body, '$.showAt') WHERE id = 'p-later'",
    "p-later proposed",
  ],
  [
    "a pending one that never ends",
    "UPDATE proposal SET expires_at = NULL WHERE id = 'p-pending'",
    "p-pending pending",
  ],
  [
    "a pending one whose end is over",
    "UPDATE proposal SET expires_at = 1 WHERE id = 'p-pending'",
    "p-pending pending",
  ],
  [
    "a pending one that nobody was reminded of",
    "UPDATE proposal SET remind_at = 1 WHERE id = 'p-pending'",
    "p-pending pending",
  ],
  [
    "an approved one left lying",
    "UPDATE proposal SET touched_at = 1 WHERE id = 'p-approved'",
    "p-approved approved",
  ],
  [
    "an approved one whose wait is over",
    "UPDATE proposal SET run_at = 2, touched_at = 1 WHERE id = 'p-waits'",
    "p-waits approved",
  ],
  [
    "an executing one left lying",
    "UPDATE proposal SET touched_at = 1 WHERE id = 'p-executing'",
    "p-executing executing",
  ],
  [
    "an executing one without its effect",
    "DELETE FROM effect WHERE key = 'p-executing'",
    "p-executing executing",
  ],
  ["an unknown one without its effect", "DELETE FROM effect WHERE key = 'p-unknown'", "p-unknown unknown"],
  [
    "an unknown one that nobody looked at",
    "UPDATE audit SET at = 1 WHERE subject = 'p-unknown'",
    "p-unknown unknown",
  ],
  [
    "an unknown one whose ladder is gone",
    "DELETE FROM audit WHERE subject = 'p-unknown'",
    "p-unknown unknown",
  ],
  ["a turn held too long", "UPDATE turn SET kept_at = 1 WHERE id = 'm-working'", "m-working working"],
  ["a turn that nobody took up", "UPDATE turn SET state = 'new' WHERE id = 'm-working'", "m-working new"],
  [
    "a turn behind one that nobody took up",
    "UPDATE turn SET state = 'new' WHERE id = 'm-working'",
    "m-new new",
  ],
  [
    "a turn whose turn was never handed on",
    "UPDATE turn SET state = 'done', finished_at = 1 WHERE id = 'm-working'",
    "m-new new",
  ],
  [
    "a post that waits",
    "UPDATE outbox SET claimed_at = 1 WHERE id = 'card:p-proposed'",
    "card:p-proposed pending",
  ],
  ["a post under way", "UPDATE outbox SET claimed_at = 1 WHERE id = 'sending'", "sending sending"],
  ...["new", "running", "waiting"].map(
    (state) =>
      [
        `a run that is ${state}`,
        `UPDATE run SET started_at = 1 WHERE id = 'r-${state}'`,
        `r-${state} ${state}`,
      ] as const,
  ),
];

describe("A32 of what is not over", () => {
  test("nothing is overdue while each waits for its own time", async () => {
    expect(await overdue()).toEqual([]);
    const states = (await journal.overdue(-1e13)).map(({ kind, state }) => `${kind} ${state}`);
    expect([...new Set(states)].sort()).toEqual([
      "post pending",
      "post sending",
      "proposal approved",
      "proposal executing",
      "proposal pending",
      "proposal proposed",
      "proposal unknown",
      "run new",
      "run running",
      "run waiting",
      "turn new",
      "turn working",
    ]);
  });

  test.each(plants)("%s is named", async (_what, sql, named) => {
    intruder.exec(sql);
    const [found, said] = [await overdue(), await journal.stuck()];
    for (const table of tables)
      intruder.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM kept.${table}`);
    expect(found).toContain(named);
    expect(said).toContainEqual(expect.stringContaining(`${named.replace(" ", ", which is ")}.`));
    expect(await overdue()).toEqual([]);
  });
});
