// A no is a no: what was asked before is asked again only when a person wants it, and what can't be done or changes nothing
// never reaches anybody. Attacked by a model that never stops asking.
import { expect, test } from "vitest";
import { confirmOrder } from "../../src/tools/erp.ts";
import type { Json, Model, ModelReply, ModelRequest } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { proposes, says, script } from "../support/script.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
type Call = readonly [name: string, input: Json];

/** Makes the same calls in every turn, whatever it is told, and then says something harmless. */
function mallory(calls: readonly Call[]): Model & { readonly requests: readonly ModelRequest[] } {
  const requests: ModelRequest[] = [];
  const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
  let count = 0;
  const reply = (wanted: readonly Call[]): ModelReply => ({
    text: "",
    calls: wanted.map(([name, input]) => ({ id: `call_${(count += 1)}`, name, input })),
    stop: "tools",
    usage,
  });
  return {
    id: "mallory",
    isLanguageModel: false,
    requests,
    generate: async (request) => {
      requests.push(request);
      const isAnswered = request.messages.at(-1)?.role === "tools";
      return reply(isAnswered ? [["reply", { answer: "Fine weather.", orders: [] }]] : calls);
    },
  };
}
const wordsIn = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsIn) : [String(value)];
const confirming: Call = [confirmOrder.name, { order: "SO-1007" }];

test("A10: a hostile model that proposes the same thing in a hundred turns gets one card", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], model: mallory([confirming, confirming, confirming]) });
  await door.says("@erp/sales how is SO-1007?");
  await sees(door, asked);
  for (let turn = 0; turn < 49; turn += 1) await door.says(`@erp/sales tell me about order SO-1007, ${turn}`);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["pending"]);
  await door.press("Reject…", { words: "too expensive" });
  await sees(door, /Rejected by Kit: too expensive/u);
  for (let turn = 0; turn < 50; turn += 1) await door.says(`@erp/sales was SO-1007 confirmed? ${turn}`);
  await sees(door, /confirmed\? 49[^]*Fine weather/u);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["rejected"]);
});

test("A10: a rejection with its reason reaches the agent as data, and a person who asks again gets a new card", async () => {
  const door = webDoor();
  const confirms = proposes(confirmOrder, { order: "SO-1007" });
  const waits = says("It waits for you.", { orders: ["SO-1007"] });
  const fine = says("Nothing more to do.", { orders: [] });
  const model = script(confirms, waits, confirms, fine, confirms, waits);
  const nova = await start({ doors: [door], model });
  await door.says("@erp/sales confirm order SO-1007");
  await sees(door, asked);
  await door.press("Reject…", { words: "ask Lakeside first" });
  await sees(door, /Rejected by Kit: ask Lakeside first/u);
  await door.says("@erp/sales is there anything left?");
  await sees(door, /Nothing more to do/u);
  await nova.idle();
  const [, , next, after] = model.requests.map(({ messages }) => JSON.stringify(messages));
  const [first] = await nova.journal().proposals({});
  const data = { proposal: first?.id, effect: "confirmOrder", state: "rejected", decidedBy: ["Kit"] };
  const inside = JSON.stringify(JSON.stringify({ ...data, reason: "ask Lakeside first" })).slice(1, -2);
  expect(next).toContain(inside);
  expect(after).toContain("asked again only when a person asks for it");
  expect(await nova.journal().proposals({})).toHaveLength(1);
  await door.says("@erp/sales confirm SO-1007, they agreed");
  await sees(door, asked);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["rejected", "pending"]);
});

test("A24: fifty commands that are invalid, forbidden or of no effect reach nobody, and the agent is told why", async () => {
  const door = webDoor();
  const unknown = Array.from({ length: 10 }, (_, at): Call => ["confirmOrder", { order: `SO-9${at}99` }]);
  const wrong = ["SO-1001", "SO-1008", "SO-1002", "SO-1003", "SO-1004"].map((order): Call => [
    "confirmOrder",
    { order },
  ]);
  const bad: readonly Call[] = [
    ["confirmOrder", {}],
    ["confirmOrder", { order: 7 }],
    ["confirmOrder", { order: "SO-1007", approved: true }],
    ["createOrder", { customer: "Nobody Known", item: "main brush 36 in", quantity: 1 }],
    ["createOrder", { customer: "Ironwood", item: "main brush", quantity: 1 }],
    ["createOrder", { customer: "Ironwood", item: "gutter broom", quantity: -1 }],
    ["shipOrder", { order: "SO-1007" }],
    ["cancelOrder", { order: "SO-1008" }],
    ["registerPayment", { invoice: "INV-2026-0002" }],
    ["executeApproved", { proposal: "p-1" }],
  ];
  const forbidden = Array.from({ length: 15 }, (): Call => ["cancelOrder", { order: "SO-1007" }]);
  const nothing = Array.from({ length: 10 }, (): Call => ["shipOrder", { order: "SO-1009" }]);
  const calls = [...unknown, ...wrong, ...bad, ...forbidden, ...nothing];
  const model = mallory(calls);
  const nova = await start({
    doors: [door],
    model,
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      probe: async () => {
        const rights = await erp.probe();
        return { ...rights, operations: rights.operations.filter((op) => op !== "order.cancel") };
      },
      prepare: async (command) => {
        const result = await erp.prepare(command);
        if (command.op !== "order.ship" || result.kind === "refused") return result;
        const same = result.prepared.changes.map((change) => ({ ...change, after: change.before }));
        return { kind: "prepared", prepared: { ...result.prepared, changes: same, deltas: [] } };
      },
    }),
  });
  // All of it named, so that it is the ERP's word and the admission's that refuse it.
  const named = calls.flatMap(([, input]) => wordsIn(input)).join(", ");
  await door.says(`@erp/sales do everything at once: ${named}`);
  await sees(door, /Fine weather/u);
  await nova.idle();
  expect(calls).toHaveLength(50);
  expect(await nova.journal().proposals({})).toEqual([]);
  const told = model.requests.at(-1)?.messages.at(-1);
  const results = told?.role === "tools" ? told.results : [];
  expect(results).toHaveLength(50);
  for (const [at, { isError, text }] of results.entries()) {
    expect([isError, text.length > 10], JSON.stringify(calls[at])).toEqual([true, true]);
  }
});

test("A10: a no of yesterday is still a no: the day that a command is dated by does not make it another one", async () => {
  const door = terminalDoor();
  const clock = createTestClock(Date.UTC(2026, 2, 16, 23, 50));
  const nova = await start({ doors: [door], clock, model: mallory([confirming]) });
  await door.says("@erp/sales how is SO-1007?");
  await sees(door, asked);
  await door.press("Reject…", { words: "never do this" });
  await sees(door, /Rejected by Kit: never do this/u);
  clock.advance(11 * 60_000);
  await door.says("@erp/sales how are you?");
  await sees(door, /how are you\?[^]*Fine weather/u);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["rejected"]);
});

test("A10: a run does not ask for what waits already, and says so", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door] });
  await door.verb("run", "client-onboarding client=Tidehouse");
  await sees(door, asked);
  await nova.idle();
  await door.verb("run", "client-onboarding client=Tidehouse");
  await sees(door, /Exactly this waits already as p-/u);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["pending"]);
});
