// Whoever can write the journal's file but has no key can't change a proposal or the audit chain unseen.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { sealsThumbs } from "../../adapters/sqlite/schema.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
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

type Cell = string | number | null;
const runs = { numRuns: 250, seed: 20_260_105 };

let folder: string;
let journal: Journal;
let clock: TestClock;
/** A second hand on the file, as an intruder's or a curious operator's would be. */
let intruder: DatabaseSync;
let rows: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nova-tamper-"));
  clock = createTestClock();
  journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("a") });
  for (const id of ["p-open", "p-approved", "p-rejected"]) {
    await journal.propose(proposalOf(id), cardOf(id));
    const [card] = await journal.claimDue();
    await journal.shown({ id: `card:${id}`, rev: card?.rev ?? 0, platformId: "1" });
  }
  await journal.decide(voteOf("p-approved"));
  await journal.decide(voteOf("p-rejected", { decision: "reject", reason: "no" }));
  rows = (await journal.verifyAudit()).rows;
  intruder = new DatabaseSync(join(folder, "journal.db"));
  intruder.exec(
    "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP INDEX proposal_command; PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF",
  );
});
afterEach(async () => {
  intruder.close();
  await journal.close();
  rmSync(folder, { recursive: true });
});

type Place = { readonly table: string; readonly column: string; readonly key: string; readonly of: Cell };
function cell({ table, column, key, of }: Place): Cell {
  const { value } =
    intruder.prepare(`SELECT ${column} AS value FROM ${table} WHERE ${key} = ?`).get(of) ?? {};
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  throw new Error(`${table}.${column} holds nothing that can be edited`);
}
/** Changes one cell, looks, and puts back what was there. */
async function whileChanged(place: Place, value: Cell, look: () => Promise<void>): Promise<void> {
  const { table, column, key, of } = place;
  const before = cell(place);
  fc.pre(before !== value);
  const set = intruder.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
  set.run(value, of);
  try {
    await look();
  } finally {
    set.run(before, of);
  }
}
/** One character of the text replaced, added or taken away. */
function mangled(text: string, { at, by }: { readonly at: number; readonly by: string }): string {
  const place = at % (text.length + 1);
  return `${text.slice(0, place)}${by}${text.slice(place + (at % 2))}`;
}
const mangling = fc.record({ at: fc.nat(100_000), by: fc.string({ maxLength: 2 }) });
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });

const texts = ["project", "body", "row_mac", "decided_by", "reason", "outcome_detail"] as const;
const states = ["proposed", "pending", "approved", "executing", "applied", "anything"] as const;
const proposalEdit = fc.oneof(
  fc.record({ column: fc.constantFrom(...texts), value: mangling }),
  fc.record({ column: fc.constantFrom("created_at", "expires_at", "decided_at"), value: time }),
  fc.record({ column: fc.constant("state"), value: fc.constantFrom(...states) }),
);

