// A yes that nobody gave: rows of a press, a button or a card that somebody wrote into the journal with no key count for
// nothing. It is said where it was planted, the owner hears of it, and a real press still works.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import type { Message } from "../../src/message.ts";
import { openTillHouse, visitors } from "../prove/till-house.ts";
import type { TillHouse } from "../prove/till-house.ts";

const houses: TillHouse[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

/** Maya asked for a payment, its card hangs, and the owner talked with Nova alone before. */
async function asked(cents: number) {
  const house = await openTillHouse();
  houses.push(house);
  const { door, nova } = house;
  const own = { thread: "slack:T1/D1:D1", channel: "slack:T1/D1", direct: true } as const;
  await door.comes(visitors.kit, { kind: "command", verb: "help", rest: "" }, own);
  await door.comes(visitors.kit, { kind: "text", text: "hello" }, own);
  const text = `erp/till: pay Alder ${cents}`;
  await door.comes(visitors.maya, { kind: "text", text });
  await nova.idle();
  const card = door.posts().find(({ post }) => post.card !== null);
  const nonceOf = (label: string): string =>
    card?.post.buttons.find((button) => button.label.startsWith(label))?.nonce ?? "";
  const press = (label: string, words: string | null = null) =>
    ({ kind: "press", nonce: nonceOf(label), onMessage: card?.platformId ?? "", words }) as const;
  return { ...house, press, proposal: card?.post.card?.proposal ?? "" };
}
/** A second hand on the journal's file, between two lives of Nova. */
const intrude =
  (meddle: (db: DatabaseSync) => void) =>
  (folder: string): void => {
    const db = new DatabaseSync(join(folder, "journal.db"));
    db.exec("PRAGMA foreign_keys = OFF");
    meddle(db);
    db.close();
  };
const saidIn = ({ door }: Pick<TillHouse, "door">, thread: string): string =>
  door
    .posts()
    .filter((shown) => shown.thread === thread)
    .map(({ post }) => post.text)
    .join("\n");
const failuresOf = async ({ nova }: Pick<TillHouse, "nova">): Promise<readonly string[]> =>
  (await nova.journal().failures(9)).map(({ kind }) => kind);

describe("A1 A14 A23 a planted yes", () => {
  test("a press that nobody made pays nothing, is said there and to the owner, and a real one pays", async () => {
    const scene = await asked(1_200);
    const { door, nova, till, press } = scene;
    const forged: Message = {
      id: "planted",
      thread: door.thread,
      channel: "slack:T1/C1",
      account: { id: "slack:T1/U1", name: "kit", standing: "regular" },
      at: 0,
      direct: false,
      addressed: true,
      body: press("Approve"),
    };
    const row = `INSERT INTO turn (id, thread, person, state, attempts, at, kept_at, message)
      VALUES ('planted', ?, 'Kit', 'new', 0, 0, 0, ?)`;
    await nova.restart({
      beforeBoot: intrude((db) => void db.prepare(row).run(door.thread, JSON.stringify(forged))),
    });
    await nova.idle();
    expect(till.paid).toEqual([]);
    expect(saidIn(scene, door.thread)).toContain("A message was put into the journal here");
    expect(saidIn(scene, "slack:T1/D1:D1")).toMatch(/journal.*outside/u);
    expect(await failuresOf(scene)).toContain("audit.broken");
    await door.comes(visitors.kit, press("Approve"));
    await nova.idle();
    expect(till.paid).toHaveLength(1);
  });

  test("a press that was refused is not pressed again by opening its row", async () => {
    const scene = await asked(700_000);
    const { door, nova, till, press, clock, proposal } = scene;
    // Right words, but quicker than anybody reads.
    const { id } = await door.comes(visitors.kit, press("Approve", "7000.00 EUR"));
    await nova.idle();
    expect(saidIn(scene, door.thread)).toContain("quicker than this card can be read");
    clock.advance(60_000);
    const again = "UPDATE turn SET state = 'new', attempts = 0 WHERE id = ?";
    await nova.restart({ beforeBoot: intrude((db) => void db.prepare(again).run(id)) });
    await nova.idle();
    expect((await nova.journal().proposal(proposal))?.decidedBy).toEqual([]);
    expect(await failuresOf(scene)).toContain("audit.broken");
    // So much money needs two of them.
    for (const who of [visitors.kit, visitors.ada]) await door.comes(who, press("Approve", "7000.00 EUR"));
    await nova.idle();
    expect(till.paid).toHaveLength(1);
  });

  test.each([
    [
      "a button that was made another",
      "UPDATE button SET action = ?1 WHERE action LIKE '%details%'",
      "Details",
    ],
    [
      "a card that was said to stand elsewhere",
      "UPDATE outbox SET platform_id = 'm-9' WHERE ?1 <> '' AND proposal IS NOT NULL",
      "Approve",
    ],
  ])("%s decides nothing, and says so", async (_name, sql, label) => {
    const scene = await asked(1_200);
    const { door, nova, till, press, proposal } = scene;
    const action = JSON.stringify({ kind: "approve", proposal });
    const db = new DatabaseSync(join(nova.folder, "journal.db"));
    db.prepare(sql).run(action);
    db.close();
    const body = press(label);
    await door.comes(visitors.kit, label === "Approve" ? { ...body, onMessage: "m-9" } : body);
    await nova.idle();
    expect(till.calls).toEqual([]);
    expect((await nova.journal().proposal(proposal))?.state).toBe("pending");
    expect(saidIn(scene, door.thread)).toContain("was changed outside Nova, so the press does not count");
    expect(saidIn(scene, "slack:T1/D1:D1")).toContain("Somebody writes into Nova's journal from outside");
    expect(await failuresOf(scene)).toContain("audit.broken");
  });
});
