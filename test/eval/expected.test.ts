// Which ends of a turn an eval takes for right: its own arm of the contract, and exactly the changes that it names.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { language } from "../../src/agent.ts";
import type { AgentCard, Eval } from "../../src/agent.ts";
import { isExpected } from "../../src/eval/expected.ts";
import type { Answered } from "../../src/eval/rehearsal.ts";

const card: AgentCard = language({
  job: "Says it.",
  handles: [],
  declines: [],
  sees: [],
  reply: z.object({ answer: z.string() }),
  maxWords: 9,
  evals: [],
  instructions: "Say it.",
});
const end = (kept: Answered["kept"], ...ops: readonly string[]): Answered => ({
  kept,
  proposed: ops.map((op) => ({ op, args: {} })),
});
const said = (answer: string): Answered["kept"] => ({ kind: "fulfilled", value: { answer } });
const asked: Answered["kept"] = { kind: "needs", question: "Which invoice?" };
const refused = (instead: string | null): Answered["kept"] => ({
  kind: "declined",
  why: "Not mine.",
  instead,
});
const holds = (tried: Eval, given: Answered): boolean => isExpected(card, tried, given);

describe("the right arm", () => {
  test("a reply is judged by its check, and neither a question nor a refusal stands for it", () => {
    const tried: Eval = { ask: "x", expect: ({ answer }) => answer === "yes" };
    expect(holds(tried, end(said("yes")))).toBe(true);
    expect(holds(tried, end(said("no")))).toBe(false);
    expect(holds(tried, end(asked))).toBe(false);
    expect(holds(tried, end(refused("erp/sales")))).toBe(false);
  });

  test("where asking back is right the question is judged, and an answer is wrong", () => {
    const tried: Eval = { ask: "x", arm: "needs", expect: ({ question }) => /invoice/u.test(question) };
    expect(holds(tried, end(asked))).toBe(true);
    expect(holds(tried, end({ kind: "needs", question: "Sure?" }))).toBe(false);
    expect(holds(tried, end(said("yes")))).toBe(false);
    expect(holds(tried, end(asked, "bill.pay"))).toBe(false);
  });

  test("where declining is right it has to name who should get it, or nobody where nobody should", () => {
    const tried: Eval = { ask: "x", arm: "declined", instead: "erp/sales" };
    expect(holds(tried, end(refused("erp/sales")))).toBe(true);
    expect(holds(tried, end(refused("erp/stock")))).toBe(false);
    expect(holds(tried, end(refused(null)))).toBe(false);
    expect(holds(tried, end(said("erp/sales")))).toBe(false);
    expect(holds({ ask: "x", arm: "declined", instead: null }, end(refused(null)))).toBe(true);
  });
});

test("words that promise a change count for nothing: what was to be proposed has to be, and nothing else", () => {
  const tried: Eval = { ask: "x", proposes: ["order.confirm"], expect: () => true };
  expect(holds(tried, end(said("It waits for approval."), "order.confirm"))).toBe(true);
  expect(holds(tried, end(said("It waits for approval.")))).toBe(false);
  expect(holds(tried, end(said("It waits."), "order.cancel"))).toBe(false);
  expect(holds(tried, end(said("It waits."), "order.confirm", "order.ship"))).toBe(false);
  expect(holds({ ask: "x", expect: () => true }, end(said("Hello."), "order.confirm"))).toBe(false);
});
