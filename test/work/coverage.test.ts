// An approval covers the effect, the records' versions, the ERP's warnings and the stakes that were on the card: what any
// of them has become by the time it would run is asked again, and is never done on the old yes.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { drawCard } from "../../src/cards/card.ts";
import type { Prepared } from "../../src/ports.ts";
import { effectHashOf, successorOf } from "../../src/proposal.ts";
import type { NewProposal, ProposalState } from "../../src/proposal.ts";
import { sample, stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

const boundTo = (prepared: Prepared): Partial<NewProposal> => ({
  prepared,
  effectHash: effectHashOf(prepared),
});
type Case = {
  readonly what: string;
  readonly shift: Partial<Prepared>;
  readonly state: ProposalState;
  readonly why: RegExp;
  readonly differences: readonly string[];
};
const cases: readonly Case[] = [
  {
    what: "A31: a warning that nobody has seen",
    shift: { warnings: ["The same was ordered today."] },
    state: "needs_ack",
    why: /warns of what nobody has seen: The same was ordered today\.; p-/u,
    differences: ["the ERP warns now: The same was ordered today."],
  },
  {
    what: "A11: a record at another version",
    shift: { versionTokens: { "order:SO-7": "4" } },
    state: "stale",
    why: /order:SO-7 changed in the ERP since it was asked; p-/u,
    differences: ["order:SO-7 was changed in the ERP since"],
  },
  {
    what: "A11: a record more that it stands on",
    shift: { versionTokens: { ...sample.versionTokens, "party:ACME": "1" } },
    state: "stale",
    why: /party:ACME changed in the ERP/u,
    differences: ["party:ACME was changed in the ERP since"],
  },
  {
    what: "A11: another effect, at another version too",
    shift: {
      changes: [{ record: "order:SO-7", label: "state", before: "draft", after: "sent" }],
      versionTokens: { "order:SO-7": "4" },
    },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: ["order:SO-7 state: before confirmed, now sent"],
  },
  {
    what: "A2: the same effect in other words",
    shift: { summary: "Confirm order SO-7 for Acme: 4,000.00 EUR" },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: [`as a whole: before ${sample.summary}, now Confirm order SO-7 for Acme: 4,000.00 EUR`],
  },
  {
    what: "A2: another amount, with the same effect in the same words,",
    shift: { risk: { ...sample.risk, amountCents: 99_999_900 } },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: ["amount: before 40.00 EUR, now 999,999.00 EUR"],
  },
  {
    what: "A2: another currency",
    shift: { risk: { ...sample.risk, currency: "USD" } },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: ["amount: before 40.00 EUR, now 40.00 USD"],
  },
  {
    what: "A2: another party, and more records",
    shift: { risk: { ...sample.risk, party: "P-9", records: 3 } },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: ["party: before nothing, now P-9", "records: before 1, now 3"],
  },
  {
    what: "A2: another way back",
    shift: { undo: "Ask the customer." },
    state: "stale",
    why: /its effect would be another one now; p-/u,
    differences: [`undo: before ${sample.undo ?? "none"}, now Ask the customer.`],
  },
];

describe("what was approved", () => {
  test.each(cases)("$what is not done, and is asked again", async (one) => {
    const { shift, state, why, differences } = one;
    await stage.approved("p-1");
    stage.shifts(shift);
    const old = await stage.execute("p-1");
    expect([old.state, old.outcomeDetail]).toEqual([state, expect.stringMatching(why)]);
    expect(stage.sent).toEqual([]);
    const next = await stage.get(successorOf("p-1"));
    expect(next).toMatchObject({ state: "proposed", decidedBy: [], commandHash: old.commandHash });
    expect(next.link?.replaces).toMatchObject({ proposal: "p-1", differences });
    expect(next.prepared).toMatchObject(shift);
    expect(next.effectHash).not.toBe(old.effectHash);
  });

  test("A3: that a party is no longer new stops nothing: it only asks for less care", async () => {
    const risk = { ...sample.risk, isNewParty: true };
    await stage.approved("p-1", boundTo({ ...sample, risk }));
    stage.shifts({ risk: { ...risk, isNewParty: false } });
    expect((await stage.execute("p-1")).state).toBe("applied");
  });

  test("A31: a warning that was on the card is approved with it, and one that has gone since stops nothing", async () => {
    stage.shifts({ warnings: ["Stock is low.", "The day is a Sunday."] });
    const prepared = { ...sample, warnings: ["Stock is low.", "The day is a Sunday."] };
    await stage.approved("p-1", boundTo(prepared));
    await stage.approved("p-2", boundTo(prepared));
    expect((await stage.execute("p-1")).state).toBe("applied");
    stage.shifts({ warnings: ["The day is a Sunday."] });
    expect((await stage.execute("p-2")).state).toBe("applied");
    // What is sent is what was approved: the ERP compares with exactly that.
    expect(stage.sent.map((one) => one.prepared)).toEqual([prepared, prepared]);
  });

  test("A31: what the ERP asks only while it is done is asked of a person, and never answered for one", async () => {
    await stage.approved("p-1");
    stage.answers({
      execute: async () => ({ kind: "needs_ack", detail: "The day lies in the past. Are you sure?" }),
      verify: async () => "absent",
    });
    const old = await stage.execute("p-1");
    expect([old.state, old.outcomeDetail]).toEqual([
      "needs_ack",
      expect.stringMatching(/Are you sure\?; p-[0-9a-f]+ asks again/u),
    ]);
    expect((await stage.get(successorOf("p-1"))).link?.replaces?.why).toMatch(/Are you sure\?/u);
  });

  test("A31: what the ERP asked while it was done stands on the next card in its words, and goes along with that approval", async () => {
    const asked = "The payment term lies in the past. Are you sure? (invoice_payment_term_4)";
    await stage.approved("p-1");
    await stage.approved("p-2", boundTo({ ...sample, warnings: [asked] }));
    stage.answers({
      execute: async (_approval, { warnings }) =>
        warnings.includes(asked)
          ? { kind: "ok", ids: [], detail: "" }
          : { kind: "needs_ack", detail: asked, warnings: [...warnings, asked] },
      verify: async () => "absent",
    });
    await stage.execute("p-1");
    const next = await stage.get(successorOf("p-1"));
    expect(next).toMatchObject({ state: "proposed", prepared: { warnings: [asked] } });
    // Bound: the same effect without the question is another approval.
    expect(next.effectHash).toBe(effectHashOf(next.prepared));
    expect(next.effectHash).not.toBe(effectHashOf({ ...next.prepared, warnings: [] }));
    const { card } = drawCard(next, 0);
    expect(card?.checks).toContain(`⚠ ${asked}`);
    // Approved with it, it goes along: the ERP's own look says nothing of it before.
    stage.answers({ verify: async () => "applied" });
    expect((await stage.execute("p-2")).state).toBe("applied");
  });

  test("A13: what the ERP has taken and still works on is unknown until it is through", async () => {
    await stage.approved("p-1");
    stage.answers({ verify: async () => "underway", reconcile: async () => "underway" });
    const taken = await stage.execute("p-1");
    expect([taken.state, taken.outcomeDetail]).toEqual([
      "unknown",
      expect.stringMatching(/still working on it/u),
    ]);
    expect((await stage.execute("p-1")).state).toBe("unknown");
    stage.answers({ reconcile: async () => "applied" });
    expect((await stage.execute("p-1")).state).toBe("applied");
    expect(stage.sent).toHaveLength(1);
  });

  test("A11: figures that age by themselves stop nothing", async () => {
    await stage.approved("p-1");
    stage.shifts({
      deltas: [{ record: "item:B-1", label: "stock", delta: "-2", before: "900", after: "898" }],
      guards: [{ check: "stock", isMet: true, detail: "900 in stock" }],
    });
    expect((await stage.execute("p-1")).state).toBe("applied");
    expect(stage.sent).toHaveLength(1);
  });
});
