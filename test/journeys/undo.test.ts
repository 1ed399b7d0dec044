// Undoing what was done: the result card offers it, it becomes a proposal of its own, and both cards say how they hang
// together. Through every front door.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, methodsOf, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A15: Undo… on the result card proposes the way back, executes nothing by itself, and the first card says it was undone", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    const before = await nova.stockOf("side brush");
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(await nova.stockOf("side brush")).not.toEqual(before);
    await door.press("Undo…");
    await sees(door, /undoes p-[0-9a-f]+: Confirm order SO-1007/u);
    await nova.idle();
    await holds(async () => expect(await statesOf(nova)).toEqual(["applied", "pending"]));
    expect(erp.executed).toHaveLength(1);
    const [done, undo] = await nova.journal().proposals({});
    expect(undo?.link).toEqual({ undoes: { proposal: done?.id, summary: done?.prepared.summary } });
    expect(undo?.commandHash).not.toBe(done?.commandHash);
    await door.press("Approve");
    await sees(door, new RegExp(`done, and undone by ${undo?.id ?? "?"}`, "u"));
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["compensated", "applied"]);
    expect(erp.executed).toHaveLength(2);
    expect(await nova.stockOf("side brush")).toEqual(before);
    expect(door.complaints()).toEqual([]);
  });
});

test("A15: a part that was done is told as a part, and what stands of it offers its way back", async () => {
  const door = webDoor();
  const nova = await start({
    doors: [door],
    wrapErp: (erp) => ({ ...methodsOf(erp), verify: async () => "partial" }),
  });
  await door.says("confirm order SO-1007");
  await sees(door, asked);
  await door.press("Approve");
  await sees(door, /A part was done: Confirm order SO-1007[^]*Please look in/u);
  await nova.idle();
  expect((await door.seen()).join("\n")).not.toMatch(/Not done: Confirm/u);
  expect(await statesOf(nova)).toEqual(["partial"]);
  await door.press("Undo…");
  await sees(door, /undoes p-[0-9a-f]+: Confirm order SO-1007/u);
  await nova.idle();
  await holds(async () => expect(await statesOf(nova)).toEqual(["partial", "pending"]));
});

test("A15: what can't be undone is flagged before anybody approves, and offers no Undo… afterwards", async () => {
  const door = webDoor();
  const nova = await start({ doors: [door], config: { approvals: { highAmount: 1_000_000 } } });
  await door.says("ship order SO-1009");
  await sees(door, /⚠ can't be undone/u);
  expect(await statesOf(nova)).toEqual(["pending"]);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  await expect(door.hold("Undo…")).rejects.toThrow(/no button/u);
});

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("A15: only who asked or may decide can ask for it, and it waits only once", async () => {
    const { door, whispered } = await open();
    const nova = await start({ doors: [door] });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    await door.press("Undo…", { who: "maya" });
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/Only Kit may ask to undo/u));
    const again = await door.hold("Undo…");
    await door.press("Undo…");
    await sees(door, /undoes p-/u);
    await nova.idle();
    await again();
    await holds(() => expect(whispered("kit").join("\n")).toMatch(/waits already/u));
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["applied", "pending"]);
    expect(door.complaints()).toEqual([]);
  });
});
