// Approved, or about to be: whoever asked for it, the agent that prepared it and the project it was asked in must still be
// entitled to it. Checked at each start, at the press and right before the deed.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConfigInput } from "../../src/config.ts";
import { successorOf } from "../../src/proposal.ts";
import { bareDoor } from "../support/doors/bare.ts";
import { stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { useNova, watchErp } from "../journeys/stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

const kit = { name: "Kit", ids: ["discord:1001" as const], role: "owner" as const };
const maya = { name: "Maya", ids: ["discord:1002" as const], role: "member" as const };
const project = {
  id: "sweeper-parts",
  name: "Sweeper Parts",
  channels: ["discord:2001" as const],
  agents: ["*"],
  erp: "main",
};
type Case = { readonly what: string; readonly config: Partial<ConfigInput>; readonly why: string };
const cases: readonly Case[] = [
  {
    what: "the requester gone",
    config: { people: [kit] },
    why: "Maya, who asked for it, is no owner or member any more",
  },
  {
    what: "the requester a guest now",
    config: { people: [kit, { ...maya, role: "guest" }] },
    why: "Maya, who asked for it, is no owner or member any more",
  },
  {
    what: "the agent not allowed any more",
    config: { people: [kit, maya], projects: [{ ...project, agents: ["chat/*"] }] },
    why: "erp/sales, which prepared it, may not be used in Sweeper Parts any more",
  },
  {
    what: "the ERP taken from the project",
    config: { people: [kit, maya], projects: [{ ...project, erp: null }] },
    why: "Sweeper Parts does not work with the ERP “main” any more",
  },
  {
    what: "the project gone",
    config: { people: [kit, maya], projects: [] },
    why: "the project sweeper-parts is not in the config any more",
  },
  {
    what: "the channel given to another project",
    config: {
      people: [kit, maya],
      projects: [
        { ...project, channels: ["discord:2009"] },
        { ...project, id: "other", name: "Other" },
      ],
    },
    why: "this channel belongs to another project now (Other)",
  },
];

describe("right before the deed", () => {
  test.each(cases)("A26: $what: nothing is done, and nobody is asked again", async ({ config, why }) => {
    await stage.approved("p-1", { requester: "Maya", requesterAccount: "discord:1002" });
    await stage.restart(config);
    expect(await stage.execute("p-1")).toMatchObject({ state: "blocked", outcomeDetail: why });
    expect(await stage.journal.proposal(successorOf("p-1"))).toBeNull();
    expect(stage.sent).toEqual([]);
  });

  test("A26: with all of that as it was, it is done", async () => {
    await stage.approved("p-1", { requester: "Maya", requesterAccount: "discord:1002" });
    await stage.restart({ projects: [project] });
    expect((await stage.execute("p-1")).state).toBe("applied");
  });
});

describe("a card that waits", () => {
  const start = useNova();
  const here = { ...project, channels: ["slack:T1/C1" as const] };
  const owner = { ...kit, ids: ["slack:T1/U1" as const] };
  const member = { ...maya, ids: ["slack:T1/U2" as const] };
  const thread = "slack:T1/C1:1.1" as const;

  test("A26: is closed at the start when its requester is gone, with the reason; a press that comes all the same does nothing", async () => {
    const clock = createHandClock();
    const door = bareDoor(() => clock.now());
    const erp = watchErp();
    let isBlind = false;
    const nova = await start({
      doors: [door],
      clock,
      wrapErp: erp.wrapErp,
      config: { people: [owner, member], projects: [here] },
      // A start that has missed it: the press must find out by itself.
      wrapJournal: (journal) => ({
        ...journal,
        proposals: async (filter) => (isBlind ? [] : journal.proposals(filter)),
      }),
    });
    const from = { id: "slack:T1/U2", standing: "regular" } as const;
    await door.comes(from, { kind: "text", text: "confirm order SO-1007" }, { thread });
    await nova.idle();
    const [asked] = await nova.journal().proposals({});
    if (asked === undefined) throw new Error("nothing was asked");
    expect([asked.requester, asked.state]).toEqual(["Maya", "pending"]);
    const card = door.posts().findLast(({ post }) => post.card !== null);
    const press = async (): Promise<void> => {
      const onMessage = card?.platformId ?? "";
      const body = { kind: "press", nonce: asked.approveNonce, onMessage, words: null } as const;
      await door.comes({ id: "slack:T1/U1", standing: "regular" }, body, { thread });
      await nova.idle();
    };
    isBlind = true;
    await nova.restart({ config: { people: [owner], projects: [here] } });
    await press();
    const said = async (): Promise<string> => (await door.seen()).join("\n");
    expect(await said()).toMatch(
      /can't be approved any more: Maya, who asked for it, is no owner or member/u,
    );
    expect((await nova.journal().proposal(asked.id))?.state).toBe("pending");
    isBlind = false;
    await nova.restart({ config: { people: [owner], projects: [here] } });
    await nova.idle();
    expect((await nova.journal().proposal(asked.id))?.state).toBe("blocked");
    expect(await said()).toMatch(/is closed and nothing will happen[^]*Maya, who asked for it/u);
    await press();
    expect(erp.executed).toEqual([]);
  });
});
