// What counts as worse: an eval that held, evals that are gone, a contract or reader that is broken, asks that lost their way.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { comparedWith, keepAgentsBaseline, loadAgentsBaseline } from "../../src/eval/agents-baseline.ts";
import type { AgentsBaseline } from "../../src/eval/agents-baseline.ts";
import type { AgentEvidence, AgentsReport, ModelName } from "../../src/eval/agents-report.ts";
import { evalRow, reportOf } from "../support/eval-report.ts";

const folder = mkdtempSync(join(tmpdir(), "nova-baseline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const offline: ModelName = { id: "offline", kind: "offline model" };
const vendor: ModelName = { id: "vendor-9", kind: "language model" };
const row = (id: string, more: Partial<AgentEvidence> = {}): AgentEvidence =>
  evalRow(id, { model: offline, routing: { reached: 5, asked: 1, elsewhere: [] }, ...more });
const report = (...agents: readonly AgentEvidence[]): AgentsReport => ({
  ...reportOf(agents),
  model: agents[0]?.model ?? offline,
});
const missed = (...asks: readonly string[]): AgentEvidence["misses"] =>
  asks.map((ask) => ({ ask, outcome: "failed", why: "said nothing" }));
/** What keeping that report leaves behind. */
function kept(of: AgentsReport, before: AgentsBaseline = {}): AgentsBaseline {
  const file = join(folder, "baseline.json");
  keepAgentsBaseline(file, before, of);
  return loadAgentsBaseline(file);
}
const regressions = (before: AgentsBaseline, now: AgentsReport): readonly string[] =>
  comparedWith(before, now, true).regressions;

describe("compared with the baseline", () => {
  const before = kept(
    report(row("erp/stock"), row("chat/guide", { passed: 5, failed: 1, misses: missed("old") })),
  );

  test("the same again, or better, is no regression", () => {
    expect(regressions(before, report(row("erp/stock"), row("chat/guide")))).toEqual([]);
    const same = row("chat/guide", { passed: 5, failed: 1, misses: missed("old") });
    expect(regressions(before, report(row("erp/stock"), same))).toEqual([]);
  });

  test("an eval that held and does not any more is named with why, even where another one was mended", () => {
    const now = row("chat/guide", { passed: 5, failed: 1, misses: missed("another") });
    expect(regressions(before, report(row("erp/stock"), now))).toEqual([
      'chat/guide: "another" held and does not any more (said nothing).',
    ]);
  });

  test("taking an eval away, or leaving it to a language model, is no way to pass", () => {
    expect(regressions(before, report(row("erp/stock", { passed: 4, skipped: 2 })))).toEqual([
      "erp/stock: 6 evals held, now there are 4; none failed, so some are gone or left out.",
    ]);
  });

  test("a broken contract or reader needs no baseline to be wrong", () => {
    const broken = row("erp/new", { readers: { checked: 1, problems: ["findStock fails."] } });
    expect(regressions({}, report(broken))).toEqual(["erp/new: findStock fails."]);
  });

  test("one ask that goes astray among many is the router's business; several are named", () => {
    const astray = (...asks: readonly string[]): AgentEvidence =>
      row("erp/stock", {
        routing: {
          reached: 6 - asks.length,
          asked: 0,
          elsewhere: asks.map((ask) => ({ ask, to: "nobody" })),
        },
      });
    expect(regressions(before, report(astray("one"), row("chat/guide")))).toEqual([]);
    expect(regressions(before, report(astray("one", "two"), row("chat/guide")))).toEqual([
      'erp/stock: "one" found it and goes to nobody now.',
      'erp/stock: "two" found it and goes to nobody now.',
    ]);
  });

  test("what nobody could measure is neither better nor worse, and is not kept", () => {
    const deaf = row("erp/stock", { passed: 0, unmeasured: 6 });
    expect(regressions(before, report(deaf))).toEqual([]);
    expect(kept(report(deaf), before)).toEqual(before);
  });

  test("who is new or gone is said and does not count", () => {
    const { regressions: worse, notes } = comparedWith(
      before,
      report(row("erp/stock"), row("erp/thirty-fifth")),
      true,
    );
    expect(worse).toEqual([]);
    expect(notes).toEqual([
      "erp/thirty-fifth is not in the baseline yet; --keep puts it there.",
      "chat/guide is in the baseline and no agent any more.",
    ]);
    expect(comparedWith(before, report(row("erp/stock")), false).notes).toEqual([]);
  });
});

test("a language model's answers vary: an agent is worse when fewer of its evals hold, and is compared with its own model alone", () => {
  const measured = (more: Partial<AgentEvidence>): AgentsReport =>
    report(row("erp/stock", { model: vendor, ...more }));
  const before = kept(
    measured({ passed: 5, failed: 1, misses: missed("one") }),
    kept(report(row("erp/stock"))),
  );
  expect(Object.keys(before)).toEqual(["offline", "vendor-9"]);
  expect(regressions(before, measured({ passed: 5, failed: 1, misses: missed("two") }))).toEqual([]);
  expect(regressions(before, measured({ passed: 4, failed: 2, misses: missed("one", "two") }))).toEqual([
    'erp/stock: "two" held and does not any more (said nothing).',
  ]);
  const other = report(row("erp/stock", { model: { id: "vendor-10", kind: "language model" }, passed: 0 }));
  expect(comparedWith(before, other, true)).toEqual({
    regressions: [],
    notes: ['There is no baseline of "vendor-10" yet, so nothing is compared; --keep writes one.'],
  });
});

test("a baseline that is none is said with its mend, never taken for an empty one", () => {
  const file = join(folder, "damaged.json");
  writeFileSync(file, "{}x");
  expect(() => loadAgentsBaseline(file)).toThrow(/is no baseline; restore it, or remove it/u);
  expect(loadAgentsBaseline(join(folder, "absent.json"))).toEqual({});
});

test("the committed baseline is one, and knows every agent on the offline model", () => {
  const own = loadAgentsBaseline("test/eval/agents-baseline.json");
  expect(Object.keys(own["offline"] ?? {}).length).toBeGreaterThanOrEqual(34);
  expect(readFileSync("test/eval/agents-baseline.json", "utf8")).toMatch(/\}\n$/u);
});
