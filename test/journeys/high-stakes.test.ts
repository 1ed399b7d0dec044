// Where much is at stake: two pairs of eyes, words instead of a click, time to read, and a shorter life.
import { describe, expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door, Who } from "../support/doors/door.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";

const start = useNova();
const order = "confirm order SO-1007";
const hourMs = 3_600_000;
const high = { highAmount: 100 };

type Asked = {
  readonly nova: NovaUnderTest;
  readonly clock: TestClock;
  readonly executed: readonly string[];
  /** The amount with its currency, as the card shows it. */
  readonly amount: string;
};

async function ask(
  door: Door,
  approvals: object = high,
  people: readonly { readonly name: string; readonly ids: readonly Door["kit"][] }[] = [],
): Promise<Asked> {
  const clock = createTestClock(Date.now());
  const erp = watchErp();
  const listed = people.map(({ name, ids }) => ({
    name,
    ids: [...ids],
    role: name === "Kit" ? ("owner" as const) : ("member" as const),
  }));
  const config = { approvals, ...(listed.length === 0 ? {} : { people: listed }) };
  const nova = await start({ doors: [door], wrapErp: erp.wrapErp, clock, config });
  await door.says(order);
  const posts = await sees(door, /to approve, type [\d,.]+ USD/u);
  await nova.idle();
  const amount = /to approve, type (?<amount>[\d,.]+ USD)/u.exec(posts.join("\n"))?.groups?.["amount"] ?? "";
  return { nova, clock, executed: erp.executed, amount };
}

/** Waits, with the hands moving, until it can be seen: an alarm may be set after they moved. */
// What runs meanwhile has a deadline on the same clock: its end is waited for with small steps.
async function seesBy(door: Door, clock: TestClock, wanted: RegExp | (() => boolean)): Promise<void> {
  await sees(door, (posts) => {
    clock.advance(String(wanted).includes("Approved by") ? 20 : 1_000);
    return typeof wanted === "function" ? wanted() : wanted.test(posts.join("\n"));
  });
}

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A5: alone, a click does nothing, a wrong amount is refused in one sentence, the right one approves", async () => {
    const door = await open();
    const { nova, clock, executed, amount } = await ask(door);
    clock.advance(2_000);
    await door.press("Approve…");
    await seesBy(door, clock, /That is not the amount on the card, so nothing was done/u);
    const before = (await door.seen()).join("\n").split("That is not the amount").length;
    await door.press("Approve…", { words: amount.replace(/\d/u, "9") });
    await sees(door, (posts) => {
      clock.advance(1);
      return posts.join("\n").split("That is not the amount").length > before;
    });
    await nova.idle();
    expect(executed).toEqual([]);
    await door.press("Approve…", { words: amount });
    await seesBy(door, clock, /Approved by Kit, done/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("A29: an approval quicker than the card can be read asks again", async () => {
    const door = await open();
    const { nova, clock, executed, amount } = await ask(door);
    const [proposal] = await nova.journal().proposals({});
    // Showing everything may have taken its time; the hands go back to where the card was just shown.
    clock.advance((proposal?.shownAt ?? 0) + 1_499 - clock.now());
    await door.press("Approve…", { words: amount });
    await sees(door, /quicker than this card can be read/u);
    await nova.idle();
    expect(executed).toEqual([]);
    clock.advance(1);
    await door.press("Approve…", { words: amount });
    await seesBy(door, clock, /Approved by Kit, done/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
  });

  test("A5: the life of such a card is shorter, and a reminder comes at half of it", async () => {
    const door = await open();
    const { nova, clock } = await ask(door, { ...high, expireHighAfter: "6h" });
    clock.advance(3 * hourMs);
    await seesBy(door, clock, /Reminder: .*still waits for Kit/u);
    clock.advance(3 * hourMs);
    await seesBy(door, clock, /Expired undecided; nothing was done/u);
    await nova.idle();
  });
});

