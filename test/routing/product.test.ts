// How well a roster of fourteen agents is served: measured on requests that no card holds, printed, and gated.
import { expect, test } from "vitest";
import { calibrate } from "../../src/routing/calibration.ts";
import { bestOf, evidenceOf, score } from "../../src/routing/scoring.ts";
import { normalise, wordsOf } from "../../src/routing/features.ts";
import { outOfScope } from "../../src/routing/out-of-scope.ts";
import { loadRouter, routerId } from "../../src/routing/training.ts";
import { joined, several, single, strange } from "../fixtures/requests.ts";
import { roster } from "../fixtures/roster.ts";
import { decide, lineSettings, models, router } from "./route-input.ts";

const singles = Object.entries(single).flatMap(([agent, texts]) => texts.map((text) => ({ agent, text })));

test("holds requests apart from everything that trains the router", () => {
  const plain = (text: string): string => wordsOf(normalise(text)).join(" ");
  const cards = roster.flatMap((entry) => [
    ...entry.handles,
    ...entry.declines.map((decline) => decline.text),
  ]);
  const trained = new Set([...cards, ...outOfScope].map(plain));
  const leaked = [...singles.map((request) => request.text), ...strange].filter((text) =>
    trained.has(plain(text)),
  );
  expect(leaked).toEqual([]);
});

test("routes most single requests by itself, all of them right, and offers the right agent for the others", () => {
  const count = { right: 0, wrong: 0, askedRight: 0, askedWrong: 0, declined: 0 };
  for (const { agent, text } of singles) {
    const { target } = decide(text);
    if (target.kind === "agent") count[target.agent === agent ? "right" : "wrong"] += 1;
    else if (target.kind === "ask") count[target.options.includes(agent) ? "askedRight" : "askedWrong"] += 1;
    else count.declined += 1;
  }
  console.log(`lines: low ${JSON.stringify(models.low)}, high ${JSON.stringify(models.high)}`);
  console.log(`${singles.length} single requests: ${JSON.stringify(count)}`);
  expect(count.wrong).toBe(0);
  expect(count.right / singles.length).toBeGreaterThanOrEqual(0.55);
  expect(count.askedWrong).toBeLessThanOrEqual(2);
  expect(count.declined / singles.length).toBeLessThanOrEqual(0.03);
});

test("never acts on what nobody does", () => {
  const kinds = strange.map((text) => decide(text).target.kind);
  const of = (kind: string): number => kinds.filter((known) => known === kind).length;
  console.log(
    `${strange.length} strange requests: ${of("none")} declined, ${of("ask")} asked, ${of("agent")} routed`,
  );
  expect(of("agent")).toBeLessThanOrEqual(1);
  expect(of("plan")).toBe(0);
  expect(of("none")).toBeGreaterThanOrEqual(strange.length / 2);
});

test("finds each request of several, or asks about exactly them, and cuts no single one into a plan", () => {
  const found = several.map(([text, agents]) => {
    const { target } = decide(text);
    const parts =
      target.kind === "plan"
        ? target.parts.map((part) => part.agent)
        : target.kind === "ask"
          ? target.options
          : [];
    const isExact = JSON.stringify(parts.toSorted()) === JSON.stringify(agents.toSorted());
    return isExact ? target.kind : "missed";
  });
  const plans = found.filter((kind) => kind === "plan").length;
  const asked = found.filter((kind) => kind === "ask").length;
  console.log(
    `${several.length} with several requests: ${plans} planned, ${asked} asked about exactly these`,
  );
  // So few examples leave a router less sure of the bare names of things than the real roster's does.
  expect(plans + asked).toBeGreaterThanOrEqual(several.length - 2);
  expect(plans / several.length).toBeGreaterThanOrEqual(0.55);
  for (const [text, agent] of joined) {
    const { target } = decide(text);
    const options = target.kind === "agent" ? [target.agent] : target.kind === "ask" ? target.options : [];
    expect(options, text).toContain(agent);
  }
});

test("means its probabilities: the reliability of the best candidate on unseen requests", () => {
  const rows = [...singles, ...strange.map((text) => ({ agent: null, text }))].map(({ agent, text }) => {
    const scores = score(router.classifier, text);
    const top = bestOf(scores.margins);
    const probability = calibrate(router.calibrator, evidenceOf(scores, top));
    return { probability, isRight: router.classifier.classes[top] === agent };
  });
  for (const from of [0, 0.2, 0.4, 0.6, 0.8]) {
    const bin = rows.filter(
      (row) => row.probability >= from && row.probability < from + 0.2 + (from === 0.8 ? 1 : 0),
    );
    const right = bin.filter((row) => row.isRight).length;
    console.log(`probability ${from.toFixed(1)} and up: ${right} of ${bin.length} right`);
  }
  const sure = rows.filter((row) => row.probability >= 0.8);
  // Too modest is a question too many; too sure would be a promise broken.
  expect(sure.filter((row) => row.isRight).length / sure.length).toBeGreaterThanOrEqual(0.95);
});

test("changes its id with any example, line or seed, and with nothing else", () => {
  const [first, ...rest] = roster;
  if (first === undefined) throw new Error("The fixture roster is empty; add an agent to it.");
  const changed = [{ ...first, handles: [...first.handles, "one more"] }, ...rest];
  const known = routerId(roster, lineSettings, 1);
  expect(models.id).toBe(known);
  expect(routerId(roster.toReversed(), lineSettings, 1)).toBe(known);
  expect(routerId([{ ...first, job: "Other words for people." }, ...rest], lineSettings, 1)).toBe(known);
  expect(routerId(changed, lineSettings, 1)).not.toBe(known);
  expect(routerId(roster, { ...lineSettings, highError: 0.02 }, 1)).not.toBe(known);
  expect(routerId(roster, lineSettings, 2)).not.toBe(known);
});

test("opens only what training wrote", () => {
  expect(loadRouter(JSON.parse(JSON.stringify(models))).id).toBe(models.id);
  expect(() => loadRouter({ ...models, extra: 1 })).toThrow();
  expect(() => loadRouter({ ...models, classifier: { ...models.classifier, features: "older" } })).toThrow();
  expect(() => loadRouter(null)).toThrow();
});
