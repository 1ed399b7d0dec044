// The embedded ERP's own list of deeds as part of the journal's record: sealed with its key, taken in once as it was, and
// found out in every look when somebody who can write the ERP's file changed it.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import type { Erp, Journal, Prepared } from "../../src/ports.ts";
import { approve } from "../contracts/erp-suite.ts";
import { createErpIntruder } from "../prove/erp-edits.ts";
import { createChance } from "../support/chance.ts";
import { createTestClock } from "../support/clock.ts";
import { toEarlierErp } from "../support/earlier-erp.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { createTestEntropy } from "../support/entropy.ts";

let folder = "";
let journal: Journal;
let erp: Erp;
const file = (): string => join(folder, "erp.db");
const clock = createTestClock();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nova-actions-"));
  const sample = openEmbeddedErp();
  copyFileSync(sample.file, file());
  await sample.dispose();
});
afterEach(async () => {
  await erp.close();
  await journal.close();
  rmSync(folder, { recursive: true });
});

const openJournal = (): Journal =>
  (journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("a") }));
const openErp = (how: { readonly isJoined: boolean } = { isJoined: true }): Erp =>
  (erp = createEmbeddedErp({
    name: "main",
    file: file(),
    clock,
    sample: true,
    join: how.isJoined ? journal.joinErp : undefined,
  }));

/** Notes on an order, each an action of its own. */
async function act(...actions: readonly string[]): Promise<Prepared> {
  for (const text of actions) {
    const args = { record: "SO-1007", text };
    const ready = await erp.prepare({ connector: "embedded", instance: "main", op: "note.add", args });
    if (ready.kind === "refused") throw new Error(ready.why);
    const options = { actionId: text, attempt: 1, signal: new AbortController().signal };
    expect((await erp.execute(approve(ready.prepared, text), ready.prepared, options)).kind).toBe("ok");
    if (text === actions.at(-1)) return ready.prepared;
  }
  throw new Error("Nothing was asked for.");
}
const rowsOf = async (): Promise<readonly string[]> =>
  (await journal.trail("erp:main")).map(({ kind, body }) => `${kind} ${body}`);
const sound = { brokenAt: null, why: null };

describe("the list of a new ERP", () => {
  beforeEach(async () => {
    openJournal();
    openErp();
  });

  test("is taken into the record once, empty, and what is done afterwards is sealed", async () => {
    await act("p-1", "p-2");
    await erp.close();
    openErp();
    await act("p-3");
    expect(await rowsOf()).toEqual(['erp.adopted {"rows":0,"chain":""}']);
    expect(await journal.verifyAudit()).toMatchObject(sound);
    expect(await journal.proveAudit()).toMatchObject(sound);
  });

  test("A1 A14 every one of 60 random edits of it is found before anything runs, and taken back it is sound", async () => {
    await act("p-1", "p-2", "p-3", "p-4");
    expect(await journal.verifyAudit()).toMatchObject(sound);
    const intruder = createErpIntruder(file());
    const chance = createChance(7);
    for (let count = 0; count < 60; count += 1) {
      const what = intruder.edit(chance);
      expect((await journal.proveAudit()).why, what).toMatch(/^in the ERP “main”, /u);
      intruder.undo();
      expect(await journal.proveAudit(), what).toMatchObject(sound);
    }
    intruder.close();
  });

  test("a row that somebody put in is nobody's deed: not applied, not undone, and its number does nothing", async () => {
    const prepared = await act("p-1");
    const raw = new DatabaseSync(file());
    raw.exec(`INSERT INTO applied_action SELECT 2, 'p-2', command_hash, effect_hash, result, 'a chain', seal
      FROM applied_action`);
    raw.close();
    expect(await erp.verify(prepared, "p-2")).toBe("diverged");
    expect(await erp.reconcile("p-2", 0)).toBe("undecidable");
    expect(await erp.compensate(prepared, "p-2")).toBeNull();
    const options = { actionId: "p-2", attempt: 1, signal: new AbortController().signal };
    expect((await erp.execute(approve(prepared, "p-2"), prepared, options)).kind).toBe("rejected");
  });
});

describe("the list of an ERP from before seals", () => {
  beforeEach(async () => {
    openJournal();
    openErp({ isJoined: false });
    await act("p-1", "p-2");
    await erp.close();
    toEarlierErp(file(), 2);
  });

  test("is taken in as it is, once, which the record says; what comes after is sealed", async () => {
    openErp();
    await act("p-3");
    await erp.close();
    openErp();
    const [row, ...more] = await rowsOf();
    expect(row).toMatch(/^erp\.adopted \{"rows":2,"chain":"[0-9a-f]{64}"\}$/u);
    expect(more).toEqual([]);
    expect(await journal.verifyAudit()).toMatchObject(sound);
    expect((await erp.probe()).detail).toBe("embedded ERP, books sound");
  });

  test.each([
    ["changed and chained anew", 1, "one word of one row, chained anew"],
    ["one taken out", 0, "one row less, chained anew"],
  ])("A14 %s while Nova is away, it is found at the next start", async (_what, seed, kind) => {
    openErp();
    await act("p-3");
    await erp.close();
    const intruder = createErpIntruder(file());
    const chance = createChance(seed);
    do intruder.undo();
    while (intruder.edit(chance) !== `action list: ${kind}`);
    intruder.close();
    openErp();
    expect((await journal.verifyAudit()).why).toMatch(/^in the ERP “main”/u);
    expect(await rowsOf()).toHaveLength(1);
  });

  test("A14 another file in its place is not taken for it", async () => {
    openErp();
    await erp.close();
    rmSync(file());
    openErp();
    const why = "in the ERP “main”, the last of its 2 actions are missing";
    expect(await journal.verifyAudit()).toMatchObject({ why });
    await expect(journal.acceptAudit()).rejects.toThrow();
  });

  test("a list that was changed before is not taken in, and nothing of it is believed", async () => {
    const raw = new DatabaseSync(file());
    raw.exec("UPDATE applied_action SET effect_hash='x' WHERE seq=1");
    raw.close();
    openErp();
    expect(await rowsOf()).toEqual([]);
    expect((await journal.verifyAudit()).why).toMatch(/changed before the record took it in$/u);
  });
});

test("a file of a schema that is too old is not opened, and stays as it is", () => {
  openJournal();
  openErp({ isJoined: false });
  const raw = new DatabaseSync(file());
  raw.exec("PRAGMA user_version=1");
  raw.close();
  expect(() => openErp()).toThrow(/too old \(schema 1\): move it away/u);
});
