// The weights of a cut can be made again: the regression finds what was put in, and what it learns from holds nothing of
// the messages that it is judged by.
import { describe, expect, test } from "vitest";
import {
  areaUnderCurve,
  fitBoundary,
  heldOutNats,
  natsOf,
  type Sample,
} from "../../src/eval/boundary-fit.ts";
import { joinHandles } from "../../src/eval/boundary-joins.ts";
import { reportBoundary } from "../../src/eval/boundary-report.ts";
import { fittingRows, testRows } from "../../src/eval/boundary-rows.ts";
import { halfOf, type FrozenMessage } from "../../src/eval/frozen-set.ts";
import { boundaryWeights } from "../../src/routing/boundary.ts";
import { createRandom } from "../../src/eval/random.ts";
import { roster } from "../fixtures/roster.ts";
import { lineSettings, router } from "../routing/route-input.ts";

const truth = { bias: -0.5, speaksFor: 2, speaksAgainst: -1.5, saysNothing: 0 };

/** Drawn from known weights. */
function samplesOf(count: number, seed: number): readonly Sample[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const [a, b, c] = [random() * 2 - 1, random() < 0.5 ? 1 : 0, random()];
    const nats = truth.bias + truth.speaksFor * a + truth.speaksAgainst * b;
    return {
      evidence: [
        ["speaksFor", a],
        ["speaksAgainst", b],
        ["saysNothing", c],
      ],
      isTwo: random() < 1 / (1 + Math.exp(-nats)),
      weight: 1,
      group: `message ${at >> 1}`,
    };
  });
}

describe("the regression", () => {
  const samples = samplesOf(3_000, 5);
  const weights = fitBoundary(samples);

  test.each(Object.entries(truth))("finds again that %s weighs %d", (name, weight) => {
    expect(Math.abs((weights.get(name) ?? Number.NaN) - weight)).toBeLessThan(0.3);
  });

  test("gives the same weights and the same folds each time, and other folds by another seed", () => {
    const few = samples.slice(0, 200);
    expect(fitBoundary(samples)).toEqual(weights);
    const held = heldOutNats(few, { folds: 5, seed: 1 });
    expect(heldOutNats(few, { folds: 5, seed: 1 })).toEqual(held);
    expect(heldOutNats(few, { folds: 5, seed: 2 })).not.toEqual(held);
  });

  test("judges each message by weights that have not seen any of its cuts", () => {
    const [first, second, ...rest] = samples.slice(0, 100);
    if (first === undefined || second === undefined) throw new Error("there are samples");
    const alone = [first, second].map((sample) => natsOf(fitBoundary(rest), sample));
    const held = heldOutNats([first, second, ...rest], { folds: 50, seed: 1 });
    expect(first.group).toBe(second.group);
    expect(held.slice(0, 2)).toEqual(alone);
  });

  test("counts a sample as often as it weighs", () => {
    const few = samples.slice(0, 60);
    const twice = fitBoundary([...few, ...few]);
    const heavy = fitBoundary(few.map((sample) => ({ ...sample, weight: 2 })));
    for (const [name, weight] of twice) expect(heavy.get(name)).toBeCloseTo(weight, 4);
  });
});

test.each([
  [[2, 3], [0, 1], 1],
  [[0, 1], [2, 3], 0],
  [[1, 3], [1, 2], 0.625],
  [[1], [], null],
])("two requests at %j and one at %j are told apart to %j", (two, one, area) => {
  const judged = [
    ...two.map((nats) => ({ nats, isTwo: true })),
    ...one.map((nats) => ({ nats, isTwo: false })),
  ];
  expect(areaUnderCurve(judged)).toBe(area);
});

test("joins two requests of different agents in one language, the same ones by the same seed", () => {
  const handles = [
    { agent: "erp/stock", text: "Show the stock of brushes." },
    { agent: "erp/stock", text: "Count the belts" },
    { agent: "erp/invoices", text: "List the open invoices" },
    { agent: "erp/invoices", text: "Zeig mir die Rechnungen" },
  ];
  const joined = (seed: number) => joinHandles(handles, { tries: 200, random: createRandom(seed) });
  expect(joined(1)).toEqual(joined(1));
  expect(joined(1)).not.toEqual(joined(2));
  expect(joined(1).length).toBeGreaterThan(20);
  for (const { text, end } of joined(1)) {
    expect(text).not.toMatch(/zeig/i);
    expect(text.slice(0, end)).toMatch(/brushes$|belts$|invoices$/);
  }
});

describe("the cuts that weights are fitted on", () => {
  const message = (at: number, kind: "single" | "multi"): FrozenMessage => ({
    id: `${kind}-${at}`,
    kind,
    text:
      kind === "multi"
        ? `show the stock of brushes ${at} and then list the overdue invoices`
        : `show the stock of brushes ${at}, and of the overdue invoices`,
    project: null,
    after: null,
    expect: { agents: kind === "multi" ? ["erp/stock", "erp/invoices"] : ["erp/stock"] },
  });
  const messages = Array.from({ length: 12 }, (_, at) => [
    message(at, "multi"),
    message(at, "single"),
  ]).flat();
  const textsOf = (half: string): readonly string[] =>
    messages.filter((one) => halfOf(one) === half).map(({ text }) => text);
  const given = {
    bench: { router, roster, allowed: new Map<string, readonly string[]>() },
    lines: lineSettings,
    messages,
    written: { one: [], several: [] },
    seed: 3,
  };
  const fitting = fittingRows(given);
  const judging = testRows(given);

  test("never hold a message of the test half, which alone they are judged by", () => {
    const learnt = new Set(fitting.map(({ text }) => text));
    expect(textsOf("test").filter((text) => learnt.has(text))).toEqual([]);
    expect(textsOf("development").some((text) => learnt.has(text))).toBe(true);
    expect(judging.length).toBeGreaterThan(0);
    expect(judging.filter(({ text }) => !textsOf("test").includes(text))).toEqual([]);
  });

  test("say two requests of messages with several and of joins, and never of one example", () => {
    const kinds = new Set(fitting.map(({ source, isTwo }) => `${source} ${isTwo}`));
    expect(kinds).toContain("join true");
    expect(kinds).toContain("frozen several true");
    expect(kinds).not.toContain("handle true");
    expect(kinds).not.toContain("frozen one true");
  });

  test("are told with every weight in the code, in lines that can be pasted", () => {
    // A tenth of them has every name, and takes a tenth of the time.
    const some = fitting.filter((_row, at) => at % 10 === 0);
    const { lines, differing } = reportBoundary({ fitting: some, test: judging }, 1);
    const pasted = lines.slice(lines.indexOf("const boundaryWeights = {") + 1, -1);
    expect(pasted.map((line) => line.split(":")[0]?.trim())).toEqual(Object.keys(boundaryWeights));
    expect(differing.length).toBeGreaterThan(0);
  });
});
