// What the journal on node:sqlite owes beyond the contract: one process, a safe file, forward migrations, and one clear
// sentence for whatever stands in the way of a start.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, readPragma } from "../../adapters/sqlite/database.ts";
import { createGroupCommit } from "../../adapters/sqlite/group-commit.ts";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { budgets } from "../../adapters/sqlite/budgets-schema.ts";
import { migrate, migrations } from "../../adapters/sqlite/schema.ts";
import { BootError } from "../../src/boot-error.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import { factOf, finishOf, messageOf, project, who } from "../support/journal-samples.ts";

let folder: string;
let ends: (() => void | Promise<void>)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-sqlite-"));
  ends = [];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  rmSync(folder, { recursive: true });
});

function open(): Journal {
  const journal = createSqliteJournal({ folder, clock: createTestClock(), entropy: createTestEntropy("a") });
  ends.push(async () => journal.close());
  return journal;
}
function openFile(): DatabaseSync {
  const db = new DatabaseSync(join(folder, "journal.db"));
  ends.push(() => {
    if (db.isOpen) db.close();
  });
  return db;
}
/** The sentence that a refused start says; fails when it starts. */
function refusal(): string {
  try {
    open();
  } catch (error) {
    if (error instanceof BootError) return error.message;
    throw error;
  }
  throw new Error("It opened.");
}

type Holder = { readonly child: ChildProcess; readonly says: string };
async function startHolder(at: string, user: { uid?: number; gid?: number } = {}): Promise<Holder> {
  const script = fileURLToPath(new URL("../support/journal-holder.ts", import.meta.url));
  const child = spawn(process.execPath, [script, at], { stdio: ["pipe", "pipe", "inherit"], ...user });
  ends.push(async () => kill(child));
  let says = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    says += text;
  });
  while (!says.includes("\n")) await once(child.stdout, "data");
  return { child, says: says.trim() };
}
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

describe("one Nova per folder", () => {
  test("a second process is refused and told who runs; a killed one blocks nobody and loses nothing", async () => {
    const { child, says } = await startHolder(folder);
    expect(says).toBe("open");
    const sentence = refusal();
    expect(sentence).toContain(`Another Nova already runs on ${folder} (process ${child.pid} holder)`);
    expect(sentence).toContain("NOVA_HOME");
    await kill(child);
    const { turns } = await open().recover();
    expect(turns.map(({ id, attempt }) => [id, attempt])).toEqual([["kept-before-the-end", 2]]);
  });

  test("the same process is refused too, and the first one keeps its lock", async () => {
    const journal = open();
    expect(refusal()).toContain("Another Nova");
    expect((await startHolder(folder)).says).toContain("BootError: Another Nova");
    await journal.close();
    expect(await open().isWritable()).toBe(true);
  });
});

describe("the file", () => {
  test("is opened with WAL, an fsync per commit and the constraints on", () => {
    const db = openDatabase(join(folder, "journal.db"));
    ends.push(() => db.close());
    const read = (name: string) => readPragma(db, name);
    expect(["journal_mode", "synchronous", "foreign_keys", "recursive_triggers"].map(read)).toEqual([
      "wal",
      2,
      1,
      1,
    ]);
    expect(read("busy_timeout")).toBe(5000);
    db.exec("CREATE TABLE t (a INTEGER) STRICT");
    db.exec("PRAGMA writable_schema = ON");
    expect(() => db.exec("DELETE FROM sqlite_schema")).toThrow("may not be modified");
  });

  test("is readable by its owner alone, with everything that lies beside it", async () => {
    await open().keep(messageOf("m1"), who);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(expect.arrayContaining(["audit.key", "journal.db", "journal.db-wal"]));
    for (const name of names) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  });

  test("holds nothing of a forgotten fact any more", async () => {
    const journal = open();
    await journal.remember(factOf("f1", "the alarm code is kestrel"));
    await journal.remember(factOf("f2", "brushes are in aisle four"));
    await journal.forget(project, "f1");
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    expect(bytes.filter((text) => text.includes("aisle"))).not.toEqual([]);
    expect(bytes.filter((text) => /kestrel|alarm/u.test(text))).toEqual([]);
  });
});

