// The end of the audit chain is kept beside the database: rows that were cut off, and a database that was put back whole,
// are missed there. Whoever writes only the database can't hide either.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import { cardOf, proposalOf, voteOf } from "../support/journal-samples.ts";

let folder: string;
let journal: Journal;
const open = (): Journal =>
  createSqliteJournal({ folder, clock: createTestClock(), entropy: createTestEntropy("a") });
const file = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-head-"));
  journal = open();
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

async function propose(id: string): Promise<void> {
  await journal.propose(proposalOf(id), cardOf(id));
  for (const { id: row, rev } of await journal.claimDue())
    await journal.shown({ id: row, rev, platformId: row });
}
async function reopened(change: () => void): Promise<void> {
  await journal.close();
  change();
  journal = open();
}
/** As somebody with the database and no key would, and with every trigger out of the way. */
function intrude(sql: string): void {
  const db = new DatabaseSync(file("journal.db"));
  db.exec(`DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete;
    PRAGMA foreign_keys = OFF; ${sql}`);
  db.close();
}
const forgetOne = `DELETE FROM proposal WHERE id = 'p-2'; DELETE FROM audit WHERE subject = 'p-2';`;

describe("A14 the chain's end", () => {
  test("is missed when the last rows are cut off together with all that they were about", async () => {
    await propose("p-1");
    await propose("p-2");
    intrude(forgetOne);
    const { brokenAt, why } = await journal.verifyAudit();
    expect([brokenAt, why]).toEqual([
      2,
      "the last rows were cut off or an older file was put back: row 4 was there before",
    ]);
    expect(await journal.proveAudit()).toMatchObject({ brokenAt: 2 });
    await reopened(() => undefined);
    expect(await journal.verifyAudit()).toMatchObject({ brokenAt: 2 });
  });

  test("is not covered up by what is written afterwards", async () => {
    await propose("p-1");
    await propose("p-2");
    intrude(forgetOne);
    await propose("p-3");
    await propose("p-4");
    const why = "another history was put in its place: row 4 is not the one that was there before";
    expect(await journal.verifyAudit()).toEqual({ rows: 6, brokenAt: 6, why, isLostEnd: true });
    await reopened(() => undefined);
    expect((await journal.verifyAudit()).why).toBe(why);
  });

  test("is missed when the whole database is put back to an earlier state", async () => {
    await propose("p-1");
    await journal.close();
    copyFileSync(file("journal.db"), file("earlier.db"));
    journal = open();
    await journal.decide(voteOf("p-1", { decision: "reject", reason: "no" }));
    await reopened(() => copyFileSync(file("earlier.db"), file("journal.db")));
    expect((await journal.proposal("p-1"))?.state).toBe("pending");
    const { brokenAt, why } = await journal.proveAudit();
    expect([brokenAt, why]).toEqual([2, expect.stringMatching(/an older file was put back: row 4/u)]);
  });

  test("is missed when its file is gone, emptied or edited", async () => {
    await propose("p-1");
    const kept = readFileSync(file("audit.head"), "utf8");
    await reopened(() => rmSync(file("audit.head")));
    expect((await journal.verifyAudit()).why).toMatch(/audit\.head, which keeps its end, is missing/u);
    for (const text of ["", kept.replaceAll(/^0/gmu, "1"), kept.replaceAll(/ [0-9a-f]{4}/gu, " 0000")]) {
      await reopened(() => writeFileSync(file("audit.head"), text));
      expect((await journal.verifyAudit()).why).toMatch(/audit\.head.* was changed outside Nova/u);
    }
    await reopened(() => writeFileSync(file("audit.head"), kept));
    expect((await journal.verifyAudit()).brokenAt).toBeNull();
  });

  test("survives a write that a power cut tore in two", async () => {
    await propose("p-1");
    await propose("p-2");
    const kept = readFileSync(file("audit.head"), "utf8").split("\n");
    const newest = kept.findIndex((line) => line.startsWith("000000000000004"));
    expect(newest).toBeGreaterThanOrEqual(0);
    const torn = kept.map((line, at) => (at === newest ? `${line.slice(0, 40)}${"0".repeat(105)}` : line));
    await reopened(() => writeFileSync(file("audit.head"), torn.join("\n")));
    expect(await journal.verifyAudit()).toMatchObject({ rows: 4, brokenAt: null });
    await propose("p-3");
    await reopened(() => undefined);
    expect(await journal.verifyAudit()).toMatchObject({ rows: 6, brokenAt: null });
  });

  test("is kept from now on for a chain from before it was kept, and never twice for the same chain", async () => {
    await propose("p-1");
    await journal.close();
    // A first row of that time stands behind nothing but zeros; its seal is made anew, as that Nova made it.
    const { createHmac } = await import("node:crypto");
    const key = readFileSync(file("audit.key"), "utf8").trim();
    const db = new DatabaseSync(file("journal.db"));
    db.exec("DROP TRIGGER audit_no_update");
    let prev = "0".repeat(64);
    for (const row of db.prepare("SELECT * FROM audit ORDER BY seq").all()) {
      const { seq, at, kind, subject, body } = row;
      const values = JSON.stringify(["audit", seq, at, kind, subject, body, prev]);
      const mac = createHmac("sha256", key).update(values).digest("hex");
      db.prepare("UPDATE audit SET prev = ?, mac = ? WHERE seq = ?").run(prev, mac, Number(seq));
      prev = mac;
    }
    db.close();
    rmSync(file("audit.head"));
    journal = open();
    expect(await journal.verifyAudit()).toEqual({ rows: 5, brokenAt: null, why: null });
    const since = (await journal.auditRows(2, 9)).map(({ kind }) => kind);
    expect(since).toEqual(["audit.anchored", "audit.sealing", "audit.sealing.times"]);
    await reopened(() => rmSync(file("audit.head")));
    expect((await journal.verifyAudit()).why).toMatch(/is missing/u);
  });
});

