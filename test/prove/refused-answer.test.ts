// An answer that the journal does not take must not end in silence, nor hold up its thread.
import { afterEach, expect, test } from "vitest";
import type { Journal } from "../../src/ports.ts";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

let nova: NovaUnderTest | null = null;
afterEach(async () => {
  await nova?.close();
  nova = null;
});

/** Refuses the first answer, as a journal does that can't store what is in them. */
function refusing(journal: Journal): Journal {
  let hasRefused = false;
  return {
    ...journal,
    finish: async (finish) => {
      if (hasRefused) return journal.finish(finish);
      hasRefused = true;
      throw new Error("constraint failed");
    },
  };
}

test("an answer that can't be stored becomes a failure that is seen, and the thread goes on", async () => {
  const door = webDoor();
  nova = await startNova({ doors: [door], wrapJournal: refusing });
  await door.says("how many drive belts are in stock?");
  await sees(door, /⚠ Something went wrong on my side/u);
  expect((await door.seen()).join("\n")).not.toContain("constraint failed");
  await door.says("is invoice INV-2026-0002 paid?");
  await sees(door, /INV-2026-0002[^]*530\.51 USD/u);
});
