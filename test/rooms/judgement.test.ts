// Room 7: what else was asked and done for the same party counts. The sum comes from the journal's sealed rows and from what
// is asked together, never from a model.
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { createJudge, stakesNow } from "../../src/approvals/judgement.ts";
import type { Checked } from "../../src/message.ts";
import { createDirectory } from "../../src/people.ts";
import { createPolicy } from "../../src/approvals/policy.ts";
import type { ApprovalPolicy } from "../../src/approvals/policy.ts";
import type { Prepared, RiskFacts } from "../../src/ports.ts";
import type { Proposal, ProposalDraft } from "../../src/proposal.ts";
import { createHold } from "../../src/rooms/approvals.ts";
import { noOthers, othersOf, stakesCase } from "../../src/approvals/stakes-case.ts";
import { stakesRules } from "../../src/approvals/stakes.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";
import { messageOf, project, proposalOf } from "../support/journal-samples.ts";

const clock = createTestClock();
const people = [{ name: "Kit", ids: ["discord:1001"], role: "owner" }];
const config = parseConfig({ people, approvals: { highAmount: 1_000 } }, "config");
const directory = createDirectory(config, clock);
const capabilities = () =>
  ({ preview: "exact", idempotency: "key", concurrency: "token", graceMs: 0, compensates: [] }) as const;
const erps = new Map([["main", { capabilities }]]);
const policy = createPolicy(config, { directory, clock, entropy: createTestEntropy("judgement"), erps });

type Deed = { readonly op?: string; readonly risk?: Partial<RiskFacts> };
function preparedOf({ op = "invoice.post", risk = {} }: Deed): Prepared {
  const { prepared } = proposalOf("p");
  const command = { ...prepared.command, op };
  const facts = { isReversible: true, isExternal: false, currency: "USD", party: "P-1", records: 1 };
  return { ...prepared, command, risk: { amountCents: 60_000, ...facts, ...risk } };
}
const draftOf = (id: string, deed: Deed = {}): ProposalDraft => ({
  id,
  effect: "postInvoice",
  agent: "erp/invoices",
  prepared: preparedOf(deed),
  declaredStakes: "medium",
  agentWords: null,
});
function doneOf(id: string, deed: Deed = {}, more: Partial<Proposal> = {}): Proposal {
  const decided = {
    expiresAt: 1,
    decidedBy: ["Kit"],
    decidedAt: clock.now(),
    reason: null,
    outcomeDetail: null,
  };
  return { ...proposalOf(id), prepared: preparedOf(deed), state: "applied", ...decided, ...more };
}
const journalWith = (...rows: readonly Proposal[]) => ({
  lately: async () => rows,
  recentCards: async () => [],
});

async function judge(draft: ProposalDraft, ...rows: readonly Proposal[]) {
  return (await createJudge(policy, journalWith(...rows), { project, drafts: [draft] }))(draft);
}

