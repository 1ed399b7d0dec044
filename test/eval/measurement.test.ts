// The measurement itself: what counts as right, what as asked, and what ends it with 1.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { halfOf, loadFrozenSet, type FrozenMessage } from "../../src/eval/frozen-set.ts";
import { auroc, type Scored } from "../../src/eval/intents.ts";
import { foundSet, isExactSet, judge, type Bench, type Judged } from "../../src/eval/judgement.ts";
import { decisionP95Ms } from "../../src/eval/latency.ts";
import {
  abstentionCurve,
  calibrationError,
  expectedError,
  ownDetails,
  ownFigures,
} from "../../src/eval/own-figures.ts";
import { loadBanking77, loadClinc150, parseCsv } from "../../src/eval/public-sets.ts";
import { evaluateRouting } from "../../src/eval/routing.ts";
import { shortfalls, type Measured } from "../../src/eval/targets.ts";
import { roster } from "../fixtures/roster.ts";
import { ask, lineSettings, router } from "../routing/route-input.ts";

const folder = mkdtempSync(join(tmpdir(), "nova-eval-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench: Bench = { router, roster, allowed: new Map([["talk", ["chat/*"]]]) };
let count = 0;
function message(text: string, agents: readonly string[], over: Partial<FrozenMessage> = {}): FrozenMessage {
  count += 1;
  const kind = agents.length === 0 ? "oos" : "single";
  return {
    id: `t-${count}`,
    kind,
    text,
    project: null,
    after: null,
    expect: { agents: [...agents] },
    ...over,
  };
}
const judged = (text: string, agents: readonly string[], over: Partial<FrozenMessage> = {}): Judged =>
  judge(bench, message(text, agents, over));

const overdue = "which invoices are overdue?";
const both = "how many brushes are in stock and which invoices are overdue?";

describe("a message is judged", () => {
  test("right when it goes unasked to the one who should have it, wrong when to another", () => {
    expect(judged(overdue, ["erp/invoices"])).toMatchObject({ isRight: true, isOffered: null });
    expect(judged(overdue, ["erp/stock"])).toMatchObject({ isRight: false, isOffered: null });
    expect(judged(overdue, [])).toMatchObject({ isRight: false, isOffered: null });
  });

  test("as asked when buttons are shown, and by whether a right one is among them", () => {
    const unsure = "the brushes please";
    expect(judged(unsure, ["erp/stock"])).toMatchObject({ isRight: null, isOffered: true });
    expect(judged(unsure, ["language/translate"])).toMatchObject({ isRight: null, isOffered: false });
    expect(judged(unsure, [])).toMatchObject({ isRight: null, isOffered: null });
  });

  test("an ambiguous one is right with any of those who would do, and how often it went unasked is said beside", () => {
    const kind = "ambiguous";
    const wanted = judged(overdue, ["erp/invoices", "chat/general"], { kind });
    expect(wanted.isRight).toBe(true);
    expect(judged(overdue, ["erp/stock", "chat/general"], { kind }).isRight).toBe(false);
    const asked = judged("the brushes please", ["erp/stock", "erp/items"], { kind });
    expect(ownDetails([wanted, asked]).ambiguousRouted).toBe(0.5);
  });

  test("several requests by the exact set, planned or asked about", () => {
    const exact = judged(both, ["erp/stock", "erp/invoices"], { kind: "multi" });
    expect(exact.isRight).toBe(true);
    expect(isExactSet(exact)).toBe(true);
    const more = judged(both, ["erp/stock", "erp/invoices", "erp/sales"], { kind: "multi" });
    expect(more.isRight).toBe(false);
    expect(isExactSet(more)).toBe(false);
    expect(foundSet(judged(overdue, ["erp/invoices"]))).toBeNull();
  });

  test("in its project and its thread", () => {
    const closed = judged(overdue, ["erp/invoices"], { project: "talk" });
    expect(closed.decision?.candidates.every(({ agent }) => agent.startsWith("chat/"))).toBe(true);
    const after = { agent: "chat/general", text: "hello" };
    expect(judged("why?", ["chat/general"], { kind: "followup", after }).isRight).toBe(true);
  });

  test("no agent with effects is reached below its line, and one that were would be counted", () => {
    expect(judged(overdue, ["erp/invoices"]).isBelowLine).toBe(false);
    const strict: Bench = { ...bench, router: { ...router, high: null } };
    expect(judge(strict, message(overdue, ["erp/invoices"])).isBelowLine).toBe(false);
  });
});

describe("figures", () => {
  const all = [
    judged(overdue, ["erp/invoices"]),
    judged(overdue, ["erp/stock"]),
    judged("the brushes please", ["erp/stock"]),
    judged(both, ["erp/stock", "erp/invoices"], { kind: "multi" }),
    judged("play some jazz in the kitchen", []),
  ];

  test("are shares of what they speak of", () => {
    const figures = ownFigures(all);
    expect(figures.precision).toBeCloseTo(2 / 3, 9);
    expect(figures.coverage).toBeCloseTo(2 / 3, 9);
    expect(figures).toMatchObject({
      threeButtons: 1,
      multiDomainExact: 1,
      sideEffectBelowLine: 0,
      undecided: 0,
      n: 5,
    });
    expect(ownFigures([]).precision).toBeNull();
  });

  test("show what other lines would give, and how far probabilities are off", () => {
    const curve = abstentionCurve(all);
    expect(curve.map(({ coverage }) => coverage ?? 0)).toEqual(
      curve.map(({ coverage }) => coverage ?? 0).toSorted((a, b) => b - a),
    );
    expect(calibrationError(all)).toBeGreaterThan(0);
    expect(calibrationError([])).toBeNull();
    const sure = { probability: 0.95, isRight: true };
    expect(expectedError([sure, { ...sure, isRight: false }])).toBeCloseTo(0.45, 9);
  });

  test("AUROC is one where every row in scope scores higher, one half where none differs", () => {
    const row = (score: number): Scored => ({
      score,
      best: score,
      distance: 0,
      unseen: 0,
      words: 1,
      outside: 0,
      lead: 0,
      inScope: true,
      isRight: true,
    });
    expect(auroc([row(2), row(3)], [row(0), row(1)])).toBe(1);
    expect(auroc([row(1)], [row(1)])).toBe(0.5);
    expect(auroc([row(0)], [row(1)])).toBe(0);
  });

  test("a decision's time is a number of milliseconds", () => {
    expect(decisionP95Ms([ask(overdue), ask(both)])).toBeGreaterThan(0);
  });
});

describe("targets", () => {
  const fine: Measured = {
    precision: 0.98,
    coverage: 0.85,
    threeButtons: 0.97,
    multiDomainExact: 0.92,
    sideEffectBelowLine: 0,
    undecided: 0,
    messages: 1500,
    clincInScope: 0.925,
    clincOosRecall: 0.83,
    banking: 0.915,
    decisionP95Ms: 3,
    trainingMs: 1999,
  };

  test("are reached at exactly their figure and missed just below", () => {
    expect(shortfalls(fine, null)).toEqual([]);
    for (const worse of [
      { precision: 0.9799 },
      { coverage: 0.8499 },
      { sideEffectBelowLine: 1 },
      { undecided: 1 },
      { decisionP95Ms: 3.1 },
      { clincOosRecall: 0.81 },
    ]) {
      expect(
        shortfalls({ ...fine, ...worse }, null).map(({ gate }) => gate),
        JSON.stringify(worse),
      ).toEqual(Object.keys(worse));
    }
  });

  test("what was not measured is no failure; what fell behind the baseline is, time excepted", () => {
    expect(shortfalls({ ...fine, clincInScope: null, banking: null }, fine)).toEqual([]);
    const better = { ...fine, precision: 0.99, decisionP95Ms: 0.1, messages: 1501 };
    expect(shortfalls(fine, better).map(({ gate }) => gate)).toEqual(["precision", "messages"]);
    expect(shortfalls({ ...fine, precision: 0.986 }, { ...fine, precision: 0.99 })).toEqual([]);
  });
});

describe("files", () => {
  test("a CSV may hold commas, doubled quotes and line breaks in its fields", () => {
    expect(parseCsv('text,category\n"a, ""b""\nc",x\r\nplain,y\n')).toEqual([
      ["text", "category"],
      ['a, "b"\nc', "x"],
      ["plain", "y"],
    ]);
  });

  test("sets that are not there are null; broken ones are said", () => {
    expect(loadClinc150(folder)).toBeNull();
    expect(loadBanking77(folder)).toBeNull();
    expect(() => loadFrozenSet(join(folder, "nowhere"))).toThrow(/is not there/u);
    const broken = mkdtempSync(join(folder, "broken-"));
    expect(() => loadFrozenSet(broken)).toThrow(/holds no frozen message/u);
    writeFileSync(join(broken, "a.jsonl"), `${JSON.stringify(message("hi", []))}\n{"id":1}\n`);
    expect(() => loadFrozenSet(broken)).toThrow(/a\.jsonl:2 is no frozen message/u);
    const twice = message("hi", []);
    writeFileSync(join(broken, "a.jsonl"), `${JSON.stringify(twice)}\n${JSON.stringify(twice)}\n`);
    expect(() => loadFrozenSet(broken)).toThrow(/Two frozen messages/u);
  });

  test("the halves depend on the id alone and are about even", () => {
    const halves = Array.from({ length: 400 }, (_, at) => halfOf({ id: `s-${at}` }));
    const test = halves.filter((half) => half === "test").length;
    expect(test).toBeGreaterThan(160);
    expect(test).toBeLessThan(240);
  });

  test("the whole measurement prints both halves, says what it skipped, and reports the agreed keys", () => {
    const set = mkdtempSync(join(folder, "set-"));
    const lines = [
      message("whose invoices are long overdue by now?", ["erp/invoices"]),
      message("paint the kitchen ceiling blue tonight", []),
      message(overdue, ["erp/invoices"]),
      message("anything", ["erp/elsewhere"]),
      message("anything", ["erp/stock"], { project: "nowhere" }),
    ];
    writeFileSync(join(set, "own.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const printed: string[] = [];
    const given = {
      // A few agents train at once.
      roster: roster.filter(({ role }) => role === "erp"),
      lines: lineSettings,
      allowed: new Map<string, readonly string[]>(),
      setFolder: set,
      dataFolder: folder,
      baselineFile: join(folder, "baseline.json"),
      showMisses: true,
      isKept: true,
      print: (text: string) => void printed.push(text),
    };
    const { report } = evaluateRouting(given);
    const share = z.number().nullable();
    z.strictObject({
      own: z.strictObject({
        precision: share,
        coverage: share,
        threeButtons: share,
        multiDomainExact: share,
        sideEffectBelowLine: z.number(),
        undecided: z.number(),
        n: z.literal(2),
      }),
      clinc150: z.null(),
      p95Ms: z.number(),
    }).parse(report);
    const all = printed.join("\n");
    expect(all).toMatch(/LEFT OUT: 1 messages for agents that are not in the roster/u);
    expect(all).toMatch(/LEFT OUT: 1 messages of projects/u);
    expect(all).toMatch(/LEFT OUT: 1 messages that share words with what trains/u);
    expect(all).toMatch(/SKIPPED: CLINC150[^]*SKIPPED: BANKING77/u);
    expect(all).toMatch(/development +test +all +target/u);
  });
});
