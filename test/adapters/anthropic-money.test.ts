// What requests to Anthropic's API are paid with: each try is paid for before it goes out, at the most that it can cost, and
// settled at what the endpoint reported.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { createCeiling } from "../../adapters/anthropic/ceiling.ts";
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import { toParams } from "../../adapters/anthropic/params.ts";
import { priceOf } from "../../adapters/anthropic/prices.ts";
import { createToolNames } from "../../adapters/anthropic/tool-names.ts";
import { openModel } from "../../src/boot.ts";
import { parseConfig } from "../../src/config.ts";
import { NovaFailure } from "../../src/failures.ts";
import { parseSettings } from "../../src/settings.ts";
import type { ModelImage, ModelRequest, Purse } from "../../src/ports.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub, Scripted } from "../support/anthropic-stub.ts";
import { createHandClock } from "../support/anthropic/hand-clock.ts";
import { apiKey, asks, free, never } from "../support/anthropic/samples.ts";
import { createWatchedPurse } from "../support/purse.ts";

let stub: AnthropicStub;
beforeEach(async () => {
  stub = await startAnthropicStub({ apiKey });
});
afterEach(() => stub.close());

const modelAt = (url: string, name = "claude-sonnet-5-5") =>
  createAnthropicModel({
    apiKey,
    baseUrl: url,
    model: name,
    limiter: free,
    clock: createHandClock({ passesUpToMs: 10_000 }),
    chance: () => 0,
  });
/** What each try was settled at: nothing, what was reported, or unknown. */
async function triesOf(url: string, signal = never): Promise<readonly string[]> {
  const purse = createWatchedPurse();
  await modelAt(url)
    .generate(asks("hello"), { signal, onText: null, purse })
    .catch((thrown: unknown) => expect(thrown).toBeInstanceOf(NovaFailure));
  return purse.paid.map(({ highest, cost }) => {
    expect(cost).not.toBe(undefined);
    expect(cost ?? 0).toBeLessThanOrEqual(highest);
    return cost === null ? "unknown" : cost === 0 ? "nothing" : "reported";
  });
}
const usage = { input_tokens: 100, output_tokens: 5 };

describe("each try is paid for by itself", () => {
  const answer: Scripted = { text: "Here.", usage };
  test.each<readonly [string, readonly Scripted[], readonly string[]]>([
    ["a plain answer", [answer], ["reported"]],
    [
      "a refusal by its status costs nothing",
      [{ fault: "status", status: 529 }, answer],
      ["nothing", "reported"],
    ],
    ["a hang-up may have cost anything", [{ fault: "hang-up" }, answer], ["unknown", "reported"]],
    [
      "so may a reset before the first word",
      [{ fault: "reset", at: "headers" }, answer],
      ["unknown", "reported"],
    ],
    [
      "what broke off after the first word has said what it read",
      [{ fault: "truncate", at: "middle", reply: { text: "A long one.", usage } }],
      ["reported"],
    ],
    [
      "an answer after a pause is two requests",
      [{ text: "First.", stop: "pause_turn", usage }, answer],
      ["reported", "reported"],
    ],
    [
      "four tries are four",
      [1, 2, 3, 4].map(() => ({ fault: "status", status: 500 }) as const),
      Array.from({ length: 4 }, () => "nothing"),
    ],
  ])("%s", async (_name, script, tries) => {
    stub.script(...script);
    expect(await triesOf(stub.url)).toEqual(tries);
    expect(stub.requests).toHaveLength(tries.length);
  });

  test("an endpoint that nobody listens at costs nothing", async () => {
    const gone = await startAnthropicStub();
    await gone.close();
    expect(await triesOf(gone.url)).toEqual(["nothing", "nothing", "nothing", "nothing"]);
  });

  test("what is cancelled in silence may have cost anything", async () => {
    stub.script({ fault: "silent" });
    const turn = new AbortController();
    const tries = triesOf(stub.url, turn.signal);
    await stub.stalled();
    turn.abort();
    expect(await tries).toEqual(["unknown"]);
    await stub.abandoned();
  });

  test("a second try that does not fit is not made, and the first one's trouble is not what is said", async () => {
    stub.script({ fault: "status", status: 529 }, { text: "Here." });
    let asked = 0;
    const purse: Purse = {
      reserve: async () => {
        asked += 1;
        if (asked > 1) throw new NovaFailure("budget.spent", "nothing left");
        return { settle: () => undefined };
      },
    };
    const options = { signal: never, onText: null, purse };
    await expect(modelAt(stub.url).generate(asks("hello"), options)).rejects.toMatchObject({
      kind: "budget.spent",
    });
    expect(stub.requests).toHaveLength(1);
  });

  test("nothing goes out when the turn ended while the money was set aside", async () => {
    const turn = new AbortController();
    const settled: (number | null)[] = [];
    const purse: Purse = {
      reserve: async () => {
        turn.abort();
        return { settle: (cost) => void settled.push(cost) };
      },
    };
    const options = { signal: turn.signal, onText: null, purse };
    await expect(modelAt(stub.url).generate(asks("hello"), options)).rejects.toMatchObject({
      kind: "model.late",
    });
    await expect.poll(() => settled).toEqual([0]);
    expect(stub.requests).toEqual([]);
  });
});

