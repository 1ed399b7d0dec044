// With a key: the real Anthropic SDK against a strict stub that streams, through the front door.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import type { Limiter, Model } from "../../src/ports.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub } from "../support/anthropic-stub.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { webDoor } from "../support/doors/web.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

const apiKey = "sk-ant-test-canary-1234567890";
const free: Limiter = { run: async (_key, task) => task() };

describe("with a language model", () => {
  let stub: AnthropicStub;
  let nova: NovaUnderTest | null = null;
  let door: Door;
  const model = (): Model =>
    createAnthropicModel({
      apiKey,
      baseUrl: stub.url,
      model: "claude-haiku-5-5",
      limiter: free,
      idleMs: 300,
    });
  beforeEach(async () => {
    stub = await startAnthropicStub({ apiKey });
  });
  afterEach(async () => {
    await nova?.close();
    nova = null;
    await stub.close();
  });

  test("reads, proposes, and says that it waits; the card comes from the ERP, and Approve runs it once", async () => {
    door = await slackDoor();
    nova = await startNova({ doors: [door], model: model() });
    stub.script(
      { calls: [{ name: "readOrder", input: { order: "SO-1007" } }] },
      { calls: [{ name: "confirmOrder", input: { order: "SO-1007" } }] },
      {
        calls: [
          {
            name: "reply",
            input: {
              answer: "SO-1007 is ready to be confirmed; it waits for your approval.",
              orders: ["SO-1007"],
            },
          },
        ],
        usage: { input_tokens: 900, output_tokens: 40 },
      },
    );
    await door.verb("ask", "erp/sales confirm order SO-1007");
    await sees(door, /Waiting for Kit/u);
    await door.press("Approve");
    await sees(door, /Done: .*SO-1007/u);
    expect(stub.refusals).toEqual([]);
    expect(door.complaints()).toEqual([]);
    const posts = (await door.seen()).join("\n");
    expect(posts).toMatch(/\$0\.\d{4}/u);
    expect(posts + JSON.stringify(stub.requests.map(({ body }) => body))).not.toContain(apiKey);
  });

  test("keeps the stable part of the prompt cached and sends the context apart", async () => {
    door = webDoor();
    nova = await startNova({ doors: [door], model: model() });
    await door.verb("context", "profile We sell sweeper parts to facility companies.");
    stub.script({
      calls: [{ name: "reply", input: { answer: "You sell sweeper parts.", sources: ["profile"] } }],
    });
    await door.verb("ask", "chat/general what do we sell?");
    await sees(door, /You sell sweeper parts/u);
    const [request] = stub.requests;
    expect(JSON.stringify(request?.body.system)).toContain("cache_control");
    expect(JSON.stringify(request?.body.system)).not.toContain("facility companies");
    expect(JSON.stringify(request?.body.messages)).toContain("facility companies");
  });

  test.each([
    ["an overloaded API", { fault: "status", status: 529 }, /can't be reached/u],
    ["a stream that stalls", { fault: "stall", at: "start" }, /took too long|can't be reached/u],
    [
      "a cut answer",
      { calls: [{ name: "reply", input: { answer: "half" } }], stop: "max_tokens", isCut: true },
      /cut off/u,
    ],
    ["a refusal", { text: "", stop: "refusal" }, /declined to answer/u],
  ] as const)("%s ends as a failure in the thread, with what can be done", async (_name, reply, words) => {
    door = webDoor();
    nova = await startNova({ doors: [door], model: model() });
    stub.script(reply, reply, reply, reply);
    await door.verb("ask", "chat/general hello");
    await sees(door, words, 15_000);
    await door.verb("failures");
    await sees(door, /model\.(?:down|late|cut|refused)/u);
  });
});
