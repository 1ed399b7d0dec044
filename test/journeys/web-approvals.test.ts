// The local page has no sign-in: whoever reaches the port is its person. What matters most takes what only the terminal shows.
import { expect, test } from "vitest";
import { missingCodeWords, typedBesideCode } from "../../src/approvals/web-code.ts";
import { createTestClock } from "../support/clock.ts";
import { testWebCode, webDoor } from "../support/doors/web.ts";
import { sees } from "../support/doors/door.ts";
import { useNova, watchErp } from "./stage.ts";

const start = useNova();

test("A23: on the page a yes to high stakes takes the code of the terminal; the amount alone does nothing", async () => {
  const door = webDoor();
  const clock = createTestClock(Date.now());
  const erp = watchErp();
  const config = { approvals: { highAmount: 100 } };
  const nova = await start({ doors: [door], clock, wrapErp: erp.wrapErp, config });
  await door.says("confirm order SO-1007");
  const posts = await sees(door, /to approve, type [\d,.]+ USD/u);
  await nova.idle();
  const amount = /to approve, type (?<amount>[\d,.]+ USD)/u.exec(posts.join("\n"))?.groups?.["amount"] ?? "";
  clock.advance(2_000);
  expect(posts.join("\n")).not.toContain(testWebCode);
  // As a page of another program's making would post it.
  await door.press("Approve…", { fields: { none: "" }, words: `${amount} 00000000` }).catch(() => undefined);
  await nova.idle();
  expect(erp.executed).toEqual([]);
  await door.press("Approve…", { words: amount });
  await sees(door, (shown) => {
    clock.advance(20);
    return /Approved by Kit, done/u.test(shown.join("\n"));
  });
  await nova.idle();
  expect(erp.executed).toHaveLength(1);
  const [proposal] = await nova.journal().proposals({});
  const votes = (await nova.journal().trail(proposal?.id ?? "")).filter(({ kind }) => kind === "vote");
  expect(votes.map(({ body }) => [body.includes(amount), body.includes(testWebCode)])).toEqual([
    [true, false],
  ]);
  await door.verb("approvals");
  await sees(door, /Decided in the last 30 days[^]*Kit: 1 decided, 100 % approved, in [\d.]+ s/u);
});

const yes = {
  code: "abcd1234",
  account: "web:me" as const,
  stakes: "high" as const,
  typed: "5.00 USD abcd1234",
};
test("A23: the code counts only where it is needed, at the end, and whole", () => {
  expect([typedBesideCode(yes), missingCodeWords(yes)]).toEqual(["5.00 USD", null]);
  expect(missingCodeWords({ ...yes, typed: "5.00 USD ABCD1234 " })).toBeNull();
  for (const typed of [null, "", "5.00 USD", "abcd1234 5.00 USD", "5.00 USD abcd123"])
    expect(missingCodeWords({ ...yes, typed })).toMatch(/web code that Nova showed/u);
  expect(typedBesideCode({ ...yes, typed: "5.00 USD" })).toBe("5.00 USD");
  expect(missingCodeWords({ ...yes, typed: null, stakes: "medium" })).toBeNull();
  expect(missingCodeWords({ ...yes, typed: null, account: "terminal:me" })).toBeNull();
});

test("A23: where no code was shown, the page approves nothing of high stakes", () => {
  expect(missingCodeWords({ ...yes, code: undefined })).toMatch(/approve it in the terminal/u);
});
