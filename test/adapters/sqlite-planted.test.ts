// Whoever can write the journal's file but has no key can't lend anybody a yes: every row that execution leans on is held
// against its seal before anything runs, whichever table it is in and whether it was changed, planted or taken away.
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import {
  answerOf,
  cardOf,
  finishOf,
  messageOf,
  proposalOf,
  voteOf,
  who,
} from "../support/journal-samples.ts";

type Cell = string | number | null;
type Row = Record<string, Cell>;
type Place = {
  readonly table: string;
  readonly texts: readonly string[];
  readonly whole?: readonly string[];
  readonly where?: string;
};
/** What decides something in each table; ARCHITECTURE.md says which columns don't. */
const places: readonly Place[] = [
  {
    table: "proposal",
    texts: [
      "id",
      "project",
      "body",
      "row_mac",
      "state",
      "decided_by",
      "reason",
      "outcome_detail",
      "result",
      "touch_seal",
    ],
    whole: [
      "created_at",
      "expires_at",
      "decided_at",
      "shown_at",
      "remind_at",
      "escalated_at",
      "run_at",
      "touched_at",
    ],
  },
  {
    table: "vote",
    texts: ["person", "account", "decision", "reason", "surface", "instead_of"],
    whole: ["at"],
  },
  { table: "audit", texts: ["kind", "subject", "body", "prev", "mac"], whole: ["at"] },
  {
    table: "effect",
    texts: ["key", "state", "detail", "seal"],
    whole: ["attempt", "intent_at", "settled_at"],
  },
  { table: "unticked", texts: ["proposal", "lead"] },
  { table: "turn", texts: ["thread", "message", "seal"], where: "state <> 'done'" },
  { table: "button", texts: ["nonce", "outbox", "action", "seal"] },
  {
    table: "outbox",
    texts: ["id", "thread", "proposal", "platform_id", "seal", "place_seal"],
    where: "proposal IS NOT NULL",
  },
  {
    table: "run",
    texts: ["agent", "project", "thread", "requester", "requester_account", "input", "seal"],
    whole: ["version"],
  },
];

let folder: string;
let journal: Journal;
/** A second hand on the file, as an intruder's would be. */
let intruder: DatabaseSync;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nova-planted-"));
  const clock = createTestClock();
  journal = createSqliteJournal({ folder, clock, entropy: createTestEntropy("a") });
  for (const id of ["p-open", "p-yes", "p-no", "p-done", "p-begun"])
    await journal.propose(proposalOf(id), cardOf(id));
  for (const [at, id] of ["p-b1", "p-b2", "p-b3"].entries()) {
    const batch = { lead: "p-b1", number: at + 1, size: 3 };
    await journal.propose(proposalOf(id, { batch, stakes: "low" }), at === 0 ? cardOf(id) : null);
  }
  for (let due = await journal.claimDue(); due.length > 0; due = await journal.claimDue())
    for (const { id, rev } of due) await journal.shown({ id, rev, platformId: `at ${id}` });
  await journal.decide(voteOf("p-yes"));
  await journal.decide(voteOf("p-no", { decision: "reject", reason: "too dear" }));
  for (const id of ["p-done", "p-begun"]) {
    await journal.decide(voteOf(id));
    await journal.beginExecute(id);
  }
  await journal.settle("p-done", { from: ["executing"], to: "applied", detail: "done" });
  for (const id of ["p-b2", "p-b3"]) await journal.tick(id, false);
  const launched = await journal.keep(messageOf("launch"), who);
  if (launched.kind !== "next") throw new Error("not handed out");
  const runs = [{ id: "run-1", agent: "pipeline/weekly-review", version: 1, input: { week: 3 } }];
  await journal.finish(finishOf(launched.turn, { answer: answerOf(launched.turn, { runs }) }));
  const body = { kind: "press", nonce: "yes-p-open", onMessage: "at card:p-open", words: null } as const;
  await journal.keep(messageOf("press", { body }), who);
  intruder = new DatabaseSync(join(folder, "journal.db"));
  intruder.exec(
    `DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP INDEX proposal_command;
      PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF`,
  );
});
afterAll(async () => {
  intruder.close();
  await journal.close();
  rmSync(folder, { recursive: true });
});

const isSound = async (): Promise<boolean> => (await journal.proveAudit()).brokenAt === null;

const names: Readonly<Record<string, string>> = { button: "nonce", unticked: "proposal" };
const nameOf = (table: string): string => names[table] ?? "rowid";
/** Every row that is leaned on, as `me` among its table's. */
const rowsOf = ({ table, where = "1 = 1" }: Pick<Place, "table" | "where">): readonly Row[] =>
  intruder
    .prepare(`SELECT ${nameOf(table)} AS me, * FROM ${table} WHERE ${where} ORDER BY 1`)
    .all()
    .map(toRow);
