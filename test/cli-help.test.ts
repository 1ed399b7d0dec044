// What the command line says of itself, as it is typed: help behind every command, and one sentence for what it does not take.
// Nothing is started and no folder is made for it.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { joinedWith, keepAgentsReport } from "../src/eval/agents-report.ts";
import { evalRow, reportOf } from "./support/eval-report.ts";

type Ended = { readonly code: number; readonly out: string; readonly err: string };
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-help-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function nova(words: readonly string[], home = join(folder, "unused")): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", NOVA_HOME: home, NOVA_PORT: "0" };
  return new Promise((resolve) => {
    execFile(process.execPath, ["bin/nova.mjs", ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

test("--help behind every command prints its usage and its flags within 80 columns, starts nothing, and ends with 0", async () => {
  const names = Object.keys(commands);
  const ends = await Promise.all(names.map(async (name) => nova([name, "--help"])));
  for (const [at, name] of names.entries()) {
    const { code, out, err } = ends[at] ?? { code: -1, out: "", err: "" };
    expect({ name, code, err }).toEqual({ name, code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^Usage: nova ${name}`, "u"));
    for (const flag of commands[name]?.flags ?? []) expect(out).toContain(`  ${flag.name}`);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  }
  expect(existsSync(join(folder, "unused"))).toBe(false);
});

test("help alone names every command with what it is for; help of one is the same as --help behind it", async () => {
  const [none, dashes, short, one, same] = await Promise.all([
    nova([]),
    nova(["--help"]),
    nova(["-h"]),
    nova(["help", "eval"]),
    nova(["eval", "routing", "-h"]),
  ]);
  for (const name of Object.keys(commands))
    expect(none.out).toMatch(new RegExp(`^  ${name} +[A-Z].*\\.$`, "mu"));
  expect(dashes).toEqual(none);
  expect(short).toEqual(none);
  expect(none.code).toBe(0);
  expect(same).toEqual(one);
});

test("a flag or word that a command does not take is one sentence with the nearest, and ends with 2", async () => {
  const typed = [
    ["start", "--port"],
    ["start", "now"],
    ["eval", "--jsom"],
    ["eval", "routing", "--agent"],
    ["route", "hello", "--project"],
    ["erp", "--hledger=yes"],
    ["audit", "verfy"],
    ["eval", "--baseline", join(folder, "nowhere", "b.json")],
  ];
  const ends = await Promise.all(
    typed.map(async (words) => nova(words, words.includes("--baseline") ? folder : undefined)),
  );
  expect(ends.map(({ code }) => code)).toEqual(typed.map(() => 2));
  expect(ends.map(({ err }) => err.trim())).toEqual([
    '`start` has no flag "--port"; it takes none.',
    '`start` takes nothing more; leave "now" out.',
    '`eval` has no flag "--jsom"; did you mean "--json"?',
    "`--agent` needs a value: `--agent id`.",
    "`--project` needs a value: `--project id`.",
    "`--hledger` takes no value.",
    expect.stringMatching(/^The audit commands are: /u),
    `There is no folder ${join(folder, "nowhere")} for the baseline; make it, or name another file.`,
  ]);
  expect(existsSync(join(folder, "unused"))).toBe(false);
});

test("agents says under whom was judged how far it is trusted and by which evidence, and makes nothing", async () => {
  const home = join(folder, "judged");
  const offline = { model: { id: "offline", kind: "offline model" }, at: Date.now() } as const;
  const rows = [
    evalRow("chat/guide", { ...offline, passed: 60 }),
    evalRow("erp/stock", { ...offline, passed: 2, failed: 4 }),
  ];
  keepAgentsReport(home, joinedWith(null, reportOf(rows)));
  const { code, out } = await nova(["agents"], home);
  expect(code).toBe(0);
  expect(out).toMatch(/^chat\/guide +\S.*\n +trust: low trusted, .*: 60 of 60 evals on offline$/mu);
  expect(out).toMatch(/^erp\/stock +\S.*\n +trust: low, medium and high doubted: 2 of 6 evals on offline$/mu);
  expect(out).toMatch(/^2 of \d+ agents were judged; /mu);
  expect(existsSync(join(home, "journal.db"))).toBe(false);
});