describe("running totals", () => {
  test("A3: one below the amount is high with the others of the last 24 h, and its card can say why", async () => {
    expect(await judge(draftOf("p-1"))).toEqual({ stakes: "medium" });
    expect(await judge(draftOf("p-1"), doneOf("p-2"))).toEqual({
      stakes: "high",
      because: ["with the other one of the last 24 h: 1,200.00 USD"],
    });
  });

  test.each([
    ["another party", { risk: { party: "P-2" } }, "medium"],
    ["another operation", { op: "order.confirm" }, "medium"],
    ["no money", { risk: { amountCents: null } }, "medium"],
    ["nobody in particular", { risk: { party: null } }, "high"],
    ["a party that the ERP does not name", { risk: { party: undefined } }, "high"],
    ["money that came back", { risk: { amountCents: -60_000 } }, "high"],
  ] as const)("A3: what was done for %s counts as it should", async (...[, deed, stakes]) => {
    expect((await judge(draftOf("p-1"), doneOf("p-2", deed))).stakes).toBe(stakes);
  });

  test("A3: what it takes the place of does not count, nor itself", async () => {
    const replaces = { proposal: "p-2", why: "edited", differences: [] };
    const draft = { ...draftOf("p-1"), link: { replaces } };
    expect(await judge(draft, doneOf("p-1"), doneOf("p-2", {}, { state: "pending" }))).toEqual({
      stakes: "medium",
    });
  });

  test("A3: one payment that is split into ten in one message is ten times high", async () => {
    const drafts = Array.from({ length: 10 }, (_, at) =>
      draftOf(`p-${at}`, { risk: { amountCents: 10_000 } }),
    );
    const judged = await createJudge(policy, journalWith(), { project, drafts });
    expect(new Set(drafts.map((draft) => judged(draft).stakes))).toEqual(new Set(["high"]));
    expect(judged(drafts[0] ?? draftOf("p-0")).because).toEqual([
      "with the 9 others of the last 24 h: 1,000.00 USD",
    ]);
  });

  test("A3: nothing is read where nothing is asked", async () => {
    const lately = async (): Promise<never> => Promise.reject(new Error("was asked"));
    await expect(createJudge(policy, { lately }, { project, drafts: [] })).resolves.toBeDefined();
    await expect(createJudge(policy, { lately }, { project, drafts: [draftOf("p-1")] })).rejects.toThrow(
      "was asked",
    );
  });

  test("A3: right before it runs what others did without a high yes counts; what is only asked does not", async () => {
    const own = { ...doneOf("p-1"), state: "approved" as const };
    const risen = async (...rows: readonly Proposal[]) =>
      stakesNow({ policy, journal: journalWith(own, ...rows) }, own, own.prepared);
    expect(await risen()).toBe("medium");
    expect(await risen(doneOf("p-2"))).toBe("high");
    expect(await risen(doneOf("p-2", {}, { state: "approved" }))).toBe("high");
    expect(await risen(doneOf("p-2", {}, { state: "unknown" }))).toBe("high");
    expect(await risen(doneOf("p-2", {}, { state: "pending" }))).toBe("medium");
    expect(await risen(doneOf("p-2", {}, { stakes: "high" }))).toBe("medium");
  });

  test("A3: bank details that were just changed make what follows for that party high", async () => {
    const prepared = preparedOf({ op: "party.change", risk: { amountCents: null } });
    const changes = [{ record: "P-1", label: "IBAN", before: "DE1", after: "DE2" }];
    const changed = doneOf("p-2", {}, { prepared: { ...prepared, changes } });
    expect(await judge({ ...draftOf("p-1"), prepared: changed.prepared })).toMatchObject({ stakes: "high" });
    expect(await judge(draftOf("p-1"), changed)).toEqual({
      stakes: "high",
      because: ["bank details were changed"],
    });
    expect(othersOf(draftOf("p-1", { risk: { party: "P-2" } }), [changed]).hasNewBank).toBe(false);
  });

  test.each([
    ["posted", "cancelled", true],
    ["paid", "draft", true],
    ["posted", null, true],
    ["posted", "paid", false],
    ["confirmed", "cancelled", false],
    ["draft", "posted", false],
  ] as const)("A3: a document that goes from %s to %s is taken back: %s", (before, after, expected) => {
    const changes = [{ record: "INV-1", label: "state", before, after }];
    const one = stakesCase(
      { ...preparedOf({}), changes },
      { preview: "exact", others: othersOf(draftOf("p"), []) },
    );
    expect(one.takesBackPosted).toBe(expected);
  });

  const stock = { record: "SB-1", label: "side brush, free at MAIN", delta: "+2", before: "1", after: "3" };
  const moves = (record: string, before: string | null, after: string | null) => ({
    record,
    label: "state",
    before,
    after,
  });
  test.each([
    ["confirmed to cancelled, its stock reserved", [moves("SO-1", "confirmed", "cancelled")], [stock], true],
    ["confirmed to cancelled, nothing reserved", [moves("SO-1", "confirmed", "cancelled")], [], false],
    ["sent to cancelled", [moves("PO-1", "sent", "cancelled")], [], false],
    [
      "sent to cancelled, with its receipt",
      [moves("PO-1", "sent", "cancelled"), moves("RCV-1", "draft", "cancelled")],
      [],
      true,
    ],
    [
      "sent to cancelled, and a new draft",
      [moves("PO-1", "sent", "cancelled"), moves("new purchase", null, "draft")],
      [],
      false,
    ],
    ["shipped to cancelled", [moves("SO-1", "shipped", "cancelled")], [], true],
    ["confirmed to draft, its stock reserved", [moves("SO-1", "confirmed", "draft")], [stock], true],
    ["confirmed to shipped", [moves("SO-1", "confirmed", "shipped")], [stock], false],
    ["draft to cancelled", [moves("SO-1", "draft", "cancelled")], [stock], false],
  ] as const)("A3: a promise is taken back from %s", (...[, changes, deltas, expected]) => {
    const prepared = { ...preparedOf({}), changes, deltas };
    expect(stakesCase(prepared, { preview: "exact", others: noOthers }).breaksPromise).toBe(expected);
  });

  test.each([
    ["payment terms", "30 days", "90 days", true],
    ["payment terms", null, "30 days", false],
    ["payment terms", "30 days", "30 days", false],
    ["Payment method", "cash", "transfer", true],
    ["city", "Aberdeen", "Leith", false],
  ] as const)("A3: %s from %s to %s changes terms: %s", (...[label, before, after, expected]) => {
    const prepared = { ...preparedOf({}), changes: [{ record: "P-1", label, before, after }] };
    expect(stakesCase(prepared, { preview: "exact", others: noOthers }).changesTerms).toBe(expected);
  });

  test("A3: what undoes Nova's own deed of a moment ago is worth what the deed was; anybody else's, or later, is not", async () => {
    const changes = [moves("SO-1", "confirmed", "cancelled")];
    const prepared = { ...preparedOf({ op: "order.cancel" }), changes, deltas: [stock] };
    const link = { undoes: { proposal: "p-2", summary: "Confirm SO-1" } };
    const draft = { ...draftOf("p-1"), prepared, link };
    const because = ["cancels what was promised, and goods or papers hang on it"];
    const confirmed = { op: "order.confirm" };
    expect(await judge(draft, doneOf("p-2", confirmed))).toEqual({ stakes: "medium" });
    const decidedAt = clock.now() - 16 * 60_000;
    for (const deeds of [
      [],
      [doneOf("p-3", confirmed)],
      [doneOf("p-2", confirmed, { decidedAt })],
      [doneOf("p-2", confirmed, { stakes: "high" })],
      [doneOf("p-2", confirmed, { state: "needs_human" })],
    ])
      expect(await judge(draft, ...deeds)).toEqual({ stakes: "high", because });
    // Asked in time and approved late: nothing has changed by waiting for a person.
    const late = { ...doneOf("p-1"), ...draft, state: "approved" as const, shownAt: decidedAt };
    const deed = doneOf("p-2", confirmed, { decidedAt });
    expect(await stakesNow({ policy, journal: journalWith(deed) }, late, prepared)).toBe("medium");
  });

  test("A3: an ERP that is not there has no preview that anybody computed", () => {
    expect([policy.previewOf("main"), policy.previewOf("gone")]).toEqual(["exact", "declared"]);
  });
});

