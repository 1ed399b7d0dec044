// The table of a measurement as somebody reads it: in words where there is room, in few signs where there is not, and never
// wrapped at 80 columns.
import { expect, test } from "vitest";
import type { ModelName } from "../../src/eval/agents-report.ts";
import { agentsTable, missLines } from "../../src/eval/agents-table.ts";
import { loadRoster } from "../../src/roster.ts";
import { evalRow, reportOf } from "../support/eval-report.ts";

const { entries } = await loadRoster(new URL("../../agents", import.meta.url).pathname);
const offline: ModelName = { id: "offline", kind: "offline model" };
const report = {
  ...reportOf(
    entries.map(({ id }) =>
      evalRow(id, {
        model: offline,
        skipped: 1,
        routing: { reached: 5, asked: 1, elsewhere: [] },
        contract: { checked: 10, problems: [] },
        readers: { checked: 11, problems: [] },
      }),
    ),
  ),
  model: offline,
};
const widest = (table: string): number => Math.max(...table.split("\n").map((line) => line.length));

test("at 120 columns and in a file it is in words; at 80 the same figures in few signs, and no line wraps", () => {
  for (const room of [null, 120]) {
    const table = agentsTable(report, room);
    expect(widest(table)).toBeLessThanOrEqual(120);
    expect(table).toMatch(/^agent +evals, offline model +left out +routed +contract +readers$/mu);
    expect(table).toMatch(/^erp\/stock +6 of 6 +1 +5 \+ 1 asked of 6 +10 of 10 +11 of 11$/mu);
  }
  const table = agentsTable(report, 80);
  expect(widest(table)).toBeLessThanOrEqual(80);
  expect(table).toMatch(/^agent +offline +left +routed +contract +readers$/mu);
  expect(table).toMatch(/^erp\/stock +6\/6 +1 +5\+1\/6 +10\/10 +11\/11$/mu);
  expect(table.split("\n")).toHaveLength(entries.length + 3);
});

test("what went wrong is one line each, whatever was asked", () => {
  const misses = [{ ask: "Turn these\ninto notes:\u001B[2J", outcome: "failed" as const, why: "nothing" }];
  const lines = missLines(reportOf([evalRow("language/changelog", { misses })]));
  expect(lines).toEqual(['FAILED language/changelog: "Turn these into notes: [2J": nothing']);
});
