// What somebody with the journal's file and without its key can do to all that a deed leans on: one random edit at a time,
// of every kind that could be worth something, and the way back.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import type { Chance } from "../support/chance.ts";

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;
export type Intruder = {
  /** Remembers everything as it stands now; `undo` puts it back. */
  readonly remember: () => void;
  /** Remembers it as the earlier state, to which an edit may roll back. */
  readonly rememberEarly: () => void;
  readonly undo: () => void;
  /** Does one edit and says which. */
  readonly edit: (chance: Chance) => string;
  readonly close: () => void;
};

const tables = ["proposal", "vote", "audit", "effect", "outbox", "button", "unticked"] as const;
/** Every column that decides something; ARCHITECTURE.md says which don't, and why. */
const textColumns: readonly (readonly [string, string])[] = [
  ["proposal", "body"],
  ["proposal", "body"],
  ["proposal", "row_mac"],
  ["proposal", "id"],
  ["proposal", "project"],
  ["proposal", "decided_by"],
  ["proposal", "reason"],
  ["proposal", "outcome_detail"],
  ["proposal", "result"],
  ["proposal", "touch_seal"],
  ["audit", "body"],
  ["audit", "body"],
  ["audit", "mac"],
  ["audit", "prev"],
  ["audit", "kind"],
  ["audit", "subject"],
  ["vote", "person"],
  ["vote", "account"],
  ["vote", "reason"],
  ["vote", "surface"],
  ["vote", "instead_of"],
  ["effect", "key"],
  ["effect", "state"],
  ["effect", "detail"],
  ["effect", "seal"],
  ["outbox", "id"],
  ["outbox", "thread"],
  ["outbox", "proposal"],
  ["outbox", "seal"],
  ["outbox", "platform_id"],
  ["outbox", "place_seal"],
  ["button", "nonce"],
  ["button", "outbox"],
  ["button", "action"],
  ["button", "seal"],
];
const numberColumns: readonly (readonly [string, string])[] = [
  ["proposal", "created_at"],
  ["proposal", "expires_at"],
  ["proposal", "decided_at"],
  ["proposal", "shown_at"],
  ["proposal", "remind_at"],
  ["proposal", "escalated_at"],
  ["proposal", "run_at"],
  ["proposal", "touched_at"],
  ["vote", "at"],
  ["effect", "attempt"],
  ["effect", "intent_at"],
  ["effect", "settled_at"],
  ["audit", "at"],
];

export function createIntruder(folder: string): Intruder {
  const db = new DatabaseSync(join(folder, "journal.db"), { timeout: 5_000 });
  db.exec(`DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete;
    DROP INDEX IF EXISTS proposal_command;
    PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; ATTACH ':memory:' AS kept`);
  const remember = (name: string): void => {
    for (const table of tables)
      db.exec(
        `DROP TABLE IF EXISTS kept.${name}_${table}; CREATE TABLE kept.${name}_${table} AS SELECT * FROM main.${table}`,
      );
  };
  const putBack = (name: string): void => {
    const copies = tables.map(
      (table) => `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM kept.${name}_${table};`,
    );
    db.exec(`BEGIN IMMEDIATE; ${copies.join(" ")} COMMIT`);
  };
  return {
    remember: () => remember("now"),
    rememberEarly: () => remember("early"),
    undo: () => putBack("now"),
    edit: (chance) => {
      const kinds = {
        flip,
        shift,
        rewrite,
        promote,
        reorder,
        cut,
        drop,
        forge,
        addVote,
        turnVote,
        leaveOut,
        swapBodies,
      };
      const kind = chance.pick([...Object.keys(kinds), "flip", "shift", "rewrite", "rewrite", "rollBack"]);
      if (kind === "rollBack") putBack("early");
      const change = Object.entries(kinds).find(([name]) => name === kind)?.[1];
      return change === undefined ? kind : `${kind}: ${change(db, chance)}`;
    },
    close: () => db.close(),
  };
}

