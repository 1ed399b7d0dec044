// The Anthropic adapter through the real SDK against a strict double on loopback: every way an answer can end.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import type { AnthropicModelOptions } from "../../adapters/anthropic/index.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Limiter, ModelRequest } from "../../src/ports.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub, Moment, Scripted } from "../support/anthropic-stub.ts";
import { apiKey, asks, free, never } from "../support/anthropic/samples.ts";
import { createHandClock } from "../support/anthropic/hand-clock.ts";
import { createWatchedPurse, openPurse } from "../support/purse.ts";
import type { HandClock } from "../support/anthropic/hand-clock.ts";

let stub: AnthropicStub;
let clock: HandClock;
beforeEach(async () => {
  stub = await startAnthropicStub({ apiKey });
  clock = createHandClock({ passesUpToMs: 10_000 });
});
afterEach(() => stub.close());

const model = (more: Partial<AnthropicModelOptions> = {}) =>
  createAnthropicModel({
    apiKey,
    baseUrl: stub.url,
    model: "claude-sonnet-5-5",
    limiter: free,
    clock,
    chance: () => 1,
    idleMs: 20_000,
    ...more,
  });
const generate = (request: ModelRequest, more: Partial<AnthropicModelOptions> = {}) =>
  model(more).generate(request, { signal: never, onText: null, purse: openPurse });
async function failureOf(work: Promise<unknown>): Promise<NovaFailure> {
  const thrown: unknown = await work.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
  if (!(thrown instanceof NovaFailure)) throw thrown;
  return thrown;
}

describe("a reply", () => {
  test("comes back as text when the model ends its turn", async () => {
    stub.script({ text: "Twelve brushes." });
    const reply = await generate(asks("how many?", { toolChoice: "auto" }));
    expect(reply).toMatchObject({ text: "Twelve brushes.", calls: [], stop: "end" });
  });

  test("carries every parallel call with its input, in order", async () => {
    stub.script({
      text: "Looking.",
      calls: [
        { name: "findStock", input: { text: "brushes" }, id: "toolu_1" },
        { name: "findStock", input: { text: "filters" }, id: "toolu_2" },
      ],
    });
    const reply = await generate(asks("brushes and filters?"));
    expect(reply).toMatchObject({ text: "Looking.", stop: "tools" });
    expect(reply.calls).toEqual([
      { id: "toolu_1", name: "findStock", input: { text: "brushes" } },
      { id: "toolu_2", name: "findStock", input: { text: "filters" } },
    ]);
  });

  test("is empty, not an error, when the model says nothing", async () => {
    stub.script({});
    expect(await generate(asks("hm"))).toMatchObject({ text: "", calls: [], stop: "end" });
  });

  test.each([
    ["max_tokens", { text: "Half an", stop: "max_tokens" }],
    ["refusal", { stop: "refusal" }],
  ] as const)("says that it ended by %s", async (stop, scripted) => {
    stub.script(scripted);
    expect(await generate(asks("go on"))).toMatchObject({ stop, calls: [] });
  });

  test("drops a call that the token limit cut", async () => {
    stub.script({
      calls: [{ name: "findStock", input: { text: "brushes" } }],
      isCut: true,
      stop: "max_tokens",
    });
    expect(await generate(asks("go on"))).toMatchObject({ stop: "max_tokens", calls: [] });
  });

  test("fails as cut when the context window is full", async () => {
    stub.script({ text: "So", stop: "model_context_window_exceeded" });
    expect((await failureOf(generate(asks("go on")))).kind).toBe("model.cut");
  });

  test("fails, and is not asked for again, when a call's input is no JSON", async () => {
    stub.script({ calls: [{ name: "findStock", input: {} }], brokenInput: '{"text": oops' });
    const failure = await failureOf(generate(asks("go on")));
    expect(failure.forPerson).toContain("can't read");
    expect(stub.requests).toHaveLength(1);
  });

  test("goes on after a pause by sending back what came, and adds up text and usage", async () => {
    const usage = { input_tokens: 10, output_tokens: 5 };
    stub.script({ text: "First.", stop: "pause_turn", usage }, { text: "Then.", usage });
    const reply = await generate(asks("both"));
    expect(reply.text).toBe("First.\n\nThen.");
    expect(reply.usage).toMatchObject({ inputTokens: 20, outputTokens: 10 });
    expect(stub.requests[1]?.body.messages.at(-1)).toMatchObject({
      role: "assistant",
      content: [{ type: "text", text: "First." }],
    });
  });

  test("is given up after the fourth pause", async () => {
    stub.script(...Array.from({ length: 5 }, () => ({ text: "…", stop: "pause_turn" })));
    expect((await failureOf(generate(asks("both")))).kind).toBe("model.late");
    expect(stub.requests).toHaveLength(4);
  });
});

