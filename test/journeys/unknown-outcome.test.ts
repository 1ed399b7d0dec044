// An effect was sent and no answer came: what happened is found out while Nova runs, and the card says how it stands.
import { expect, test } from "vitest";
import type { Erp } from "../../src/ports.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { sees } from "../support/doors/door.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { useNova, methodsOf } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();

/** The line breaks right behind the send, and stays broken until it is mended. */
function brokenLine(): { readonly wrapErp: (erp: Erp) => Erp; mend: () => void; sent: () => number } {
  let isBroken = true;
  let sent = 0;
  const cut = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    if (isBroken) throw new Error("socket hang up");
    return value;
  };
  return {
    mend: () => (isBroken = false),
    sent: () => sent,
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      execute: async (approval, prepared, options) => {
        sent += 1;
        return cut(erp.execute(approval, prepared, options));
      },
      verify: async (prepared, actionId) => cut(erp.verify(prepared, actionId)),
    }),
  };
}

test("is looked up on the ladder and shown as done on the card, without a restart", async () => {
  const door = await discordDoor();
  const clock = createHandClock(Date.now());
  const line = brokenLine();
  const nova = await start({ doors: [door], clock, wrapErp: line.wrapErp });
  await door.says("confirm order SO-1007");
  await sees(door, /Waiting for Kit/u);
  await door.press("Approve");
  await sees(door, /Outcome unknown, checking the ERP/u);
  line.mend();
  await sees(door, (posts) => {
    clock.advance(100);
    return posts.some((post) => /Approved by Kit, done/u.test(post));
  });
  await nova.idle();
  const [proposal] = await nova.journal().proposals({});
  expect(proposal?.state).toBe("applied");
  expect(await nova.journal().unclearDue()).toEqual([]);
  expect(door.complaints()).toEqual([]);
});

test("is a person's to find out after ten minutes, and the card says so", async () => {
  const door = terminalDoor();
  const clock = createHandClock(Date.now());
  const nova = await start({ doors: [door], clock, wrapErp: brokenLine().wrapErp });
  await door.says("confirm order SO-1007");
  await sees(door, /Waiting for Kit/u);
  await door.press("Approve");
  await sees(door, /Outcome unknown, checking the ERP/u);
  const startedAt = clock.now();
  await sees(
    door,
    (posts) => {
      clock.advance(1_000);
      return posts.some((post) => /please look in the ERP/u.test(post));
    },
    20_000,
  );
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(600_000);
  expect((await nova.journal().proposals({}))[0]?.state).toBe("needs_human");
  expect(door.complaints()).toEqual([]);
});

test("A13: what never arrived is called undone only once it can't come any more, and is sent again only when a person asks", async () => {
  const door = terminalDoor();
  const clock = createHandClock(Date.now());
  let sent = 0;
  const nova = await start({
    doors: [door],
    clock,
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      capabilities: () => ({ ...erp.capabilities(), idempotency: "search", graceMs: 65_000 }),
      execute: async () => {
        sent += 1;
        throw new Error("socket hang up");
      },
    }),
  });
  await door.says("confirm order SO-1007");
  await sees(door, /Waiting for Kit/u);
  await door.press("Approve");
  await sees(door, /Outcome unknown, checking the ERP/u);
  const sentAt = clock.now();
  const isUndone =
    /did not take effect: not found in the ERP. It is not sent again by itself: ask for it again/u;
  await sees(door, (posts) => {
    clock.advance(1_000);
    return posts.some((post) => isUndone.test(post));
  });
  expect(clock.now() - sentAt).toBeGreaterThanOrEqual(125_000);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["not_applied"]);
  await door.says("confirm order SO-1007");
  await holds(async () => {
    clock.advance(100);
    const states = (await nova.journal().proposals({})).map(({ state }) => state);
    expect(states).toEqual(["not_applied", "pending"]);
  });
  expect(sent).toBe(1);
  await nova.idle();
});
