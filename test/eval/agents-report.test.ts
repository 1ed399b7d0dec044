// The file that evals leave behind: whole or absent, joined over runs, and no evidence where it can't be read.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import {
  agentsReportFile,
  joinedWith,
  keepAgentsReport,
  loadAgentsReport,
  modelNameOf,
} from "../../src/eval/agents-report.ts";
import type { AgentEvidence, AgentsReport, ModelName } from "../../src/eval/agents-report.ts";
import { script } from "../support/script.ts";

const home = mkdtempSync(join(tmpdir(), "nova-evals-"));
afterAll(() => rmSync(home, { recursive: true }));

const offline: ModelName = { id: "offline", kind: "offline model" };
const evidence = (id: string, at: number): AgentEvidence => ({
  id,
  at,
  model: offline,
  passed: 5,
  failed: 1,
  unmeasured: 0,
  skipped: 0,
  repaired: 0,
  misses: [{ ask: "what is late?", outcome: "failed", why: "nothing was named" }],
  routing: { reached: 4, asked: 1, elsewhere: [{ ask: "what is late?", to: "nobody" }] },
  contract: { checked: 4, problems: [] },
  readers: { checked: 2, problems: [] },
});
const report = (at: number, ...ids: readonly string[]): AgentsReport => ({
  version: 1,
  at,
  model: offline,
  dollars: 0,
  agents: ids.map((id) => evidence(id, at)),
});

test("what was kept is read back; nothing else lies beside it, and what can't be read is no evidence", () => {
  expect(loadAgentsReport(home)).toBeNull();
  const kept = report(1, "erp/stock");
  expect(keepAgentsReport(home, kept)).toBe(agentsReportFile(home));
  expect(loadAgentsReport(home)).toEqual(kept);
  expect(readdirSync(home)).toEqual(["evals.json"]);
  for (const damaged of ["", "{", JSON.stringify({ ...kept, version: 2 }), JSON.stringify({ version: 1 })]) {
    writeFileSync(agentsReportFile(home), damaged);
    expect(loadAgentsReport(home)).toBeNull();
  }
});

test("a run of one agent leaves the others' rows as they were, each with its own time", () => {
  const joined = joinedWith(report(1, "chat/guide", "erp/stock"), report(2, "erp/stock", "erp/invoices"));
  expect(joined.at).toBe(2);
  expect(joined.agents.map(({ id, at }) => [id, at])).toEqual([
    ["chat/guide", 1],
    ["erp/invoices", 2],
    ["erp/stock", 2],
  ]);
  expect(joinedWith(null, joined)).toEqual(joined);
});

test("a run without a key takes nothing from what a language model has shown, and the other way round", () => {
  const own = report(1, "erp/stock");
  const vendor: ModelName = { id: "vendor-9", kind: "language model" };
  const measured = own.agents.map((row) => ({ ...row, at: 2, model: vendor }));
  const joined = joinedWith(own, { ...own, at: 2, model: vendor, agents: measured });
  expect(joined.agents.map(({ id, model }) => [id, model.kind])).toEqual([
    ["erp/stock", "language model"],
    ["erp/stock", "offline model"],
  ]);
});

test("only what says that it is a language model is named one; a script is named a script", () => {
  expect(modelNameOf(createOfflineModel())).toEqual(offline);
  expect(modelNameOf(script())).toEqual({ id: "script", kind: "script" });
  expect(modelNameOf({ id: "any-vendor", isLanguageModel: true }).kind).toBe("language model");
});
