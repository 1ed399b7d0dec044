// What has to be typed where more is at stake: the amount in any way that people write one, and nothing else.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { challengeOf, challengeTerm, isMet } from "../../src/approvals/typed-approval.ts";
import type { Challenge } from "../../src/approvals/typed-approval.ts";
import { proposalOf } from "../support/journal-samples.ts";

const amount: Challenge = { kind: "amount", amountCents: 1_234_550, currency: "USD" };

test.each([
  ["12345.50 USD", true],
  ["12,345.50 USD", true],
  ["12.345,50 usd", true],
  ["USD 12 345,50", true],
  ["$12'345.50", true],
  ["12345.50", false],
  ["12345.50 EUR", false],
  ["12345.50 USD EUR", false],
  ["12345 USD", false],
  ["12345.5 USD", false],
  ["12345.51 USD", false],
  ["1234.550 USD", false],
  ["12.345.50 USD", false],
  ["-12345.50 USD", false],
  ["12345.50 USD please", false],
  ["", false],
] as const)("A5: typing %j for 12,345.50 USD is right: %s", (typed, expected) => {
  expect(isMet(amount, typed)).toBe(expected);
});

test("A5: what the card says is what is right, and no other amount is", () => {
  const cents = fc.integer({ min: 1, max: 1_000_000_000 });
  fc.assert(
    fc.property(cents, cents, (amountCents, other) => {
      const challenge: Challenge = { kind: "amount", amountCents, currency: "EUR" };
      const shown = (one: Challenge): string => challengeTerm(one).replace(/^.*type /u, "");
      expect(isMet(challenge, shown(challenge))).toBe(true);
      if (other !== amountCents)
        expect(isMet(challenge, shown({ ...challenge, amountCents: other }))).toBe(false);
    }),
    { seed: 11 },
  );
});

test("A5: without an amount a code from the card is asked for; low and medium stakes ask for nothing", () => {
  const proposal = proposalOf("p-1");
  const { prepared } = proposal;
  const free = { ...prepared, risk: { ...prepared.risk, amountCents: null } };
  const challenge = challengeOf({ ...proposal, stakes: "high", prepared: free });
  const code = proposal.effectHash.slice(0, 6);
  expect(challenge).toEqual({ kind: "code", code });
  if (challenge === null) throw new Error("unreachable");
  expect([
    isMet(challenge, ` #${code.toUpperCase()} `),
    isMet(challenge, "000000"),
    isMet(challenge, null),
  ]).toEqual([true, false, false]);
  expect(challengeOf({ ...proposal, stakes: "medium" })).toBeNull();
});

test("A2 whatever is at stake, a card that a platform has to cut asks for the code; one that is whole does not", () => {
  const { prepared, ...rest } = proposalOf("p-1", { stakes: "low" });
  const code = { kind: "code", code: rest.effectHash.slice(0, 6) };
  const long = "x".repeat(700);
  const line = { record: "SO-1", label: "note", before: null, after: long };
  const cases = [
    [{ ...prepared, summary: "y".repeat(200) }, null],
    [{ ...prepared, summary: "y".repeat(201) }, code],
    [{ ...prepared, changes: [line] }, null],
    [{ ...prepared, changes: [line, line, line] }, code],
    [{ ...prepared, summary: "*".repeat(101) }, code],
    [{ ...prepared, summary: "\u202E".repeat(30) }, code],
    [{ ...prepared, changes: [{ ...line, after: "|".repeat(950) }] }, code],
    [{ ...prepared, undo: "z".repeat(2_000) }, code],
    [{ ...prepared, warnings: [long, long, long] }, code],
  ] as const;
  for (const [one, expected] of cases) expect(challengeOf({ ...rest, prepared: one })).toEqual(expected);
});
