// The law of trust: what counts, for which stakes, for how long, and which way each piece can move it.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trust as settings } from "../../config/trust.ts";
import type { Evidence } from "../../src/ports.ts";
import type { Stakes } from "../../src/proposal.ts";
import { measure, stakesOrder } from "../../src/trust/measure.ts";
import type { AgentEvidence, Standing } from "../../src/trust/measure.ts";
import { evidenceWords, standingsWords } from "../../src/trust/trust-words.ts";

const now = Date.UTC(2026, 10, 21);
const dayMs = 86_400_000;
let made = 0;
const piece = (kind: Evidence["kind"], stakes: Stakes = "medium", daysAgo = 0): Evidence => {
  made += 1;
  return { key: `${made}`, agent: "erp/sales", kind, stakes, at: now - daysAgo * dayMs };
};
const of = (...judged: readonly Evidence[]): AgentEvidence => ({ judged, evals: null });
const at = (evidence: AgentEvidence, stakes: Stakes, days = 0): Standing =>
  measure(evidence, stakes, { settings, now: now + days * dayMs });
const times = (many: number, kind: Evidence["kind"], stakes: Stakes = "medium"): readonly Evidence[] =>
  Array.from({ length: many }, () => piece(kind, stakes));

describe("an agent that nobody has judged", () => {
  test("is taken on trust at low stakes, and has no evidence at any other; nothing doubts it", () => {
    const standings = stakesOrder.map((stakes) => at(of(), stakes));
    expect(standings.map(({ verdict }) => verdict)).toEqual(["trusted", "unproven", "unproven"]);
    expect(standingsWords(standings)).toBe("low taken on trust, medium and high no evidence yet");
  });
});

describe("evidence", () => {
  test("moves an agent: approvals prove it, rejections make it doubted, more approvals mend that", () => {
    expect(at(of(...times(2, "approved")), "medium").verdict).toBe("trusted");
    expect(at(of(...times(2, "approved")), "high").verdict).toBe("unproven");
    expect(at(of(...times(20, "approved", "high")), "high").verdict).toBe("trusted");
    expect(at(of(piece("rejected")), "medium").verdict).toBe("doubted");
    expect(at(of(piece("rejected"), ...times(8, "approved")), "medium").verdict).toBe("trusted");
  });

  test("good counts for its stakes and below, bad for its stakes and above", () => {
    const praised = of(...times(30, "approved", "medium"));
    expect(at(praised, "low").bound).toBe(at(praised, "medium").bound);
    expect(at(praised, "high").bound).toBe(at(of(), "high").bound);
    const blamed = of(...times(3, "rejected", "medium"));
    expect(at(blamed, "low").bound).toBe(at(of(), "low").bound);
    expect(at(blamed, "high").bound).toBe(at(blamed, "medium").bound);
  });

  test("an edit counts as its own kind: less than a yes, more than a no, and two of them speak against the agent", () => {
    const [yes, edit, no] = (["approved", "edited", "rejected"] as const).map(
      (kind) => at(of(piece(kind)), "medium").bound,
    );
    expect([yes, edit, no].toSorted((left, right) => (left ?? 0) - (right ?? 0))).toEqual([no, edit, yes]);
    expect(at(of(piece("edited")), "medium").verdict).toBe("unproven");
    expect(at(of(piece("edited"), piece("edited")), "medium").verdict).toBe("doubted");
  });

  test("evals and thumbs judge words: good ones prove nothing about deeds", () => {
    const evals = { agent: "erp/sales", passed: 60, failed: 0, at: now };
    const measured = { judged: times(60, "up", "low"), evals };
    expect(at(measured, "low").bound).toBeGreaterThan(0.9);
    expect(at(measured, "high")).toEqual(at(of(), "high"));
    const failing = { judged: [], evals: { ...evals, passed: 2, failed: 4 } };
    expect(stakesOrder.map((stakes) => at(failing, stakes).verdict)).toEqual([
      "doubted",
      "doubted",
      "doubted",
    ]);
  });

  test("what was taken back counts for nothing", () => {
    expect(at(of(piece("none"), piece("none", "high")), "medium")).toEqual(at(of(), "medium"));
  });

  test("is told in words, kind by kind", () => {
    const judged = [
      ...times(12, "approved"),
      ...times(2, "edited"),
      piece("rejected"),
      ...times(3, "up", "low"),
    ];
    const evals = { agent: "erp/sales", passed: 6, failed: 0, at: now };
    expect(evidenceWords({ judged, evals }, "claude-haiku-5-5")).toBe(
      "12 approved as asked, 2 edited, 1 rejected, 3 thumbs up; 6 of 6 evals on claude-haiku-5-5",
    );
    expect(evidenceWords(of(piece("down", "low")), "offline")).toBe("1 thumb down");
    expect(evidenceWords(of(), "offline")).toBe("");
  });
});

