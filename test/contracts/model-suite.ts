// What every model behind the port keeps to, whatever it is made of. An implementation is told beforehand what a good
// model would say (a vendor's double plays it; a model that thinks for itself may ignore it).
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineEffect, defineReader } from "../../src/effects.ts";
import type { Effect, Reader } from "../../src/effects.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { JsonObject, Model, ModelReply, ModelRequest, ToolSpec } from "../../src/ports.ts";
import { openPurse } from "../support/purse.ts";

export type Expected = {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly input: JsonObject }[];
};
export type OpenedModel = {
  readonly model: Model;
  readonly willAnswer: (expected: Expected) => void;
  /** Resolves once a request is under way that will never be answered; null: this model has no such moment. */
  readonly hang: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
};

const findStock = defineReader({
  name: "findStock",
  description: "Looks up stock per item.",
  examples: ["How many brushes are in stock?"],
  input: z.object({ text: z.string().optional() }),
  output: z.strictObject({ rows: z.array(z.unknown()), total: z.number() }),
  read: async () => ({ rows: [], total: 0 }),
});
const confirmOrder = defineEffect({
  name: "confirmOrder",
  description: "Confirms a draft sales order.",
  examples: ["Confirm order SO-1007"],
  input: z.object({ order: z.string().regex(/^SO-\d+$/) }),
  stakes: "medium",
  op: "order.confirm",
  toArgs: ({ order }) => ({ order }),
});
const Reply = z.strictObject({ answer: z.string(), items: z.array(z.string()) });

export function specOf(tool: Reader | Effect): ToolSpec {
  const { name, kind, description, examples, input } = tool;
  return { name, kind, description, examples, inputSchema: schemaOf(input) };
}
const schemaOf = (schema: z.ZodType): JsonObject =>
  z.record(z.string(), z.json()).parse(z.toJSONSchema(schema, { io: "input" }));
export const endings = (reply: z.ZodType): readonly ToolSpec[] => [
  { name: "reply", kind: "reply", description: "The answer.", examples: [], inputSchema: schemaOf(reply) },
  {
    name: "ask_person",
    kind: "reply",
    description: "One question.",
    examples: [],
    inputSchema: schemaOf(z.strictObject({ question: z.string() })),
  },
  {
    name: "decline",
    kind: "reply",
    description: "Why not.",
    examples: [],
    inputSchema: schemaOf(z.strictObject({ why: z.string(), instead: z.string().optional() })),
  },
];

const inputs: Readonly<Record<string, z.ZodType>> = {
  findStock: findStock.input,
  confirmOrder: confirmOrder.input,
  reply: Reply,
  ask_person: z.strictObject({ question: z.string().min(1) }),
  decline: z.strictObject({ why: z.string().min(1), instead: z.string().optional() }),
};
const asks = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  instructions: "You look after the stock. Answer in at most 100 words.",
  context: "[c1 | profile | standing | current] We sell brushes.",
  messages: [{ role: "user", text }],
  tools: [specOf(findStock), specOf(confirmOrder), ...endings(Reply)],
  toolChoice: "tool",
  maxTokens: 1000,
  ...more,
});

const looks: Expected = { calls: [{ name: "findStock", input: { text: "brush" } }] };
const answers: Expected = { calls: [{ name: "reply", input: { answer: "Main brush: 12", items: ["B-1"] } }] };
const afterLooking = asks("how many brushes are in stock?", {
  messages: [
    { role: "user", text: "how many brushes are in stock?" },
    { role: "assistant", text: "", calls: [{ id: "c1", name: "findStock", input: { text: "brush" } }] },
    {
      role: "tools",
      results: [
        {
          callId: "c1",
          text: '{"rows":[{"record":"B-1","name":"Main brush","onHand":12}],"total":1}',
          isError: false,
        },
      ],
    },
  ],
});
const situations: readonly (readonly [string, ModelRequest, Expected])[] = [
  ["a question for a reader", asks("how many brushes are in stock?"), looks],
  [
    "an order for an effect",
    asks("confirm order SO-1007"),
    { calls: [{ name: "confirmOrder", input: { order: "SO-1007" } }] },
  ],
  [
    "an order that lacks its number",
    asks("please confirm the order"),
    { calls: [{ name: "ask_person", input: { question: "Which order?" } }] },
  ],
  ["rows that came back", afterLooking, answers],
  [
    "something nobody can know",
    asks("tell me a joke", { tools: endings(Reply) }),
    { calls: [{ name: "decline", input: { why: "That is not mine." } }] },
  ],
  ["an empty message", asks(""), { calls: [{ name: "ask_person", input: { question: "Yes?" } }] }],
];
const never = new AbortController().signal;

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
const faultOf = (work: Promise<ModelReply>): Promise<unknown> =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

