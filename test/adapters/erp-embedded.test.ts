// The embedded ERP's own promises: SQLite itself refuses every broken rule, attacked here one by one and in random
// sequences, from a connection that knows nothing of the adapter's code.
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import type { ErpCommand, JsonObject } from "../../src/ports.ts";
import { effectHashOf } from "../../src/proposal.ts";
import { approve } from "../contracts/erp-suite.ts";
import { attacks } from "./erp-attacks.ts";
import { type OpenedErp, openEmbeddedErp, sampleDay } from "../support/embedded-erp.ts";

const command = (op: string, args: JsonObject): ErpCommand => ({
  connector: "embedded",
  instance: "main",
  op,
  args,
});
const signal = new AbortController().signal;

let opened: OpenedErp;
beforeEach(() => {
  opened = openEmbeddedErp();
});
afterEach(async () => opened.dispose());

/** Prepares and executes; the kind it ended with. */
async function perform({ erp }: OpenedErp, act: ErpCommand, actionId: string): Promise<string> {
  const result = await erp.prepare(act);
  if (result.kind === "refused") return "refused";
  const again = await erp.prepare(result.prepared.command);
  if (again.kind === "refused") throw new Error(`Refused the second time: ${again.why}`);
  expect(effectHashOf(again.prepared)).toBe(effectHashOf(result.prepared));
  const options = { actionId, attempt: 1, signal };
  const reported = await erp.execute(approve(result.prepared, actionId), result.prepared, options);
  expect(reported.kind).toBe("ok");
  expect(await erp.verify(result.prepared, actionId)).toBe("applied");
  return reported.kind;
}

const breaches = ({ raw }: OpenedErp) => raw.prepare("SELECT what, detail FROM breach").all();

describe("the SQL invariants", () => {
  let attacked: OpenedErp;
  beforeAll(async () => {
    attacked = openEmbeddedErp();
    expect(
      await perform(attacked, command("note.add", { record: "SO-1007", text: "first" }), "p-first"),
    ).toBe("ok");
  });
  afterAll(async () => attacked.dispose());

  test.each(attacks)("%s", (_rule, sql, refusal) => {
    const before = attacked.counts();
    attacked.raw.exec("BEGIN IMMEDIATE");
    expect(() => attacked.raw.exec(sql)).toThrow(refusal);
    attacked.raw.exec("ROLLBACK");
    expect(attacked.counts()).toEqual(before);
    expect(breaches(attacked)).toEqual([]);
  });

  test("refuse a query that writes", async () => {
    const reader = new DatabaseSync(opened.file, { readOnly: true });
    expect(() => reader.exec("DELETE FROM note")).toThrow(/readonly|read-only/i);
    reader.close();
  });

  test("are missed nowhere: the view of breaches sees books that were broken by force", async () => {
    const { raw } = opened;
    for (const { name } of raw.prepare("SELECT name FROM sqlite_master WHERE type='trigger'").all()) {
      raw.exec(`DROP TRIGGER ${String(name)}`);
    }
    raw.exec(
      "UPDATE line SET debit=debit+1 WHERE debit > 0 AND account='1100'; UPDATE doc SET number=number+5 WHERE ref='SO-1012'",
    );
    expect(breaches(opened).map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "unbalanced entry",
        "receivable account differs from open invoices",
        "gap in numbers",
      ]),
    );
    const rights = await opened.erp.probe();
    expect(rights.operations).toEqual([]);
    expect(rights.detail).toContain("not sound");
  });
});

