// Relief for who is asked: cards of low and medium stakes wait for the morning and for room in the hour; nothing that
// waits is approved by waiting, and what is high does not wait.
import { describe, expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const hourMs = 3_600_000;
const order = "confirm order SO-1007";
const receives = "@erp/stock Receive 12 squeegee blades 34 in";
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

// What runs meanwhile has a deadline on the same clock: its end is waited for with small steps.
async function seesBy(door: Door, clock: TestClock, wanted: RegExp): Promise<void> {
  await sees(door, (posts) => {
    clock.advance(String(wanted).includes("Approved by") ? 20 : 1_000);
    return wanted.test(posts.join("\n"));
  });
}

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A29: a card beyond the hour's cap waits, its person is told until when, and then it is shown", async () => {
    const door = await open();
    const clock = createTestClock(Date.now());
    const config = { approvals: { cardsPerHour: 1 } };
    const nova = await start({ doors: [door], clock, config });
    await door.says(order);
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    await door.says(receives);
    await seesBy(door, clock, /I ask at .* not now \(1 cards? within an hour (?:is|are) enough for Kit\)/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["pending", "proposed"]);
    await nova.restart();
    expect(await statesOf(nova)).toEqual(["pending", "proposed"]);
    clock.advance(hourMs);
    await seesBy(door, clock, /[Rr]eceive[^]*Waiting for Kit/u);
    await holds(async () => expect(await statesOf(nova)).toEqual(["pending", "pending"]));
    await nova.idle();
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  const peopleAt = (door: Door) => [
    { name: "Kit", ids: [door.kit], role: "owner" as const },
    {
      name: "Maya",
      ids: [door.maya ?? door.kit],
      role: "member" as const,
      quietHours: { from: "22:00", to: "07:00", timeZone: "UTC" },
    },
  ];
  const night = Date.UTC(2027, 2, 9, 23);

  test("A18: a card of medium stakes waits for its approver's morning, and can be decided then", async () => {
    const { door } = await open();
    const erp = watchErp();
    const clock = createTestClock(night);
    const config = { people: peopleAt(door), approvals: { approvers: { medium: ["Maya"] } } };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config });
    await door.says(order);
    await seesBy(door, clock, /I ask at 2027-03-10 07:00 UTC, not now \(quiet hours for Maya\)/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["proposed"]);
    await expect(door.hold("Approve")).rejects.toThrow(/no button/u);
    clock.advance(9 * hourMs);
    await seesBy(door, clock, /Waiting for Maya/u);
    await nova.idle();
    const [proposal] = await nova.journal().proposals({});
    expect(proposal?.shownAt).toBeGreaterThanOrEqual(Date.UTC(2027, 2, 10, 7));
    expect(proposal?.expiresAt).toBe((proposal?.shownAt ?? 0) + 24 * hourMs);
    await door.press("Approve", { who: "maya" });
    await seesBy(door, clock, /Approved by Maya, done/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("A18: high stakes don't wait for the morning, nor does what its asker may decide", async () => {
    const { door } = await open();
    const clock = createTestClock(night);
    const approvers = { medium: ["Maya", "Kit"], high: ["Maya"] };
    const config = { people: peopleAt(door), approvals: { approvers, highAmount: 100 } };
    const nova = await start({ doors: [door], clock, config });
    await door.says(order);
    await seesBy(door, clock, /Waiting for Maya/u);
    await nova.idle();
    await door.says(receives);
    await seesBy(door, clock, /Waiting for Maya or Kit/u);
    await nova.idle();
    await holds(async () => expect(await statesOf(nova)).toEqual(["pending", "pending"]));
  });
});
