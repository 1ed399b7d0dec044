// A card edited, looked behind, and pressed when it is old: through every front door.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
/** Slack takes a post a second. */
const order = "confirm order SO-1007";
const receives = "@erp/stock Receive 12 squeegee blades 34 in";
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

describe.each(everyDoor)("on %s", (_name, open) => {
  test("Edit… makes a new proposal from the same effect, ends the old one, and needs its own approval", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says(receives);
    await sees(door, asked);
    await nova.idle();
    const [before] = await nova.journal().proposals({});
    await door.press("Edit…", { fields: { quantity: "7" } });
    await sees(door, /Edited by Kit/u);
    await sees(door, /Replaced by p-/u);
    await nova.idle();
    await holds(async () => expect(await statesOf(nova)).toEqual(["superseded", "pending"]));
    const [old, edited] = await nova.journal().proposals({});
    expect(old?.outcomeDetail).toBe(edited?.id);
    expect(edited?.input).toEqual({ ...before?.input, quantity: 7 });
    expect(edited?.agentWords).toBeNull();
    expect(erp.executed).toEqual([]);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["superseded", "applied"]);
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("an edit that does not fit, or changes nothing, leaves the card as it was", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says(receives);
    await sees(door, asked);
    await nova.idle();
    await door.press("Edit…", { fields: { quantity: "lots" } });
    await sees(door, /That does not fit: quantity.*The proposal stands as it was/su);
    await door.press("Edit…", { fields: { quantity: "12" } });
    await sees(door, /Nothing was changed in it/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending"]);
    expect(door.complaints()).toEqual([]);
  });

  test("A9 A21: an edit that nobody here may approve leaves the card as it was, and says so", async () => {
    const door = await open();
    const people = [
      { name: "Kit", ids: [door.kit], role: "owner" as const },
      { name: "Ada", ids: ["slack:T9/U9" as const], role: "member" as const },
    ];
    const config = { people, approvals: { highAmount: 200, approvers: { high: ["Ada"] } } };
    const nova = await start({ doors: [door], config });
    await door.says("Northgate paid 100 dollars on INV-2026-0002");
    await sees(door, asked);
    await nova.idle();
    await door.press("Edit…", { fields: { amount: "250.00" } });
    await sees(door, /can be reached here.*It needs Ada.*The proposal stands as it was/su);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending"]);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    expect(door.complaints()).toEqual([]);
  });

  test("what was done names the ERP's records, who approved and how long it took", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says("invoice order SO-1008");
    await sees(door, asked);
    await nova.idle();
    await door.press("Approve");
    await sees(
      door,
      /Done: Post invoice for order SO-1008.*\(approved by Kit\)\. In the ERP: INV-\d{4}-\d+/su,
    );
    await sees(door, /Approved by Kit, done/u);
    const [done] = await nova.journal().proposals({});
    expect(done?.result?.ids).toContainEqual(expect.stringMatching(/^INV-/u));
    // What was printed in a terminal stays as it is.
    if (door.name !== "terminal") await sees(door, /in the ERP: INV-[\s\S]*took less than a second/u);
    expect(door.complaints()).toEqual([]);
  });

  test("Details shows every line, the hashes, who may decide and the record; the card itself stays short", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says(order);
    await sees(door, /more lines under Details/u);
    await nova.idle();
    await door.press("Details");
    const [proposal] = await nova.journal().proposals({});
    await sees(door, (posts) => posts.join("\n").includes(proposal?.effectHash ?? "?"));
    const text = (await door.seen()).join("\n");
    expect(text).toContain(proposal?.commandHash);
    expect(text).toMatch(/may decide: Kit; 1 needed/u);
    expect(text).toMatch(/Side brush 14 in.*tax/su);
    expect(text).toMatch(/UTC pending/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending"]);
    expect(door.complaints()).toEqual([]);
  });

  test("an old card says what happened, who decided and when, also after a restart", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    const approve = await door.hold("Approve");
    const reject = await door.hold(door.name === "terminal" ? "Reject…" : "Approve");
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    if (door.name !== "web") await nova.restart();
    await approve();
    await sees(
      door,
      /Already approved by Kit, today at \d\d:\d\d UTC, and done; your press changed nothing/u,
    );
    await reject();
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["applied"]);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("Details and a refused edit are for the eyes of who pressed; a stranger gets neither", async () => {
    const { door, whispered, inPublic } = await open();
    const nova = await start({ doors: [door] });
    await door.says(receives);
    await sees(door, asked);
    await nova.idle();
    const before = inPublic().length;
    await door.press("Details", { who: "maya" });
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/Bound by the approval/u));
    await door.press("Details", { who: "stranger" });
    await holds(() => expect(whispered("stranger").join("\n")).toMatch(/Only the owner and members/u));
    // No dialog opens with the values for who may not change them: the press itself is answered.
    const edit = await door.hold("Edit…");
    await edit("stranger");
    await holds(() => expect(whispered("stranger").join("\n")).toMatch(/Only Kit may edit this/u));
    await edit("maya");
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/Only Kit may edit this/u));
    await nova.idle();
    expect(inPublic()).toHaveLength(before);
    expect(await statesOf(nova)).toEqual(["pending"]);
    expect(door.complaints()).toEqual([]);
  });
});
