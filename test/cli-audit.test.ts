// The audit commands as they are typed: what they print, what they write, and how they end.
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmbeddedErp } from "../adapters/erp-embedded/index.ts";
import { createSqliteJournal } from "../adapters/sqlite/index.ts";
import { embeddedFile } from "../src/erp/erps.ts";
import { replay } from "./support/audit-replay.ts";
import { createTestClock } from "./support/clock.ts";
import { createTestEntropy } from "./support/entropy.ts";
import { cardOf, proposalOf } from "./support/journal-samples.ts";

type Ended = { readonly code: number; readonly out: string; readonly err: string };
let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "nova-audit-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function audit(...words: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", NOVA_HOME: home };
  return new Promise((resolve) => {
    execFile(process.execPath, ["bin/nova.mjs", "audit", ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}
/** Exit code and everything printed. */
const wordsOf = ({ code, out, err }: Ended): string => `${code} ${out}${err}`;
async function propose(...ids: readonly string[]): Promise<void> {
  const journal = createSqliteJournal({
    folder: home,
    clock: createTestClock(),
    entropy: createTestEntropy("a"),
  });
  for (const id of ids) await journal.propose(proposalOf(id), cardOf(id));
  await journal.close();
}

test("A14 audit export writes the whole chain as JSON lines, and never over a file that is there", async () => {
  await propose("p-1", "p-2");
  const file = join(home, "chain.jsonl");
  const first = await audit("export", file);
  expect(first).toEqual({ code: 0, out: `2 rows were written to ${file}.\n`, err: "" });
  expect([...replay(readFileSync(file, "utf8"))].map(([id, { state }]) => [id, state])).toEqual([
    ["p-1", "proposed"],
    ["p-2", "proposed"],
  ]);
  expect((await audit("export")).out).toBe(readFileSync(file, "utf8"));
  expect(wordsOf(await audit("export", file))).toMatch(/^1 [^]*can't be written: name a file/u);
});

test("A14 audit verify knows an end that was told in the chat, and misses it in a folder that was put back whole", async () => {
  await propose("p-1");
  const names = ["journal.db", "audit.head"];
  for (const name of names) copyFileSync(join(home, name), join(home, `earlier-${name}`));
  await propose("p-2");
  const sound = await audit("verify");
  const end = /the last is (?<end>2:[0-9a-f]{16})\.\n$/u.exec(sound.out)?.groups?.["end"] ?? "";
  expect(sound.code).toBe(0);
  expect(wordsOf(await audit("verify", end))).toMatch(/^0 [^]*Row 2 is the one/u);
  for (const name of [...names, "journal.db-wal"]) if (existsSync(join(home, name))) rmSync(join(home, name));
  for (const name of names) copyFileSync(join(home, `earlier-${name}`), join(home, name));
  expect(wordsOf(await audit("verify"))).toMatch(/^0 [^]*sound: 1 rows/u);
  expect(wordsOf(await audit("verify", end))).toMatch(/^1 [^]*Row 2 is NOT the one/u);
});

test("A14 audit verify names what is missing, and audit accept takes what is left", async () => {
  await propose("p-1");
  copyFileSync(join(home, "journal.db"), join(home, "earlier.db"));
  await propose("p-2");
  copyFileSync(join(home, "earlier.db"), join(home, "journal.db"));
  const lost = await audit("verify");
  expect([lost.code, lost.out]).toEqual([
    1,
    expect.stringMatching(/BROKEN at row 1: .*row 2 was there before/u),
  ]);
  expect(lost.out).toMatch(/is as Nova wrote it: .*`nova audit accept`/u);
  expect((await audit("accept")).out).toMatch(/sound: 2 rows/u);
  expect((await audit("verify")).code).toBe(0);
});

test("A14 audit verify says of a row that was changed that only a backup mends it, and accept says the same", async () => {
  await propose("p-1");
  const file = new DatabaseSync(join(home, "journal.db"));
  file.exec("UPDATE proposal SET state = 'rejected'");
  file.close();
  const changed = wordsOf(await audit("verify"));
  expect(changed).toMatch(/^1 [^]*BROKEN.*was itself changed, and that can't be accepted: restore/u);
  expect(changed).not.toContain("audit accept");
  expect(wordsOf(await audit("accept"))).toMatch(/^1 [^]*that can't be accepted: restore/u);
});

test("A14 audit verify looks through the embedded ERPs of the config too, and misses the file of one", async () => {
  const clock = createTestClock();
  const journal = createSqliteJournal({ folder: home, clock, entropy: createTestEntropy("a") });
  const file = embeddedFile(home, "main");
  mkdirSync(dirname(file));
  const erp = createEmbeddedErp({ name: "main", file, clock, sample: false, join: journal.joinErp });
  await erp.close();
  await journal.close();
  const books = new DatabaseSync(file);
  books.exec("INSERT INTO applied_action VALUES (1, 'p-1', 'a', 'b', '{}', 'c', 'd')");
  books.close();
  expect(wordsOf(await audit("verify"))).toMatch(
    /^1 [^]*BROKEN at row 1: in the ERP “main”, action p-1 was changed, or put in, outside Nova\. Nothing is executed/u,
  );
  rmSync(file);
  expect(wordsOf(await audit("verify"))).toMatch(/^0 [^]*sound: 1 rows/u);
  expect(existsSync(file)).toBe(false);
});

test("audit says how it is used when it is not understood", async () => {
  for (const words of [[], ["verfy"], ["verify", "yesterday"], ["export", "a", "b"]])
    expect(wordsOf(await audit(...words))).toMatch(/^2 The audit commands are/u);
});
