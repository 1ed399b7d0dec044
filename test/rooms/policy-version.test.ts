// The version of the policy: it changes with everything that would have a card asked in another way, also with the code
// of the rules, which raise it by hand.
import { readFileSync } from "node:fs";
import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { boundVersion } from "../../src/bound.ts";
import { parseConfig } from "../../src/config.ts";
import { operationStakes } from "../../src/approvals/operation-stakes.ts";
import { policyVersionOf } from "../../src/approvals/policy-version.ts";
import type { PolicyLines } from "../../src/approvals/policy-version.ts";
import { stakesVersion } from "../../src/approvals/stakes.ts";

const { approvals } = parseConfig(
  {
    people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }],
    approvals: { fourEyes: ["medium", "high"] },
  },
  "the test's config",
);
const lines: PolicyLines = { approvals, owners: ["Kit", "Ada"], operations: operationStakes };
const version = policyVersionOf(lines);

test.each<readonly [string, Partial<PolicyLines["approvals"]>]>([
  ["the amount", { highAmount: 1 }],
  ["four eyes", { fourEyes: ["high"] }],
  ["the wait alone", { waitAlone: 0 }],
  ["how long a card lives", { expireAfter: 1_000 }],
  ["how long one of high stakes lives", { expireHighAfter: 1_000 }],
  ["who is asked when nobody decides", { escalateTo: ["Ada"] }],
  ["who may approve", { approvers: { medium: ["Ada"] } }],
])("A30: %s is in the version", (_name, changed) => {
  expect(policyVersionOf({ ...lines, approvals: { ...approvals, ...changed } })).not.toBe(version);
});

test("A30: so are the owners, the table of operations, and the order of names is not", () => {
  expect(policyVersionOf({ ...lines, owners: ["Kit"] })).not.toBe(version);
  expect(policyVersionOf({ ...lines, operations: { ...operationStakes, "item.price": "high" } })).not.toBe(
    version,
  );
  expect(policyVersionOf({ ...lines, operations: {} })).not.toBe(version);
  const turned = { ...approvals, fourEyes: approvals.fourEyes.toReversed(), cardsPerHour: 1 };
  expect(policyVersionOf({ ...lines, approvals: turned, owners: ["Ada", "Kit"] })).toBe(version);
  const listed = { ...approvals, approvers: { high: ["Ada", "Kit"] } };
  expect(policyVersionOf({ ...lines, approvals: listed })).toBe(version);
});

/** Words beside the code, how it is laid out and where its neighbours live change no rule. */
const codeOf = (file: string): string =>
  readFileSync(new URL(`../../src/approvals/${file}`, import.meta.url), "utf8")
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gmu, "")
    .replaceAll(/^import [^;]*;$/gmu, "")
    .replaceAll(/\s+|,(?=\s*[)\]}])/gu, "");

test("A30: whoever changes a rule raises its version, and writes both here", () => {
  const rules = hash("sha256", codeOf("stakes.ts").concat(codeOf("stakes-case.ts")), "hex").slice(0, 16);
  expect([stakesVersion, rules]).toEqual(["stakes.5", "0fd12e59f81a0132"]);
});

test("A30: whoever changes what an approval binds raises its version, and writes both here", () => {
  const binding = hash("sha256", codeOf("../bound.ts"), "hex").slice(0, 16);
  expect(version).toContain(`/bound.${boundVersion}/`);
  expect([boundVersion, binding]).toEqual([2, "32de8329fc2a3249"]);
});

test("A3: a card of high stakes can't be given more than eight hours", () => {
  const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
  const parsed = (expireHighAfter: string) =>
    parseConfig({ people, approvals: { expireHighAfter } }, "the test's config").approvals.expireHighAfter;
  expect(parsed("8h")).toBe(28_800_000);
  for (const longer of ["9h", "481m", "1d"]) expect(() => parsed(longer)).toThrow(/at most "8h"/u);
});