describe("a proposal that was changed outside Nova", () => {
  test("is refused by every reader that could lead to an effect, whatever was changed", async () => {
    let looked = 0;
    const ids = fc.constantFrom("p-open", "p-approved", "p-rejected");
    const property = fc.asyncProperty(ids, proposalEdit, async (id, { column, value }) => {
      const place = { table: "proposal", column, key: "id", of: id };
      const before = cell(place);
      const after = typeof value === "object" ? mangled(String(before ?? ""), value) : value;
      await whileChanged(place, after, async () => {
        const refused = { name: "NovaFailure", kind: "audit.broken" };
        await expect(journal.proposal(id)).rejects.toMatchObject(refused);
        await expect(journal.decide(voteOf(id))).rejects.toMatchObject(refused);
        await expect(journal.beginExecute(id)).rejects.toMatchObject(refused);
        expect((await journal.verifyAudit()).why).toContain(id);
        looked += 1;
      });
    });
    await fc.assert(property, runs);
    expect(looked).toBeGreaterThan(200);
    expect(await journal.beginExecute("p-approved")).toBe(true);
    expect((await journal.decide(voteOf("p-open"))).kind).toBe("decided");
  });

  test("speaks for and against nobody", async () => {
    const kinds = async () => (await journal.evidence(0)).map(({ key, kind }) => `${key} ${kind}`);
    expect(await kinds()).toEqual(["proposal p-approved approved", "proposal p-rejected rejected"]);
    intruder.exec("UPDATE proposal SET state = 'approved' WHERE id = 'p-rejected'");
    expect(await kinds()).toEqual(["proposal p-approved approved"]);
  });

  test("is left out at boot with a failure that names it, and holds up no other", async () => {
    intruder.exec("UPDATE proposal SET body = replace(body, 'SO-7', 'SO-8') WHERE id = 'p-approved'");
    intruder.exec("UPDATE proposal SET state = 'approved' WHERE id = 'p-open'");
    expect((await journal.recover()).proposals).toEqual([]);
    const told = (await journal.failures(9)).map(({ operator }) => operator).sort();
    expect(told).toHaveLength(2);
    expect(told[0]).toContain("p-approved");
    expect(told[1]).toContain("p-open");
  });

  test("is left out of every list, said once, and counts again when it is put right", async () => {
    const body = cell({ table: "proposal", column: "body", key: "id", of: "p-open" });
    await journal.propose(proposalOf("p-other"), cardOf("p-other"));
    const open = async (): Promise<readonly string[]> =>
      (await journal.proposals({ states: ["pending", "proposed"] })).map(({ id }) => id);
    intruder.exec("UPDATE proposal SET body = replace(body, 'SO-7', 'SO-8') WHERE id = 'p-open'");
    expect([await open(), await open()]).toEqual([["p-other"], ["p-other"]]);
    expect((await journal.failures(9)).map(({ operator }) => operator)).toEqual([
      "Proposal p-open: its stored command or approvers was changed outside Nova; nothing was executed.",
    ]);
    intruder.prepare("UPDATE proposal SET body = ? WHERE id = 'p-open'").run(body);
    expect(await open()).toEqual(["p-open", "p-other"]);
  });

  test("is not due for ever once its time is over, and the others still expire", async () => {
    intruder.exec("UPDATE proposal SET body = replace(body, 'SO-7', 'SO-8') WHERE id = 'p-open'");
    clock.advance(1_000);
    await journal.propose(proposalOf("p-other"), cardOf("p-other"));
    for (const { id, rev } of await journal.claimDue())
      await journal.shown({ id, rev, platformId: `shown ${id}` });
    const other = (await journal.proposal("p-other"))?.expiresAt ?? 0;
    clock.advance(other - 1_000 - clock.now());
    expect(await journal.expireDue()).toEqual([]);
    await journal.strandedDue();
    for (const { id } of await journal.remindDue()) await journal.remind(id, draftOf(`${id}:reminder`));
    for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
    expect(await journal.nextDueAt()).toBe(other);
    expect((await journal.failures(9)).map(({ operator }) => operator)).toHaveLength(1);
    clock.advance(1_000);
    expect((await journal.expireDue()).map(({ id }) => id)).toEqual(["p-other"]);
    await Promise.all(
      (await journal.claimDue()).map(async ({ id, rev }) => journal.shown({ id, rev, platformId: id })),
    );
    // Only what was approved and left lying is due again, after a while.
    expect((await journal.nextDueAt()) ?? 0).toBeGreaterThan(clock.now());
  });

  test("is not brought back to life by an earlier row and its seal", async () => {
    const before = intruder
      .prepare("SELECT state, decided_by, decided_at FROM proposal WHERE id = 'p-approved'")
      .get();
    expect(await journal.beginExecute("p-approved")).toBe(true);
    await journal.settle("p-approved", { from: ["executing"], to: "applied", detail: "ok" });
    const { state, decided_by: by, decided_at: at } = before ?? {};
    intruder
      .prepare(
        "UPDATE proposal SET state = ?, decided_by = ?, decided_at = ?, outcome_detail = NULL WHERE id = 'p-approved'",
      )
      .run(state ?? null, by ?? null, at ?? null);
    await expect(journal.beginExecute("p-approved")).rejects.toMatchObject({ kind: "audit.broken" });
  });
});

