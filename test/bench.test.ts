// The measuring tool itself: both bots start, answer every message and end, and the figures come out under their names.
// What they are is not tested: a time on a busy machine says nothing.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";

const figure = z.number().nonnegative();
const Figures = z.strictObject({
  p50Ms: figure,
  p95Ms: figure,
  cpuMs: figure,
  perSecond: figure,
  rssMb: figure,
  coldStartS: figure,
});
const Report = z.strictObject({
  bare: Figures,
  nova: Figures,
  ratio: z.strictObject({ p50: figure, p95: figure, cpu: figure, perSecond: figure }),
});
const bench = fileURLToPath(new URL("../bench/bench.ts", import.meta.url));

test("measures Nova beside the bare bot and ends with one line of JSON", { timeout: 120_000 }, async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bench, "--quick", "--json"]);
  const lines = stdout.trimEnd().split("\n");
  expect(() => Report.parse(JSON.parse(lines.at(-1) ?? ""))).not.toThrow();
  expect(stdout).toMatch(/^bare bot +[\d.]+/mu);
  expect(stdout).toMatch(/foreign cores/u);
  expect(stderr).toBe("");
});
