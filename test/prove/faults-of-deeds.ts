// Faults in what stands around a deed: what is asked again before it, what becomes of it and what is asked.
import type { Fault } from "./faults.ts";

const recheck = "src/work/recheck.ts";
const coverage = "src/approvals/coverage.ts";
const interruption = "src/work/interruption.ts";
const stakes = "test/rooms/approvals.test.ts";
const covered = "test/work/coverage.test.ts";
const interrupted = "test/work/interruption.test.ts";
const again = "test/work/recheck.test.ts";
const left = "test/work/approvers-left.test.ts";

const beforeItRuns: readonly Fault[] = [
  {
    fault: "nobody asks whether whoever asked, their agent and their project still may",
    file: recheck,
    cut: 'if (barred !== null) return stop("blocked", barred);',
    put: "",
    noticedBy: "test/work/entitlement.test.ts",
    named: "A26|A4",
  },
  {
    fault: "nobody asks whether those who approved still may",
    file: "src/work/approvers-left.ts",
    cut: "(name) => !allowed.has(name)",
    put: '(name) => allowed.has(name) && name === ""',
    noticedBy: left,
    named: "A4",
  },
  {
    fault: "nobody asks whether they are still enough",
    file: "src/work/approvers-left.ts",
    cut: "gone.length === 0 && new Set(decidedBy).size >= needed",
    put: "gone.length === 0",
    noticedBy: again,
    named: "A5",
  },
  {
    fault: "who approved counts as a member where nobody says so",
    file: "src/work/approvers-left.ts",
    cut: 'unsure.length === 0 ? null : "unclear"',
    put: "unsure.length === 0 ? null : null",
    noticedBy: "test/journeys/discord-members.test.ts",
    named: "A4",
  },
  {
    fault: "a yes under other rules counts",
    file: recheck,
    cut: "if (policyVersion !== policy.version) return",
    put: "if (policyVersion === '') return",
    noticedBy: again,
    named: "A30",
  },
  {
    fault: "a command that does not fit its hash runs",
    file: recheck,
    cut: "commandHashOf(prepared.command) !== commandHash || ",
    put: "",
    noticedBy: again,
    named: "A1",
  },
  {
    fault: "effects that do not fit their hash run",
    file: recheck,
    cut: " || effectHashOf(prepared) !== effectHash)",
    put: ")",
    noticedBy: again,
    named: "A1",
  },
  {
    fault: "an approval is good for ever",
    file: recheck,
    cut: "(proposal.decidedAt ?? 0) > startWithinMs)",
    put: "(proposal.decidedAt ?? 0) > Number.MAX_VALUE)",
    noticedBy: interrupted,
    named: "while its approval is fresh",
  },
  {
    fault: "another effect than the approved one runs",
    file: coverage,
    cut: "if (effectHashOf({ ...now, warnings, versionTokens }) !== effectHashOf(approved)) return",
    put: "if (effectHashOf({ ...approved, warnings, versionTokens }) !== effectHashOf(approved)) return",
    noticedBy: covered,
    named: "is not done, and is asked again",
  },
  {
    fault: "a record that changed meanwhile is changed again",
    file: coverage,
    cut: "if (records.length > 0) return",
    put: "if (records.length > 1_000) return",
    noticedBy: covered,
    named: "is not done, and is asked again",
  },
  {
    fault: "the ERP's new warning is passed over",
    file: coverage,
    cut: "return unseen.length > 0 ? ",
    put: "return unseen.length > 1_000 ? ",
    noticedBy: covered,
    named: "is not done, and is asked again",
  },
  {
    fault: "more at stake than was approved runs",
    file: recheck,
    cut: "return isHigher(stakes, proposal.stakes)\n",
    put: "return isHigher(stakes, stakes)\n",
    noticedBy: "test/journeys/totals.test.ts",
    named: "only by the time it should run",
  },
  {
    fault: "what one person alone approved runs at once",
    file: "src/work/execution.ts",
    cut: "if (deps.clock.now() < (proposal.runAt ?? 0)) return;",
    put: "if (deps.clock.now() < 0) return;",
    noticedBy: "test/journeys/alone.test.ts",
    named: "A5",
  },
  {
    fault: "it runs while the record of approvals is broken",
    file: "src/work/execution.ts",
    cut: 'if (trouble !== null) {\n    await deps.journal.settle(proposal.id, { from: ["approved"]',
    put: 'if (trouble === "") {\n    await deps.journal.settle(proposal.id, { from: ["approved"]',
    noticedBy: "test/journeys/audit.test.ts",
    named: "what was approved before does not run",
  },
  {
    fault: "an approval of a clock that was set back counts as new",
    file: "src/proposal.ts",
    cut: "(decidedAt ?? 0) > now + clockSlackMs;",
    put: "(decidedAt ?? 0) < clockSlackMs - now;",
    noticedBy: "test/work/recheck.test.ts",
    named: "set back",
  },
];

