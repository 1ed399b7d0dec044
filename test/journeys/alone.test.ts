// One person alone decides something of high stakes: it waits before it runs, its card says until when, and Stop takes it
// back. Nothing of that is lost or hurried by a restart.
import { describe, expect, test, vi } from "vitest";
import { parseConfig } from "../../src/config.ts";
import type { Proposal } from "../../src/proposal.ts";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";

const start = useNova();
const order = "confirm order SO-1007";
const runs = /Approved by Kit\. Runs at \d\d:\d\d:\d\d UTC unless you press Stop/u;
const minuteMs = 60_000;

type Alone = {
  readonly nova: NovaUnderTest;
  readonly clock: TestClock;
  readonly executed: readonly string[];
};

async function enter(door: Door): Promise<Alone> {
  const clock = createTestClock(Date.now());
  const erp = watchErp();
  const config = { approvals: { highAmount: 100, waitAlone: "60s", approvers: { high: ["Kit"] } } };
  const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config });
  return { nova, clock, executed: erp.executed };
}

/** With the hands moving a little: what is posted has deadlines on the same clock. */
async function seesSoon(door: Door, clock: TestClock, wanted: RegExp | (() => boolean)): Promise<void> {
  await sees(door, (posts) => {
    clock.advance(50);
    return typeof wanted === "function" ? wanted() : wanted.test(posts.join("\n"));
  });
}

async function inState({ nova, clock }: Alone, state: "pending" | "approved"): Promise<Proposal> {
  return vi.waitFor(
    async () => {
      clock.advance(50);
      const [found] = await nova.journal().proposals({ states: [state] });
      if (found === undefined) throw new Error(`nothing is ${state}`);
      return found;
    },
    { timeout: 10_000, interval: 5 },
  );
}

/** Asks, and approves with the amount on the card. Gives the time at which it may run. */
async function approve(door: Door, alone: Alone): Promise<number> {
  const { nova, clock } = alone;
  await door.says(order);
  await inState(alone, "pending");
  await seesSoon(door, clock, /runs 60 s later, with a Stop button/u);
  await nova.idle();
  clock.advance(2_000);
  const amount = [...(await door.seen()).join("\n").matchAll(/to approve, type ([\d,.]+ USD)/gu)].at(-1)?.[1];
  await door.press("Approve…", { words: amount ?? "" });
  const { id, runAt } = await inState(alone, "approved");
  await seesSoon(door, clock, runs);
  await nova.idle();
  expect((await nova.journal().proposal(id))?.state).toBe("approved");
  return runAt ?? 0;
}

async function until(at: number, { nova, clock }: Alone): Promise<void> {
  clock.advance(at - clock.now());
  await nova.idle();
}

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A5: an effect that one person approved waits; Stop takes it back, and without it it runs in time", async () => {
    const door = await open();
    const alone = await enter(door);
    const { nova, clock, executed } = alone;
    await approve(door, alone);
    await door.press("Stop");
    await seesSoon(door, clock, /Stopped by Kit before it ran/u);
    await seesSoon(door, clock, /Not run: stopped by Kit before it ran; nothing was done/u);
    await until(clock.now() + 2 * minuteMs, alone);
    expect(executed).toEqual([]);
    // In the terminal everything can be typed at any time; it is answered with how the proposal stands.
    if (door.name !== "terminal") await expect(door.press("Stop")).rejects.toThrow(/no button/u);
    const runAt = await approve(door, alone);
    expect(runAt).toBeGreaterThan(clock.now() + 30_000);
    await until(runAt - 1, alone);
    expect(executed).toEqual([]);
    await until(runAt, alone);
    await seesSoon(door, clock, /Approved by Kit, done/u);
    await seesSoon(door, clock, /✓ Done: Confirm order SO-1007/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
    expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["cancelled", "applied"]);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test("A4 A5: only who may approve can stop it; anybody else is told who can", async () => {
    const { door, whispered } = await open();
    const alone = await enter(door);
    const { nova, clock, executed } = alone;
    const runAt = await approve(door, alone);
    await door.press("Stop", { who: "maya" });
    await seesSoon(door, clock, () =>
      whispered("maya").some((text) => text.includes("Only Kit may stop this.")),
    );
    await nova.idle();
    expect(await nova.journal().proposals({ states: ["approved"] })).toHaveLength(1);
    await until(runAt, alone);
    await seesSoon(door, clock, /Approved by Kit, done/u);
    expect(executed).toHaveLength(1);
  });
});