export function describeModel(name: string, open: () => Promise<OpenedModel>): void {
  const withModel = (run: (opened: OpenedModel) => Promise<void>) => async (): Promise<void> => {
    const opened = await open();
    try {
      await run(opened);
    } finally {
      await opened.close();
    }
  };

  describe(`${name} keeps the model's contract`, () => {
    for (const [situation, request, expected] of situations) {
      test(
        `with ${situation}: complete calls of offered tools, inputs that fit, an honest bill`,
        withModel(async ({ model, willAnswer }) => {
          willAnswer(expected);
          const reply = await model.generate(freeze(request), {
            signal: never,
            onText: null,
            purse: openPurse,
          });
          expect(reply.calls.length).toBeGreaterThan(0);
          for (const call of reply.calls) {
            expect(request.tools.map((tool) => tool.name)).toContain(call.name);
            expect(inputs[call.name]?.safeParse(call.input).error).toBeUndefined();
          }
          expect(new Set(reply.calls.map(({ id }) => id)).size).toBe(reply.calls.length);
          expect(reply.calls.every(({ id }) => id !== "")).toBe(true);
          expect(reply.stop).toBe("tools");
          for (const figure of Object.values(reply.usage)) expect(figure).toBeGreaterThanOrEqual(0);
        }),
      );
    }

    test(
      "shows text that only grows, and nothing that the reply does not hold",
      withModel(async ({ model, willAnswer }) => {
        willAnswer(answers);
        const seen: string[] = [];
        const reply = await model.generate(afterLooking, {
          signal: never,
          onText: (soFar) => void seen.push(soFar),
          purse: openPurse,
        });
        const { answer } = Reply.parse(reply.calls[0]?.input);
        expect(seen.at(-1)).toBe(answer);
        for (const [index, text] of seen.entries()) expect(text.startsWith(seen[index - 1] ?? "")).toBe(true);
      }),
    );

    test(
      "keeps fifty conversations apart",
      withModel(async ({ model, willAnswer }) => {
        for (let copy = 0; copy < 50; copy += 1) willAnswer(answers);
        const replies = await Promise.all(
          Array.from({ length: 50 }, () =>
            model.generate(afterLooking, { signal: never, onText: null, purse: openPurse }),
          ),
        );
        const said = new Set(replies.map(({ calls }) => JSON.stringify(calls[0]?.input)));
        expect(said.size).toBe(1);
      }),
    );

    test(
      "asks nobody when the turn is already over",
      withModel(async ({ model, willAnswer }) => {
        willAnswer(looks);
        const over = AbortSignal.abort();
        const fault = await faultOf(
          model.generate(asks("how many?"), { signal: over, onText: null, purse: openPurse }),
        );
        expect(fault).toBeInstanceOf(NovaFailure);
        expect(fault).toMatchObject({ kind: "model.late" });
      }),
    );

    test(
      "ends at once when the turn ends while it works",
      withModel(async ({ model, hang }) => {
        if (hang === null) return expect(model.isLanguageModel).toBe(false);
        const turn = new AbortController();
        const isHanging = hang();
        const fault = faultOf(
          model.generate(asks("how many?"), { signal: turn.signal, onText: null, purse: openPurse }),
        );
        await isHanging;
        turn.abort();
        expect(await fault).toMatchObject({ kind: "model.late" });
        return undefined;
      }),
    );
  });
}
