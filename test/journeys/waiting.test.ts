// A card that waits: its time from the moment it is shown, the reminder and who it escalates to, and that nothing happens
// where nobody could decide.
import { describe, expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import type { TestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import type { ChatAdapter, Delivery, Shown } from "../../src/ports.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const hourMs = 3_600_000;
const asked = /Waiting for Kit/u;
const order = "confirm order SO-1007";
const stateOf = async (nova: NovaUnderTest): Promise<string | undefined> =>
  (await nova.journal().proposals({}))[0]?.state;

const endWords = (at: number): string =>
  `expires ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

type Show = ChatAdapter["show"];
/** The same place, where cards are shown otherwise. */
const showing = (door: Door, cards: (show: Show) => Show): Door => ({
  ...door,
  open: async (world) => {
    const adapter = await door.open(world);
    const show: Show = adapter.show.bind(adapter);
    const other = cards(show);
    return Object.assign(adapter, {
      show: async (delivery: Delivery) => (delivery.post.kind === "card" ? other : show)(delivery),
    });
  },
});
const refused: Shown = { kind: "refused", why: "missing access", isPostGone: false };

/** Moves the hands until it can be seen: an alarm may be set after they moved, and is due at once then. */
// What runs meanwhile has a deadline on the same clock: its end is waited for with small steps.
async function seesBy(door: Door, clock: TestClock, wanted: RegExp): Promise<void> {
  await sees(door, (posts) => {
    clock.advance(String(wanted).includes("Approved by") ? 20 : 1_000);
    return wanted.test(posts.join("\n"));
  });
}

// What was printed in a terminal stays as it is.
describe.each(everyDoor.filter(([name]) => name !== "terminal"))(
  "a card that changes, on %s",
  (_name, open) => {
    test("A6: the card says when it ends, by the clock and from now, also when its delivery took long", async () => {
      const clock = createTestClock(Date.now());
      let isFirst = true;
      const door = showing(await open(), (show) => async (card) => {
        const shown = await show(card);
        if (isFirst) clock.advance(10 * 60_000);
        isFirst = false;
        return shown;
      });
      const nova = await start({ doors: [door], clock });
      await door.says(order);
      await holds(async () => expect(await stateOf(nova)).toBe("pending"));
      const [proposal] = await nova.journal().proposals({});
      await sees(door, (posts) => {
        const cards = posts.filter((post) => asked.test(post));
        return cards.at(-1)?.includes(`${endWords(proposal?.expiresAt ?? 0)} (in 24 h)`) === true;
      });
    });
  },
);

describe.each(everyDoor)("on %s", (_name, open) => {
  test("A6: a card's time counts from when it is shown, however late that is", async () => {
    let isOpen = false;
    const later: Shown = { kind: "later", afterMs: 60_000, why: "not yet" };
    const door = showing(await open(), (show) => async (card) => (isOpen ? show(card) : later));
    const clock = createTestClock(Date.now());
    const nova = await start({ doors: [door], clock });
    await door.says(order);
    await holds(async () => expect(await stateOf(nova)).toBe("proposed"));
    await nova.idle();
    clock.advance(30 * hourMs);
    isOpen = true;
    await seesBy(door, clock, asked);
    await holds(async () => expect(await stateOf(nova)).toBe("pending"));
    const [proposal] = await nova.journal().proposals({});
    expect(proposal?.expiresAt).toBe((proposal?.shownAt ?? 0) + 24 * hourMs);
    expect(clock.now() - (proposal?.shownAt ?? 0)).toBeLessThan(hourMs);
    // The minute may pass between drawing and showing: then the card is drawn again with the end that holds.
    await sees(door, (posts) => posts.join("\n").includes(endWords(proposal?.expiresAt ?? 0)));
  });

  test("A18: half of its time over, one reminder says who can decide and until when; then it expires undone", async () => {
    const door = await open();
    const erp = watchErp();
    const clock = createTestClock(Date.now());
    const nova = await start({ doors: [door], clock, wrapErp: erp.wrapErp });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    clock.advance(12 * hourMs);
    await seesBy(door, clock, /Reminder: .*still waits for Kit: .*It expires .* UTC/u);
    await nova.idle();
    clock.advance(hourMs);
    await nova.idle();
    const reminders = (await door.seen()).filter((post) => post.includes("Reminder: "));
    expect(reminders).toHaveLength(1);
    clock.advance(11 * hourMs);
    await seesBy(door, clock, /Expired undecided; nothing was done/u);
    await nova.idle();
    expect(erp.executed).toEqual([]);
    expect(door.complaints()).toEqual([]);
  });

  test("A21: where the card can't be shown, nothing happens and the person is told", async () => {
    const door = showing(await open(), () => async () => refused);
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says(order);
    await sees(
      door,
      /I could not show the card for .*SO-1007.*nobody can approve it and nothing will happen/u,
    );
    await nova.idle();
    expect(await stateOf(nova)).toBe("blocked");
    expect(erp.executed).toEqual([]);
  });

  test("A21: where nobody who may approve has an account, no card is made and the person is told", async () => {
    const door = await open();
    const erp = watchErp();
    const people = [
      { name: "Kit", ids: [door.kit], role: "owner" as const },
      { name: "Ada", ids: ["slack:T9/U9" as const], role: "member" as const },
    ];
    const config = { people, approvals: { approvers: { medium: ["Ada"] } } };
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp, config });
    await door.says(order);
    await sees(door, /Nobody who may approve this can be reached here.*nothing will happen.*It needs Ada/su);
    await nova.idle();
    expect(await nova.journal().proposals({})).toEqual([]);
    expect(erp.executed).toEqual([]);
  });

  test("A21: an approver who left the config leaves a closed card, and the person is told", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    const press = await door.hold("Approve");
    const people = [
      { name: "Ada", ids: ["slack:T9/U9" as const], role: "owner" as const },
      { name: "Kit", ids: [door.kit], role: "member" as const },
    ];
    await nova.restart({ config: { people } });
    await sees(door, /Nobody is left who may approve .*SO-1007.*nothing will happen/u);
    if (door.name !== "web") await press();
    await nova.idle();
    expect(await stateOf(nova)).toBe("blocked");
    expect(erp.executed).toEqual([]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test("A18: who it escalates to may decide from half of its time on, not before", async () => {
    const { door, whispered } = await open();
    const erp = watchErp();
    const clock = createTestClock(Date.now());
    const config = { approvals: { escalateTo: ["Maya"] } };
    const nova = await start({ doors: [door], clock, wrapErp: erp.wrapErp, config });
    await door.says(order);
    await sees(door, asked);
    await nova.idle();
    await door.press("Approve", { who: "maya" });
    await sees(door, () => whispered("maya").some((text) => /Only Kit may decide this/u.test(text)));
    await nova.idle();
    clock.advance(12 * hourMs);
    await seesBy(door, clock, /Maya may decide now too/u);
    await seesBy(door, clock, /Waiting for Kit or Maya/u);
    await nova.idle();
    await door.press("Approve", { who: "maya" });
    await seesBy(door, clock, /Approved by Maya, done/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });
});
