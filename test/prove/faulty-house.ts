// A copy of the house with one fault planted in it, and the tests that must notice: run as anybody runs them. Nothing here
// touches the sources that it was copied from.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "./faults.ts";

export type Noticed = {
  /** Tests that failed, and how many ran. */
  readonly failed: number;
  readonly ran: number;
  /** The end of what the runner said. */
  readonly words: string;
};
export type FaultyHouse = {
  readonly try: (fault: Fault) => Promise<Noticed>;
  /** The same tests with no fault in the copy. */
  readonly runSound: (testFile: string, named: readonly string[]) => Promise<Noticed>;
  readonly close: () => void;
};

const root = new URL("../..", import.meta.url).pathname;
const copied = ["src", "adapters", "agents", "config", "test", "bin"] as const;
const files = ["package.json", "tsconfig.json", "vitest.config.ts"] as const;

export function copyHouse(): FaultyHouse {
  const folder = mkdtempSync(join(tmpdir(), "nova-faulty-"));
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of files) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    try: async ({ file, cut, put, noticedBy, named }) => {
      const place = join(folder, file);
      const whole = readFileSync(place, "utf8");
      const parts = whole.split(cut);
      if (parts.length !== 2)
        return { failed: 0, ran: 0, words: `"${cut}" stands ${parts.length - 1} times in ${file}, not once` };
      writeFileSync(place, parts.join(put));
      try {
        return await runIn(folder, noticedBy, named);
      } finally {
        writeFileSync(place, whole);
      }
    },
    runSound: async (testFile, named) => runIn(folder, testFile, [...new Set(named)].join("|")),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const limitMs = 120_000;

/** Told apart by the runner's own report: a test that failed is not a file that could not be loaded. */
async function runIn(folder: string, testFile: string, named: string): Promise<Noticed> {
  const { PATH = "", HOME = "", TMPDIR = tmpdir() } = process.env;
  const runner = join(root, "node_modules/vitest/vitest.mjs");
  const report = join(folder, "report.json");
  const given = ["run", testFile, "-t", named, "--maxWorkers=1", "--bail=1"];
  const told = ["--reporter=json", `--outputFile=${report}`];
  const words = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [runner, ...given, ...told],
      { cwd: folder, env: { PATH, HOME, TMPDIR, NO_COLOR: "1" }, timeout: limitMs },
      (_failed, out, err) => resolve(`${out}${err}`.slice(-2_000)),
    );
  });
  return { ...read(report), words };
}

function read(report: string): Pick<Noticed, "failed" | "ran"> {
  try {
    const { numFailedTests, numPassedTests } = Report.parse(JSON.parse(readFileSync(report, "utf8")));
    return { failed: numFailedTests, ran: numFailedTests + numPassedTests };
  } catch {
    // The runner came to no end of its own: nothing was noticed.
    return { failed: 0, ran: 0 };
  } finally {
    rmSync(report, { force: true });
  }
}
const Report = z.object({ numFailedTests: z.number(), numPassedTests: z.number() });
