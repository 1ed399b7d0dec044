// What a run waits for may be outdated when it is approved: it is asked again as it would be now, with what differs, and
// the run goes on waiting. Not for ever.
import { describe, expect, test } from "vitest";
import type { Erp, Journal } from "../../src/ports.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, methodsOf, useNova, watchErp } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const launch = "client-onboarding client=Tidehouse city=Kiel contact=Anke";
const inPlace = everyDoor.filter(([name]) => name !== "terminal" && name !== "slack (http)");
const statesOf = async (nova: NovaUnderTest): Promise<readonly string[]> =>
  (await nova.journal().proposals({})).map(({ state }) => state);

/** A line that the ERP foresees at first and no more once it was dropped; or another one each time. */
function foreseeing(how: "once" | "always"): {
  readonly wrapErp: (erp: Erp) => Erp;
  readonly change: () => void;
} {
  let changes = 0;
  return {
    change: () => {
      changes += 1;
    },
    wrapErp: (erp) => ({
      ...methodsOf(erp),
      prepare: async (command) => {
        const result = await erp.prepare(command);
        const isTrue = how === "once" && changes > 0;
        if (isTrue || result.kind === "refused" || command.op !== "party.create") return result;
        const after = `${500 + changes} USD`;
        const more = { record: "Tidehouse", label: "usual credit", before: null, after };
        return { ...result, prepared: { ...result.prepared, changes: [...result.prepared.changes, more] } };
      },
    }),
  };
}

/** Waits for a card that is not this one: the next in the chain. */
async function asksAgain(nova: NovaUnderTest, door: Door, times: number): Promise<void> {
  await holds(async () =>
    expect(await statesOf(nova)).toEqual([...Array.from({ length: times }, () => "stale"), "pending"]),
  );
  const [before] = (await nova.journal().proposals({})).slice(times - 1);
  await sees(door, new RegExp(`asked again in place of ${before?.id ?? "?"}`, "u"));
  await nova.idle();
}

describe.each(inPlace)("on %s", (_name, open) => {
  test("A11: a run's outdated proposal is asked again with what differs, and the run waits for that", async () => {
    const door = await open();
    const erp = watchErp();
    const { wrapErp, change } = foreseeing("once");
    const nova = await start({ doors: [door], wrapErp: (real) => wrapErp(erp.wrapErp(real)) });
    await door.verb("run", launch);
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    change();
    await door.press("Approve");
    await asksAgain(nova, door, 1);
    await sees(door, /≠ Tidehouse usual credit: before 500 USD, now nothing/u);
    await sees(
      door,
      /client-onboarding\W* · waiting[^]*waits for Kit: what p-[0-9a-f]+ asked for is outdated/u,
    );
    expect(erp.executed).toEqual([]);
    const [old, next] = await nova.journal().proposals({});
    expect([next?.run, next?.link?.replaces?.proposal]).toEqual([old?.run, old?.id]);
    await door.press("Approve");
    await sees(door, /The customer record for Tidehouse is in the ERP/u);
    await sees(door, /· done[^]*✓ welcome note/u);
    await nova.idle();
    expect(await statesOf(nova)).toEqual(["stale", "applied"]);
    expect(erp.executed).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });
});

test("A11: a record that changes every time ends the step after three more questions, and that is said", async () => {
  const door = webDoor();
  const erp = watchErp();
  const { wrapErp, change } = foreseeing("always");
  const nova = await start({ doors: [door], wrapErp: (real) => wrapErp(erp.wrapErp(real)) });
  await door.verb("run", launch);
  await sees(door, /Waiting for Kit/u);
  for (let times = 1; times <= 3; times += 1) {
    change();
    await door.press("Approve");
    await asksAgain(nova, door, times);
  }
  await sees(door, /≠ Tidehouse usual credit: before 502 USD, now 503 USD/u);
  change();
  await door.press("Approve");
  await sees(door, /nothing was done: [^]*asked again 3 times already, so I stopped asking/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "stale", "stale", "stale"]);
  expect(erp.executed).toEqual([]);
});

test("A12: what asks again is asked once, though the run breaks right behind the commit that asks", async () => {
  const door = webDoor();
  let broke = 0;
  const breaking = (journal: Journal): Journal => ({
    ...journal,
    advance: async (id, change) => {
      if (change.step?.detail.includes("asked again") === true && broke === 0) {
        broke += 1;
        throw new Error("the process is gone");
      }
      return journal.advance(id, change);
    },
  });
  const { wrapErp, change } = foreseeing("once");
  const nova = await start({ doors: [door], wrapErp, wrapJournal: breaking });
  await door.verb("run", launch);
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  change();
  await door.press("Approve");
  await asksAgain(nova, door, 1);
  expect(broke).toBe(1);
  await nova.restart();
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "pending"]);
  await door.press("Approve");
  await sees(door, /The customer record for Tidehouse is in the ERP/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "applied"]);
});

test("A30: a run's card that was asked under other rules is asked again under these, and the run goes on", async () => {
  const door = webDoor();
  const nova = await start({ doors: [door] });
  await door.verb("run", launch);
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  await nova.restart({ config: { approvals: { highAmount: 900 } } });
  await holds(async () => expect(await statesOf(nova)).toEqual(["superseded", "pending"]));
  await sees(door, /the rules for approvals have changed since it was asked/u);
  await nova.idle();
  await door.press("Approve");
  await sees(door, /The customer record for Tidehouse is in the ERP/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["superseded", "applied"]);
});

test("Stop withdraws what was asked in the place of something outdated", async () => {
  const door = webDoor();
  const { wrapErp, change } = foreseeing("once");
  const nova = await start({ doors: [door], wrapErp });
  await door.verb("run", launch);
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  change();
  await door.press("Approve");
  await asksAgain(nova, door, 1);
  await door.press("Stop");
  await sees(door, /Stopped pipeline\/client-onboarding/u);
  await nova.idle();
  expect(await statesOf(nova)).toEqual(["stale", "cancelled"]);
});