describe("an audit row that was changed outside Nova", () => {
  test("is found, and named as the first broken one, whatever was changed", async () => {
    let looked = 0;
    const edit = fc.oneof(
      fc.record({ column: fc.constantFrom("kind", "subject", "body", "prev", "mac"), value: mangling }),
      fc.record({ column: fc.constant("at"), value: time }),
      fc.record({ column: fc.constant("seq"), value: fc.integer({ min: 1000, max: 2000 }) }),
    );
    const property = fc.asyncProperty(fc.nat(), edit, async (pick, { column, value }) => {
      const seq = (pick % rows) + 1;
      const seal = cell({ table: "audit", column: "mac", key: "seq", of: seq });
      const row = column === "seq" ? { key: "mac", of: seal } : { key: "seq", of: seq };
      const place = { table: "audit", column, ...row };
      const before = cell(place);
      const after = typeof value === "object" ? mangled(String(before ?? ""), value) : value;
      await whileChanged(place, after, async () => {
        const { brokenAt, why } = await journal.verifyAudit();
        expect(brokenAt).toBe(seq);
        expect(why).toContain(`row ${seq}`);
        looked += 1;
      });
    });
    await fc.assert(property, runs);
    expect(looked).toBeGreaterThan(200);
    expect(await journal.verifyAudit()).toEqual({ rows, brokenAt: null, why: null });
  });

  test("can't be cut out or cut off", async () => {
    const copy = intruder.prepare("SELECT * FROM audit ORDER BY seq").all();
    for (const row of copy) {
      const seq = Number(row["seq"]);
      intruder.exec(`DELETE FROM audit WHERE seq = ${seq}`);
      const { brokenAt } = await journal.verifyAudit();
      expect(brokenAt).toBe(seq === rows ? rows - 1 : seq);
      intruder
        .prepare("INSERT INTO audit (seq, at, kind, subject, body, prev, mac) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(...Object.values(row));
    }
    expect((await journal.verifyAudit()).brokenAt).toBeNull();
  });

  test("can't be swapped for a genuine row of another history", async () => {
    const other = mkdtempSync(join(tmpdir(), "nova-tamper-"));
    copyFileSync(join(folder, "audit.key"), join(other, "audit.key"));
    const twin = createSqliteJournal({
      folder: other,
      clock: createTestClock(),
      entropy: createTestEntropy("b"),
    });
    for (const id of ["p-1", "p-2"]) await twin.propose(proposalOf(id), cardOf(id));
    expect(await twin.verifyAudit()).toMatchObject({ rows: 2, brokenAt: null });
    await twin.close();
    intruder.exec(`ATTACH '${join(other, "journal.db")}' AS twin; DELETE FROM audit WHERE seq = 2;
      INSERT INTO audit SELECT * FROM twin.audit WHERE seq = 2; DETACH twin`);
    const { brokenAt, why } = await journal.verifyAudit();
    expect([brokenAt, why]).toEqual([2, "row 2 does not follow the row before it"]);
    rmSync(other, { recursive: true });
  });

  test("can't be forged without the key", async () => {
    intruder.exec(
      `INSERT INTO audit SELECT seq + 1, at, kind, subject, body, mac, mac FROM audit ORDER BY seq DESC LIMIT 1`,
    );
    expect(await journal.verifyAudit()).toMatchObject({ rows, brokenAt: rows + 1 });
  });
});

test("the ledger itself refuses to change or drop an audit row", async () => {
  const other = mkdtempSync(join(tmpdir(), "nova-tamper-"));
  const fresh = createSqliteJournal({
    folder: other,
    clock: createTestClock(),
    entropy: createTestEntropy("a"),
  });
  await fresh.propose(proposalOf("p-1"), cardOf("p-1"));
  const db = new DatabaseSync(join(other, "journal.db"));
  expect(() => db.exec("UPDATE audit SET at = 0")).toThrow("never changed");
  expect(() => db.exec("DELETE FROM audit")).toThrow("never deleted");
  db.close();
  await fresh.close();
  rmSync(other, { recursive: true });
});

describe("thumbs", () => {
  const answered = async (id: string): Promise<void> => {
    const kept = await journal.keep(messageOf(id), who);
    if (kept.kind !== "next") throw new Error("not handed out");
    await journal.finish(finishOf(kept.turn, { answer: answerOf(kept.turn, { agent: "chat/general" }) }));
  };
  const thumb = (turn: string, person = "Kit") =>
    ({ turn, person, account: "discord:1001", mark: "down", change: "set", by: `says:${turn}` }) as const;
  const counted = async (): Promise<readonly string[]> =>
    (await journal.evidence(0)).map(({ key }) => key).filter((key) => key.startsWith("thumb"));

  test("one that was changed, moved to another agent or invented counts for nothing, and is said once", async () => {
    for (const id of ["m1", "m2", "m3"]) await answered(id);
    for (const id of ["m1", "m2"]) await journal.rate(thumb(id));
    expect(await counted()).toHaveLength(2);
    intruder.exec("UPDATE rating SET mark = 'up' WHERE turn = 'm1'");
    intruder.exec("UPDATE rating SET agent = 'erp/stock' WHERE turn = 'm2'");
    intruder.exec(
      "INSERT INTO rating SELECT 'm3', person, account, agent, mark, other, said_in, at, seal FROM rating WHERE turn = 'm1'",
    );
    expect(await counted()).toEqual([]);
    expect(await journal.ratings(0)).toEqual([]);
    await counted();
    const said = (await journal.failures(9)).filter(({ operator }) =>
      operator.startsWith("the thumb of Kit"),
    );
    expect(said.map(({ kind }) => kind)).toEqual(["audit.broken", "audit.broken", "audit.broken"]);
    // What that person says now counts again, and leans on nothing that was changed.
    expect(await journal.rate({ ...thumb("m1"), change: "press", by: "again" })).toMatchObject({
      mark: "down",
    });
    expect(await counted()).toEqual(['thumb ["m1","Kit"]']);
  });

  test("a file from before they were sealed is taken as it is, once", async () => {
    await answered("m1");
    await journal.rate(thumb("m1"));
    await journal.close();
    intruder.exec(`ALTER TABLE rating DROP COLUMN seal; PRAGMA user_version = ${sealsThumbs - 1}`);
    const reopened = (): void => {
      journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("b") });
    };
    reopened();
    expect(await counted()).toHaveLength(1);
    await answered("m2");
    await journal.rate(thumb("m2"));
    intruder.exec("UPDATE rating SET seal = NULL WHERE turn = 'm2'");
    await journal.close();
    reopened();
    expect(await counted()).toEqual(['thumb ["m1","Kit"]']);
  });
});