describe("the embedded ERP", () => {
  test("seeds the same sample for the same day, with something to confirm and something overdue", async () => {
    const other = openEmbeddedErp({ isSeededAnew: true });
    const dump = ({ raw }: OpenedErp) =>
      ["doc", "doc_line", "stock_move", "line", "party"].map((table) =>
        raw.prepare(`SELECT * FROM ${table}`).all(),
      );
    expect(dump(other)).toEqual(dump(opened));
    await other.dispose();
    const drafts = await opened.erp.query({ kind: "orders", text: null, state: "draft", limit: 10 });
    expect(drafts.rows.map(({ record }) => record)).toContain("SO-1007");
    const overdue = await opened.erp.query({ kind: "invoices", text: null, overdueOn: sampleDay, limit: 10 });
    expect(overdue.rows.length).toBeGreaterThan(2);
    expect(breaches(opened)).toEqual([]);
  });

  test("reserves on confirmation, once: free stock falls and on hand stays", async () => {
    const free = async () => {
      const { rows } = await opened.erp.query({ kind: "stock", text: "main brush 36", limit: 5 });
      return rows
        .filter(({ record }) => record === "BR-MAIN-36@MAIN")
        .map((row) => [row["freeThousandths"], row["onHandThousandths"]]);
    };
    expect(await free()).toEqual([[10_000, 10_000]]);
    const confirm = command("order.confirm", { order: "SO-1007" });
    expect(await perform(opened, confirm, "p-1")).toBe("ok");
    expect(await free()).toEqual([[7000, 10_000]]);
    expect(await perform(opened, confirm, "p-2")).toBe("refused");
    expect(await perform(opened, command("order.cancel", { order: "SO-1007" }), "p-3")).toBe("ok");
    expect(await free()).toEqual([[10_000, 10_000]]);
  });

  test("keeps what was done over a restart, and still knows the action", async () => {
    const result = await opened.erp.prepare(command("order.confirm", { order: "SO-1007" }));
    if (result.kind === "refused") throw new Error(result.why);
    const ready = result.prepared;
    const options = { actionId: "p-1", attempt: 1, signal };
    await opened.erp.execute(approve(ready, "p-1"), ready, options);
    const clock = { now: () => Date.parse("2026-05-01T08:00:00Z") };
    const later = createEmbeddedErp({ name: "main", file: opened.file, clock, sample: true });
    expect(await later.verify(ready, "p-1")).toBe("applied");
    expect(await later.execute(approve(ready, "p-1"), ready, options)).toMatchObject({ kind: "ok" });
    expect(opened.counts()["applied_action"]).toBe(1);
    await later.close();
  });

  test("starts empty without the sample: an account plan, a warehouse, and room for the first customer", async () => {
    const clock = { now: () => Date.parse(`${sampleDay}T08:00:00Z`) };
    const empty = createEmbeddedErp({ name: "main", file: `${opened.file}.empty`, clock, sample: false });
    expect((await empty.query({ kind: "orders", text: null, state: null, limit: 9 })).total).toBe(0);
    expect((await empty.query({ kind: "ledger", limit: 99 })).total).toBeGreaterThan(5);
    expect((await empty.prepare(command("party.create", { name: "First" }))).kind).toBe("prepared");
    await empty.close();
  });

  test("finds the altered record of an action", async () => {
    await perform(opened, command("note.add", { record: "SO-1007", text: "first" }), "p-1");
    await perform(opened, command("note.add", { record: "SO-1007", text: "second" }), "p-2");
    opened.raw.exec(
      "DROP TRIGGER applied_action_u; UPDATE applied_action SET effect_hash='x' WHERE action_id='p-1'",
    );
    expect((await opened.erp.probe()).detail).toContain("altered list of actions: action p-1");
  });

  test("refuses a file that is no database, and one of a newer Nova, in a sentence", async () => {
    const clock = { now: () => 0 };
    const file = `${opened.file}.other`;
    writeFileSync(file, "this is not a database, but it is long enough to be looked at".repeat(40));
    expect(() => createEmbeddedErp({ name: "main", file, clock, sample: true })).toThrow(/not an ERP/);
    opened.raw.exec("PRAGMA user_version=99");
    expect(() => createEmbeddedErp({ name: "main", file: opened.file, clock, sample: true })).toThrow(
      /update Nova/,
    );
    expect(() => createEmbeddedErp({ name: "main", file: ":memory:", clock, sample: true })).toThrow(
      /needs a file/,
    );
  });
});
