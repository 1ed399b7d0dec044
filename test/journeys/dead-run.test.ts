// A run that died in the engine while the journal still calls it open: it is closed and said, at run time and at boot.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Journal } from "../../src/ports.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const gaveUp = /client-onboarding\W* stopped: its engine gave it up without an outcome\. What was approved/u;

/** Refuses the end of a run as often as it is told, like a disk that is full. */
function refusingEnds(times: number): (journal: Journal) => Journal {
  let left = times;
  return (journal) => ({
    ...journal,
    advance: async (id, change) => {
      const isEnd = change.state === "done" || change.state === "failed";
      if (isEnd && left > 0) {
        left -= 1;
        throw new Error("database or disk is full");
      }
      return journal.advance(id, change);
    },
  });
}

test("one whose end the journal refused is closed by whoever waits for it, and said once", async () => {
  const door = webDoor();
  const nova = await start({ doors: [door], wrapJournal: refusingEnds(2) });
  await door.verb("run", "client-onboarding client=Tidehouse");
  await sees(door, /Waiting for Kit/u);
  await door.press("Approve");
  await sees(door, /✓ welcome note/u);
  await nova.idle();
  const posts = await sees(door, gaveUp);
  expect(posts.filter((post) => gaveUp.test(post))).toHaveLength(1);
  const [run] = await nova.journal().runs({ open: false, limit: 1 });
  expect(run?.state).toBe("failed");
  expect((await nova.journal().failures(5)).map(({ kind }) => kind)).toContain("run.failed");
});

test.each([
  ["cancelled", "UPDATE workflow_runs SET status = 'canceled'", "its engine gave it up without an outcome"],
  ["lost", "DELETE FROM step_attempts; DELETE FROM workflow_runs", "its engine lost it"],
])("one that was %s in the engine's file while Nova was down is closed at boot", async (_how, sql, why) => {
  const door = await discordDoor();
  const nova = await start({ doors: [door] });
  await door.verb("run", "client-onboarding client=Tidehouse");
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  const engine = new DatabaseSync(join(nova.folder, "runs.db"));
  engine.exec(sql);
  engine.close();
  await nova.restart();
  await nova.idle();
  const posts = await sees(door, new RegExp(`stopped: ${why}`, "u"));
  expect(posts.join("\n")).toMatch(/nothing else was done/u);
  await sees(door, /Withdrawn; nothing was done/u);
  expect(door.complaints()).toEqual([]);
});

test("one that a person stopped right before a crash does nothing more", async () => {
  const door = webDoor();
  let isCrashing = false;
  const nova = await start({
    doors: [door],
    wrapJournal: (journal) => ({
      ...journal,
      settle: async (id, move) => {
        // The run is stopped in the journal already; its engine and its card were not told.
        if (isCrashing) throw new Error("the process is gone");
        return journal.settle(id, move);
      },
    }),
  });
  await door.verb("run", "client-onboarding client=Tidehouse");
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  const [open] = await nova.journal().runs({ open: true, limit: 1 });
  isCrashing = true;
  await door.verb("stop", open?.id ?? "");
  await nova.idle();
  isCrashing = false;
  await nova.restart();
  // Its wait is over, so the engine takes it up again, and is done with it at once.
  const engine = new DatabaseSync(join(nova.folder, "runs.db"), { timeout: 5_000 });
  engine.exec("UPDATE workflow_runs SET available_at = created_at");
  const standing = engine.prepare("SELECT status FROM workflow_runs");
  await holds(() => expect(standing.all()).toEqual([{ status: "completed" }]));
  engine.close();
  await door.press("Approve");
  await sees(door, /Its pipeline run is over\. Nothing was done/u);
  await nova.idle();
  const [run] = await nova.journal().runs({ open: false, limit: 1 });
  expect([run?.state, run?.steps.some(({ name }) => name === "welcome note")]).toEqual(["stopped", false]);
});