describe("over a restart", () => {
  test("A12: it runs at its time, not early, and says so in its thread", async () => {
    const door = terminalDoor();
    const alone = await enter(door);
    const runAt = await approve(door, alone);
    await until(runAt - 10_000, alone);
    await alone.nova.restart();
    await alone.nova.idle();
    await until(runAt - 1, alone);
    expect(alone.executed).toEqual([]);
    await until(runAt, alone);
    await seesSoon(door, alone.clock, /✓ Done: Confirm order SO-1007/u);
    expect(alone.executed).toHaveLength(1);
  });

  test("A12: whose time came meanwhile begins at the start", async () => {
    const door = terminalDoor();
    const alone = await enter(door);
    await approve(door, alone);
    await alone.nova.restart({ beforeBoot: () => alone.clock.advance(10 * minuteMs) });
    await seesSoon(door, alone.clock, /✓ Done: Confirm order SO-1007/u);
    expect(alone.executed).toHaveLength(1);
  });

  test("A11: a quarter of an hour after the approval it does not run any more, and is asked again", async () => {
    const door = terminalDoor();
    const alone = await enter(door);
    await approve(door, alone);
    await alone.nova.restart({ beforeBoot: () => alone.clock.advance(16 * minuteMs) });
    await seesSoon(door, alone.clock, /approved a while ago and could not be started in time/u);
    await alone.nova.idle();
    expect((await alone.nova.journal().proposals({})).map(({ state }) => state)).toEqual([
      "stale",
      "pending",
    ]);
    expect(alone.executed).toEqual([]);
  });
});

describe("words", () => {
  test("A23: the word stop alone stops nothing, and says what does", async () => {
    const door = terminalDoor();
    const alone = await enter(door);
    await approve(door, alone);
    await door.says("stop");
    await seesSoon(door, alone.clock, /Press Stop on the card of `p-[0-9a-f]+` to stop this: Confirm order/u);
    await alone.nova.idle();
    expect(await alone.nova.journal().proposals({ states: ["approved"] })).toHaveLength(1);
  });

  test.each([
    [undefined, 60_000],
    ["0s", 0],
    ["10m", 600_000],
  ])("A5: a wait of %s in the config is %i ms", (waitAlone, ms) => {
    const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
    const approvals = waitAlone === undefined ? {} : { waitAlone };
    expect(parseConfig({ people, approvals }, "config").approvals.waitAlone).toBe(ms);
  });

  test.each(["11m", "1h", "soon", ""])("A5: a wait of %j stops the boot", (waitAlone) => {
    const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
    expect(() => parseConfig({ people, approvals: { waitAlone } }, "config")).toThrow(
      /approvals\.waitAlone: must be/u,
    );
  });
});

describe("in a pipeline", () => {
  /** Of the sample company: over, not closed yet, and with nothing left to invoice in it. */
  function monthBeforeLast(now: number): string {
    const day = new Date(now);
    return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 2, 1)).toISOString().slice(0, 7);
  }

  /** A pipeline whose one effect is always of high stakes: nobody books into a closed month any more. */
  async function waiting(): Promise<Alone & { readonly door: Door }> {
    const door = terminalDoor();
    const clock = createTestClock(Date.now());
    const erp = watchErp();
    const config = { approvals: { waitAlone: "60s" } };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config });
    const alone = { nova, clock, executed: erp.executed, door };
    await door.verb("run", `month-end-close month=${monthBeforeLast(clock.now())}`);
    const { effectHash } = await inState(alone, "pending");
    await seesSoon(door, clock, /to approve, type the code/u);
    clock.advance(2_000);
    await door.press("Approve…", { words: effectHash.slice(0, 6) });
    await seesSoon(door, clock, /Approved by Kit\. Runs at .*Close the books/u);
    return alone;
  }

  test("A5: its step waits too, and goes on when the wait is over", async () => {
    const alone = await waiting();
    const { runAt } = await inState(alone, "approved");
    alone.clock.advance((runAt ?? 0) - 1 - alone.clock.now());
    await alone.nova.idle();
    expect(alone.executed).toEqual([]);
    await seesSoon(alone.door, alone.clock, /The books are closed before/u);
    expect(alone.executed).toHaveLength(1);
  });

  test("A5: stopped, the step ends as not done and says by whom", async () => {
    const alone = await waiting();
    await inState(alone, "approved");
    await alone.door.says(`/stop ${(await inState(alone, "approved")).id}`);
    await seesSoon(alone.door, alone.clock, /Stopped by Kit before it ran/u);
    await seesSoon(alone.door, alone.clock, /✗[^]*stopped by Kit before it ran/u);
    alone.clock.advance(2 * minuteMs);
    await alone.nova.idle();
    expect(alone.executed).toEqual([]);
  });
});
