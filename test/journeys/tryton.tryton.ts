// A project pointed at a real Tryton, lived in from chat: asked about, proposed to, approved, and told when Tryton itself
// has a question.
import { afterEach, describe, expect, test } from "vitest";
import { webDoor } from "../support/doors/web.ts";
import type { Door } from "../support/doors/door.ts";
import { sees } from "../support/doors/door.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";
import type { FreshTryton } from "../support/tryton/database.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const opened: FreshTryton[] = [];
afterEach(async () => {
  for (const tryton of opened.splice(0)) await tryton.dispose();
});
const patience = 60_000;

/** Nova at a Tryton of the test's own, in the place of its embedded ERP. */
async function live(user: string): Promise<{ readonly door: Door; readonly tryton: FreshTryton }> {
  const tryton = freshTryton("trade");
  opened.push(tryton);
  const erp = tryton.open({ user });
  const door = webDoor();
  await start({
    doors: [door],
    wrapErp: (embedded) => ({ ...erp, close: async () => embedded.close() }),
  });
  return { door, tryton };
}

describe.skipIf(!hasTryton)("with a real Tryton", () => {
  test("an order is confirmed in it by one press, with stock and money on the card, and never before", async () => {
    const { door, tryton } = await live("seller");
    const confirmed = async (): Promise<number> =>
      tryton.count("sale.sale", [
        ["number", "=", "1"],
        ["state", "=", "processing"],
      ]);
    await door.says("how many gears are in stock?");
    await sees(door, /Gear 12[^]*37/u, patience);
    await door.says("confirm order SO-0001");
    const shown = await sees(door, /Waiting for Kit/u, patience);
    expect(shown.join("\n")).toMatch(/Confirm order SO-0001 for Acme Industrial: 22\.20 USD/u);
    expect(await confirmed()).toBe(0);
    await door.press("Approve");
    await sees(door, /Approved by Kit, done/u, patience);
    expect(await confirmed()).toBe(1);
  });

  test("what its user may not do there is not offered, and what is not there is not promised", async () => {
    const { door, tryton } = await live("seller");
    await door.says("confirm order SO-0007");
    await sees(door, /Only 3 of Pump A are free at Warehouse/u, patience);
    await door.says("post the invoice for SO-0004");
    await sees(door, /does not let Nova do this|can't|not allowed/iu, patience);
    expect((await door.seen()).join("\n")).not.toMatch(/Waiting for Kit/u);
    expect(await tryton.count("account.invoice", [["state", "=", "draft"]])).toBeGreaterThan(0);
  });
});
