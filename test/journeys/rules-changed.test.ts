// What was asked under other rules is asked again under today's, and a delegate decides only within the days that the
// config names.
import { describe, expect, test } from "vitest";
import { operationStakes } from "../../src/approvals/operation-stakes.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, methodsOf, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
const order = "confirm order SO-1007";
const dayMs = 86_400_000;
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A30: a card asked under other rules is replaced at the next start and asked again under these", async () => {
    const door = await open();
    const erp = watchErp();
    const clock = createTestClock(Date.now());
    const approvals = { expireAfter: "60d" };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config: { approvals } });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    const old = await door.hold("Approve");
    clock.advance(30 * dayMs);
    const config = { approvals: { ...approvals, highAmount: 100 } };
    await nova.restart({ config });
    await sees(door, (posts) => {
      clock.advance(1_000);
      return /asked again in place of p-/u.test(posts.join("\n"));
    });
    await nova.idle();
    await holds(async () => expect(await statesOf(nova)).toEqual(["superseded", "pending"]));
    const [before, after] = await nova.journal().proposals({});
    expect([before?.outcomeDetail, before?.stakes, after?.stakes]).toEqual([after?.id, "medium", "high"]);
    if (door.name !== "web") await old();
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["superseded", "pending"]);
    await nova.restart({ config });
    expect(await statesOf(nova)).toHaveLength(2);
    expect(erp.executed).toEqual([]);
  });

  test("A30: a table that asks more of an operation replaces what waits under the old one", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    await nova.restart({ operations: { ...operationStakes, "order.confirm": "high" } });
    await nova.idle();
    const [before, after, ...more] = await nova.journal().proposals({});
    expect([before?.state, before?.stakes, after?.stakes]).toEqual(["superseded", "medium", "high"]);
    expect([before?.outcomeDetail, more]).toEqual([after?.id, []]);
    expect(erp.executed).toEqual([]);
  });

  test("A30: where the ERP is away at the start, the old card stays and runs nothing", async () => {
    const door = await open();
    const erp = watchErp();
    let isAway = false;
    const nova = await start({
      doors: [door],
      wrapErp: (real) => {
        const watched = erp.wrapErp(real);
        return {
          ...methodsOf(watched),
          prepare: async (command) => {
            if (isAway) throw new Error("no route to the ERP");
            return watched.prepare(command);
          },
        };
      },
    });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    isAway = true;
    await nova.restart({ config: { approvals: { highAmount: 900 } } });
    expect(await statesOf(nova)).toEqual(["pending"]);
    isAway = false;
    await sees(door, asked);
    await door.press("Approve");
    await sees(door, /the policy has changed since it was asked/u);
    await nova.idle();
    expect(erp.executed).toEqual([]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test.each([
    [0, "before"],
    [1, "on the first of"],
    [2, "on the last of"],
    [3, "after"],
  ] as const)("A18: a delegate presses %i days later, %s the named days", async (days, _when) => {
    const { door, whispered } = await open();
    const erp = watchErp();
    const clock = createTestClock(Date.UTC(2027, 2, 9, 9));
    const delegations = [{ from: "Kit", to: "Maya", since: "2027-03-10", until: "2027-03-11" }];
    const config = { approvals: { delegations, expireAfter: "9d" } };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    clock.advance(days * dayMs);
    await door.press("Approve", { who: "maya" });
    const isInside = days === 1 || days === 2;
    const wanted = isInside ? /Approved by Maya, done/u : /Only Kit may decide this/u;
    await sees(door, (posts) => {
      clock.advance(100);
      return [...posts, ...whispered("maya")].some((text) => wanted.test(text));
    });
    await nova.idle();
    expect(erp.executed).toHaveLength(isInside ? 1 : 0);
    const [proposal] = await nova.journal().proposals({});
    const trail = await nova.journal().trail(proposal?.id ?? "");
    const votes = trail.filter(({ kind }) => kind === "vote").map(({ body }) => body);
    expect(votes.map((body) => body.includes('"insteadOf":"Kit"'))).toEqual(isInside ? [true] : []);
  });
});