describe("what a watching person sees", () => {
  test.each([1, 2, 7, 60])("is the answer of the reply call as it grows, in %i pieces", async (pieces) => {
    const answer = 'Zwölf "Bürsten"\n\\ 🧹 – 5 €';
    stub.script({
      calls: [{ name: "reply", input: { items: ["answer", { answer: "no" }], answer, z: "end" } }],
      pieces,
    });
    const seen: string[] = [];
    await model().generate(asks("how many?"), {
      signal: never,
      onText: (text) => void seen.push(text),
      purse: openPurse,
    });
    expect(seen.at(-1)).toBe(answer);
    for (const [index, text] of seen.entries()) expect(text.startsWith(seen[index - 1] ?? "")).toBe(true);
  });

  test("is nothing of a call that is not the reply", async () => {
    stub.script({ calls: [{ name: "findStock", input: { answer: "secret" } }] });
    const seen: string[] = [];
    await model().generate(asks("how many?"), {
      signal: never,
      onText: (text) => void seen.push(text),
      purse: openPurse,
    });
    expect(seen).toEqual([]);
  });

  test("is text first, then the answer under it", async () => {
    stub.script({ text: "One moment.", calls: [{ name: "reply", input: { answer: "Twelve." } }] });
    const seen: string[] = [];
    await model().generate(asks("how many?"), {
      signal: never,
      onText: (text) => void seen.push(text),
      purse: openPurse,
    });
    expect(seen.at(-1)).toBe("One moment.\n\nTwelve.");
  });
});

describe("a failing endpoint", () => {
  const passing: readonly (readonly [string, Scripted])[] = [
    ["429", { fault: "status", status: 429 }],
    ["500", { fault: "status", status: 500 }],
    ["502 with a page", { fault: "status", status: 502, html: true }],
    ["529", { fault: "status", status: 529 }],
    ["a hang-up", { fault: "hang-up" }],
    ["an error event before the answer", { fault: "error-event", at: "start", type: "overloaded_error" }],
    ["a stream cut before the answer", { fault: "truncate", at: "start" }],
    ["a reset before the answer", { fault: "reset", at: "headers" }],
  ];
  test.each(passing)("is asked again after %s", async (_name, fault) => {
    stub.script(fault, { text: "Here." });
    expect((await generate(asks("hello"))).text).toBe("Here.");
    expect(clock.pauses).toEqual([500]);
  });

  test("is asked four times at most, with growing pauses, then it is down", async () => {
    stub.script(...Array.from({ length: 5 }, (): Scripted => ({ fault: "status", status: 529 })));
    const failure = await failureOf(generate(asks("hello")));
    expect(failure).toMatchObject({ kind: "model.down", next: "retry" });
    expect(clock.pauses).toEqual([500, 1000, 2000]);
    expect(stub.requests).toHaveLength(4);
  });

  test("spreads its pauses by chance", async () => {
    stub.script({ fault: "status", status: 500 }, { text: "Here." });
    await generate(asks("hello"), { chance: () => 0.25 });
    expect(clock.pauses).toEqual([125]);
  });

  test.each([
    ["1", 1000],
    ["Mon, 02 Mar 2026 10:00:07 GMT", 7000],
  ])("is given the time that its retry-after %s asks for", async (retryAfter, waitMs) => {
    stub.script({ fault: "status", status: 429, retryAfter }, { text: "Here." });
    await generate(asks("hello"));
    expect(clock.pauses).toEqual([waitMs]);
  });

  test("is not waited for when retry-after asks for a day", async () => {
    stub.script({ fault: "status", status: 429, retryAfter: "100000" });
    expect((await failureOf(generate(asks("hello")))).kind).toBe("model.down");
    expect(clock.pauses).toEqual([]);
  });

  test.each([
    [400, "model.refused", "messages: odd"],
    [400, "model.cut", "prompt is too long: 210000 tokens > 200000 maximum"],
    [401, "model.down", `invalid x-api-key: ${apiKey}`],
    [404, "model.down", "model: nope"],
    [413, "model.cut", "Request exceeds the maximum size"],
  ] as const)(
    "that says %i at once ends as %s, without the key in the detail",
    async (status, kind, says) => {
      stub.script({ fault: "status", status, says });
      const failure = await failureOf(generate(asks("hello")));
      expect(failure.kind).toBe(kind);
      expect(
        `${failure.message} ${failure.detail} ${String(failure.stack)} ${String(failure.cause)}`,
      ).not.toContain(apiKey);
      expect(stub.requests).toHaveLength(1);
    },
  );

  test.each([
    [{ fault: "error-event", at: "middle", type: "overloaded_error" }],
    [{ fault: "truncate", at: "middle" }],
    [{ fault: "reset", at: "middle" }],
  ] as const)("is not asked again once the answer began: %o", async (fault) => {
    stub.script(fault, { text: "A second answer." });
    expect((await failureOf(generate(asks("hello")))).kind).toBe("model.down");
    expect(stub.requests).toHaveLength(1);
  });

  test("ends as unreadable when it streams something that is no JSON", async () => {
    stub.script({ fault: "malformed-event" });
    expect((await failureOf(generate(asks("hello")))).detail).toContain("can't be read");
  });

  test("that nobody listens at ends as down", async () => {
    const gone = await startAnthropicStub();
    await gone.close();
    const failure = await failureOf(generate(asks("hello"), { baseUrl: gone.url }));
    expect(failure.kind).toBe("model.down");
    expect(clock.pauses).toHaveLength(3);
  });
});

