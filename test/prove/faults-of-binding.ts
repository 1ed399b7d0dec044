// Faults in what an approval is an approval of, and in who is named as having given it.
import type { Fault } from "./faults.ts";

const covered = "test/work/coverage.test.ts";

export const bindingFaults: readonly Fault[] = [
  {
    fault: "a card may read otherwise than what was approved",
    file: "src/bound.ts",
    cut: "    summary,\n    risk: {",
    put: "    risk: {",
    noticedBy: covered,
    named: "in other words",
  },
  {
    fault: "the amount of a card may be another one",
    file: "src/bound.ts",
    cut: "risk: { amountCents, currency, party,",
    put: "risk: { currency, party,",
    noticedBy: covered,
    named: "another amount",
  },
  {
    fault: "the way back may be another one",
    file: "src/bound.ts",
    cut: "    undo,\n    changes:",
    put: "    changes:",
    noticedBy: covered,
    named: "another way back",
  },
  {
    fault: "what was asked under another way of binding is not asked again",
    file: "src/approvals/policy-version.ts",
    cut: "/bound.${boundVersion}/",
    put: "/bound.0/",
    noticedBy: "test/rooms/policy-version.test.ts",
    named: "what an approval binds",
  },
  {
    fault: "nobody is named on the ERP's record",
    file: "src/work/execution.ts",
    cut: "approvers: proposal.decidedBy,",
    put: "approvers: [],",
    noticedBy: "test/contracts/erp-approvers.test.ts",
    named: "whose votes are in the journal",
  },
  {
    fault: "an approver's name may pass for a mark",
    file: "src/approvals/approval-check.ts",
    cut: '.replaceAll(/[^\\p{L}\\p{M}\\p{N}.\'’-]+/gu, " ")',
    put: "",
    noticedBy: "test/contracts/erp-approvers.test.ts",
    named: "names are letters",
  },
  {
    fault: "who edits or undoes elsewhere takes a proposal out of its project",
    file: "src/proposal.ts",
    cut: "return { project, thread: asked.project === project ? asked.thread : thread };",
    put: "return project === thread ? { project, thread } : asked;",
    noticedBy: "test/journeys/elsewhere-typed.test.ts",
    named: "A26 A9",
  },
];