describe("time", () => {
  test("halves what a piece counts, and in the end leaves what was there without it", () => {
    const blamed = of(...times(2, "rejected"));
    const bounds = [0, 30, 60, 120, 209].map((days) => at(blamed, "medium", days).bound);
    expect(bounds).toEqual(bounds.toSorted((left, right) => (left ?? 0) - (right ?? 0)));
    expect(at(blamed, "medium", 30).bound).toBeCloseTo(at(of(piece("rejected")), "medium").bound, 9);
    expect(at(blamed, "medium", 59).verdict).toBe("doubted");
    expect(at(blamed, "medium", 61).verdict).toBe("unproven");
    expect(at(blamed, "medium", 211)).toEqual(at(of(), "medium"));
  });

  test("a clock that was set back makes nothing younger than now", () => {
    expect(at(of(piece("rejected", "medium", -400)), "medium")).toEqual(at(of(piece("rejected")), "medium"));
  });
});

describe("whatever the evidence", () => {
  const kind = fc.constantFrom<Evidence["kind"]>("approved", "edited", "rejected", "up", "down", "none");
  const stakes = fc.constantFrom<Stakes>("low", "medium", "high");
  const pieces = fc.array(
    fc.record({
      key: fc.uuid(),
      agent: fc.constant("erp/sales"),
      kind,
      stakes,
      at: fc.integer({ min: now - 90 * dayMs, max: now }),
    }),
    { maxLength: 40 },
  );
  const evals = fc.option(
    fc.record({
      agent: fc.constant("erp/sales"),
      passed: fc.nat(20),
      failed: fc.nat(20),
      at: fc.constant(now),
    }),
  );
  const evidence = fc.record({ judged: pieces, evals });
  const runs = { seed: 5, numRuns: 150 };
  const slack = 1e-9;
  const rank = { doubted: 0, unproven: 1, trusted: 2 } as const;
  const plus = (to: AgentEvidence, more: Evidence): AgentEvidence => ({
    ...to,
    judged: [...to.judged, more],
  });

  test("one more good answer never lowers trust, nor brings a doubt", () => {
    fc.assert(
      fc.property(
        evidence,
        stakes,
        stakes,
        fc.constantFrom("approved", "up"),
        (...[given, asked, on, good]) => {
          const [before, after] = [at(given, asked), at(plus(given, piece(good, on)), asked)];
          expect(after.bound).toBeGreaterThanOrEqual(before.bound - slack);
          expect(rank[after.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
        },
      ),
      runs,
    );
  });

  test("one more bad answer never raises it, nor takes a doubt away", () => {
    fc.assert(
      fc.property(
        evidence,
        stakes,
        stakes,
        fc.constantFrom("rejected", "down"),
        (...[given, asked, on, bad]) => {
          const [before, after] = [at(given, asked), at(plus(given, piece(bad, on)), asked)];
          expect(after.bound).toBeLessThanOrEqual(before.bound + slack);
          expect(rank[after.verdict]).toBeLessThanOrEqual(rank[before.verdict]);
        },
      ),
      runs,
    );
  });

  test("the more is at stake, the less it is trusted", () => {
    fc.assert(
      fc.property(evidence, (given) => {
        const [low, medium, high] = stakesOrder.map((asked) => at(given, asked).bound);
        expect(low).toBeGreaterThanOrEqual((medium ?? 1) - slack);
        expect(medium).toBeGreaterThanOrEqual((high ?? 1) - slack);
      }),
      runs,
    );
  });

  test("time alone ends where nothing was ever judged", () => {
    fc.assert(
      fc.property(evidence, stakes, (given, asked) => {
        expect(at(given, asked, 211)).toEqual(at(of(), asked));
        const [near, far] = [100, 200].map((days) =>
          Math.abs(at(given, asked, days).bound - at(of(), asked).bound),
        );
        expect(far).toBeLessThan(0.1);
        expect(far).toBeLessThanOrEqual((near ?? 0) + 0.02);
      }),
      runs,
    );
  });
});