/** What an agent's turn brings to room 7, with one draft. */
function checkedOf(draft: ProposalDraft): Checked {
  const message = messageOf("m-1");
  const kit = { name: "Kit", class: "owner", accounts: [message.account.id] } as const;
  return {
    id: "m-1",
    message,
    attempt: 1,
    person: kit,
    project: { id: project, name: "Sweeper Parts", channels: [message.channel], agents: ["*"], erp: "main" },
    thread: { lastAgent: null, lastText: null, waiting: null },
    button: null,
    assignment: { kind: "say", text: "", isPrivate: false },
    route: { stage: "address", reasons: [], candidates: [] },
    pack: { items: [], history: [], tokens: 0, dropped: [] },
    reply: { arm: "code", posts: [], outcome: "answered", waiting: null },
    proposals: [draft],
    runs: [],
    seen: [],
    usage: { inputTokens: 0, outputTokens: 0, dollars: 0 },
    redo: null,
    posts: [],
    outcome: "answered",
    waiting: null,
  };
}

describe.each(Object.keys(stakesRules))("the rule %s", (name) => {
  const small = draftOf("p-1", { op: "note.add", risk: { amountCents: null, currency: null } });
  const low = { ...small, declaredStakes: "low" } as const;
  const holdWith = async (rules: Partial<typeof stakesRules>) => {
    const broken: ApprovalPolicy & { readonly rules: Partial<typeof stakesRules> } = { ...policy, rules };
    return createHold(broken, journalWith())(checkedOf(low));
  };

  test("A3: with it the card is of low stakes; without it the same card is high, with all that this asks", async () => {
    const [card] = (await holdWith(stakesRules)).proposals;
    expect(card).toMatchObject({ stakes: "low", expireAfterMs: 24 * 3_600_000 });
    const left = Object.fromEntries(Object.entries(stakesRules).filter(([key]) => key !== name));
    const [without] = (await holdWith(left)).proposals;
    expect(without).toMatchObject({ stakes: "high", expireAfterMs: 8 * 3_600_000, waitMs: 60_000 });
  });

  test("A3: where it throws the room throws, and there is no card", async () => {
    const thrown = (): never => {
      throw new Error(`${name} is broken`);
    };
    await expect(holdWith({ ...stakesRules, [name]: thrown })).rejects.toThrow(`${name} is broken`);
  });
});
