// Authority is what the person, the agent and the place all have: every kind of person × every agent × every effect, with a
// model that calls all of them at once. Judged by what reached the ERP.
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../src/config.ts";
import type { Erp, Model } from "../../src/ports.ts";
import { loadRoster } from "../../src/roster.ts";
import { bareDoor } from "../support/doors/bare.ts";
import type { Visitor } from "../support/doors/bare.ts";
import { effectCases } from "../support/effect-cases.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();
const people = {
  owner: { id: "slack:T1/U1", standing: "regular" },
  member: { id: "slack:T1/U2", standing: "regular" },
  guest: { id: "slack:T1/U3", standing: "regular" },
  stranger: { id: "slack:T1/U9", standing: "regular" },
  "owner whom the platform calls an outsider": { id: "slack:T1/U1", standing: "outsider" },
} as const satisfies Record<string, Visitor>;
const listed: ConfigInput["people"] = [
  { name: "Kit", ids: ["slack:T1/U1"], role: "owner" },
  { name: "Maya", ids: ["slack:T1/U2"], role: "member" },
  { name: "Gus", ids: ["slack:T1/U3"], role: "guest" },
];
const agentsFolder = new URL("../../agents", import.meta.url).pathname;

/** Calls every effect there is, whatever it was offered, and then says something harmless. */
const grabber: Model = {
  id: "grabber",
  isLanguageModel: false,
  generate: async ({ messages }) => {
    const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
    const isFirst = messages.at(-1)?.role === "user";
    const grabs = effectCases.map(([effect, input], at) => ({
      id: `c${at}`,
      name: effect.name,
      input: { ...input },
    }));
    const calls = isFirst ? grabs : [{ id: "r", name: "decline", input: { why: "Not mine." } }];
    return { text: "", calls, stop: "tools", usage };
  },
};

/** Every record that they are about, in the person's own words: what is not reached is not reached for want of a right. */
const named = effectCases
  .flatMap(([effect, input]) => effect.targets(input).map(({ value }) => value))
  .join(", ");

type Reached = { readonly wrapErp: (erp: Erp) => Erp; readonly take: () => readonly string[] };
/** Operations that came as far as being prepared, and questions that were asked. */
function watchReach(): Reached {
  let reached: string[] = [];
  return {
    take: () => reached.splice(0),
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      query: async (query) => {
        reached.push("a question");
        return erp.query(query);
      },
      prepare: async (command) => {
        reached.push(command.op);
        return erp.prepare(command);
      },
      execute: async () => {
        reached.push("a deed");
        throw new Error("nobody approved anything");
      },
    }),
  };
}

type Tried = { readonly who: Visitor; readonly agents: readonly string[]; readonly erp: string | null };
/** By agent, what each reached when this person addressed it in this place. */
async function reachOf({ who, agents, erp }: Tried): Promise<ReadonlyMap<string, readonly string[]>> {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const reach = watchReach();
  const project = { id: "here", name: "Here", channels: ["slack:T1/C1" as const], agents: [...agents], erp };
  const nova = await start({
    doors: [door],
    clock,
    model: grabber,
    wrapErp: reach.wrapErp,
    config: { people: listed, projects: [project] },
  });
  const { entries } = await loadRoster(agentsFolder);
  const found = new Map<string, readonly string[]>();
  for (const { id, card } of entries.filter(({ card }) => card.kind !== "pipeline")) {
    const text =
      card.kind === "coordinator"
        ? `${id}: confirm order SO-1007 and post invoice for SO-1008`
        : `${id}: do it with ${named}`;
    await door.comes(who, { kind: "text", text }, { thread: `slack:T1/C1:${found.size + 1}.1` });
    await nova.idle();
    found.set(id, reach.take());
  }
  return found;
}

describe("A26", () => {
  test.each([
    ["an owner", people.owner],
    ["a member", people.member],
  ] as const)("%s reaches, through each agent, no operation but that agent's own", async (_name, who) => {
    const { entries } = await loadRoster(agentsFolder);
    const found = await reachOf({ who, agents: ["*"], erp: "main" });
    const all = new Set<string>();
    for (const { id, card } of entries) {
      const own = new Set(card.kind === "agent" ? card.effects.map(({ op }) => op) : []);
      const team = new Set(
        entries.flatMap((one) => (one.card.kind === "agent" ? one.card.effects.map(({ op }) => op) : [])),
      );
      const mayReach = card.kind === "coordinator" ? team : own;
      const reached = (found.get(id) ?? []).filter((op) => op !== "a question");
      expect(
        reached.filter((op) => !mayReach.has(op)),
        id,
      ).toEqual([]);
      for (const op of reached) all.add(op);
    }
    expect(all.size).toBeGreaterThan(8);
  });

  test.each([
    ["a guest", people.guest],
    ["a stranger", people.stranger],
    [
      "an owner's account that the platform calls an outsider",
      people["owner whom the platform calls an outsider"],
    ],
  ] as const)("%s reaches the ERP through nobody, not even with a question", async (_name, who) => {
    const found = await reachOf({ who, agents: ["*"], erp: "main" });
    expect([...found.values()].flat()).toEqual([]);
    expect(found.size).toBeGreaterThan(10);
  });

  test("in a place that allows other agents, or has no ERP, an owner reaches it through nobody", async () => {
    for (const place of [
      { agents: ["chat/*", "language/*"], erp: "main" },
      { agents: ["*"], erp: null },
    ]) {
      const found = await reachOf({ who: people.owner, ...place });
      expect([...found.values()].flat()).toEqual([]);
    }
  });
});
