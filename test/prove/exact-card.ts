// Payloads of proposals as whoever is hostile would write them, and what must hold for each: the details show, letter for
// letter, what the approval binds. Called with many runs by `test:approvals`, with a slice of them by `npm test`.
import * as fc from "fast-check";
import { expect } from "vitest";
import { z } from "zod";
import { canonicalHash } from "../../src/canonical.ts";
import { drawCard } from "../../src/cards/card.ts";
import { toExact } from "../../src/cards/exact-text.ts";
import { toVisible } from "../../src/markdown/visible.ts";
import type { Json, JsonObject, Prepared } from "../../src/ports.ts";
import { boundBy } from "../../src/bound.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import type { Proposal } from "../../src/proposal.ts";
import { hostilePieces } from "../support/hostile-texts.ts";
import { proposalOf } from "../support/journal-samples.ts";

export const payloadSeed = 20_261_121;
const tricks = [
  "\u202E",
  "\u200B",
  "\u2066",
  "К",
  "і",
  "Α",
  "\n",
  "\r\n",
  "`",
  "```",
  "**",
  "<@1001>",
  "​",
  "é",
  "é",
  "\u00ad",
  "💶",
  "\\u0041",
];
const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 12, unit: "binary" }) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...tricks, "Kit", " ", "12"), { maxLength: 6 })
      .map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constantFrom(...hostilePieces).map((piece) => piece.slice(0, 3_000)) },
);
const wellFormed = text.map((one) => one.toWellFormed());
const { value } = fc.letrec<{ readonly value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    wellFormed,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(wellFormed, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const args: fc.Arbitrary<JsonObject> = fc.dictionary(wellFormed, value, {
  maxKeys: 4,
  noNullPrototype: true,
});
const nullable = fc.option(wellFormed, { nil: null });
export const payload: fc.Arbitrary<Prepared> = fc
  .record({
    command: fc.record({ connector: wellFormed, instance: wellFormed, op: wellFormed, args }),
    changes: fc.array(
      fc.record({ record: wellFormed, label: wellFormed, before: nullable, after: nullable }),
      { maxLength: 9 },
    ),
    deltas: fc.array(
      fc.record({
        record: wellFormed,
        label: wellFormed,
        delta: wellFormed,
        before: wellFormed,
        after: wellFormed,
      }),
      { maxLength: 3 },
    ),
    guards: fc.array(fc.record({ check: wellFormed, isMet: fc.boolean(), detail: wellFormed }), {
      maxLength: 3,
    }),
    summary: wellFormed,
    warnings: fc.array(wellFormed, { maxLength: 2 }),
    versionTokens: fc.dictionary(wellFormed, wellFormed, { maxKeys: 2, noNullPrototype: true }),
  })
  .map((given) => ({
    ...given,
    risk: { amountCents: 1, currency: "EUR", isReversible: true, isExternal: false, records: 1 },
    undo: null,
  }));

export function standing(prepared: Prepared): Proposal {
  const hashes = { commandHash: commandHashOf(prepared.command), effectHash: effectHashOf(prepared) };
  return {
    ...proposalOf("p-1", { prepared, ...hashes }),
    state: "pending",
    expiresAt: 1_767_700_000_000,
    decidedBy: [],
    decidedAt: null,
    reason: null,
    outcomeDetail: null,
  };
}
const Bound = z.strictObject({
  command: z.strictObject({
    connector: z.string(),
    instance: z.string(),
    op: z.string(),
    args: z.unknown(),
  }),
  summary: z.string(),
  risk: z.record(z.string(), z.unknown()),
  undo: z.string().nullable(),
  changes: z.array(z.unknown()),
  deltas: z.array(z.unknown()),
  guards: z.array(z.unknown()),
  warnings: z.array(z.string()),
  versions: z.record(z.string(), z.string()),
});
/** The hash of what somebody reads, made without the code that made the card. */
function hashOf(shown: string): string {
  const { command, ...rest } = Bound.parse(JSON.parse(shown));
  return canonicalHash({ v: 2, commandHash: canonicalHash({ v: 1, ...command }), ...rest });
}

/** What the details show hashes to exactly what the approval binds. */
export function provesBound(numRuns: number): void {
  fc.assert(
    fc.property(payload, (prepared) => {
      const shown = toExact(boundBy(prepared));
      expect(shown).not.toMatch(/[^\n\x20-\x7e\u00a1-\u017f\u20a0-\u20bf]|[`@</]/u);
      expect(toVisible(shown)).toBe(shown);
      expect(hashOf(shown)).toBe(effectHashOf(prepared));
      expect(drawCard(standing(prepared), 0).card?.fingerprint).toBe(effectHashOf(prepared).slice(0, 8));
    }),
    { seed: payloadSeed, numRuns },
  );
}

/** Two that differ in one letter never look the same. */
export function provesApart(numRuns: number): void {
  fc.assert(
    fc.property(payload, fc.constantFrom(...tricks), (prepared, trick) => {
      const { command } = prepared;
      const other = { ...prepared, command: { ...command, args: { ...command.args, to: `Kit${trick}` } } };
      const plain = { ...prepared, command: { ...command, args: { ...command.args, to: "Kit" } } };
      expect(toExact(boundBy(other))).not.toBe(toExact(boundBy(plain)));
      expect(effectHashOf(other)).not.toBe(effectHashOf(plain));
    }),
    { seed: payloadSeed, numRuns },
  );
}