describe("A14 an operator who has judged a loss", () => {
  test("accepts what is left, which the chain records, and everything is sound again", async () => {
    await propose("p-1");
    await propose("p-2");
    intrude(forgetOne);
    expect(await journal.acceptAudit()).toEqual({ rows: 3, brokenAt: null, why: null });
    const [row] = await journal.auditRows(2, 1);
    expect([row?.kind, row?.body]).toEqual(["audit.accepted", expect.stringMatching(/row 4 was there/u)]);
    await reopened(() => undefined);
    expect(await journal.verifyAudit()).toMatchObject({ rows: 3, brokenAt: null });
  });

  test("can't accept a row, a proposal or a vote that was changed", async () => {
    await propose("p-1");
    for (const sql of [
      "UPDATE proposal SET body = replace(body, 'SO-7', 'SO-8')",
      `INSERT INTO vote (proposal, person, account, decision, reason, at) VALUES ('p-1', 'Ada', 'discord:1002', 'approve', NULL, 1)`,
      "UPDATE audit SET at = at + 1 WHERE seq = 1",
    ]) {
      intrude(sql);
      await expect(journal.acceptAudit()).rejects.toMatchObject({ kind: "audit.broken" });
    }
  });
});

describe("A1 a vote that nobody cast", () => {
  test("counts for nothing: the next real one is refused instead of completing it", async () => {
    await journal.propose(proposalOf("p-1", { minApprovals: 2 }), cardOf("p-1"));
    for (const { id, rev } of await journal.claimDue()) await journal.shown({ id, rev, platformId: id });
    intrude(
      `INSERT INTO vote (proposal, person, account, decision, reason, at) VALUES ('p-1', 'Ada', 'discord:1002', 'approve', NULL, 1)`,
    );
    await expect(journal.decide(voteOf("p-1"))).rejects.toMatchObject({ kind: "audit.broken" });
    expect((await journal.verifyAudit()).why).toMatch(/p-1: its votes were changed outside Nova/u);
    intrude("DELETE FROM vote");
    expect((await journal.decide(voteOf("p-1"))).kind).toBe("counted");
    intrude("DELETE FROM vote");
    await expect(journal.decide(voteOf("p-1", { person: "Ada" }))).rejects.toMatchObject({
      kind: "audit.broken",
    });
  });
});

test("A14 a proposal that was taken out of the journal is missed", async () => {
  await propose("p-1");
  intrude("DELETE FROM proposal");
  expect((await journal.verifyAudit()).why).toMatch(/p-1 was taken out of the journal/u);
});