const toRow = (raw: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(raw).map(([name, value]): [string, Cell] => [
      name,
      typeof value === "string" || typeof value === "number" ? value : null,
    ]),
  );
function put(table: string, { me: _me, ...row }: Row): void {
  const names = Object.keys(row);
  intruder
    .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`)
    .run(...Object.values(row));
}
const take = (table: string, me: Cell): void =>
  void intruder.prepare(`DELETE FROM ${table} WHERE ${nameOf(table)} = ?`).run(me);

type Mangling = { readonly at: number; readonly by: string; readonly isWhole: boolean };
/** One character replaced, added or taken away; nothing where something stood; something where nothing did. */
function mangled(value: Cell, { at, by, isWhole }: Mangling): Cell {
  if (typeof value === "number") return at % 11 === 0 ? null : value + 1 + (at % 9);
  if (value === null) return isWhole ? at : by === "" ? "x" : by;
  if (at % 11 === 0) return null;
  const place = at % (value.length + 1);
  return `${value.slice(0, place)}${by}${value.slice(place + (at % 2))}`;
}

const edit = fc.record({
  place: fc.constantFrom(...places),
  row: fc.nat(),
  column: fc.nat(),
  at: fc.nat(100_000),
  by: fc.string({ maxLength: 2, unit: "grapheme-ascii" }),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** False where the file itself refuses the edit: a key that is taken, a NULL that its table does not hold. */
async function isFoundOrRefused({ place, row: pick, column, at, by }: Edit): Promise<boolean | null> {
  const { table, texts, whole = [] } = place;
  const rows = rowsOf(place);
  const row = rows[pick % rows.length] ?? {};
  const names = [...texts, ...whole];
  const name = names[column % names.length] ?? "";
  const [before = null, me = null] = [row[name], row["me"]];
  const after = mangled(before, { at, by, isWhole: column % names.length >= texts.length });
  fc.pre(after !== before);
  const set = intruder.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${nameOf(table)} = ?`);
  try {
    set.run(after, me);
  } catch {
    return null;
  }
  const isFound = !(await isSound());
  set.run(before, name === nameOf(table) ? after : me);
  return isFound;
}

describe("A1 A14 the rows that a yes leans on", () => {
  test(
    "1,000 random edits in every table: each is found before anything runs",
    { timeout: 60_000 },
    async () => {
      const found = new Map<string, number>();
      const property = fc.asyncProperty(edit, async (given) => {
        const isFound = await isFoundOrRefused(given);
        expect(isFound).not.toBe(false);
        const { table } = given.place;
        if (isFound === true) found.set(table, (found.get(table) ?? 0) + 1);
      });
      await fc.assert(property, { numRuns: 1_000, seed: 20_261_121 });
      expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(900);
      expect([...found.keys()].sort()).toEqual(places.map(({ table }) => table).sort());
      expect(await isSound()).toBe(true);
    },
  );

  const ordered: ReadonlySet<string> = new Set(["proposal", "turn", "outbox", "run"]);
  const copy = (table: string, where: string, changes: Row): Row => ({
    ...rowsOf({ table, where })[0],
    ...(ordered.has(table) ? { ord: 9_999 } : {}),
    ...changes,
  });
  const plants: readonly (readonly [string, () => Row])[] = [
    ["proposal", () => copy("proposal", "id = 'p-yes'", { id: "p-more" })],
    ["vote", () => copy("vote", "proposal = 'p-yes'", { proposal: "p-open" })],
    ["audit", () => copy("audit", "kind = 'vote'", { seq: 9_999 })],
    ["effect", () => copy("effect", "key = 'p-done'", { key: "p-yes" })],
    ["effect", () => copy("effect", "key = 'p-done'", { key: "p-more" })],
    ["unticked", () => copy("unticked", "proposal = 'p-b2'", { proposal: "p-open" })],
    ["turn", () => copy("turn", "id = 'press'", { id: "press-2" })],
    ["button", () => copy("button", "nonce = 'yes-p-open'", { nonce: "look-here" })],
    ["outbox", () => copy("outbox", "id = 'card:p-open'", { id: "card:again" })],
    ["run", () => copy("run", "id = 'run-1'", { id: "run-2", requester: "Ada" })],
  ];
  test.each(plants)(
    "a planted row of %s is found, although it is a copy of a whole one",
    async (table, plant) => {
      const row = plant();
      put(table, row);
      expect(await isSound()).toBe(false);
      take(table, rowsOf({ table }).find((one) => isCopy(one, row))?.["me"] ?? null);
      expect(await isSound()).toBe(true);
    },
  );
  const isCopy = (one: Row, row: Row): boolean =>
    Object.entries(row).every(([name, value]) => name === "me" || one[name] === value);

  test.each([
    ["proposal", "id = 'p-yes'"],
    ["vote", "proposal = 'p-yes'"],
    ["effect", "key = 'p-begun'"],
    ["unticked", "proposal = 'p-b3'"],
    ["audit", "seq = 3"],
    ["outbox", "id = 'card:p-open'"],
  ])("a row of %s that was taken away is missed", async (table, where) => {
    const [row = {}] = rowsOf({ table, where });
    take(table, row["me"] ?? null);
    expect(await isSound()).toBe(false);
    put(table, row);
    expect(await isSound()).toBe(true);
  });
});

