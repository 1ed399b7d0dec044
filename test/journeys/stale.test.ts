// Approvals are hours old by design: what changed since is found before anything runs, and asked again as it would be now.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { approve } from "../contracts/erp-suite.ts";
import { createTestClock } from "../support/clock.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import type { JsonObject } from "../../src/ports.ts";
import { everyDoor, methodsOf, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

/** As somebody else would book it: past Nova's own proposals. */
async function books(nova: NovaUnderTest, op: string, args: JsonObject): Promise<void> {
  const erp = nova.erp();
  const result = await erp.prepare({ connector: "embedded", instance: "main", op, args });
  if (result.kind === "refused") throw new Error(result.why);
  const actionId = `other ${op} ${JSON.stringify(args)}`;
  const signal = new AbortController().signal;
  const options = { actionId, attempt: 1, signal };
  const reported = await erp.execute(approve(result.prepared, actionId), result.prepared, options);
  expect(reported.kind).toBe("ok");
}
const orders = "Order 3 main brushes 36 in for Ironwood Logistics";

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A11: what would be another effect by now runs nothing, and is asked again with what differs", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says(orders);
    await sees(door, asked);
    await nova.idle();
    await books(nova, "item.price", { item: "BR-MAIN-36", priceCents: 99_900 });
    const executedBefore = erp.executed.length;
    await door.press("Approve");
    await sees(door, /nothing was done: its effect would be another one now; p-[0-9a-f]+ asks again/u);
    await sees(door, /asked again in place of p-[^]*≠ as a whole: before [^]*now [^]*3,206\.79 USD/u);
    await nova.idle();
    await holds(async () => expect(await statesOf(nova)).toEqual(["stale", "pending"]));
    expect(erp.executed).toHaveLength(executedBefore);
    const [old, next] = await nova.journal().proposals({});
    expect(next?.link?.replaces).toMatchObject({ proposal: old?.id });
    expect(next?.commandHash).toBe(old?.commandHash);
    expect(next?.effectHash).not.toBe(old?.effectHash);
    expect([next?.decidedBy, next?.agentWords]).toEqual([[], null]);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["stale", "applied"]);
    expect(erp.executed).toHaveLength(executedBefore + 1);
    expect(door.complaints()).toEqual([]);
  });
});

test("A11: fifty unrelated documents booked in between make nothing stale", async () => {
  const door = webDoor();
  const nova = await start({ doors: [door] });
  await door.says("confirm order SO-1007");
  await sees(door, asked);
  await nova.idle();
  const names = ["Ironwood", "Oakfield", "Pinecrest", "Lakeside"];
  const items = ["HO-VAC", "SQ-34", "BR-WIRE-14"];
  for (let book = 0; book < 50; book += 1) {
    const item = items[book % items.length] ?? "";
    const customer = names[book % names.length] ?? "";
    await (book % 5 === 4
      ? books(nova, "stock.receive", { item, quantityThousandths: 1000 + book })
      : books(nova, "order.create", { customer, lines: [{ item, quantityThousandths: 1000 + book }] }));
  }
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["applied"]);
});

test("A11: what the ERP itself calls stale at the last moment is asked again too, and an undoing stays an undoing", async () => {
  const door = webDoor();
  let isRefusing = false;
  const nova = await start({
    doors: [door],
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      execute: async (approval, prepared, options) =>
        isRefusing
          ? { kind: "stale", detail: "changed under your hands" }
          : erp.execute(approval, prepared, options),
    }),
  });
  await door.says("confirm order SO-1007");
  await sees(door, asked);
  await door.press("Approve");
  await sees(door, /Approved by Kit, done/u);
  await door.press("Undo…");
  await sees(door, /undoes p-/u);
  isRefusing = true;
  await door.press("Approve");
  await sees(door, /changed under your hands; p-[0-9a-f]+ asks again/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["applied", "stale", "pending"]);
  const [done, , again] = await nova.journal().proposals({});
  expect(again?.link).toMatchObject({ undoes: { proposal: done?.id }, replaces: { differences: [] } });
  isRefusing = false;
  await door.press("Approve");
  await sees(door, /done, and undone by p-/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["compensated", "stale", "applied"]);
});

test("A11: an approval that could not be started in time is asked again, the same, and an impossible one is not", async () => {
  const door = webDoor();
  const clock = createTestClock(Date.now());
  const nova = await start({ doors: [door], clock });
  await door.says("confirm order SO-1007");
  await sees(door, asked);
  await nova.idle();
  const [first] = await nova.journal().proposals({});
  const vote = { proposal: first?.id ?? "", person: "Kit", account: door.kit, decision: "approve" as const };
  await nova.journal().decide({ ...vote, reason: null });
  clock.advance(16 * 60_000);
  await nova.restart();
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "pending"]);
  const [, again] = await nova.journal().proposals({});
  expect(again?.link?.replaces?.differences).toEqual([]);
  await books(nova, "order.cancel", { order: "SO-1007" });
  await nova.journal().decide({ ...vote, proposal: again?.id ?? "", reason: null });
  await nova.restart();
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "stale"]);
});
