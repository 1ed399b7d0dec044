// Room 6: what passes for an answer, and what is a broken contract.
import { describe, expect, test } from "vitest";
import general from "../../agents/chat/general.ts";
import planner from "../../agents/chat/planner.ts";
import customers from "../../agents/erp/customers.ts";
import sales from "../../agents/erp/sales.ts";
import draft from "../../agents/language/draft.ts";
import type { AgentCard } from "../../src/agent.ts";
import { keepContract } from "../../src/replies/contract.ts";
import type { Reply } from "../../src/message.ts";

const agents = ["erp/stock", "erp/sales"];
const fulfilled = (answer: string) => ({ arm: "fulfilled", value: { answer, orders: [] } }) as const;

const idOf = (card: AgentCard): string => (card === sales ? "erp/sales" : "chat/general");

/** What the room says of a reply that stays the same after its one repair. */
async function judge(card: AgentCard, reply: Reply, asked = ""): Promise<unknown> {
  const said = { words: "" };
  const redo = async (words: string) => {
    said.words = words;
    return { reply, seen: [] };
  };
  return keepContract({ reply, seen: [] }, { card, agents, asked, items: [], redo, id: idOf(card) }).then(
    ({ kept }) => ({ kind: "kept", reply: kept }),
    () => ({ kind: "broken", words: said.words }),
  );
}
const broken: unknown = expect.objectContaining({ kind: "broken" });
const kept: unknown = expect.objectContaining({ kind: "kept" });
const brokenWith = (words: RegExp): unknown => {
  const matching: unknown = expect.stringMatching(words);
  return expect.objectContaining({ kind: "broken", words: matching });
};

describe("an agent that can propose", () => {
  test.each([
    "I have confirmed SO-1007.",
    "I've just shipped it.",
    "Nova confirmed the order.",
    "We have cancelled SO-1007.",
    "SO-1007 has been confirmed.",
    "The order is now confirmed.",
    "✅ approved",
    "Done.",
    "All done, the stock is adjusted.",
    "Successfully posted the invoice.",
  ])("may not claim a deed: %s", async (answer) => {
    expect(await judge(sales, fulfilled(answer))).toEqual(broken);
  });

  test.each([
    "Confirming SO-1007 waits for approval; nothing has been done yet.",
    "SO-1003 was shipped on 2026-10-01, says the record.",
    "Two orders are confirmed and not shipped: SO-1009 and SO-1012.",
    "I can prepare the confirmation for you.",
  ])("may report and announce: %s", async (answer) => {
    const asked = "what of SO-1003 (2026-10-01), SO-1007, and the two orders SO-1009 and SO-1012?";
    expect(await judge(sales, fulfilled(answer), asked)).toEqual(kept);
  });
});

test("an ERP specialist gives no figure that no reader showed, in words, in its other fields, or in a question", async () => {
  expect(await judge(sales, fulfilled("SO-1007 comes to 597.60 USD."))).toEqual(
    brokenWith(/"so-1007" was shown by no reader of this turn/u),
  );
  const fields = { arm: "fulfilled", value: { answer: "See the list.", orders: ["SO-4242"] } } as const;
  expect(await judge(sales, fields)).toEqual(brokenWith(/"so-4242"/u));
  const question = { arm: "needs", question: "They owe 99.99 USD, shall I register it?" } as const;
  expect(await judge(sales, question)).toEqual(brokenWith(/"99.99 USD"/u));
  expect(await judge(sales, { arm: "needs", question: "Which order, e.g. SO-1007?" })).toEqual(kept);
  const refusal = { arm: "declined", why: "They owe 99.99 USD.", instead: null } as const;
  expect(await judge(sales, refusal)).toEqual(brokenWith(/"99.99 USD"/u));
  expect(await judge(general, { arm: "declined", why: "There are 40 of us.", instead: null })).toEqual(kept);
});

test("a language agent may write such a sentence, because it writes in somebody's name", async () => {
  const letter = { arm: "fulfilled", value: { answer: "Dear Ann, we have shipped your order." } } as const;
  expect(JSON.stringify(await judge(draft, letter))).not.toMatch(/claims a deed/u);
});

