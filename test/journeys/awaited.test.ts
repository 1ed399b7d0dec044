// An agent that asked for something waits for that, and for nothing else: other requests go where they belong, and the
// person can take back what it asked about.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { everyDoor, useNova } from "./stage.ts";

const start = useNova();
// In a channel of Slack each message begins a thread of its own: there is no second one in the same.
const oneThread = everyDoor.filter(([name]) => !name.startsWith("slack"));

describe.each(oneThread)("on %s, while an agent waits for an order's number", (_name, open) => {
  test("another request is answered by whose it is", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says("cancel the last order");
    await sees(door, /number of the sales order/u);
    await door.says("which invoices are overdue?");
    await sees(door, /erp\/invoices/u);
    await nova.idle();
    expect(await nova.journal().proposals({})).toEqual([]);
  });

  test("a question about another order is answered, and cancels nothing", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says("cancel the last order");
    await sees(door, /number of the sales order/u);
    await door.says("when was SO-1010 shipped?");
    await sees(door, /SO-1010.*Oakfield/u);
    await nova.idle();
    expect(await nova.journal().proposals({})).toEqual([]);
  });

  test.each(["never mind", "stop"])("%j takes it back, and ends the wait aloud", async (word) => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says("cancel the last order");
    await sees(door, /number of the sales order/u);
    await door.says(word);
    await sees(door, /erp\/sales no longer waits for an answer, and nothing was done/u);
    await nova.idle();
    expect(await nova.journal().proposals({})).toEqual([]);
  });

  test("the number that was asked for goes to whoever asked", async () => {
    const door = await open();
    const nova = await start({ doors: [door] });
    await door.says("cancel the last order");
    await sees(door, /number of the sales order/u);
    await door.says("SO-1007");
    await sees(door, /Cancel .*SO-1007/u);
    await nova.idle();
    expect(await nova.journal().proposals({})).toHaveLength(1);
  });
});