describe("the most that a request can cost", () => {
  const price = priceOf("claude-sonnet-5-5");
  const paramsOf = (request: ModelRequest) =>
    toParams(request, {
      model: "claude-sonnet-5-5",
      names: createToolNames(request.tools),
      recall: () => null,
    });
  const text = fc.string({ unit: "binary", maxLength: 300 });

  test("is never less than one token for each byte of each word, all of them written to the cache, and a full answer", () => {
    fc.assert(
      fc.property(fc.record({ said: text, context: text, instructions: text }), ({ said, ...more }) => {
        const params = paramsOf(asks(said, more));
        const bytes = Buffer.byteLength(`${said.trim()}${more.context.trim()}${more.instructions.trim()}`);
        const dollars = (bytes * price.cacheWrite + params.max_tokens * price.output) / 1_000_000;
        expect(createCeiling(price).of(params)).toBeGreaterThan(dollars);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  test("counts an image by what it can be read as, whatever its bytes are", () => {
    const image: ModelImage = { name: "a.png", mediaType: "image/png", data: "AAAA" };
    const one = (images: readonly ModelImage[]): number =>
      createCeiling(price).of(paramsOf({ ...asks(""), messages: [{ role: "user", text: "?", images }] }));
    expect(one([image]) - one([])).toBeGreaterThanOrEqual((6_000 * price.cacheWrite) / 1_000_000);
    expect(one([{ ...image, data: "A".repeat(4_000_000) }])).toBeLessThan(one([image]) * 2);
  });

  test("of the part that stays the same is what the endpoint once counted, and no less than it can be", () => {
    const ceiling = createCeiling(price);
    const long = { instructions: "Look after the stock. ".repeat(500) };
    const [first, next] = [paramsOf(asks("one", long)), paramsOf(asks("another one", long))];
    const inputTokens = (): number =>
      (ceiling.of(next) * 1_000_000 - next.max_tokens * price.output) / price.cacheWrite;
    const learn = (input: number): void =>
      ceiling.learn(first, { input, output: 1, cacheRead: 0, cacheWrite: 0 });
    expect(inputTokens()).toBeGreaterThan(11_000);
    learn(3_000);
    expect(inputTokens()).toBeGreaterThan(3_000);
    expect(inputTokens()).toBeLessThan(5_000);
    learn(1);
    expect(inputTokens()).toBeGreaterThan(11_000 / 6 + 1_000);
    expect(inputTokens()).toBeLessThan(4_000);
    const other = paramsOf(asks("another one", { instructions: "x".repeat(11_000) }));
    expect(ceiling.of(other)).toBeGreaterThan(ceiling.of(next));
  });

  test("follows the config's own prices, by the model's exact id", async () => {
    const config = (prices: object) =>
      parseConfig(
        { people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }], budgets: { prices } },
        "a config",
      );
    const { budgets } = config({ local: { input: 1, output: 0 } });
    expect(budgets.prices).toEqual({ local: { input: 1, output: 0, cacheRead: 0.1, cacheWrite: 1.25 } });
    expect(() => config({ local: { input: -1, output: 0 } })).toThrow(/budgets\.prices\.local\.input/u);
    const settings = { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: stub.url, NOVA_MODEL: "local" };
    const purse = createWatchedPurse();
    for (const prices of [{ local: { input: 0, output: 0 } }, { other: { input: 0, output: 0 } }]) {
      stub.script({ text: "Here.", usage });
      const opened = await openModel(
        parseSettings(settings),
        createHandClock({ passesUpToMs: 0 }),
        config(prices).budgets,
      );
      await opened.generate(asks("hello"), { signal: never, onText: null, purse });
    }
    expect(purse.paid[0]).toEqual({ highest: 0, cost: 0 });
    expect(purse.paid[1]?.cost).toBeCloseTo((100 * 15 + 5 * 75) / 1_000_000);
  });

  test("of a model that nobody knows is that of the dearest", async () => {
    const highest = async (name: string): Promise<number> => {
      stub.script({ text: "Here.", usage });
      const purse = createWatchedPurse();
      await modelAt(stub.url, name).generate(asks("hello"), { signal: never, onText: null, purse });
      return purse.paid[0]?.highest ?? 0;
    };
    expect(await highest("somebodys-model")).toBeGreaterThan(await highest("claude-3-5-haiku"));
    expect(priceOf("somebodys-model")).toEqual({ input: 15, output: 75, cacheRead: 1.5, cacheWrite: 18.75 });
  });
});