test("an answer is held to its schema and its length, and the validator says which", async () => {
  expect(await judge(sales, { arm: "fulfilled", value: { answer: "x" } })).toEqual(
    brokenWith(/schema[^]*orders/u),
  );
  expect(await judge(sales, fulfilled("  "))).toEqual(broken);
  const long = Array.from({ length: sales.maxWords + 1 }, () => "word").join(" ");
  expect(await judge(sales, fulfilled(long))).toEqual(
    brokenWith(new RegExp(`${sales.maxWords + 1} words.*at most ${sales.maxWords}`, "u")),
  );
});

test("a question needs words, a refusal a reason, and a hand-off an agent that exists", async () => {
  expect(await judge(general, { arm: "needs", question: " " })).toEqual(broken);
  expect(await judge(general, { arm: "needs", question: "Which?" })).toEqual(kept);
  expect(await judge(general, { arm: "declined", why: "", instead: null })).toEqual(broken);
  expect(await judge(general, { arm: "declined", why: "Stock.", instead: "erp/stok" })).toEqual(broken);
  expect(await judge(general, { arm: "declined", why: "Stock.", instead: "erp/stock" })).toEqual(kept);
});

test("a field that the schema does not know is a broken contract, however deep it hides", async () => {
  const more = { arm: "fulfilled", value: { answer: "Here.", orders: [], approved: true } } as const;
  expect(await judge(sales, more)).toEqual(brokenWith(/no field "approved"/u));
  const value = { answer: "Here.", parties: [{ record: "C-1", name: "Northgate", vip: true }] };
  expect(await judge(customers, { arm: "fulfilled", value })).toEqual(
    brokenWith(/no field "parties\.0\.vip"/u),
  );
});

test("a question, a reason and a language agent's other fields have a length too", async () => {
  const long = Array.from({ length: 121 }, () => "word").join(" ");
  expect(await judge(general, { arm: "needs", question: long })).toEqual(
    brokenWith(/question has 121 words/u),
  );
  expect(await judge(draft, { arm: "declined", why: long, instead: null })).toEqual(
    brokenWith(/reason has 121 words/u),
  );
  const many = Array.from({ length: draft.maxWords + 1 }, () => "[date]");
  expect(await judge(draft, { arm: "fulfilled", value: { answer: "Dear Ann", placeholders: many } })).toEqual(
    brokenWith(/other fields have/u),
  );
});

test("nobody declines in favour of themselves", async () => {
  const self = { arm: "declined", why: "Not mine.", instead: "erp/sales" } as const;
  expect(await judge(sales, self)).toEqual(brokenWith(/is you/u));
});

test("a deed may be claimed in no arm and in no field, by a language agent in its own voice neither", async () => {
  expect(await judge(draft, { arm: "needs", question: "I have sent it. To whom else?" })).toEqual(broken);
  expect(await judge(draft, { arm: "declined", why: "I have sent it already.", instead: null })).toEqual(
    broken,
  );
  const planned = { title: "I have paid the invoice", owner: null, due: null, after: [] };
  const value = { answer: "One task.", tasks: [planned], open: [] };
  expect(await judge(planner, { arm: "fulfilled", value })).toEqual(brokenWith(/claims a deed/u));
  expect(await judge(planner, { arm: "fulfilled", value }, "plan: I have paid the invoice")).toEqual(kept);
});

test("who works with texts invents no record and no money, but numbers its own steps and names norms", async () => {
  const said = (answer: string) => ({ arm: "fulfilled", value: { answer, sources: [] } }) as const;
  expect(await judge(general, said("Order SO-4242 is late."))).toEqual(brokenWith(/"so-4242"/u));
  expect(await judge(general, said("They owe 99.99 USD."))).toEqual(brokenWith(/"99\.99 USD"/u));
  expect(await judge(general, said("They owe 99.99 USD."), "They owe $99.99, don't they?")).toEqual(kept);
  expect(await judge(general, said("Three steps, by ISO-9001, within 14 days."))).toEqual(kept);
});
