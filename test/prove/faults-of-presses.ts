// Faults in what stands between a press and a decision: who may press, what, and when.
import type { Fault } from "./faults.ts";

const decisions = "adapters/sqlite/decisions.ts";
const attempts = "adapters/sqlite/attempts.ts";
const pressRules = "src/work/press-rules.ts";
const journal = "test/contracts/journal.test.ts";
const approvals = "test/journeys/approvals.test.ts";
const highStakes = "test/journeys/high-stakes.test.ts";

const whoMayPress: readonly Fault[] = [
  {
    fault: "anybody's press counts",
    file: pressRules,
    cut: "return isKnown && decidersOf(directory, proposal).includes(person.name);",
    put: "return isKnown || decidersOf(directory, proposal).includes(person.name);",
    noticedBy: approvals,
    named: "maya",
  },
  {
    fault: "the ledger counts the vote of somebody who is not listed",
    file: decisions,
    cut: "if (!namedIn(proposal).includes(vote.insteadOf ?? vote.person)) {",
    put: "if (vote.person === vote.account) {",
    noticedBy: journal,
    named: "not listed",
  },
  {
    fault: "a listed account counts though its platform calls it an outsider",
    file: "src/people.ts",
    cut: 'if (listed !== null && account.standing === "regular") return listed;',
    put: "if (listed !== null) return listed;",
    noticedBy: "test/rooms/people.test.ts",
    named: "vouches",
  },
  {
    fault: "whoever asked is among those who approve",
    file: "src/people.ts",
    cut: "const others = listed.filter((name) => name !== requester);",
    put: "const others = listed;",
    noticedBy: "test/rooms/four-eyes.test.ts",
    named: "every order",
  },
  {
    fault: "whoever asked may press",
    file: "src/approvals/authority.ts",
    cut: ".filter((name) => !isFourEyes || name !== proposal.requester)",
    put: "",
    noticedBy: "test/rooms/four-eyes.test.ts",
    named: "stands in for nobody",
  },
  {
    fault: "one yes is enough wherever two are needed",
    file: decisions,
    cut: "return decidedBy.length >= minApprovals ? ",
    put: "return decidedBy.length >= Math.min(1, minApprovals) ? ",
    noticedBy: journal,
    named: "two people at once make two votes",
  },
  {
    fault: "one person's second yes counts as another's",
    file: decisions,
    cut: 'if (vote.decision === "approve" && proposal.decidedBy.includes(vote.person)) {',
    put: 'if (vote.decision === "reject" && proposal.decidedBy.includes(vote.person)) {',
    noticedBy: "test/rooms/four-eyes.test.ts",
    named: "every order",
  },
  {
    fault: "a typed decision counts anywhere",
    file: "src/rooms/route-command.ts",
    cut: 'message.thread.startsWith("terminal:")',
    put: 'message.thread.includes(":")',
    noticedBy: approvals,
    named: "the verb approve decides nothing",
  },
  {
    fault: "a card whose only approver left waits for ever",
    file: "src/approvals/departures.ts",
    cut: "if (reached.length >= needed) return;",
    put: "if (reached.length >= 0) return;",
    noticedBy: "test/journeys/discord-members.test.ts",
    named: "while the card waits",
  },
];

const whatIsPressed: readonly Fault[] = [
  {
    fault: "a press decides what was ticked after its card was read",
    file: "adapters/sqlite/batches.ts",
    cut: "if (!isDeepStrictEqual(new Set(standing), new Set(seen))) return null;",
    put: "",
    noticedBy: "test/contracts/journal.test.ts",
    named: "A16",
  },
  {
    fault: "a button counts on whatever message it is",
    file: "src/rooms/route-press.ts",
    cut: "if (button.platformId !== null) return button.platformId === onMessage;",
    put: "if (button.platformId !== null) return onMessage.length > 0;",
    noticedBy: approvals,
    named: "on another message",
  },
  {
    fault: "a button that somebody pointed at another proposal counts",
    file: "adapters/sqlite/buttons.ts",
    cut: "row.seal === buttonSeal(audit, row) && isWholePost",
    put: "isWholePost",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "A1 A14",
  },
  {
    fault: "a card of high stakes needs no reading",
    file: pressRules,
    cut: "shownForMs < readingMs)",
    put: "shownForMs < 0)",
    noticedBy: highStakes,
    named: "quicker than the card",
  },
  {
    fault: "whatever is typed will do",
    file: pressRules,
    cut: "return isMet(challenge, typed) ? null : wrongWords(challenge);",
    put: "return typed === wrongWords(challenge) ? wrongWords(challenge) : null;",
    noticedBy: highStakes,
    named: "a wrong amount is refused",
  },
  {
    fault: "an amount counts whatever its currency",
    file: "src/approvals/typed-approval.ts",
    cut: "const isNamed = currency === null || named === currency.toUpperCase();",
    put: "const isNamed = currency !== named;",
    noticedBy: "test/rooms/typed-approval.test.ts",
    named: "A5",
  },
];

const whenItIsPressed: readonly Fault[] = [
  {
    fault: "the statement that decides does not look at the time",
    file: decisions,
    cut: "AND state = 'pending' AND expires_at > ?2\n",
    put: "AND state = 'pending'\n",
    noticedBy: journal,
    named: "A6|nobody decides after its time",
  },
  {
    fault: "a clock that was set back lengthens a card's life",
    file: decisions,
    cut: "AND COALESCE(shown_at, 0) <= ?2 + 60000 RETURNING",
    put: "RETURNING",
    noticedBy: journal,
    named: "A6: a clock that is set wrong",
  },
  {
    fault: "what was decided can be decided again",
    file: decisions,
    cut: "WHERE id = ?1 AND state = 'pending' AND expires_at > ?2\n",
    put: "WHERE id = ?1 AND expires_at > ?2\n",
    noticedBy: journal,
    named: "one approval decides",
  },
  {
    fault: "two hands may begin to execute",
    file: attempts,
    cut: "if (proposal === null || !from.includes(proposal.state)) return false;",
    put: "if (proposal === null) return false;",
    noticedBy: journal,
    named: "exactly one hand",
  },
  {
    fault: "an end can be left",
    file: decisions,
    cut: "if (proposal === null || !from.includes(proposal.state) || terminalStates.has(proposal.state)) return false;",
    put: "if (proposal === null) return false;",
    noticedBy: journal,
    named: "exactly one hand",
  },
];

export const pressFaults: readonly Fault[] = [...whoMayPress, ...whatIsPressed, ...whenItIsPressed];