describe.each(sharedDoors)("with several people on %s", (name, open) => {
  const ada: Door["kit"] = name === "discord" ? "discord:1003" : "slack:T1/U1003";
  const three = { ...high, approvers: { high: ["Kit", "Maya", "Ada"] } };
  const peopleAt = (door: Door) => [
    { name: "Kit", ids: [door.kit] },
    { name: "Maya", ids: [door.maya ?? door.kit] },
    { name: "Ada", ids: [ada] },
  ];
  const press = async (door: Door, who: Who, words: string): Promise<void> =>
    door.press("Approve…", { who, words });

  test("A5: of two approvers the one who asked can't approve, and the other must", async () => {
    const { door, whispered } = await open();
    const approvals = { ...high, approvers: { high: ["Kit", "Maya"] } };
    const { nova, clock, executed, amount } = await ask(door, approvals);
    await sees(door, /Waiting for Maya/u);
    clock.advance(2_000);
    await press(door, "kit", amount);
    await seesBy(door, clock, () =>
      whispered("kit").some((text) => /You asked for this yourself.*Maya/u.test(text)),
    );
    await nova.idle();
    expect(executed).toEqual([]);
    await press(door, "maya", amount);
    await seesBy(door, clock, /Approved by Maya, done/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("A5: of three it takes both others; the card counts them, and one can't count twice", async () => {
    const { door, whispered, vouch } = await open();
    vouch();
    const { nova, clock, executed, amount } = await ask(door, three, peopleAt(door));
    await sees(door, /Waiting for Maya and Ada/u);
    clock.advance(2_000);
    await press(door, "maya", amount);
    await seesBy(door, clock, /1 of 2 approved by Maya; waiting for Ada/u);
    await nova.idle();
    await press(door, "maya", amount);
    await seesBy(door, clock, () =>
      whispered("maya").some((text) => /You have approved this already/u.test(text)),
    );
    await nova.idle();
    expect(executed).toEqual([]);
    await press(door, "stranger", amount);
    await seesBy(door, clock, /Approved by Maya and Ada, done/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("A5: both at once are counted one after the other, and it runs once", async () => {
    const { door, vouch } = await open();
    vouch();
    const { nova, clock, executed, amount } = await ask(door, three, peopleAt(door));
    clock.advance(2_000);
    await press(door, "maya", amount);
    await press(door, "stranger", amount);
    await seesBy(door, clock, /Approved by (?:Maya and Ada|Ada and Maya), done/u);
    await nova.idle();
    expect(executed).toHaveLength(1);
  });

  test("A5: two accounts of one person are one pair of eyes", async () => {
    const { door, whispered, vouch } = await open();
    vouch();
    const people = [
      { name: "Kit", ids: [door.kit] },
      { name: "Maya", ids: [door.maya ?? door.kit, ada] },
      { name: "Ada", ids: [name === "discord" ? ("discord:1006" as const) : ("slack:T1/U1009" as const)] },
    ];
    const { nova, clock, executed, amount } = await ask(door, three, people);
    clock.advance(2_000);
    await press(door, "maya", amount);
    await seesBy(door, clock, /1 of 2 approved by Maya/u);
    await nova.idle();
    await press(door, "stranger", amount);
    await seesBy(door, clock, () =>
      whispered("stranger").some((text) => /You have approved this already/u.test(text)),
    );
    await nova.idle();
    expect(executed).toEqual([]);
    const [proposal] = await nova.journal().proposals({});
    expect(proposal).toMatchObject({ state: "pending", decidedBy: ["Maya"] });
  });

  test("A5: whoever asked can take it back, also where only others may approve", async () => {
    const { door } = await open();
    const approvals = { ...high, approvers: { high: ["Kit", "Maya"] } };
    const { nova, clock, executed } = await ask(door, approvals);
    await door.press("Reject…", { words: "wrong order" });
    await seesBy(door, clock, /Withdrawn by Kit/u);
    await nova.idle();
    const [proposal] = await nova.journal().proposals({});
    expect(proposal).toMatchObject({ state: "cancelled", outcomeDetail: "by Kit: wrong order" });
    expect(executed).toEqual([]);
  });
});
