// Nothing vanishes: whatever goes wrong ends as a message in the thread, with what can be done next, and in `failures`.
import { describe, expect, test } from "vitest";
import { NovaFailure } from "../../src/failures.ts";
import type { Erp, Journal } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { Door } from "../support/doors/door.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { breaks, hangs, says, script, writes } from "../support/script.ts";
import { everyDoor, oneThread, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const question = "how many brushes are in stock?";
const fourteen = says("There are brushes.", { items: [] });
const down = breaks(new NovaFailure("model.down", "connect ECONNREFUSED 10.0.0.7:443"));

describe.each(everyDoor)("on %s", (_name, open) => {
  test("a model that is down is said in the thread, and Retry asks it again", async () => {
    const door = await open();
    const nova = await start({ doors: [door], model: script(down, fourteen) });
    await door.says(question);
    const posts = await sees(door, /can't be reached right now. Your message is kept/u);
    expect(posts.join("\n")).not.toMatch(/ECONNREFUSED|10\.0\.0\.7| at .*\.ts/u);
    await door.hold("Drop");
    await door.press("Retry");
    await sees(door, /There are brushes/u);
    await nova.idle();
    expect(door.complaints()).toEqual([]);
  });

  test("a retry that fails too can be tried again", async () => {
    const door = await open();
    const model = script(down, down, down, fourteen);
    const nova = await start({ doors: [door], model });
    await door.says(question);
    await sees(door, /Your message is kept/u);
    for (let press = 1; press <= 2; press += 1) {
      await nova.idle();
      await door.press("Retry");
      await holds(() => expect(model.requests).toHaveLength(press + 1));
    }
    await nova.idle();
    await door.verb("retry");
    await sees(door, /There are brushes/u);
  });

  test("`failures` lists what failed, and Drop ends it", async () => {
    const door = await open();
    const model = script(down);
    const nova = await start({ doors: [door], model });
    await door.says(question);
    await sees(door, /Your message is kept/u);
    await door.verb("failures");
    await sees(door, /model\.down, today: The language model can't be reached/u);
    await door.press("Drop");
    await sees(door, /Dropped\./u);
    await nova.idle();
    expect(model.requests).toHaveLength(1);
  });

  test("a broken contract is repaired once", async () => {
    const door = await open();
    const model = script(writes("About fourteen, I would say."), fourteen);
    await start({ doors: [door], model });
    await door.says(question);
    const posts = await sees(door, /There are brushes/u);
    expect(posts.join("\n")).not.toMatch(/About fourteen/u);
    expect(JSON.stringify(model.requests[1]?.messages.at(-1))).toMatch(/Your reply was refused/u);
  });

  test("a contract broken twice is a failure, not a plausible sentence", async () => {
    const door = await open();
    const model = script(writes("About fourteen."), writes("Enough of them or so."));
    await start({ doors: [door], model });
    await door.says(question);
    const posts = await sees(door, /broke its contract twice/u);
    expect(posts.join("\n")).not.toMatch(/About fourteen|Enough of them or so/u);
  });

  test("a tool that throws ends as a failure with what can be done", async () => {
    const door = await open();
    const wrapErp = (erp: Erp): Erp => ({
      ...erp,
      query: async () => {
        throw new Error("disk image is malformed at /srv/erp.db");
      },
    });
    await start({ doors: [door], wrapErp });
    await door.says(question);
    const posts = await sees(door, /Looking that up failed/u);
    expect(posts.join("\n")).not.toMatch(/malformed/u);
    await door.hold("Retry");
  });

  test("a model that stays silent is late at its deadline", async () => {
    const door = await open();
    const clock = createTestClock(Date.now());
    const model = script(hangs, fourteen);
    await start({ doors: [door], model, clock });
    await door.says(question);
    await holds(() => expect(model.requests).toHaveLength(1));
    clock.advance(60_000);
    await sees(door, /took too long to answer/u);
    await door.press("Retry");
    await sees(door, /There are brushes/u);
  });
});

describe.each(oneThread)("in one thread on %s", (_name, open) => {
  test("the verb retry runs the last failure again", async () => {
    const door = await open();
    const model = script(down, fourteen);
    await start({ doors: [door], model });
    await door.says(question);
    await sees(door, /Your message is kept/u);
    await door.verb("retry");
    await sees(door, /There are brushes/u);
    await door.verb("failures");
    await sees(door, /model\.down, today/u);
  });

  test("two messages are answered in their order, however slow the first is", async () => {
    const door = await open();
    const gate = Promise.withResolvers<void>();
    const slow: typeof fourteen = async (request, signal) => {
      await gate.promise;
      return says("First answer.", { items: [] })(request, signal);
    };
    const model = script(slow, says("Second answer.", { items: [] }));
    const nova = await start({ doors: [door], model });
    await door.says(question);
    await holds(() => expect(model.requests).toHaveLength(1));
    await door.says("how many nozzles are in stock?");
    await holds(async () => expect((await nova.journal().figures()).open).toBe(2));
    expect(model.requests).toHaveLength(1);
    gate.resolve();
    const posts = (await sees(door, /Second answer/u)).join("\n");
    expect(posts.indexOf("First answer")).toBeLessThan(posts.indexOf("Second answer"));
    expect(posts).toMatch(/First answer/u);
  });
});

describe.each([
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
  ["discord", async () => discordDoor()],
  ["slack", async () => slackDoor()],
] as const)("a message that brings Nova down on %s", (_name, open) => {
  test("is set aside at the fifth attempt, with a notice", async () => {
    const door: Door = await open();
    const answers = Array.from({ length: 4 }, () => fourteen);
    const model = script(...answers);
    const wrapJournal = (journal: Journal): Journal => ({
      ...journal,
      finish: async () => {
        throw new Error("power cut");
      },
    });
    const nova = await start({ doors: [door], model, wrapJournal });
    await door.says(question);
    for (let boot = 1; boot <= 4; boot += 1) {
      await holds(() => expect(model.requests).toHaveLength(boot));
      if (boot < 4) await nova.restart();
    }
    await nova.restart({ wrapJournal: (journal) => journal });
    await sees(door, /brought me down several times, so I set it aside/u);
    await nova.idle();
    expect(model.requests).toHaveLength(4);
  });
});

describe("a delivery that fails", () => {
  test("for good is buried and listed, never tried for ever", async () => {
    const door = await slackDoor();
    const nova = await start({ doors: [door], model: script(fourteen) });
    door.fake.faults.add({
      match: "chat.postMessage",
      times: 1,
      when: "before",
      how: { error: "is_archived" },
    });
    await door.says(question);
    await holds(async () => expect((await nova.journal().figures()).dead).toBe(1));
    await nova.idle();
    expect(door.fake.store.posted("C1")).toEqual([]);
    await door.verb("failures");
    await sees(door, /delivery\.failed, today: An answer could not be delivered here/u);
  });

  test("after Slack stored it is found again: exactly one visible reply", async () => {
    const door = await slackDoor();
    const clock = createTestClock(Date.now());
    const nova = await start({ doors: [door], clock, model: script(fourteen) });
    door.fake.faults.add({ match: "chat.postMessage", times: 1, when: "after", how: { status: 503 } });
    await door.says(question);
    await holds(async () => {
      clock.advance(5_000);
      const { open, done, outboxDue } = await nova.journal().figures();
      expect({ open, done, outboxDue }).toEqual({ open: 0, done: 1, outboxDue: 0 });
    });
    await nova.idle();
    expect(door.fake.store.posted("C1")).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("after Discord stored it is sent with the same nonce: exactly one visible reply", async () => {
    const door = await discordDoor();
    const nova = await start({ doors: [door], model: script(fourteen) });
    door.fake.faults.add({ match: "POST /channels/2001/messages", when: "after", how: { status: 502 } });
    await door.says(question);
    await sees(door, /There are brushes/u);
    await holds(async () => expect((await nova.journal().figures()).outboxDue).toBe(0));
    await nova.idle();
    expect(await door.seen()).toHaveLength(1);
  });
});
