// A12 for what waits before it runs: Nova dies at every named moment of an approval by one person alone, or of its Stop.
// The till's own log judges: paid once, not before its time, and never after a Stop.
import { afterEach, expect, test } from "vitest";
import { visitors, openTillHouse } from "./till-house.ts";
import type { Moment, TillHouse } from "./till-house.ts";

const waitMs = 60_000;
const approvals = { approvers: { high: ["Kit"] }, waitAlone: "60s" };
let house: TillHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

/** Lets what was begun end: the watchdog reads the journal before it hears anything. */
async function rest({ nova }: TillHouse): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await nova.idle();
  }
}

async function press(at: TillHouse, label: string, words: string | null = null): Promise<void> {
  const shown = at.door.posts().findLast(({ post }) => post.buttons.some((one) => one.label === label));
  const nonce = shown?.post.buttons.find((one) => one.label === label)?.nonce ?? "";
  const onMessage = shown?.platformId ?? "";
  await at.door.comes(visitors.kit, { kind: "press", nonce, onMessage, words }).catch(() => undefined);
  await rest(at);
}

async function asked(): Promise<TillHouse> {
  house = await openTillHouse({ approvals });
  await house.door.comes(visitors.maya, { kind: "text", text: "erp/till: pay Alder 600000" });
  await rest(house);
  house.clock.advance(2_000);
  return house;
}

async function approved(moment: Moment | null): Promise<TillHouse> {
  const at = await asked();
  if (moment !== null) at.dieAt(moment);
  await press(at, "Approve…", "6,000.00 EUR");
  if (moment !== null) expect(await at.rise()).toBe(true);
  await rest(at);
  return at;
}

const stateOf = async ({ nova }: TillHouse): Promise<unknown> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

test.each([null, "decided", "finished"] as const)(
  "A12: dead at %s of the approval, it is paid once and at its time",
  async (moment) => {
    const at = await approved(moment);
    const [proposal] = await at.nova.journal().proposals({});
    expect(proposal).toMatchObject({ state: "approved" });
    const left = (proposal?.runAt ?? 0) - at.clock.now();
    expect(left).toBe(waitMs);
    at.clock.advance(left - 1);
    await rest(at);
    expect(at.till.calls).toEqual([]);
    at.clock.advance(1);
    await rest(at);
    expect(at.till.paid).toHaveLength(1);
    expect(await stateOf(at)).toEqual(["applied"]);
  },
);

test.each(["kept", "begun", "before the deed", "behind the deed", "settled", "finished"] as const)(
  "A12: dead at %s when its wait is over, it is paid once",
  async (moment) => {
    const at = await approved(null);
    at.dieAt(moment);
    at.clock.advance(waitMs);
    await rest(at);
    expect(await at.rise()).toBe(true);
    await rest(at);
    expect(at.till.paid).toHaveLength(1);
    expect(await stateOf(at)).toEqual(["applied"]);
  },
);

test.each(["kept", "settled", "finished"] as const)(
  "A12: dead at %s of the Stop, it is never paid",
  async (moment) => {
    const at = await approved(null);
    at.dieAt(moment);
    await press(at, "Stop");
    expect(await at.rise()).toBe(true);
    await rest(at);
    at.clock.advance(20 * waitMs);
    await rest(at);
    expect(at.till.calls).toEqual([]);
    expect(await stateOf(at)).toEqual(["cancelled"]);
    expect(JSON.stringify(at.door.posts().map(({ post }) => post))).toMatch(/Stopped by Kit before it ran/u);
  },
);
