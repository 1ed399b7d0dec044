// `nova eval` as it is typed: real child processes, without a key and with one that leads to a strict fake on loopback.
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { loadAgentsBaseline } from "../../src/eval/agents-baseline.ts";
import { loadAgentsReport } from "../../src/eval/agents-report.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import { lendRouter } from "../support/trained-router.ts";

type Ended = { readonly code: number; readonly out: string; readonly err: string };
let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "nova-cli-eval-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** In a folder of its own, so that runs side by side don't write each other's report. */
async function evaluate(
  name: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const own = join(home, name);
  lendRouter(own);
  const env = { PATH: process.env["PATH"] ?? "", NOVA_HOME: own, ...more };
  return new Promise((resolve) => {
    execFile(process.execPath, ["bin/nova.mjs", "eval", ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}
const LastLine = z.looseObject({
  model: z.looseObject({ id: z.string(), kind: z.string() }),
  agents: z.array(
    z.looseObject({ id: z.string(), passed: z.number(), failed: z.number(), unmeasured: z.number() }),
  ),
  regressions: z.array(z.string()),
  file: z.string(),
});
const lastLine = ({ out }: Ended): z.infer<typeof LastLine> =>
  LastLine.parse(JSON.parse(out.trimEnd().split("\n").at(-1) ?? ""));

test("without a key it measures the offline model, says first and last that no language model was, and leaves a report", async () => {
  const ended = await evaluate("plain", ["--agent", "erp/stock", "--agent", "chat/planner", "--json"]);
  expect(ended.code).toBe(0);
  const lines = ended.out.trimEnd().split("\n");
  const notice = /^NO LANGUAGE MODEL was measured: .* offline model.*; 2 evals need one and are left out\.$/u;
  expect(lines[0]).toMatch(notice);
  expect(lines.at(-3)).toMatch(notice);
  expect(lines.at(-2)).toBe(`The report is in ${join(home, "plain", "evals.json")}.`);
  // How many of the asks are routed unasked is the router's, and moves with what it was taught.
  expect(ended.out).toMatch(/^erp\/stock +7 of 7 +(?:6|\d \+ \d asked) of 6 +10 of 10 +1 of 1$/mu);
  expect(ended.err).toMatch(/^\d+ of \d+ (?:chat\/planner|erp\/stock)\n/u);
  expect(ended.out + ended.err).not.toContain("\u001B");
  const { regressions, file, ...said } = lastLine(ended);
  expect(regressions).toEqual([]);
  expect(file).toBe(join(home, "plain", "evals.json"));
  expect(said).toEqual(loadAgentsReport(join(home, "plain")));
  expect(said.model).toEqual({ id: "offline", kind: "offline model" });
});

test("what is worse than the baseline is named, and it ends with 1; kept, it is the new baseline", async () => {
  const baseline = join(home, "baseline.json");
  const reached = { passed: 9, failed: [], routed: 6, elsewhere: [] };
  writeFileSync(baseline, JSON.stringify({ offline: { "erp/stock": reached } }));
  const renewed = join(home, "renewed.json");
  copyFileSync(baseline, renewed);
  const [worse, kept] = await Promise.all([
    evaluate("worse", ["--agent", "erp/stock", "--baseline", baseline]),
    evaluate("kept", ["--agent", "erp/stock", "--keep", "--baseline", renewed]),
  ]);
  expect(worse.code).toBe(1);
  expect(worse.err).toMatch(/1 thing got worse: see above\.\n$/u);
  expect(worse.out).toContain("WORSE erp/stock: 9 evals held, now there are 7; none failed");
  expect(kept.code).toBe(0);
  expect(loadAgentsBaseline(renewed)["offline"]?.["erp/stock"]?.passed).toBe(7);
  expect(loadAgentsBaseline(baseline)["offline"]?.["erp/stock"]?.passed).toBe(9);
});

test("asked wrongly it says one sentence with the nearest names, and ends with 2", async () => {
  const [agent, what] = await Promise.all([
    evaluate("wrong", ["--agent", "erp/invoces"]),
    evaluate("wrong", ["rooting"]),
  ]);
  expect(agent.code).toBe(2);
  expect(agent.err).toMatch(/^There is no agent "erp\/invoces"; the nearest are erp\/invoices, [^\n]+\.\n$/u);
  expect(what.code).toBe(2);
  expect(what.err).toMatch(/^"rooting" is nothing to measure\. Usage: /u);
});

test("with a key the language model is measured and named; a wrong answer is a failed eval, a dead endpoint is none at all", async () => {
  const talker = await startAnthropicStub({ respond: () => ({ text: "I would rather not." }) });
  const down = await startAnthropicStub({ respond: () => ({ fault: "status", status: 401 }) });
  const keyed = (url: string): Record<string, string> => ({
    ANTHROPIC_API_KEY: "sk-test",
    ANTHROPIC_BASE_URL: url,
    NOVA_MODEL: "vendor-9",
  });
  const words = ["--agent", "language/translate", "--json"];
  const [wrong, dead] = await Promise.all([
    evaluate("wrong-model", words, keyed(talker.url)),
    evaluate("dead-model", words, keyed(down.url)),
  ]);
  expect(wrong.code).toBe(0);
  expect(wrong.out).toMatch(/^Measured: the language model vendor-9\.\n/u);
  expect(wrong.out).not.toContain("NO LANGUAGE MODEL");
  expect(wrong.out).toContain('NOTE There is no baseline of "vendor-9" yet');
  const judged = lastLine(wrong);
  expect(judged.model).toEqual({ id: "vendor-9", kind: "language model" });
  expect(judged.agents[0]).toMatchObject({ passed: 0, failed: 7, unmeasured: 0, skipped: 0 });
  expect(dead.code).toBe(1);
  expect(dead.err).toMatch(/7 of the evals could not be measured: see above\.\n$/u);
  expect(lastLine(dead).agents[0]).toMatchObject({ passed: 0, failed: 0, unmeasured: 7 });
  expect(dead.out + dead.err).not.toContain("sk-test");
  await talker.close();
  await down.close();
});
