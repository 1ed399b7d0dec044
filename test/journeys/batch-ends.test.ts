// How a batch ends: undone again item by item, held back in part, taken back by who asked, and told letter for letter.
import { describe, expect, test } from "vitest";
import type { Erp, Journal } from "../../src/ports.ts";
import { asking, noteOf, notes, orderOf } from "../support/asking.ts";
import { createTestClock } from "../support/clock.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, methodsOf, sharedDoors, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const config = { approvals: { highAmount: 1_000_000, approvers: { low: ["Kit"] } } };
const withButtons = everyDoor.filter(([name]) => name !== "terminal" && name !== "slack (http)");
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

/** From now on one of its records is another one by now, and one can't be touched any more. */
function changing(): { readonly wrapErp: (erp: Erp) => Erp; readonly change: () => void } {
  let isChanged = false;
  return {
    change: () => {
      isChanged = true;
    },
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      prepare: async (command) => {
        const result = await erp.prepare(command);
        const about = JSON.stringify(command.args);
        if (!isChanged || result.kind === "refused") return result;
        if (about.includes("SO-1002"))
          return { kind: "refused", why: "SO-1002 is locked by the accountant." };
        if (!about.includes("SO-1003")) return result;
        const more = { record: "SO-1003", label: "reviewed by", before: null, after: "the accountant" };
        return { ...result, prepared: { ...result.prepared, changes: [...result.prepared.changes, more] } };
      },
    }),
  };
}

describe.each(withButtons)("on %s", (_name, open) => {
  test("A15: Undo… under a batch asks on one card to take back what was applied, and both cards say so", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, model: asking(notes(3)) });
    await door.says("@erp/sales three notes");
    await sees(door, /3 × add note[^]*☑ 3 · /u);
    await door.press("☑ 2");
    await sees(door, /☐ 2 · /u);
    await door.press("Approve 2");
    await sees(door, /Decided by Kit: 2 applied, 1 rejected/u);
    await nova.idle();
    await door.press("Undo…");
    await sees(door, /2 × undo[^]*↩ undoes p-[0-9a-f]+ and 1 more/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(2);
    const [first, , third, ...undoing] = await nova.journal().proposals({});
    expect(undoing.map(({ link }) => link?.undoes?.proposal)).toEqual([first?.id, third?.id]);
    expect(new Set(undoing.map(({ batch }) => batch?.lead)).size).toBe(1);
    await door.press("Approve all 2");
    await sees(door, /Decided by Kit: 2 undone, 1 rejected/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["compensated", "rejected", "compensated", "applied", "applied"]);
    expect(erp.executed).toHaveLength(4);
    expect(door.complaints()).toEqual([]);
  });

  test("A16: what somebody leaves out while another one's press is on its way is not approved by it", async () => {
    const door = await open();
    const erp = watchErp();
    const wrapJournal = (journal: Journal): Journal => ({
      ...journal,
      decideBatch: async (vote) => {
        const second = vote.votes[1]?.proposal ?? "";
        await journal.tick(second, false);
        return journal.decideBatch(vote);
      },
    });
    const model = asking(notes(3));
    const nova = await start({ doors: [door], config, wrapErp: erp.wrapErp, wrapJournal, model });
    await door.says("@erp/sales three notes");
    await sees(door, /☑ 3 · /u);
    await nova.idle();
    await door.press("Approve all 3");
    await sees(door, /The choice has changed since: look at the card[^]*Nothing was done/u);
    await nova.idle();
    expect([erp.executed, await statesOf(nova)]).toEqual([[], ["pending", "pending", "pending"]]);
  });

  test("A11: what changed or became impossible before the press is held back, and the one card tells each", async () => {
    const door = await open();
    const erp = watchErp();
    const { wrapErp, change } = changing();
    const wrapped = (real: Erp): Erp => wrapErp(erp.wrapErp(real));
    const nova = await start({ doors: [door], config, wrapErp: wrapped, model: asking(notes(4)) });
    await door.says("@erp/sales four notes");
    await sees(door, /☑ 4 · Add a note to SO-1004/u);
    await nova.idle();
    change();
    await door.press("Approve all 4");
    await sees(door, /Decided by Kit: 2 applied, 2 stale/u);
    await sees(door, /✓ 1 · [^]*done[^]*≠ 2 · [^]*SO-1002 is locked[^]*≠ 3 · [^]*asks again[^]*✓ 4 · /u);
    await sees(door, /SO-1003 reviewed by[^]*asked again in place of p-/u);
    await nova.idle();
    // What is impossible is not asked again; what changed is, on a card of its own.
    expect(await statesOf(nova)).toEqual(["applied", "stale", "stale", "applied", "pending"]);
    expect(erp.executed.map((summary) => summary.slice(-7))).toEqual(["SO-1001", "SO-1004"]);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test("A16: who asked takes the whole batch back, though only others may approve it", async () => {
    const { door, whispered } = await open();
    const erp = watchErp();
    const others = { approvals: { approvers: { low: ["Maya"] } } };
    const nova = await start({
      doors: [door],
      config: others,
      wrapErp: erp.wrapErp,
      model: asking(notes(3)),
    });
    await door.says("@erp/sales three notes");
    await sees(door, /☑ 3 · /u);
    await nova.idle();
    await door.press("Approve all 3");
    await holds(() => expect(whispered("kit").join("\n")).toMatch(/Only Maya may decide/u));
    const late = await door.hold("Approve all 3");
    await door.press("Reject…", { words: "too early" });
    await sees(door, /Withdrawn by Kit: 3 × addNote/u);
    await sees(door, /Over: 3 withdrawn/u);
    await nova.idle();
    await late("maya");
    await holds(() => expect(whispered("maya").join("\n")).toMatch(/was withdrawn/u));
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect(erp.executed).toEqual([]);
    expect(door.complaints()).toEqual([]);
  });
});

