// "It waits for your approval" is said only of a card that somebody will see: an agent that proposed nothing gets one repair,
// and then a failure that says so.
import { expect, test } from "vitest";
import { promisedCard } from "../../src/replies/promises.ts";
import { confirmOrder } from "../../src/tools/erp.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { calling, proposes, says, script } from "../support/script.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const reads = calling("readOrder", { order: "SO-1007" });
const promises = says("I read SO-1007. It waits for your approval.", { orders: ["SO-1007"] });

test("a promise without a proposal is no answer: repeated it becomes a failure, repaired it becomes a card", async () => {
  const door = terminalDoor();
  const model = script(
    reads,
    promises,
    promises,
    reads,
    promises,
    proposes(confirmOrder, { order: "SO-1007" }),
    promises,
  );
  const nova = await start({ doors: [door], model });
  await door.verb("ask", "erp/sales confirm order SO-1007");
  await sees(door, /Retry/u);
  await nova.idle();
  expect((await door.seen()).join("")).not.toMatch(/waits for your approval/u);
  expect(await nova.journal().proposals({})).toEqual([]);
  expect(JSON.stringify(model.requests[2]?.messages)).toContain("nothing was proposed in this turn");
  await door.verb("ask", "erp/sales confirm order SO-1007");
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  expect(await nova.journal().proposals({})).toHaveLength(1);
  expect(model.remaining()).toBe(0);
});

const seller = { effects: [confirmOrder] };
test.each([
  "It waits for your approval.",
  "The order is waiting for a yes.",
  "The draft order for Ironwood now awaits approval.",
  "I have prepared the confirmation of SO-1007 for your approval.",
  "Everything is there: please press Approve on the card.",
])("%s promises a card", (text) => {
  expect(promisedCard(seller, text)).not.toBeNull();
});

test.each([
  "Every confirmation waits for a person's approval.",
  "If you want that, I prepare it for your approval.",
  "Nothing of it waits for approval.",
  "I have prepared an overview of the open orders.",
  "SO-1009 is confirmed and waits for its goods.",
  "A person approves each change.",
])("%s promises none", (text) => {
  expect(promisedCard(seller, text)).toBeNull();
});

test("who may propose nothing promises nothing by such words", () => {
  expect(promisedCard({ effects: [] }, "It waits for your approval.")).toBeNull();
});
