// The record of approvals, watched over while Nova lives: what was changed outside is said at once where the owner is, and
// nothing runs until it is mended; once a day its end is told there, where no file can be put back.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createHandClock } from "../support/hand-clock.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, useNova, watchErp } from "./stage.ts";

const start = useNova();
const asked = /Waiting for Kit/u;
const broken = /The record of approvals was changed outside Nova \(row 1 was changed/u;
const dayMs = 86_400_000;

/** A second hand on the journal's file, with no key. */
function intrude(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, "journal.db"));
  db.exec(`DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete; ${sql}`);
  db.close();
}
const later = "UPDATE audit SET at = at + 1 WHERE seq = 1";
const earlier = "UPDATE audit SET at = at - 1 WHERE seq = 1";
const stateOf = async (nova: NovaUnderTest) => (await nova.journal().proposals({})).map(({ state }) => state);

describe.each(everyDoor)("A14 on %s", (_name, open) => {
  test("while an audit row is changed an Approve runs nothing and says why; once mended it runs", async () => {
    const door = await open();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    intrude(nova.folder, later);
    const press = await door.hold("Approve");
    await press();
    await sees(door, broken);
    await nova.idle();
    expect(erp.executed).toEqual([]);
    expect(await stateOf(nova)).toEqual(["pending"]);
    expect((await nova.journal().failures(5)).map(({ kind }) => kind)).toEqual(["audit.broken"]);
    intrude(nova.folder, earlier);
    await press();
    await sees(door, /Approved by Kit, done/u);
    await nova.idle();
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });
});

describe("A14 a record that was changed while Nova was away", () => {
  test("is said as soon as Nova is back, and what was approved before does not run", async () => {
    const door = terminalDoor();
    const erp = watchErp();
    const nova = await start({ doors: [door], wrapErp: erp.wrapErp });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    const [proposal] = await nova.journal().proposals({});
    // Approved, and the process died before it could begin.
    const vote = { person: "Kit", account: door.kit, decision: "approve", reason: null } as const;
    await nova.journal().decide({ proposal: proposal?.id ?? "", ...vote });
    await nova.restart({
      wrapJournal: (journal) => {
        intrude(nova.folder, later);
        return journal;
      },
    });
    await sees(door, broken);
    await nova.idle();
    expect(erp.executed).toEqual([]);
    expect(await stateOf(nova)).toEqual(["failed"]);
    await door.verb("status");
    await sees(door, /audit chain: BROKEN at row 1/u);
  });
});

describe("A14 once a day", () => {
  const told = /The record of approvals is sound: (?<rows>\d+) rows, the last is .?\d+:[0-9a-f]{16}/gu;
  const toldIn = (posts: readonly string[]): number => [...posts.join("\n").matchAll(told)].length;

  test("the end of the record is told where the owner last talked with Nova alone, and not again after a restart", async () => {
    const door = terminalDoor();
    const clock = createHandClock(Date.now());
    const nova = await start({ doors: [door], clock });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    expect(toldIn(await door.seen())).toBe(0);
    clock.advance(dayMs);
    await sees(door, (posts) => toldIn(posts) === 1);
    await nova.idle();
    await nova.restart();
    await door.verb("help");
    await sees(door, /What you can say here/u);
    expect(toldIn(await door.seen())).toBe(1);
    clock.advance(dayMs);
    await sees(door, (posts) => toldIn(posts) === 2);
  });

  test("it is told in the channel that the config names", async () => {
    const door = await discordDoor();
    const clock = createHandClock(Date.now());
    const nova = await start({ doors: [door], clock, config: { audit: { channel: "discord:2002" } } });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    clock.advance(dayMs);
    const said = (): string =>
      door.fake
        .said("2002")
        .map(({ content }) => content)
        .join("\n");
    await sees(door, () => /The record of approvals is sound/u.test(said()));
    expect(toldIn(await door.seen())).toBe(0);
    expect(door.complaints()).toEqual([]);
  });

  test("a change is found and said though nobody presses anything", async () => {
    const door = terminalDoor();
    const clock = createHandClock(Date.now());
    const nova = await start({ doors: [door], clock });
    await door.says("confirm order SO-1007");
    await sees(door, asked);
    await nova.idle();
    intrude(nova.folder, later);
    clock.advance(dayMs);
    await sees(door, broken);
  });
});
