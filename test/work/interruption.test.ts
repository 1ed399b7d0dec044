// An effect was begun and nobody saw its end. Every way of finding out × what is found × before and after the time in
// which it may still take effect; and nothing is sent once more that may not be sent now.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { successorOf } from "../../src/proposal.ts";
import type { ProposalState } from "../../src/proposal.ts";
import type { ErpCapabilities, Reconciled } from "../../src/ports.ts";
import { stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

/** The deed's own limit and the connector's. */
const settledMs = 60_000 + 65_000;
type Way = ErpCapabilities["idempotency"];
const ways: readonly Way[] = ["key", "unique-ref", "search", "none"];
const moments = ["before", "after"] as const;
const finds: readonly Reconciled[] = ["applied", "absent", "partial", "undecidable"];

function become(way: Way, found: Reconciled): void {
  stage.answers({
    capabilities: () => ({
      preview: "exact",
      idempotency: way,
      concurrency: "token",
      graceMs: 65_000,
      compensates: [],
    }),
    reconcile: async () => found,
    verify: async () => (found === "undecidable" ? "unverifiable" : found),
  });
}

/** The spec's table. */
function wanted(way: Way, found: Reconciled, moment: (typeof moments)[number]): ProposalState {
  if (found === "applied" || found === "partial") return found;
  if (found === "undecidable" || way === "none") return "needs_human";
  if (way === "key") return "applied";
  return moment === "before" ? "unknown" : "not_applied";
}

/** Approved late, begun later still, and the process dies: the time counts from the send alone. */
async function interrupted(): Promise<void> {
  await stage.approved("p-1");
  stage.clock.advance(10 * 60_000);
  await stage.journal.beginExecute("p-1");
}

describe("begun, and its end not seen", () => {
  const cases = ways.flatMap((way) =>
    moments.flatMap((moment) => finds.map((found) => ({ way, moment, found }))),
  );
  test.each(cases)("A13: by $way, $moment its time is over, found $found", async ({ way, moment, found }) => {
    become(way, found);
    await interrupted();
    stage.clock.advance(moment === "before" ? settledMs - 1 : settledMs);
    await stage.restart();
    const isAgain = way === "key" && found === "absent";
    // Sent once more it is done: only then is there something to be found.
    if (isAgain) stage.answers({ verify: async () => (stage.sent.length === 0 ? "absent" : "applied") });
    expect((await stage.execute("p-1")).state).toBe(wanted(way, found, moment));
    expect(stage.sent.map(({ actionId, attempt }) => [actionId, attempt])).toEqual(
      isAgain ? [["p-1", 2]] : [],
    );
  });

  test("A13: what takes effect late is found, and was never called undone", async () => {
    become("search", "absent");
    stage.answers({
      execute: async () => {
        // The client's own limit for one request.
        stage.clock.advance(31_000);
        throw new Error("headers timeout");
      },
    });
    await stage.approved("p-1");
    expect((await stage.execute("p-1")).state).toBe("unknown");
    stage.clock.advance(90_000);
    expect((await stage.execute("p-1")).state).toBe("unknown");
    become("search", "applied");
    expect((await stage.execute("p-1")).state).toBe("applied");
  });

  test("A13: a try more has its own time", async () => {
    become("key", "absent");
    stage.answers({ execute: async () => Promise.reject(new Error("socket hang up")) });
    await interrupted();
    stage.clock.advance(settledMs - 1_000);
    expect((await stage.execute("p-1")).state).toBe("unknown");
    expect((await stage.journal.attempt("p-1"))?.number).toBe(2);
    stage.clock.advance(2_000);
    become("search", "absent");
    expect((await stage.execute("p-1")).state).toBe("unknown");
    stage.clock.advance(settledMs);
    expect((await stage.execute("p-1")).state).toBe("not_applied");
  });
});

const demoted = {
  people: [
    { name: "Kit", ids: ["discord:1001" as const], role: "member" as const },
    { name: "Ada", ids: ["discord:1003" as const], role: "owner" as const },
  ],
};
/** What must hold for a second send as it had to for the first. */
const gone: readonly {
  readonly what: string;
  readonly happens: () => Promise<void>;
  readonly why: RegExp;
}[] = [
  {
    what: "A4: its approver",
    happens: async () => stage.restart(demoted),
    why: /Kit, who approved it, may not approve it any more/u,
  },
  {
    what: "A30: its policy",
    happens: async () => stage.restart({ approvals: { highAmount: 1 } }),
    why: /policy has changed/u,
  },
  {
    what: "A11: its effect",
    happens: async () => stage.shifts({ versionTokens: { "order:SO-7": "4" } }),
    why: /order:SO-7 changed/u,
  },
  {
    what: "A6: its time",
    happens: async () => stage.clock.advance(16 * 60_000),
    why: /could not be started in time/u,
  },
];

describe("known by its key, and not there", () => {
  test.each(gone)("$what gone, it is not sent again", async ({ happens, why }) => {
    become("key", "absent");
    await interrupted();
    await happens();
    const first = await stage.execute("p-1");
    // What was sent before the crash may still arrive: nobody is asked for the same again while it might.
    if (stage.clock.now() < (first.decidedAt ?? 0) + 15 * 60_000) {
      expect([first.state, await stage.journal.proposal(successorOf("p-1"))]).toEqual(["unknown", null]);
      stage.clock.advance(settledMs);
    }
    const ended = await stage.execute("p-1");
    expect([ended.state, ended.outcomeDetail]).toEqual(["stale", expect.stringMatching(why)]);
    expect(stage.sent).toEqual([]);
  });

  test("A13: an ERP that is away leaves it unknown, and it is done once it is back", async () => {
    become("key", "absent");
    await interrupted();
    const prepare = async (): Promise<never> => Promise.reject(new Error("no route"));
    const whole = { ...stage.erp };
    stage.answers({ prepare });
    expect((await stage.execute("p-1")).state).toBe("unknown");
    stage.answers({ ...whole, verify: async () => (stage.sent.length === 0 ? "absent" : "applied") });
    expect((await stage.execute("p-1")).state).toBe("applied");
    expect(stage.sent).toHaveLength(1);
  });
});

describe("approved, and the ERP away", () => {
  test("it is tried again while its approval is fresh, and asked again after that", async () => {
    const whole = { ...stage.erp };
    await stage.approved("p-1");
    stage.answers({ prepare: async () => Promise.reject(new Error("no route")) });
    const waiting = await stage.execute("p-1");
    expect([waiting.state, waiting.outcomeDetail]).toEqual([
      "approved",
      expect.stringMatching(/could not be reached/u),
    ]);
    stage.clock.advance(240_000);
    expect((await stage.journal.strandedDue()).map(({ id }) => id)).toEqual(["p-1"]);
    stage.clock.advance(12 * 60_000);
    stage.answers(whole);
    expect((await stage.execute("p-1")).state).toBe("stale");
    expect((await stage.get(successorOf("p-1"))).state).toBe("proposed");
    expect(stage.sent).toEqual([]);
  });
});
