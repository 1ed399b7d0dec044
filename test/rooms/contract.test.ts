// Room 6: what passes for an answer, and what is a broken contract.
import { describe, expect, test } from "vitest";
import general from "../../agents/chat/general.ts";
import sales from "../../agents/erp/sales.ts";
import draft from "../../agents/language/draft.ts";
import { judgeReply } from "../../src/contract.ts";

const agents = ["erp/stock", "erp/sales"];
const fulfilled = (answer: string) => ({ arm: "fulfilled", value: { answer, orders: [] } }) as const;
const broken = expect.objectContaining({ kind: "broken" });
const kept = expect.objectContaining({ kind: "kept" });

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
  ])("may not claim a deed: %s", (answer) => {
    expect(judgeReply(sales, fulfilled(answer), agents)).toEqual(broken);
  });

  test.each([
    "Confirming SO-1007 waits for approval; nothing has been done yet.",
    "SO-1003 was shipped on 2026-10-01, says the record.",
    "Two orders are confirmed and not shipped: SO-1009 and SO-1012.",
    "I can prepare the confirmation for you.",
  ])("may report and announce: %s", (answer) => {
    expect(judgeReply(sales, fulfilled(answer), agents)).toEqual(kept);
  });
});

test("a language agent may write such a sentence, because it writes in somebody's name", () => {
  const letter = { arm: "fulfilled", value: { answer: "Dear Ann, we have shipped your order." } } as const;
  const judged = judgeReply(draft, letter, agents);
  expect(judged.kind === "kept" || !judged.words.includes("claims a deed")).toBe(true);
});

test("an answer is held to its schema and its length, and the validator says which", () => {
  expect(judgeReply(sales, { arm: "fulfilled", value: { answer: "x" } }, agents)).toEqual({
    kind: "broken",
    words: expect.stringMatching(/schema[^]*orders/u),
  });
  expect(judgeReply(sales, fulfilled("  "), agents)).toEqual(broken);
  const long = Array.from({ length: sales.maxWords + 1 }, () => "word").join(" ");
  expect(judgeReply(sales, fulfilled(long), agents)).toEqual({
    kind: "broken",
    words: expect.stringMatching(new RegExp(`${sales.maxWords + 1} words; at most ${sales.maxWords}`, "u")),
  });
});

test("a question needs words, a refusal a reason, and a hand-off an agent that exists", () => {
  expect(judgeReply(general, { arm: "needs", question: " " }, agents)).toEqual(broken);
  expect(judgeReply(general, { arm: "needs", question: "Which?" }, agents)).toEqual(kept);
  expect(judgeReply(general, { arm: "declined", why: "", instead: null }, agents)).toEqual(broken);
  expect(judgeReply(general, { arm: "declined", why: "Stock.", instead: "erp/stok" }, agents)).toEqual(
    broken,
  );
  expect(judgeReply(general, { arm: "declined", why: "Stock.", instead: "erp/stock" }, agents)).toEqual(kept);
});