test("A16: the twenty-first is refused in a sentence for the person, not only for the agent", async () => {
  const door = webDoor();
  const many = Array.from({ length: 25 }, (_, at) => noteOf("SO-1007", `Call ${at + 1}.`));
  const nova = await start({ doors: [door], config, model: asking(many) });
  await door.says("@erp/sales lots of notes");
  await sees(door, /A card holds at most 20 of one kind, so 5 more × addNote were not proposed/u);
  await sees(door, /20 × add note/u);
  await nova.idle();
  expect(await statesOf(nova)).toHaveLength(20);
});

test("A2: Details of a batch tell every item letter for letter, as a file where it is long", async () => {
  const door = await discordDoor();
  const orders = Array.from({ length: 12 }, (_, at) => orderOf("BR-WIRE-14", at + 1));
  const nova = await start({ doors: [door], config, model: asking(orders) });
  await door.says("@erp/sales twelve orders");
  await sees(door, /12 × create order/u);
  await nova.idle();
  await door.press("Details");
  await sees(door, /is in the attached file/u);
  const text = door.fake.whispered("1001").flatMap(({ files }) => files)[0]?.text ?? "";
  for (const { effectHash, prepared } of await nova.journal().proposals({})) {
    expect(text).toContain(effectHash);
    expect(text).toContain(
      `"quantityThousandths": ${String(JSON.stringify(prepared.command.args).match(/"quantityThousandths":(\d+)/u)?.[1])}`,
    );
  }
  expect(door.complaints()).toEqual([]);
});

test("A18: a batch that waits for its hour is asked as one card when that comes, and counts as one", async () => {
  const door = webDoor();
  const clock = createTestClock(Date.now());
  const approvals = { ...config.approvals, cardsPerHour: 2 };
  const model = asking(notes(3), [noteOf("SO-1005")], [noteOf("SO-1006"), noteOf("SO-1008")]);
  const nova = await start({ doors: [door], config: { approvals }, model, clock });
  await door.says("@erp/sales three notes");
  await sees(door, /3 × add note/u);
  await door.says("@erp/sales one more note");
  await sees(door, /Add a note to SO-1005[^]*Waiting for Kit/u);
  await door.says("@erp/sales two more notes");
  await sees(door, /I ask at [^]*2 cards within an hour are enough for Kit/u);
  await nova.idle();
  clock.advance(3_600_000);
  await sees(door, (posts) => {
    clock.advance(1_000);
    return posts.some((post) => /2 × add note[^]*☑ 2 · /u.test(post));
  });
  await door.press("Approve all 2");
  await sees(door, (posts) => {
    clock.advance(20);
    return posts.some((post) => post.includes("Decided by Kit: 2 applied"));
  });
});

test("A16 A5: a batch that takes two says after the first that one more is asked, and runs after the second", async () => {
  const door = await discordDoor();
  const erp = watchErp();
  const people = [
    { name: "Kit", ids: [door.kit], role: "owner" as const },
    { name: "Maya", ids: ["discord:1002" as const], role: "member" as const },
    { name: "Ada", ids: ["discord:1003" as const], role: "member" as const },
  ];
  const approvals = { fourEyes: ["low" as const], approvers: { low: ["Maya", "Ada"] } };
  const nova = await start({
    doors: [door],
    config: { people, approvals },
    wrapErp: erp.wrapErp,
    model: asking(notes(2)),
  });
  await door.says("@erp/sales two notes");
  await sees(door, /☑ 2 · Add a note to SO-1002/u);
  await nova.idle();
  await door.press("Approve all 2", { who: "maya" });
  await sees(door, /Ada[^]*: 2 × addNote/u);
  await nova.idle();
  expect(erp.executed).toEqual([]);
  await door.press("Approve all 2", { who: "maya" });
  await holds(() => expect(JSON.stringify(door.fake.whispered("1002"))).toMatch(/approved this already/u));
  await door.press("Approve all 2", { who: "stranger" });
  await sees(door, /Decided by Maya and Ada: 2 applied/u);
  await nova.idle();
  expect(erp.executed).toHaveLength(2);
  expect(door.complaints()).toEqual([]);
});
