// A wish to stop is kept like everything else: a process that dies before it was heard hears it again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { systemClock, systemEntropy } from "../../src/clock.ts";
import type { Message, Turn } from "../../src/message.ts";
import { isStopWord } from "../../src/turns/stop-words.ts";
import { createStops, Stopped } from "../../src/turns/stops.ts";
import { createTestClock } from "../support/clock.ts";
import { messageOf, who } from "../support/journal-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "nova-stops-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kit = { name: "Kit", class: "owner", accounts: [] } as const;
const directory = { personOf: () => kit };
const stop: Message = messageOf("m2", { body: { kind: "text", text: "Stop." } });

test("a turn that is worked on again is stopped by the wish that waits behind it", async () => {
  const clock = createTestClock();
  const first = createSqliteJournal({ folder, clock, entropy: systemEntropy });
  await first.keep(messageOf("m1"), who);
  expect(await first.keep(stop, who)).toEqual({ kind: "queued" });
  await first.close();

  const journal = createSqliteJournal({ folder, clock, entropy: systemEntropy });
  const { turns } = await journal.recover();
  const turn: Turn = asTurn(turns[0]);
  const stops = createStops({ directory, journal, clock: systemClock });
  stops.begin(turn);
  const work = stops.over(async (given: Turn) => {
    await stops.hearAgain(given);
    return new Promise<string>(() => undefined);
  });
  await expect(work(turn)).rejects.toThrow(Stopped);
  expect(() => stops.seal(turn)).toThrow("stopped by Kit");
  expect(stops.verdictOn(stop)).toEqual({ kind: "stopped", asker: "Kit" });
  await journal.close();
});

function asTurn(
  kept: Awaited<ReturnType<ReturnType<typeof createSqliteJournal>["recover"]>>["turns"][number] | undefined,
) {
  if (kept === undefined) throw new Error("nothing was left to do");
  return { ...kept, person: kit, project: null };
}

test("what carries out an approved change is never cut short", async () => {
  const stops = createStops({
    directory,
    clock: systemClock,
    journal: { queued: async () => [] },
  });
  const turn: Turn = {
    id: "m1",
    message: messageOf("m1"),
    attempt: 1,
    person: kit,
    project: null,
    thread: { lastAgent: null, lastText: null, waiting: null },
    button: null,
  };
  stops.begin(turn);
  const done = Promise.withResolvers<string>();
  const work = stops.over(async () => done.promise);
  const working = work({ ...turn, assignment: { kind: "decision" } });
  stops.heard(stop);
  expect(stops.verdictOn(stop)).toEqual({ kind: "late" });
  done.resolve("done");
  expect(await working).toBe("done");
  stops.end(turn);
  expect(stops.verdictOn({ ...stop, id: "m3" })).toEqual({ kind: "nothing" });
});

test.each([
  ["stop", true],
  ["Stop!", true],
  ["/nova stop", true],
  ["nova, stop", true],
  ["stop the invoice run", false],
  ["don't stop", false],
])("%s", (text, isIt) => expect(isStopWord(text)).toBe(isIt));
