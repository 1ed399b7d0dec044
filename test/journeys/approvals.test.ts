// Nothing happens twice, and nothing happens without its approval: attacked through every front door.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";

const start = useNova();
const both = { approvals: { approvers: { medium: ["Kit", "Maya"] } } };
const asked = /Waiting for Kit/u;

describe.each(everyDoor)("on %s", (_name, open) => {
  test("a double press runs the effect once, and the second is told so", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await door.press("Approve", { twice: true });
    await sees(door, /Already approved by Kit/u);
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("a rejection carries its reason, and nothing runs", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await door.press("Reject…", { words: "too expensive" });
    await sees(door, /Rejected by Kit: too expensive/u);
    await nova.idle();
    expect(erp.executed).toEqual([]);
    expect(door.complaints()).toEqual([]);
  });

  test("a press after a restart decides the same card", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    await nova.restart();
    await sees(door, asked);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
  });

  test("a record that changed meanwhile is not changed again", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    const confirm = await door.hold("Approve");
    await door.says("cancel order SO-1007");
    await sees(door, /Cancel draft order[^]*Waiting for Kit/u);
    const cancel = await door.hold("Approve");
    await cancel();
    await sees(door, /Done: .*SO-1007/u);
    await confirm();
    await sees(door, /Not done: .*changed since it was asked/u);
    await nova.idle();
    expect(erp.executed).toEqual([expect.stringMatching(/cancel/iu)]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test("two people at once run it once, and the loser is told who decided", async () => {
    const { door, whispered } = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, config: both });
    await door.says("confirm order SO-1007");
    await sees(door, /Waiting for Kit or Maya/u);
    const press = await door.hold("Approve");
    await Promise.all([press("kit"), press("maya")]);
    await sees(door, /Approved by (?:Kit|Maya), done/u);
    await sees(door, () => /Already approved by/u.test([...whispered("kit"), ...whispered("maya")].join()));
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
    expect([...whispered("kit"), ...whispered("maya")]).toHaveLength(1);
  });
});
