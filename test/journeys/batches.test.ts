// Several small changes of one kind on one card: items can be left out, one press covers exactly what is ticked, and each
// item has its own outcome. Through every front door.
import { describe, expect, test } from "vitest";
import { approve } from "../contracts/erp-suite.ts";
import { asking, noteOf, notes, orderOf } from "../support/asking.ts";
import type { Call } from "../support/asking.ts";
import type { Door } from "../support/doors/door.ts";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
/** Twenty drafts together stay low stakes. */
const config = { approvals: { highAmount: 1_000_000, approvers: { low: ["Kit"] } } };

const twenty: readonly Call[] = [
  ...Array.from({ length: 19 }, (_, at) => orderOf("BR-WIRE-14", at + 1)),
  orderOf("BR-MAIN-36", 1),
];
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

async function press(nova: NovaUnderTest, door: Door, what: { approve: number; of: number }): Promise<void> {
  const whole = what.approve === what.of ? "all " : "";
  if (door.name !== "terminal") return door.press(`Approve ${whole}${what.approve}`);
  await door.verb("approve", (await nova.journal().proposals({}))[0]?.id ?? "");
}

/** By its number on the card. */
async function untick(nova: NovaUnderTest, door: Door, number: number): Promise<void> {
  if (door.name !== "terminal") return door.press(`☑ ${number}`);
  await door.verb("untick", (await nova.journal().proposals({}))[number - 1]?.id ?? "");
}

async function changePrice(nova: NovaUnderTest): Promise<void> {
  const erp = nova.erp();
  const args = { item: "BR-MAIN-36", priceCents: 99_900 };
  const result = await erp.prepare({ connector: "embedded", instance: "main", op: "item.price", args });
  if (result.kind === "refused") throw new Error(result.why);
  const options = { actionId: "p-price", attempt: 1, signal: new AbortController().signal };
  await erp.execute(approve(result.prepared, "p-price"), result.prepared, options);
}

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A16: of twenty items in one press, one is stale and nineteen are applied, and the one card says all of it", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, model: asking(twenty) });
    await door.says("@erp/sales twenty orders please");
    await sees(door, /20 × create order[^]*☑ 20 · Create draft order/u);
    await nova.idle();
    const asked = await nova.journal().proposals({});
    expect(asked).toHaveLength(20);
    expect(new Set(asked.map(({ effectHash }) => effectHash)).size).toBe(20);
    await changePrice(nova);
    const before = erp.executed.length;
    await press(nova, door, { approve: 20, of: 20 });
    await sees(door, /Decided by Kit: 19 applied, 1 stale/u, 20_000);
    await nova.idle();
    await holds(async () => expect((await statesOf(nova)).slice(0, 20)).not.toContain("approved"));
    const states = await statesOf(nova);
    expect(states.filter((state) => state === "applied")).toHaveLength(19);
    expect(states.slice(19)).toEqual(["stale", "pending"]);
    expect(erp.executed).toHaveLength(before + 19);
    if (door.name !== "terminal") await sees(door, /✓ 1 · [^]*: done[^]*≠ 20 · [^]*asks again/u);
    expect(door.complaints()).toEqual([]);
  });

  test("A16: what is unticked is not done, and the approval covers exactly what is ticked", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, model: asking(notes(4)) });
    await door.says("@erp/sales a note on four orders");
    await sees(door, /4 × add note[^]*☑ 4 · Add a note to SO-1004/u);
    await nova.idle();
    await door.press("Details");
    const [first, , , last] = await nova.journal().proposals({});
    await sees(door, new RegExp(last?.effectHash ?? "?", "u"));
    expect((await door.seen()).join("\n")).toContain(first?.effectHash);
    expect((await door.seen()).join("\n")).toMatch(/trust in erp\/sales at \w+ stakes: /u);
    await untick(nova, door, 3);
    if (door.name === "terminal") await nova.idle();
    else await sees(door, /☐ 3 · Add a note to SO-1003/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending", "pending", "pending", "pending"]);
    await press(nova, door, { approve: 3, of: 4 });
    await sees(door, /Decided by Kit: 3 applied, 1 rejected/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["applied", "applied", "rejected", "applied"]);
    expect(erp.executed.map((summary) => summary.slice(-7))).toEqual(["SO-1001", "SO-1002", "SO-1004"]);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("A16: an Approve that was read before the choice changed does nothing, nor do strangers' presses", async () => {
    const { door, whispered } = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, model: asking(notes(3)) });
    await door.says("@erp/sales three notes");
    await sees(door, /☑ 3 · Add a note to SO-1003/u);
    await nova.idle();
    const old = await door.hold("Approve all 3");
    await door.press("☑ 2", { who: "maya" });
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/Only Kit may decide/u));
    await door.press("☑ 2");
    await sees(door, /☐ 2 · /u);
    await nova.idle();
    await old();
    await holds(() => expect(whispered("kit").join("\n")).toMatch(/The choice has changed since/u));
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending", "pending", "pending"]);
    await door.press("☐ 2");
    await sees(door, /☑ 2 · /u);
    await door.press("Reject…", { words: "no notes at all" });
    await sees(door, /Decided by Kit: 3 rejected/u);
    await nova.idle();
    expect(erp.executed).toEqual([]);
    expect((await nova.journal().proposals({})).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => "no notes at all"),
    );
    expect(door.complaints()).toEqual([]);
  });
});

