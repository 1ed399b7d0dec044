// What an earlier Nova did is still found and undone by a later one that binds more; it approves nothing any more.
import { expect, test } from "vitest";
import { approvalProblem } from "../../src/approvals/approval-check.ts";
import { boundUnder, hashBefore, wasBound } from "../../src/approvals/bound-before.ts";
import { grantApproval } from "../../src/approval.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import { proposalOf } from "../support/journal-samples.ts";

const { prepared } = proposalOf("p-1");

test("A2: an approval of before covers nothing now", () => {
  const hashes = { commandHash: commandHashOf(prepared.command), effectHash: hashBefore(prepared) };
  const approval = grantApproval({ proposalId: "p-1", ...hashes });
  expect(approvalProblem(approval, prepared, "p-1")).toBe("The approval is for other effects.");
});

test("what was done is recognised by either hash, and by no other", () => {
  expect(wasBound(hashBefore(prepared), prepared)).toBe(true);
  expect(wasBound(effectHashOf(prepared), prepared)).toBe(true);
  expect(wasBound(effectHashOf({ ...prepared, summary: "Something else" }), prepared)).toBe(false);
  expect(wasBound(hashBefore({ ...prepared, changes: [] }), prepared)).toBe(false);
});

test("its details show what its own approval bound, and nothing beside", () => {
  expect(boundUnder(hashBefore(prepared), prepared)).not.toHaveProperty("summary");
  expect(boundUnder(effectHashOf(prepared), prepared)).toMatchObject({ summary: prepared.summary });
});
