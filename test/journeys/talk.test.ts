// Talking with Nova: who takes a message, how it asks back, what it remembers, and whom it answers at all.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { asks, declines, says, script } from "../support/script.ts";
import { everyDoor, oneThread, sharedDoors, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const unclear = "the brushes please";
const fourteen = says("There are brushes.", { items: [] });

describe.each(everyDoor)("on %s", (_name, open) => {
  test("an unclear message is asked about, and the choice runs the original words once", async () => {
    const door = await open();
    const model = script(fourteen);
    const nova = await start({ doors: [door], model });
    await door.says(unclear);
    await sees(door, /Which of these should take it/u);
    const press = await door.hold("erp/stock");
    await press();
    await sees(door, /There are brushes/u);
    await press();
    await sees(door, /This was already pressed/u);
    await nova.idle();
    expect(model.requests.map(({ messages }) => messages.at(-1))).toEqual([{ role: "user", text: unclear }]);
    expect(door.complaints()).toEqual([]);
  });

  test("Something else asks for other words and no model", async () => {
    const door = await open();
    const model = script();
    await start({ doors: [door], model });
    await door.says(unclear);
    await sees(door, /Which of these should take it/u);
    await door.press("Something else");
    await sees(door, /tell me in other words what you need/u);
    expect(model.requests).toEqual([]);
  });

  test("an agent that declines names who should have it, and one press asks that one", async () => {
    const door = await open();
    const model = script(declines("That is about stock, not orders.", "erp/stock"), fourteen);
    await start({ doors: [door], model });
    await door.says("erp/sales: how many brushes are left?");
    await sees(door, /That is about stock, not orders/u);
    await door.press("Ask erp/stock");
    await sees(door, /There are brushes/u);
    expect(model.requests.at(-1)?.instructions).not.toBe(model.requests[0]?.instructions);
  });

  test("a request over two domains ends as a checklist with both parts", async () => {
    const door = await open();
    await start({ doors: [door] });
    await door.says("how many brushes are in stock and which invoices are overdue?");
    await sees(door, /✓[^]*erp\/stock[^]*Main brush 36 in[^]*✓[^]*erp\/invoices[^]*INV-/u);
  });

  test("one agent can be asked by name, as a verb and in the text", async () => {
    const door = await open();
    const model = script(says("By verb.", { items: [] }), says("By text.", { items: [] }));
    await start({ doors: [door], model });
    await door.verb("ask", "erp/stock how many brushes");
    await sees(door, /By verb/u);
    await door.says("erp/stock: how many nozzles");
    await sees(door, /By text/u);
    const asked = model.requests.map(({ messages }) => messages.at(-1));
    expect(asked).toEqual([
      { role: "user", text: "how many brushes" },
      { role: "user", text: "how many nozzles" },
    ]);
  });

  test("an unknown agent is said, with the nearest names, and never replaced by another", async () => {
    const door = await open();
    const model = script();
    await start({ doors: [door], model });
    await door.says("erp/stok: how many brushes?");
    await sees(door, /No agent is called "erp\/stok"/u);
    await door.hold("erp/stock");
    expect(model.requests).toEqual([]);
  });

  test("what is remembered comes back with its date, and can be forgotten", async () => {
    const door = await open();
    await start({ doors: [door] });
    await door.verb("remember", "the yard closes at five");
    await sees(door, /Remembered for \W*Sweeper Parts/u);
    await door.verb("context");
    const day = new Date().toISOString().slice(0, 10);
    const posts = await sees(
      door,
      new RegExp(String.raw`the yard closes at five \([^)]*fact by Kit, ${day}, today`, "u"),
    );
    const id = /f-[0-9a-f]{8}/u.exec(posts.join("\n"))?.[0] ?? "";
    await door.verb("forget", id);
    await sees(door, /Forgotten: /u);
  });
});

describe.each(oneThread)("in one thread on %s", (_name, open) => {
  test("the answer to an agent's question completes what was asked", async () => {
    const door = await open();
    const model = script(asks("Which brush do you mean?"), fourteen);
    await start({ doors: [door], model });
    await door.says("how many brushes are in stock?");
    await sees(door, /Which brush do you mean/u);
    await door.says("the main one");
    await sees(door, /There are brushes/u);
    const last = model.requests[1]?.messages.at(-1);
    expect(last).toEqual({ role: "user", text: "how many brushes are in stock?\nthe main one" });
  });
});

/** Discord offers only the verbs that exist. */
const typedVerbs = everyDoor.filter(([name]) => name !== "discord");

describe.each(typedVerbs)("on %s", (_name, open) => {
  test("an unknown verb gets the nearest ones", async () => {
    const door = await open();
    await start({ doors: [door] });
    await door.verb("agnets");
    await sees(door, /I don't know the verb "agnets"\. Did you mean agents or/u);
  });
});

describe.each(sharedDoors)("with several people on %s", (_name, open) => {
  test("a guest gets chat and language only: no records, no memory, no approvals", async () => {
    const { door } = await open();
    const hello = says("Hello.", { sources: [] });
    const model = script(hello, hello);
    const nova = await start({ doors: [door], model });
    await door.verb("remember", "the yard closes at five");
    await sees(door, /Remembered for/u);
    await door.says("erp/stock: how many brushes?", "stranger");
    await sees(door, /erp\/stock is not open to a guest/u);
    await door.verb("approvals", "", "stranger");
    await sees(door, /`?approvals`? is for the owner and members/u);
    await door.verb("context", "", "stranger");
    await sees(door, /`?context`? is for the owner and members/u);
    await door.says("chat/general: when does the yard close?", "stranger");
    await holds(() => expect(model.requests).toHaveLength(1));
    await door.says("chat/general: when does the yard close?", "kit");
    await holds(() => expect(model.requests).toHaveLength(2));
    await nova.idle();
    expect(model.requests[0]?.context).not.toMatch(/closes at five/u);
    expect(model.requests[1]?.context).toMatch(/closes at five/u);
  });

  test("in a channel of no project only what names Nova is answered", async () => {
    const { door, elsewhere, mention } = await open();
    const nova = await start({ doors: [door] });
    elsewhere.says("what can you do?");
    elsewhere.says(`${mention} what can you do?`);
    await holds(() => expect(elsewhere.heard()).toHaveLength(1));
    await nova.idle();
    expect((await nova.journal().figures()).done).toBe(1);
    expect(elsewhere.heard()).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("a direct message is answered without a mention", async () => {
    const { door, direct } = await open();
    await start({ doors: [door] });
    direct.says("what can you do?");
    await holds(() => expect(direct.heard()).toHaveLength(1));
    expect(door.complaints()).toEqual([]);
  });

  test("a message that the platform delivers twice gets one reply", async () => {
    const { door, mention, stutter, inPublic } = await open();
    const model = script(fourteen);
    const nova = await start({ doors: [door], model });
    stutter();
    await door.says(`${mention} how many brushes are in stock?`);
    await sees(door, /There are brushes/u);
    await nova.idle();
    expect((await nova.journal().figures()).done).toBe(1);
    expect(inPublic()).toHaveLength(1);
  });
});
