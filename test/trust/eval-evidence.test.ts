// Evals as evidence: of the model that is in use, of no script, and never by accident.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentsReportFile, keepAgentsReport } from "../../src/eval/agents-report.ts";
import { loadEvalResults } from "../../src/trust/eval-evidence.ts";
import { claude, evalRow, reportOf } from "../support/eval-report.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "nova-evals-"));
});
afterEach(() => rmSync(home, { recursive: true }));

test("counts what was measured with the model in use, and nothing else", () => {
  const script = { id: claude.id, kind: "script" } as const;
  const offline = { id: "offline", kind: "offline model" } as const;
  const rows = [
    evalRow("erp/sales"),
    evalRow("erp/stock", { model: script }),
    evalRow("erp/items", { model: offline }),
  ];
  keepAgentsReport(home, reportOf(rows));
  const result = (agent: string) => [{ agent, passed: 6, failed: 0, at: 1_000 }];
  expect(loadEvalResults(home, claude.id)).toEqual(result("erp/sales"));
  expect(loadEvalResults(home, "offline")).toEqual(result("erp/items"));
  expect(loadEvalResults(home, "claude-opus-5")).toEqual([]);
});

test("a file that is missing or broken is no evidence", () => {
  expect(loadEvalResults(home, claude.id)).toEqual([]);
  for (const text of ["", "{", "[]", JSON.stringify({ agents: [evalRow("erp/sales")] })]) {
    writeFileSync(agentsReportFile(home), text);
    expect(loadEvalResults(home, claude.id)).toEqual([]);
  }
});