describe("silence", () => {
  const moments: readonly (Moment | "silent")[] = ["silent", "headers", "start", "middle"];
  test.each(moments)("is given up after the idle time (%s)", async (at) => {
    const stall: Scripted = at === "silent" ? { fault: "silent" } : { fault: "stall", at };
    stub.script(stall, { fault: "status", status: 400 });
    let hear = (): void => undefined;
    const heard = new Promise<void>((resolve) => (hear = resolve));
    const failure = failureOf(
      model().generate(asks("hello"), { signal: never, onText: () => hear(), purse: openPurse }),
    );
    await stub.stalled();
    if (at === "middle") await heard;
    clock.advance(20_000);
    await stub.abandoned();
    // Before anything of the answer came, it is asked once more; afterwards never.
    expect((await failure).kind).toBe(at === "middle" ? "model.late" : "model.refused");
    expect(clock.open()).toBe(0);
  });

  test.each(moments)("ends at once when the turn is cancelled (%s)", async (at) => {
    stub.script(at === "silent" ? { fault: "silent" } : { fault: "stall", at });
    const turn = new AbortController();
    const failure = failureOf(
      model().generate(asks("hello"), { signal: turn.signal, onText: null, purse: openPurse }),
    );
    await stub.stalled();
    turn.abort();
    expect((await failure).kind).toBe("model.late");
    await stub.abandoned();
    expect(stub.requests).toHaveLength(1);
  });

  test("of a limiter does not hold a cancelled turn back, and its request is never sent", async () => {
    let release = (): void => undefined;
    const queue = new Promise<void>((resolve) => (release = resolve));
    let asked: Promise<unknown> = Promise.resolve();
    const full: Limiter = {
      run: (_key, task) => {
        const run = queue.then(task);
        asked = run;
        return run;
      },
    };
    const turn = new AbortController();
    const failure = failureOf(
      model({ limiter: full }).generate(asks("hello"), {
        signal: turn.signal,
        onText: null,
        purse: openPurse,
      }),
    );
    turn.abort();
    expect((await failure).kind).toBe("model.late");
    release();
    await asked;
    expect(stub.requests).toEqual([]);
  });

  test("between two tries ends at once when the turn is cancelled", async () => {
    const patient = createHandClock({ passesUpToMs: 0 });
    stub.script({ fault: "status", status: 529 });
    const turn = new AbortController();
    const limiter: Limiter = {
      run: async (_key, task) => {
        const result = await task();
        setImmediate(() => turn.abort());
        return result;
      },
    };
    const failure = await failureOf(
      model({ clock: patient, limiter }).generate(asks("hello"), {
        signal: turn.signal,
        onText: null,
        purse: openPurse,
      }),
    );
    expect(failure.kind).toBe("model.late");
    expect(failure.detail).toContain("529");
  });
});

test("an answer that is cut short says at once what it has cost so far", async () => {
  const reply = { text: "A long answer that nobody waits for.", pieces: 12, usage: { input_tokens: 1_000 } };
  stub.script({ fault: "stall", at: "middle", reply });
  const cancel = new AbortController();
  const purse = createWatchedPurse();
  const begun = Promise.withResolvers<void>();
  const asking = model().generate(asks("hello"), {
    signal: cancel.signal,
    onText: () => begun.resolve(),
    purse,
  });
  const failure = failureOf(asking);
  await begun.promise;
  cancel.abort();
  const [paid] = purse.paid;
  // A thousand tokens read at two dollars a million, and some words written.
  expect(paid?.cost).toBeGreaterThan(0.002);
  expect(paid?.cost).toBeLessThan(0.0025);
  expect((await failure).kind).toBe("model.late");
  await stub.abandoned();
  expect(purse.paid).toHaveLength(1);
});