const nameOf = (table: string): string => (table === "button" ? "nonce" : "rowid");
/** Of posts those that are cards: no other decides anything. */
const rowsOf = (db: DatabaseSync, table: string): readonly Row[] => {
  const where = table === "outbox" ? "proposal IS NOT NULL" : "1 = 1";
  const sql = `SELECT ${nameOf(table)} AS rid, * FROM ${table} WHERE ${where} ORDER BY rid`;
  return z
    .array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))
    .parse(db.prepare(sql).all());
};
function setCell(
  db: DatabaseSync,
  place: readonly [string, string],
  of: { readonly rid: Cell; readonly to: Cell },
): string {
  const [table, column] = place;
  db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${nameOf(table)} = ?`).run(of.to, of.rid);
  return `${table}.${column} of row ${String(of.rid)} became ${String(of.to).slice(0, 400)}`;
}

/** One character of a text becomes another. */
function flip(db: DatabaseSync, chance: Chance): string {
  const place = chance.pick(textColumns);
  const [table, column] = place;
  const row = chance.pick(rowsOf(db, table));
  const before = String(row[column] ?? "");
  const at = chance.below(Math.max(1, before.length));
  const other = String.fromCodePoint(33 + chance.below(90));
  const put = other === before[at] ? (other === "~" ? "!" : "~") : other;
  return setCell(db, place, {
    rid: row["rid"] ?? 0,
    to: `${before.slice(0, at)}${put}${before.slice(at + 1)}`,
  });
}

function shift(db: DatabaseSync, chance: Chance): string {
  const place = chance.pick(numberColumns);
  const row = chance.pick(rowsOf(db, place[0]));
  const before = Number(row[place[1]] ?? 0);
  return setCell(db, place, { rid: row["rid"] ?? 0, to: before + 1 + chance.below(100_000_000) });
}

const Command = z.object({
  connector: z.string(),
  instance: z.string(),
  op: z.string(),
  args: z.record(z.string(), z.json()),
});
const Body = z.looseObject({
  prepared: z.looseObject({
    command: Command,
    changes: z.array(
      z.looseObject({
        record: z.string(),
        label: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    deltas: z.array(
      z.looseObject({
        record: z.string(),
        label: z.string(),
        delta: z.string(),
        before: z.string(),
        after: z.string(),
      }),
    ),
    guards: z.array(z.looseObject({ check: z.string(), isMet: z.boolean(), detail: z.string() })),
    summary: z.string(),
    warnings: z.array(z.string()),
    versionTokens: z.record(z.string(), z.string()),
    risk: z.object({
      amountCents: z.number().nullable(),
      currency: z.string().nullable(),
      isReversible: z.boolean(),
      isExternal: z.boolean(),
      records: z.number(),
    }),
    undo: z.string().nullable(),
  }),
  approvers: z.array(z.string()),
  minApprovals: z.number(),
  stakes: z.string(),
  policyVersion: z.string(),
  commandHash: z.string(),
  effectHash: z.string(),
});
type Body = z.infer<typeof Body>;
const withCommand = (body: Body, change: Partial<z.infer<typeof Command>>): Body => {
  const prepared = { ...body.prepared, command: { ...body.prepared.command, ...change } };
  return {
    ...body,
    prepared,
    commandHash: commandHashOf(prepared.command),
    effectHash: effectHashOf(prepared),
  };
};
/** Whole and consistent, hashes made anew: what an intruder who knows the code would write. */
const rewrites: Readonly<Record<string, (body: Body) => Body>> = {
  amount: (body) => withCommand(body, { args: { ...body.prepared.command.args, cents: 9_999_900 } }),
  payee: (body) => withCommand(body, { args: { ...body.prepared.command.args, to: "Mallory" } }),
  instance: (body) => withCommand(body, { instance: "other" }),
  connector: (body) => withCommand(body, { connector: "embedded" }),
  op: (body) => withCommand(body, { op: "pay_all" }),
  "an argument more": (body) => withCommand(body, { args: { ...body.prepared.command.args, twice: true } }),
  effects: (body) => {
    const prepared = { ...body.prepared, changes: [] };
    return { ...body, prepared, effectHash: effectHashOf(prepared) };
  },
  guards: (body) => {
    const prepared = { ...body.prepared, guards: [{ check: "credit", isMet: true, detail: "fine" }] };
    return { ...body, prepared, effectHash: effectHashOf(prepared) };
  },
  risk: (body) => ({
    ...body,
    prepared: { ...body.prepared, risk: { ...body.prepared.risk, amountCents: 1 } },
  }),
  approvers: (body) => ({ ...body, approvers: [...body.approvers, "Maya"] }),
  "approvers but one": (body) => ({ ...body, approvers: body.approvers.slice(1) }),
  minApprovals: (body) => ({ ...body, minApprovals: 0 }),
  stakes: (body) => ({ ...body, stakes: "low" }),
  policyVersion: (body) => ({ ...body, policyVersion: "none" }),
};

function rewrite(db: DatabaseSync, chance: Chance): string {
  const row = chance.pick(rowsOf(db, "proposal"));
  const [what, change] = chance.pick(Object.entries(rewrites));
  const body = change(Body.parse(JSON.parse(String(row["body"]))));
  setCell(db, ["proposal", "body"], { rid: row["rid"] ?? 0, to: JSON.stringify(body) });
  return what;
}

/** Decided by nobody. */
function promote(db: DatabaseSync, chance: Chance): string {
  const row = chance.pick(rowsOf(db, "proposal"));
  const before = String(row["state"]);
  const state = chance.pick(
    ["approved", "executing", "unknown", "pending", "rejected"].filter((one) => one !== before),
  );
  db.prepare("UPDATE proposal SET state = ?, decided_by = ?, decided_at = ? WHERE rowid = ?").run(
    state,
    '["Kit"]',
    Date.UTC(2026, 0, 5),
    row["rid"] ?? 0,
  );
  return `${before} became ${state}`;
}

function reorder(db: DatabaseSync, chance: Chance): string {
  const { length } = rowsOf(db, "audit");
  const one = 1 + chance.below(length);
  const other = (one % length) + 1;
  db.exec(`UPDATE audit SET seq = -1 WHERE seq = ${one}; UPDATE audit SET seq = ${one} WHERE seq = ${other};
    UPDATE audit SET seq = ${other} WHERE seq = -1`);
  return `audit rows ${one} and ${other}`;
}

/** The last rows, alone. */
function cut(db: DatabaseSync, chance: Chance): string {
  const { length } = rowsOf(db, "audit");
  const left = length - 1 - chance.below(Math.min(5, length));
  db.exec(`DELETE FROM audit WHERE seq > ${left}`);
  return `audit rows after ${left}`;
}

function drop(db: DatabaseSync, chance: Chance): string {
  const table = chance.pick(["audit", "proposal", "vote", "effect", "outbox"]);
  const row = chance.pick(rowsOf(db, table));
  db.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(row["rid"] ?? 0);
  return `a row of ${table}`;
}

/** A row at the end that says what nobody did, with a seal from another row. */
function forge(db: DatabaseSync, chance: Chance): string {
  const rows = rowsOf(db, "audit");
  const last = rows.at(-1);
  const like = chance.pick(rows);
  const body = String(like["body"]).replace(/"state":"\w+"/u, '"state":"approved"');
  db.prepare("INSERT INTO audit (seq, at, kind, subject, body, prev, mac) VALUES (?, ?, ?, ?, ?, ?, ?)").run(
    rows.length + 1,
    Number(last?.["at"] ?? 0),
    like["kind"] ?? "",
    like["subject"] ?? "",
    body,
    last?.["mac"] ?? "",
    like["mac"] ?? "",
  );
  return `after a copy of row ${String(like["seq"])}`;
}

function addVote(db: DatabaseSync, chance: Chance): string {
  const row = chance.pick(rowsOf(db, "proposal"));
  const insert =
    "INSERT OR REPLACE INTO vote (proposal, person, account, decision, reason, at) VALUES (?, ?, ?, ?, ?, ?)";
  db.prepare(insert).run(
    row["id"] ?? "",
    chance.pick(["Ada", "Maya", "Gus"]),
    "slack:T1/U7",
    "approve",
    null,
    1,
  );
  return `on ${String(row["id"])}`;
}

function turnVote(db: DatabaseSync, chance: Chance): string {
  const row = chance.pick(rowsOf(db, "vote"));
  const to = row["decision"] === "approve" ? "reject" : "approve";
  return setCell(db, ["vote", "decision"], { rid: row["rid"] ?? 0, to });
}

function leaveOut(db: DatabaseSync, chance: Chance): string {
  const [one, other] = [chance.pick(rowsOf(db, "proposal")), chance.pick(rowsOf(db, "proposal"))];
  db.prepare("INSERT INTO unticked (proposal, lead) VALUES (?, ?)").run(one["id"] ?? "", other["id"] ?? "");
  return `${String(one["id"])} of ${String(other["id"])}`;
}

function swapBodies(db: DatabaseSync, chance: Chance): string {
  const rows = rowsOf(db, "proposal");
  const one = chance.below(rows.length);
  const other = (one + 1) % rows.length;
  const set = db.prepare("UPDATE proposal SET body = ?, row_mac = ? WHERE rowid = ?");
  for (const [to, from] of [
    [one, other],
    [other, one],
  ] as const)
    set.run(rows[from]?.["body"] ?? "", rows[from]?.["row_mac"] ?? "", rows[to]?.["rid"] ?? 0);
  return `of proposals ${one} and ${other}`;
}