const onceItRan: readonly Fault[] = [
  {
    fault: "two deeds run at once on one record",
    file: "src/work/record-lane.ts",
    cut: "await Promise.all(before);",
    put: "",
    noticedBy: "test/work/record-lane.test.ts",
    named: "one deed at a time",
  },
  {
    fault: "nothing is waited for before it is called undone",
    file: interruption,
    cut: "graceMs === 0 ? intentAt : intentAt + executeDeadlineMs + graceMs;",
    put: "graceMs === 0 ? intentAt : intentAt - executeDeadlineMs;",
    noticedBy: interrupted,
    named: "what takes effect late",
  },
  {
    fault: "the same is sent again where no id is known",
    file: interruption,
    cut: 'if (idempotency === "key") return { kind: "again" };',
    put: 'if (idempotency !== "unique-ref") return { kind: "again" };',
    noticedBy: interrupted,
    named: "A13",
  },
  {
    fault: "it is sent again without a look",
    file: interruption,
    cut: 'if (found !== "absent") return { kind: "end", ...endings[found] };',
    put: 'if (found !== "absent" && idempotency !== "key") return { kind: "end", ...endings[found] };',
    noticedBy: interrupted,
    named: "A13",
  },
  {
    fault: "what can't be found anywhere is called undone",
    file: interruption,
    cut: 'if (idempotency === "none") return { kind: "end", ...endings.undecidable };',
    put: "",
    noticedBy: interrupted,
    named: "by none",
  },
  {
    fault: "absent counts as applied",
    file: "src/work/interruption.ts",
    cut: 'export const notThere: Ending = { to: "not_applied"',
    put: 'export const notThere: Ending = { to: "applied"',
    noticedBy: interrupted,
    named: "by search",
  },
  {
    fault: "OK counts as an effect",
    file: "src/work/outcome.ts",
    cut: 'return { to: "failed", detail: "the ERP accepted it and did nothing" };',
    put: 'return { to: "applied", detail };',
    noticedBy: "test/contracts/erp-erpnext.test.ts",
    named: "OK is not an effect",
  },
];

const whatIsAsked: readonly Fault[] = [
  {
    fault: "a confirmed order is cancelled like a draft",
    file: "src/approvals/stakes-case.ts",
    cut: "return deltas.length > 0 || moves.some(",
    put: "return moves.some(",
    noticedBy: "test/journeys/promises.test.ts",
    named: "A3: cancelling",
  },
  {
    fault: "what Nova did is undone with less care however long ago",
    file: "src/approvals/judgement.ts",
    cut: "return askedAt - deed.decidedAt <= momentMs ? ",
    put: "return askedAt - deed.decidedAt >= 0 ? ",
    noticedBy: "test/rooms/judgement.test.ts",
    named: "of a moment ago",
  },
  {
    fault: "terms of payment change like a phone number",
    file: "src/approvals/stakes-case.ts",
    cut: "terms.test(label) && before !== null && before !== after",
    put: "terms.test(label) && before !== null && before === after",
    noticedBy: "test/rooms/judgement.test.ts",
    named: "changes terms",
  },
  {
    fault: "the amount from which on it is high is not high",
    file: "src/approvals/stakes.ts",
    cut: "Number.isSafeInteger(amountCents) && amountCents < highAmountCents;",
    put: "Number.isSafeInteger(amountCents) && amountCents <= highAmountCents;",
    noticedBy: stakes,
    named: "A3",
  },
  {
    fault: "an operation that nobody weighed is low",
    file: "src/approvals/stakes.ts",
    cut: '?? "high",',
    put: '?? "low",',
    noticedBy: stakes,
    named: "A3|stakes",
  },
  {
    fault: "a rule that is not there lets it through",
    file: "src/approvals/stakes.ts",
    cut: 'rules[name]?.(one, policy) ?? "high");',
    put: 'rules[name]?.(one, policy) ?? "low");',
    noticedBy: stakes,
    named: "without the rule",
  },
  {
    fault: "what was rejected is asked again until somebody says yes",
    file: "src/work/admission.ts",
    cut: "if (wants(asked.text, effect, prepared)) return null;",
    put: "if (wants(asked.text, effect, prepared) || terminalStates.has(before.state)) return null;",
    noticedBy: "test/journeys/repeats.test.ts",
    named: "A10",
  },
  {
    fault: "anybody may edit a card",
    file: "src/approvals/authority.ts",
    cut: "return isApprover || proposal.requesterAccount === account || proposal.requester === person.name;",
    put: "return isApprover || proposal.requesterAccount !== person.name;",
    noticedBy: "test/journeys/cards.test.ts",
    named: "a stranger gets neither",
  },
];

export const deedFaults: readonly Fault[] = [...beforeItRuns, ...onceItRan, ...whatIsAsked];
