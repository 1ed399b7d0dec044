// The evals of an agent on a language model: the vendor's real SDK against a strict fake that answers rightly, wrongly, not at
// all, and outside the contract. What the report counts is what happened.
import { afterEach, describe, expect, test } from "vitest";
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import type { Budgets } from "../../src/budget.ts";
import { systemClock } from "../../src/clock.ts";
import { runAgentEvals } from "../../src/eval/agents-run.ts";
import type { AgentsReport } from "../../src/eval/agents-report.ts";
import type { Model } from "../../src/ports.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub, MessagesBody, Scripted } from "../support/anthropic-stub.ts";
import { echoAgent, rosterOf } from "../support/echo-agent.ts";
import { replies, script } from "../support/script.ts";
import { ownRouter } from "../support/trained-router.ts";

const stubs: AnthropicStub[] = [];
afterEach(async () => {
  for (const stub of stubs.splice(0)) await stub.close();
});

const plenty: Pick<Budgets, "perTurn" | "perDay"> = { perTurn: 1, perDay: 10 };
const modelAt = (url: string): Model =>
  createAnthropicModel({
    apiKey: "sk-test",
    baseUrl: url,
    model: "claude-sonnet-5-5",
    limiter: { run: async (_key, task) => task() },
    // No pause between two tries.
    chance: () => 0,
  });
async function playing(respond: (body: MessagesBody) => Scripted): Promise<AnthropicStub> {
  const stub = await startAnthropicStub({ respond });
  stubs.push(stub);
  return stub;
}
const run = async (
  asks: readonly string[],
  model: Model,
  { budgets = plenty, ended = [] as string[] } = {},
): Promise<AgentsReport> =>
  runAgentEvals({
    roster: rosterOf(echoAgent(asks)),
    router: ownRouter,
    model,
    offline: createOfflineModel(),
    clock: systemClock,
    budgets,
    only: null,
    onEnd: ({ done, of, end }) => ended.push(`${done}/${of} ${end.outcome}`),
  });

const reply = (echo: string, answer = "Said."): Scripted => ({
  calls: [{ name: "reply", input: { answer, echo } }],
});
const saidIn = ({ messages }: MessagesBody): string => JSON.stringify(messages);

/** Behaves as it is asked to. */
function obey(body: MessagesBody): Scripted {
  const said = saidIn(body);
  const isReproached = said.includes("Your reply was refused");
  const behaviours: Readonly<Record<string, Scripted>> = {
    "be right": reply("be right"),
    "be right too": reply("be right too"),
    "be wrong": reply("something else"),
    "be mended": isReproached ? reply("be mended") : reply("be mended", "word ".repeat(30)),
    "be wordy": reply("be wordy", "word ".repeat(30)),
    "be silent": { text: "I won't.", stop: "refusal" },
    "be cut": { text: "It begins", stop: "max_tokens" },
    "be rude": { calls: [{ name: "ask_person", input: { question: "Who\u001B[2J\u202E\nare you?" } }] },
    "be busy": { fault: "status", status: 429 },
    "be gone": { fault: "hang-up" },
  };
  const asked = Object.keys(behaviours).findLast((ask) => said.includes(`"${ask}"`));
  return behaviours[asked ?? ""] ?? { fault: "status", status: 400 };
}

describe("on a language model", () => {
  test("right, mended, wrong, refused, cut and broken answers are counted as what they are, and who can't be reached as neither", async () => {
    const stub = await playing(obey);
    const asks = [
      "be right",
      "be right too",
      "be wrong",
      "be mended",
      "be wordy",
      "be silent",
      "be cut",
      "be rude",
      "be busy",
      "be gone",
    ];
    const ended: string[] = [];
    const report = await run(asks, modelAt(stub.url), { ended });
    expect(report.model).toEqual({ id: "claude-sonnet-5-5", kind: "language model" });
    const [row] = report.agents;
    expect(row).toMatchObject({ passed: 3, failed: 5, unmeasured: 2, skipped: 0, repaired: 1 });
    const why = (ask: string): string => {
      const miss = row?.misses.find((one) => one.ask === ask);
      return `${miss?.outcome ?? "no miss"}: ${miss?.why ?? ""}`;
    };
    expect(why("be wrong")).toMatch(/^failed: its check does not hold for .*something else/u);
    expect(why("be wordy")).toMatch(/^failed: contract\.broken: .*at most 20 words/u);
    expect(why("be silent")).toMatch(/^failed: model\.refused/u);
    expect(why("be cut")).toMatch(/^failed: model\.cut/u);
    expect(why("be rude")).toBe('failed: its check does not hold for the question "Who [2J are you?"');
    expect(why("be busy")).toMatch(/^unmeasured: model\.down/u);
    expect(why("be gone")).toMatch(/^unmeasured: model\.down/u);
    expect(row?.misses).toHaveLength(7);
    expect(report.dollars).toBeGreaterThan(0);
    expect(ended).toHaveLength(asks.length);
    expect(ended.at(-1)).toMatch(/^10\/10 /u);
    expect(stub.refusals).toEqual([]);
  });

  test("a dead server is given up soon, and everything that was not asked is said to be unmeasured", async () => {
    const stub = await playing(() => ({ fault: "hang-up" }));
    const asks = Array.from({ length: 30 }, (_, at) => `ask ${at + 1}`);
    const [row] = (await run(asks, modelAt(stub.url))).agents;
    expect(row).toMatchObject({ passed: 0, failed: 0, unmeasured: 30 });
    expect(row?.misses.at(-1)?.why).toMatch(/not asked, because 8 evals before it had no answer/u);
    // Eight, and those that were already under way beside the eighth, four tries each.
    expect(stub.requests.length).toBeLessThanOrEqual(11 * 4);
  });

  test("the budget of the config ends it: over the line nobody is asked, and nothing is called wrong", async () => {
    const stub = await playing(({ messages }) => reply(JSON.stringify(messages)));
    const asks = Array.from({ length: 12 }, (_, at) => `ask ${at + 1}`);
    const budgets = { perTurn: 1, perDay: 0.000_001 };
    const [row] = (await run(asks, modelAt(stub.url), { budgets })).agents;
    expect(stub.requests.length).toBeLessThanOrEqual(4);
    expect(row?.unmeasured).toBeGreaterThanOrEqual(8);
    expect(row?.misses.at(-1)?.outcome).toBe("unmeasured");
    expect(row?.misses.at(-1)?.why).toMatch(/^budget\.spent/u);
  });
});

test("a scripted answer is nobody's: what needs a language model is left out, whatever the script would say", async () => {
  const report = await run(["be right"], script(replies({ answer: "Said.", echo: "be right" })));
  expect(report.model.kind).toBe("script");
  expect(report.agents[0]).toMatchObject({ passed: 0, failed: 0, unmeasured: 0, skipped: 1, misses: [] });
});
