// A message that may hold several requests is asked about, and one of the choices shares all of it out.
import { expect, test } from "vitest";
import { candidatesIn, loadReviewed } from "../../src/training/examples.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { says, script } from "../support/script.ts";
import { everyDoor, useNova } from "./stage.ts";

const start = useNova();
const several = "stock of brushes and what Northgate owes";
const offered = /All of these\W+shares it out over erp\/stock and erp\/invoices/u;
const bothDone = /✓ \W*erp\/stock\W+stock of brushes[\s\S]*✓ \W*erp\/invoices\W+what Northgate owes/u;
// Both parts run side by side, so each answer goes by what it was asked.
const found: ReturnType<typeof says> = async (request, signal) => {
  const isStock = JSON.stringify(request.messages.at(-1)).includes("stock of brushes");
  return says("That is on record.", isStock ? { items: [] } : { invoices: [] })(request, signal);
};

test.each(everyDoor)(
  "R8: on %s All of these runs the original message once, as a plan with its checklist",
  async (_name, open) => {
    const door = await open();
    const model = script(found, found);
    const nova = await start({ doors: [door], model });
    await door.says(several);
    await sees(door, offered);
    const press = await door.hold("All of these");
    await press();
    await sees(door, bothDone);
    await press();
    await sees(door, /This was already pressed/u);
    await nova.idle();
    expect(model.requests.map(({ messages }) => messages.at(-1))).toEqual([
      { role: "user", text: "stock of brushes" },
      { role: "user", text: "what Northgate owes" },
    ]);
    // An example only after a review, like every choice.
    const [candidate] = candidatesIn(await nova.journal().choices(10), loadReviewed(nova.folder));
    expect(candidate).toMatchObject({ text: several, agent: "coordinator/several", person: "Kit" });
    expect(loadReviewed(nova.folder)).toEqual([]);
    expect(door.complaints()).toEqual([]);
  },
);

test("the choice can be typed, and is no choice where nobody asked", async () => {
  const door = terminalDoor();
  const model = script(found, found);
  const nova = await start({ doors: [door], model });
  await door.says(several);
  await sees(door, offered);
  await door.says("Both, please");
  await sees(door, bothDone);
  await nova.idle();
  await door.says("Both, please");
  await nova.idle();
  expect(model.requests).toHaveLength(2);
});