test("A16: what is not low stakes, of another kind, more than twenty or too much money together keeps a card of its own", async () => {
  const door = webDoor();
  const ship: Call = ["confirmOrder", { order: "SO-1007" }];
  const calls = [
    ...notes(13),
    ...notes(8).map(([name]): Call => [name, { record: "SO-1001", text: "x" }]),
    ship,
    ...twenty,
  ];
  const nova = await start({
    doors: [door],
    config: { approvals: { highAmount: 400 } },
    model: asking([...calls, noteOf("P-101")]),
  });
  await door.says("@erp/sales all of this");
  await sees(door, /As you wish/u);
  await nova.idle();
  const asked = await nova.journal().proposals({});
  const batches = new Map<string, number>();
  for (const { id, batch } of asked)
    batches.set(batch?.lead ?? id, (batches.get(batch?.lead ?? id) ?? 0) + 1);
  for (const [lead, size] of batches) {
    const items = asked.filter(({ id, batch }) => id === lead || batch?.lead === lead);
    expect(size).toBeLessThanOrEqual(20);
    expect(new Set(items.map(({ effect }) => effect)).size).toBe(1);
    if (size === 1) continue;
    expect(items.every(({ stakes }) => stakes === "low")).toBe(true);
    const cents = items.reduce((sum, { prepared }) => sum + (prepared.risk.amountCents ?? 0), 0);
    expect(cents).toBeLessThan(40_000);
  }
  expect(asked.filter(({ effect }) => effect === "confirmOrder").map(({ batch }) => batch)).toEqual([
    undefined,
  ]);
});

test("A16: a batch that waits outlives a restart, ticks and all, and runs out as one", async () => {
  const door = webDoor();
  const erp = watchErp();
  const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, model: asking(notes(3)) });
  await door.says("@erp/sales three notes");
  await sees(door, /☑ 3 · Add a note to SO-1003/u);
  await door.press("☑ 1");
  await sees(door, /☐ 1 · /u);
  await nova.idle();
  expect(await nova.journal().stuck()).toEqual([]);
  await nova.restart();
  await nova.idle();
  const [lead] = await nova.journal().proposals({});
  expect((await nova.journal().batch(lead?.id ?? "")).unticked).toEqual([lead?.id]);
  expect(await statesOf(nova)).toEqual(["pending", "pending", "pending"]);
  expect(await nova.journal().verifyAudit()).toMatchObject({ brokenAt: null });
});
