// A run that broke off after its proposal was stored finds that proposal again, whatever the ERP says by then: a second look
// that is refused must not end the run while a card of its goes on asking.
import { expect, test } from "vitest";
import type { Journal } from "../../src/ports.ts";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();

test("A12: a step that broke off right behind its proposal waits for that proposal's decision", async () => {
  const door = webDoor();
  let isStored = false;
  const wrapJournal = (journal: Journal): Journal => ({
    ...journal,
    propose: async (proposal, card) => {
      await journal.propose(proposal, card);
      if (isStored) return;
      isStored = true;
      throw new Error("the process broke here");
    },
  });
  const nova = await start({
    doors: [door],
    wrapJournal,
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      prepare: async (command) =>
        isStored && command.op === "party.create"
          ? { kind: "refused", why: "The accountant has locked the customers." }
          : erp.prepare(command),
    }),
  });
  await door.verb("run", "client-onboarding client=Tidehouse city=Kiel contact=Anke");
  await sees(door, /waits for Kit/u);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["pending"]);
});
