// Room 3: exactly one thing to do for every turn, and `why` can say how that came about.
import { expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { says, script } from "../support/script.ts";
import { useNova } from "../journeys/stage.ts";

const start = useNova();
const fourteen = says("There are brushes.", { items: [] });

test("`why` names agent, stage and candidates of the last answer", async () => {
  const door = terminalDoor();
  await start({ doors: [door], model: script(fourteen) });
  await door.verb("why");
  await sees(door, /Nothing has been answered in this thread yet/u);
  await door.says("how many brushes are in stock?");
  await sees(door, /There are brushes/u);
  await door.verb("why");
  await sees(door, /erp\/stock\W* answered[^]*Route: classifier[^]*Candidates: erp\/stock/u);
});

test("`run` with a pipeline that does not exist names the nearest and starts nothing", async () => {
  const door = terminalDoor();
  const nova = await start({ doors: [door], model: script() });
  await door.verb("run", "weekly-reveiw");
  await sees(door, /No agent is called "pipeline\/weekly-reveiw"[^]*pipeline\/weekly-review/u);
  await nova.idle();
  expect(await nova.journal().runs({ open: false, limit: 5 })).toEqual([]);
});

test("`ask` with nothing to ask gets help, and a typed name stands for its button", async () => {
  const door = terminalDoor();
  const model = script(fourteen);
  await start({ doors: [door], model });
  await door.verb("ask");
  await sees(door, /Write what you need in your own words/u);
  await door.says("the brushes please");
  await sees(door, /Which of these should take it/u);
  await door.says("stock");
  await sees(door, /There are brushes/u);
  expect(model.requests[0]?.messages.at(-1)).toEqual({ role: "user", text: "the brushes please" });
});