describe("a file from before there were seals", () => {
  const timeless = "UPDATE proposal SET touch_seal = NULL; UPDATE effect SET seal = NULL";
  const bare = `UPDATE turn SET seal = NULL; UPDATE button SET seal = NULL; UPDATE run SET seal = NULL;
    UPDATE outbox SET seal = NULL, place_seal = NULL`;
  let home: string;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "nova-planted-"));
    const first = open();
    const batch = { lead: "p-old", size: 2 };
    await first.propose(proposalOf("p-old", { batch: { ...batch, number: 1 } }), cardOf("p-old"));
    await first.propose(proposalOf("p-too", { batch: { ...batch, number: 2 } }), null);
    const [card] = await first.claimDue();
    await first.shown({ id: "card:p-old", rev: card?.rev ?? 0, platformId: "1" });
    await first.tick("p-too", false);
    await first.decide(voteOf("p-old"));
    await first.beginExecute("p-old");
    await first.keep(messageOf("old"), who);
    await first.close();
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const open = (): Journal =>
    createSqliteJournal({ folder: home, clock: createTestClock(), entropy: createTestEntropy("b") });
  function meddle(sql: string): void {
    const db = new DatabaseSync(join(home, "journal.db"));
    db.exec(`DROP TRIGGER IF EXISTS audit_no_update; ${sql}`);
    db.close();
  }
  const whyOf = async (opened: Journal): Promise<string | null> => {
    const { why } = await opened.verifyAudit();
    await opened.close();
    return why;
  };

  test("is taken as it is, once", async () => {
    meddle(`${bare}; ${timeless}`);
    chainFromBefore();
    const adopted = open();
    expect((await adopted.recover()).turns.map(({ isAltered }) => isAltered)).toEqual([undefined]);
    expect((await adopted.auditRows(0, 99)).map(({ kind }) => kind).slice(-4)).toEqual([
      "audit.anchored",
      "audit.sealing",
      "tick",
      "audit.sealing.times",
    ]);
    expect((await adopted.batch("p-old")).unticked).toEqual(["p-too"]);
    expect(await whyOf(adopted)).toBeNull();
    meddle(`CREATE TABLE kept AS SELECT id, touch_seal FROM proposal;
      CREATE TABLE kept_effect AS SELECT seal FROM effect; ${timeless}`);
    expect(await whyOf(open())).toContain("p-old: the time of its last move was changed");
    meddle("UPDATE proposal SET touch_seal = (SELECT touch_seal FROM kept WHERE kept.id = proposal.id)");
    expect(await whyOf(open())).toContain("The effect of p-old was put into the journal");
    meddle("UPDATE effect SET seal = (SELECT seal FROM kept_effect)");
    expect(await whyOf(open())).toBeNull();
    meddle(bare);
    expect(await whyOf(open())).toContain("A button of card:p-old was put into the journal");
  });

  test("is not what a file becomes whose seals somebody took away", async () => {
    meddle(bare);
    const opened = open();
    expect((await opened.recover()).turns.map(({ isAltered }) => isAltered)).toEqual([true]);
    expect(await whyOf(opened)).toContain("A button of card:p-old");
    meddle("UPDATE audit SET prev = replace(prev, '3', '2') WHERE seq = 1");
    expect(await whyOf(open())).toContain("row 1 was changed");
  });

  /** As Nova wrote it before its chain's end was kept beside it; the test has the key. */
  function chainFromBefore(): void {
    const key = readFileSync(join(home, "audit.key"), "utf8").trim();
    const db = new DatabaseSync(join(home, "journal.db"));
    let prev = "0".repeat(64);
    db.exec("DROP TRIGGER audit_no_delete");
    const rows = db.prepare("SELECT * FROM audit WHERE kind <> 'tick' ORDER BY seq").all();
    db.exec("DELETE FROM audit");
    const put = db.prepare("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const [index, { at = 0, kind = "", subject = "", body = "" }] of rows.entries()) {
      const values = ["audit", index + 1, at, kind, subject, body, prev];
      const mac = createHmac("sha256", key).update(JSON.stringify(values)).digest("hex");
      put.run(index + 1, at, kind, subject, body, prev, mac);
      prev = mac;
    }
    db.close();
    rmSync(join(home, "audit.head"));
  }
});
