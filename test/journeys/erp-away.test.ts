// An ERP that is away when Nova starts, or goes away later: Nova is there all the same, says it where it is asked and where
// the owner looks, refuses in one sentence, and says when the ERP is back.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Erp } from "../../src/ports.ts";
import { ErpFault } from "../../src/remote-erp/fault.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { type OpenedOdoo, openOdoo } from "../support/open-odoo.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();
const often = (posts: readonly string[], pattern: RegExp): number =>
  posts.join("\n").match(new RegExp(pattern, "gu"))?.length ?? 0;
const unusable = /“main” can't be used right now/u;
const silent = async (): Promise<never> =>
  Promise.reject(new ErpFault("transport", "Odoo did not answer: connect ECONNREFUSED."));

/** An ERP whose cable a test pulls. */
function cabled() {
  const cable = { isPulled: true };
  const through = async <T>(task: () => Promise<T>): Promise<T> => (cable.isPulled ? silent() : task());
  const wrapErp = (erp: Erp): Erp => ({
    ...methodsOf(erp),
    probe: async () => through(async () => erp.probe()),
    query: async (query) => through(async () => erp.query(query)),
    prepare: async (command) => through(async () => erp.prepare(command)),
  });
  return { cable, wrapErp };
}

test("one that is away at the start: refused in one sentence, the owner told, and told when it is back", async () => {
  const clock = createTestClock(Date.now());
  const door = terminalDoor();
  const { cable, wrapErp } = cabled();
  const nova = await start({ doors: [door], clock, wrapErp });
  await door.says("what does the drive belt cost?");
  await sees(door, /The ERP “main” can't be used right now \(Odoo did not answer/u);
  await door.says("confirm order SO-1007");
  await sees(door, (posts) => often(posts, unusable) > 1);
  await door.verb("status");
  await sees(door, /ERP main \(embedded\): The ERP “main” can't be used right now/u);
  // Twice refused, once in the status, and once to the owner, who had not talked with Nova yet when it started.
  await sees(door, (posts) => {
    clock.advance(1_000);
    return often(posts, unusable) === 4;
  });
  cable.isPulled = false;
  await sees(door, (posts) => {
    clock.advance(5_000);
    return posts.some((post) => /The ERP “main” is back/u.test(post));
  });
  await door.says("what does the drive belt cost?");
  await sees(door, /28\.45 USD/u);
  expect(await nova.journal().proposals({})).toEqual([]);
});

test("a blink is told to nobody; a minute is", async () => {
  const clock = createTestClock(Date.now());
  const door = terminalDoor();
  const { cable, wrapErp } = cabled();
  cable.isPulled = false;
  const nova = await start({ doors: [door], clock, wrapErp });
  await door.says("what does the drive belt cost?");
  await sees(door, /28\.45 USD/u);
  cable.isPulled = true;
  await door.says("what does the main brush cost?");
  await sees(door, /can't be used right now/u);
  await nova.idle();
  // Once to who asked; the owner hears of it when it lasts.
  clock.advance(15_000);
  await nova.idle();
  expect(often(await door.seen(), unusable)).toBe(1);
  await sees(door, (posts) => {
    clock.advance(5_000);
    return often(posts, unusable) > 1;
  });
});

let opened: OpenedOdoo;
beforeEach(async () => {
  opened = await openOdoo();
});
afterEach(async () => opened.dispose());

test("a key that is refused is said as such with its mend, and nothing is proposed", async () => {
  const door = terminalDoor();
  opened.fake.refuseKeyAfter(0);
  const wrapErp = (embedded: Erp): Erp => ({ ...opened.erp, close: async () => embedded.close() });
  const nova = await start({ doors: [door], wrapErp });
  await door.says("confirm order S00001");
  await sees(
    door,
    /“main” does not let Nova in \(Odoo does not accept the API key, or no longer: make a new one/u,
  );
  await door.verb("status");
  await sees(door, /ERP main \(odoo\): The ERP “main” does not let Nova in/u);
  // Once it is mended, `status` finds out at once.
  opened.fake.refuseKeyAfter(null);
  await door.verb("status");
  await sees(door, /ERP main \(odoo\): Nova may do \d+ of \d+ things/u);
  await door.says("confirm order S00001");
  await sees(door, /Waiting for Kit/u);
  expect(await nova.journal().proposals({})).toHaveLength(1);
});
