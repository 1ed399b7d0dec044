// The whole contract breaker: every agent of the roster breaks its contract in every way that its own card allows, and no
// answer of it is passed off. Prints how many cases each agent had.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AgentCard } from "../../src/agent.ts";
import type { JudgeReply } from "../../src/replies/contract.ts";
import { casesFor } from "./contract-cases.ts";
import { openContractHouse, ownRoster, takers } from "./contract-house.ts";
import type { ContractHouse, Numbered } from "./contract-house.ts";

const roster = await ownRoster();
const others = takers(roster);
const agents = roster.entries.flatMap(({ id, card }) => (card.kind === "agent" ? [{ id, card }] : []));
/** Ways that each agent has, whatever its card holds. */
const ways = [
  "wrong type",
  "missing field",
  "unknown field",
  "too long",
  "wrong arm",
  "empty reply",
  "not JSON",
  "invented figure",
  "invented record",
  "claimed deed",
  "unknown tool",
  "endless hand-offs",
  "declines to itself",
  "declines to nobody",
  "cut off",
  "refused",
] as const;
const numbered = (
  agent: { readonly id: string; readonly card: AgentCard },
  wrongPerField: number,
): readonly Numbered[] =>
  casesFor(agent, { others, wrongPerField }).map((one, at) => ({
    ...one,
    number: agents.findIndex(({ id }) => id === agent.id) * 10_000 + at + 1,
  }));

describe("every agent, every way", () => {
  let house: ContractHouse;
  const counts = new Map<string, number>();
  beforeAll(async () => {
    house = await openContractHouse();
  });
  afterAll(async () => {
    await house.nova.close();
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    process.stdout.write(`${all} cases: ${[...counts].map(([id, count]) => `${id} ${count}`).join(", ")}\n`);
  });

  test.each(agents)(
    "$id ends visibly, and its buttons do what they say",
    { timeout: 120_000 },
    async (agent) => {
      const cases = numbered(agent, 9);
      counts.set(agent.id, cases.length);
      expect(ways.filter((way) => cases.every((one) => one.way !== way))).toEqual([]);
      expect(cases.length).toBeGreaterThan(60);
      expect(await house.problemsOf(cases)).toEqual([]);
      const [first, second, third] = cases.filter(({ ends }) => ends.kind === "failure" && ends.isJudged);
      if (first === undefined || second === undefined || third === undefined)
        throw new Error("nothing to press");
      expect(await house.press(first, "Retry")).toEqual([]);
      expect(await house.press(second, "Hand to somebody else")).toEqual([]);
      expect(await house.press(third, "Drop")).toEqual([]);
    },
  );
});

/** Takes every reply for kept, as a house without this law would. */
const passAll: JudgeReply = ({ reply }) => {
  if (reply.arm === "needs") return { kind: "kept", reply: { kind: "needs", question: reply.question } };
  if (reply.arm === "declined")
    return { kind: "kept", reply: { kind: "declined", why: reply.why, instead: null } };
  const value = reply.arm === "fulfilled" ? reply.value : null;
  const fields = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const answer = "answer" in fields ? String(fields.answer) : String(value);
  return { kind: "kept", reply: { kind: "fulfilled", value: { answer } } };
};

test(
  "with the judge of replies turned off, every single case is reported",
  { timeout: 120_000 },
  async () => {
    const house = await openContractHouse({ judge: passAll });
    try {
      const cases = agents
        .flatMap((agent) => numbered(agent, 1))
        .filter(({ ends }) =>
          ends.kind === "failure" ? ends.isJudged : ends.kind === "answered" && ends.after === "repair",
        );
      const reported = new Set(
        (await house.problemsOf(cases)).map((problem) => /case (\d+)/u.exec(problem)?.[1]),
      );
      expect(
        cases
          .filter(({ number }) => !reported.has(String(number)))
          .map(({ agent, way }) => `${agent} ${way}`),
      ).toEqual([]);
      expect(cases.length).toBeGreaterThan(1_000);
    } finally {
      await house.nova.close();
    }
  },
);
