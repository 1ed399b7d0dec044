// R8: a clarification button runs the stored words once, for who wrote them, and what was chosen can be taught, after a review.
import { expect, test } from "vitest";
import { candidatesIn, keepReviewed, loadReviewed } from "../../src/training/examples.ts";
import { sees } from "../support/doors/door.ts";
import { says, script } from "../support/script.ts";
import { sharedDoors, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const unclear = "the brushes please";

test.each(sharedDoors)(
  "R8: on %s the choice is its writer's, works once, and is kept for a review",
  async (_name, open) => {
    const { door, whispered } = await open();
    const model = script(says("There are brushes.", { items: [] }));
    const nova = await start({ doors: [door], model });
    await door.says(unclear, "kit");
    await sees(door, /Which of these should take it/u);
    const press = await door.hold("erp/stock");
    await press("maya");
    await holds(() => expect(whispered("maya").join()).toMatch(/Only the person who asked can press this/u));
    expect(await nova.journal().choices(10)).toEqual([]);
    await press("kit");
    await sees(door, /There are brushes/u);
    await press("kit");
    await holds(() => expect(whispered("kit").join()).toMatch(/This was already pressed/u));
    await nova.idle();
    expect(model.requests.map(({ messages }) => messages.at(-1))).toEqual([{ role: "user", text: unclear }]);
    const [candidate, ...rest] = candidatesIn(await nova.journal().choices(10), loadReviewed(nova.folder));
    expect(rest).toEqual([]);
    expect(candidate).toMatchObject({ text: unclear, agent: "erp/stock", person: "Kit" });
    expect(candidate?.offered).toContain("erp/stock");
    // Nothing was written for it: what trains is only what a person puts there.
    expect(loadReviewed(nova.folder)).toEqual([]);
    keepReviewed(nova.folder, [
      { id: candidate?.id ?? "", text: unclear, agent: "erp/stock", verdict: "accepted" },
    ]);
    expect(candidatesIn(await nova.journal().choices(10), loadReviewed(nova.folder))).toEqual([]);
  },
);