describe("migrations", () => {
  test.each(migrations.map((_, version) => version))(
    "bring a file of schema %i up to date",
    async (version) => {
      const db = openFile();
      migrate(db, "journal.db", migrations.slice(0, version));
      if (version > 0) db.exec("INSERT INTO heartbeat (id, at) VALUES (7, 1)");
      db.close();
      const journal = open();
      const kept = await journal.keep(messageOf("m1"), who);
      if (kept.kind !== "next") throw new Error("not handed out");
      expect((await journal.finish(finishOf(kept.turn))).deliveries).toHaveLength(1);
      await journal.remember(factOf("f1", "brushes"));
      expect(await journal.recall(project, "brush", 1)).toHaveLength(1);
      await journal.close();
      const after = openFile();
      expect(readPragma(after, "user_version")).toBe(migrations.length);
      const beats = after.prepare("SELECT count(*) AS n FROM heartbeat WHERE id = 7").get();
      expect(beats).toMatchObject({ n: version > 0 ? 1 : 0 });
    },
  );

  test("what was spent before there were sums is taken over, by person and day", async () => {
    const db = openFile();
    migrate(db, "journal.db", migrations.slice(0, migrations.indexOf(budgets)));
    const spend =
      db.prepare(`INSERT INTO turn (id, thread, person, state, attempts, at, kept_at, finished_at, dollars, message)
      VALUES (?1, 't', ?2, 'done', 1, 0, 0, ?3, ?4, '{}')`);
    spend.run("t1", "Kit", 1, 0.3);
    spend.run("t2", "Kit", 2, 0.000_000_1);
    spend.run("t3", "Maya", 3, 1.5);
    spend.run("t4", "Maya", 86_400_000, 2);
    db.close();
    const journal = open();
    const day = async (on: string) =>
      (await journal.budgetsOn(on)).map(({ scope, spentMicros }) => [scope, spentMicros]);
    expect(await day("1970-01-01")).toEqual([
      ["all", 1_800_001],
      ["person:Kit", 300_001],
      ["person:Maya", 1_500_000],
    ]);
    expect(await day("1970-01-02")).toEqual([
      ["all", 2_000_000],
      ["person:Maya", 2_000_000],
    ]);
    await journal.close();
  });

  test("a step that fails leaves the file as it stood, without the steps before it", () => {
    const db = openFile();
    migrate(db, "journal.db", migrations.slice(0, -1));
    const broken = [...migrations, "CREATE TABLE extra (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"];
    expect(() => migrate(db, "journal.db", broken)).toThrow("nowhere");
    db.close();
    const again = openFile();
    expect(readPragma(again, "user_version")).toBe(migrations.length - 1);
    expect(again.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'extra'").get()).toBeUndefined();
  });

  test("a file of a newer Nova is refused and not touched", () => {
    const db = openFile();
    db.exec("PRAGMA user_version = 999");
    db.close();
    expect(refusal()).toMatch(/journal\.db was written by a newer Nova \(schema 999.*update Nova/u);
    expect(openFile().prepare("SELECT count(*) AS n FROM sqlite_schema").get()).toMatchObject({ n: 0 });
  });
});

describe("a start that can't be", () => {
  test.each([
    ["a file that never was a database", (file: string) => writeFileSync(file, "words ".repeat(2000))],
    [
      "a page overwritten in the middle",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096 * 2, 4096 * 6);
        writeFileSync(file, bytes);
      },
    ],
  ])("%s is said with its path and the mend", async (_, damage) => {
    const journal = open();
    for (const id of ["m1", "m2"]) await journal.keep(messageOf(id), who);
    await journal.close();
    const file = join(folder, "journal.db");
    damage(file);
    expect(refusal()).toBe(
      `The file ${file} is damaged: move it away and restore the last backup, or start with an empty folder in NOVA_HOME.`,
    );
  });

  test("a folder that can't be written is said with its path, by a process that may not write there", async () => {
    writeFileSync(join(folder, "file"), "");
    const journal = () =>
      createSqliteJournal({
        folder: join(folder, "file"),
        clock: createTestClock(),
        entropy: createTestEntropy("a"),
      });
    expect(journal).toThrow(/^Nova can't write to its folder .*make it a writable folder, or set NOVA_HOME/u);
    chmodSync(folder, 0o555);
    // Permissions bind everyone but root, so root lets another user try.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { says } = await startHolder(folder, nobody);
    chmodSync(folder, 0o755);
    expect(says).toMatch(/^BootError: Nova can't write to its folder .*NOVA_HOME/u);
    expect(says).toContain(folder);
  });

  test("a lost or replaced audit key is said, never made anew", async () => {
    const journal = open();
    await journal.remember(factOf("f1", "x"));
    await journal.forget(project, "f1");
    await journal.close();
    const key = join(folder, "audit.key");
    writeFileSync(key, "short");
    expect(refusal()).toContain(`The audit key ${key} is not one of Nova's`);
    rmSync(key);
    expect(refusal()).toContain(`The audit key ${key} is missing`);
  });
});

describe("group commit", () => {
  /** Each operation that resolved is stored, and each that rejected is not. */
  async function outcomes(sql: readonly string[], setUp: string): Promise<(string | number)[]> {
    const db = openFile();
    db.exec(setUp);
    const group = createGroupCommit(db, () => undefined);
    const results = await Promise.allSettled(
      sql.map(async (statement) => group.commit(() => db.prepare(statement).run())),
    );
    group.close();
    const { n } = db.prepare("SELECT count(*) AS n FROM t").get() ?? {};
    return [...results.map(({ status }) => status), Number(n)];
  }

  test("a commit that fails rejects every operation in it and stores none", async () => {
    const setUp = `PRAGMA foreign_keys = ON; CREATE TABLE t (a INTEGER PRIMARY KEY,
      of INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED) STRICT`;
    const insert = ["INSERT INTO t VALUES (1, NULL)", "INSERT INTO t VALUES (2, 99)"];
    expect(await outcomes(insert, setUp)).toEqual(["rejected", "rejected", 0]);
  });

  test("a full disk rejects what did not fit and stores exactly what it confirmed", async () => {
    const setUp = "PRAGMA max_page_count = 20; CREATE TABLE t (a TEXT) STRICT";
    const small = "INSERT INTO t VALUES ('small')";
    const huge = `INSERT INTO t VALUES ('${"x".repeat(400_000)}')`;
    const result = await outcomes([small, huge, small], setUp);
    expect(result[1]).toBe("rejected");
    expect(result[3]).toBe(result.filter((status) => status === "fulfilled").length);
  });

  test("operations of one moment share one commit, and one that throws is undone alone", async () => {
    const setUp = "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT";
    const insert = (a: number) => `INSERT INTO t VALUES (${a})`;
    const all = [insert(1), insert(2), insert(1), insert(3)];
    expect(await outcomes(all, setUp)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled", 3]);
  });
});
