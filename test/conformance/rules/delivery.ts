// Rules of delivery: nothing that was said is lost, nothing that is answered is shown twice, whatever the platform or
// the wire to it does meanwhile.
import { expect } from "vitest";
import { createHandClock } from "../../support/hand-clock.ts";
import type { HandClock } from "../../support/hand-clock.ts";
import { says, script } from "../../support/script.ts";
import { createWriter } from "../../support/writer.ts";
import type { Journal } from "../../../src/ports.ts";
import type { Rule, Stage } from "../rule.ts";
import type { Harm } from "../surface.ts";

// An ERP specialist may give no number that it has not read; whoever only talks may count.
const question = "chat/general: are you there?";
const answer = /Answer (\d+)\./u;
const answers = (count: number) =>
  script(...Array.from({ length: count }, (_, n) => says(`Answer ${n + 1}.`, { sources: [] })));

/** What the answers say, in the order in which they stand. */
const numbersOf = async ({ surface }: Stage): Promise<readonly number[]> =>
  (await surface.said()).flatMap(({ words }) =>
    [...words.matchAll(/Answer (\d+)\./gu)].map(([, n]) => Number(n)),
  );
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

/** Sixty messages over six threads, with something happening to the connection at each twentieth. */
const middle = (sentence: string, happens: (stage: Stage) => void): Rule => ({
  says: sentence,
  needs: ["connection"],
  holds: async (stage) => {
    const nova = await stage.start({ model: answers(60) });
    for (let n = 0; n < 60; n += 1) {
      if (n % 20 === 10) happens(stage);
      await stage.surface.saysIn(`topic ${n % 6}`, question);
      // Some of them meet the connection as it goes, some as it comes back.
      if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await stage.until("sixty answers", async () => (await numbersOf(stage)).length >= 60);
    await nova.idle();
    expect((await numbersOf(stage)).toSorted((a, b) => a - b)).toEqual(upTo(60));
    expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 60, outboxDue: 0, dead: 0 });
    stage.keepsRules();
  },
});

const harms: readonly Harm[] = ["5xx", "reset", "truncated", "html"];
const lost = (when: "before" | "after"): readonly Rule[] =>
  harms.map((harm) => ({
    says:
      when === "after"
        ? `an answer that arrived, but whose confirmation was lost (${harm}), is there once`
        : `an answer that was lost on its way (${harm}) is there once`,
    needs: ["wire"],
    holds: async (stage) => {
      const nova = await stage.start({ model: answers(2) });
      stage.surface.harm(harm, when, 1);
      await stage.surface.saysIn("one", question);
      await stage.surface.saysIn("one", question);
      await stage.until("both answers", async () => (await numbersOf(stage)).length >= 2);
      await stage.until("the confirmation", async () => (await nova.journal().figures()).outboxDue === 0);
      await nova.idle();
      expect(await numbersOf(stage)).toEqual([1, 2]);
      expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 2, dead: 0 });
      stage.keepsRules();
    },
  }));

/** Nova's time goes on, with a moment of real time for what it sets off. */
async function passes(clock: HandClock, steps: readonly number[]): Promise<void> {
  for (const ms of steps) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    clock.advance(ms);
  }
}

const unread = (when: "before" | "after"): Rule => ({
  says: `an answer that went wrong ${when} it arrived, while nothing can be looked up, is there once when that is over`,
  needs: ["wire"],
  holds: async (stage) => {
    const clock = createHandClock(Date.now());
    const nova = await stage.start({ model: answers(1), clock });
    stage.surface.harm("truncated", when, 1);
    const isOver = stage.surface.harmReads();
    await stage.surface.saysIn("one", question);
    await stage.until("the answer", async () => (await nova.journal().figures()).done === 1);
    await passes(clock, [0, 0, 0, 130_000, ...Array.from({ length: 12 }, () => 10_000)]);
    expect(await nova.journal().figures()).toMatchObject({ outboxDue: 1, dead: 0 });
    isOver();
    await stage.until("the end of it", async () => {
      clock.advance(200);
      return (await nova.journal().figures()).outboxDue === 0;
    });
    await nova.idle();
    expect(await numbersOf(stage)).toEqual([1]);
    expect(await nova.journal().failures(9)).toEqual([]);
    stage.keepsRules();
  },
});

/** The journal takes nothing for the first `times` messages. */
const busy =
  (times: number) =>
  (journal: Journal): Journal => {
    let left = times;
    return {
      ...journal,
      keep: async (...given) => {
        left -= 1;
        if (left >= 0) throw new Error("database is locked");
        return journal.keep(...given);
      },
    };
  };

export const deliveryRules: readonly Rule[] = [
  middle("a refresh in the middle of 60 messages loses none", ({ surface }) => surface.refresh()),
  middle("a connection cut in the middle of 60 messages loses none", ({ surface }) => surface.cut()),
  middle("a session that can't be resumed in the middle of 60 messages loses none", ({ surface }) => {
    surface.forget();
    surface.cut();
  }),
  ...lost("after"),
  ...lost("before"),
  unread("before"),
  unread("after"),
  {
    says: "an answer that meets a limit waits for it: none lost, the order kept, no exhausted limit called again",
    needs: ["limits"],
    way: { limits: "tight" },
    holds: async (stage) => {
      const nova = await stage.start({ model: answers(20) });
      for (let n = 0; n < 20; n += 1) await stage.surface.saysIn("one", question);
      await stage.until("twenty answers", async () => (await numbersOf(stage)).length >= 20);
      await nova.idle();
      expect(await numbersOf(stage)).toEqual(upTo(20));
      stage.keepsRules();
    },
  },
  {
    says: "an answer that is told to wait (429) is there once, and the next one behind it",
    needs: ["wire"],
    holds: async (stage) => {
      const nova = await stage.start({ model: answers(2) });
      stage.surface.harm("429", "before", 1);
      await stage.surface.saysIn("one", question);
      await stage.surface.saysIn("one", question);
      await stage.until("both answers", async () => (await numbersOf(stage)).length >= 2);
      await nova.idle();
      expect(await numbersOf(stage)).toEqual([1, 2]);
      stage.keepsRules();
    },
  },
  {
    says: "a limit without a time to wait (429) makes no storm of calls",
    needs: ["wire"],
    holds: async (stage) => {
      const clock = createHandClock(Date.now());
      const nova = await stage.start({ model: answers(1), clock });
      const before = stage.surface.calls();
      stage.surface.harm("429 without a time", "before", 1_000);
      await stage.surface.says(question);
      await stage.until("the answer to wait", async () => (await nova.journal().figures()).done === 1);
      // Five minutes: about one try a minute, and the signs of life beside it.
      await passes(
        clock,
        Array.from({ length: 10 }, () => 30_000),
      );
      expect(stage.surface.calls() - before).toBeLessThan(20);
      expect(await nova.journal().figures()).toMatchObject({ outboxDue: 1, dead: 0 });
    },
  },
  {
    says: "an answer that is refused for good is said to who asked and listed in `failures`, never tried for ever",
    needs: ["wire"],
    holds: async (stage) => {
      const nova = await stage.start({ model: answers(1) });
      stage.surface.refuseForGood();
      await stage.surface.says(question);
      await stage.until("the end of it", async () => (await nova.journal().figures()).dead === 1);
      await stage.until("the notice", async () =>
        (await stage.surface.seen()).some((post) => /An answer may not have reached you/u.test(post)),
      );
      await nova.idle();
      const [failure] = await nova.journal().failures(1);
      expect(failure?.kind).toBe("delivery.failed");
      // Only the notice has its words, as a quotation.
      expect(await stage.surface.tally(answer)).toBe(1);
    },
  },
  {
    says: "nothing is acknowledged before it is kept",
    needs: ["acknowledgement"],
    holds: async ({ surface, start, until }) => {
      const gate = Promise.withResolvers<void>();
      let asked = 0;
      const slow = (journal: Journal): Journal => ({
        ...journal,
        keep: async (...given) => {
          asked += 1;
          await gate.promise;
          return journal.keep(...given);
        },
      });
      const nova = await start({ model: answers(1), wrapJournal: slow });
      const before = surface.acknowledged();
      const command = surface.verb("help");
      await until("the command to be kept", () => asked === 1);
      // What is said later gets as far as that too: an acknowledgement that did not wait would long be there.
      await surface.saysIn("later", question);
      await until("what was said later to be kept", () => asked >= 2);
      expect(surface.acknowledged() - before).toBe(0);
      gate.resolve();
      await until("the acknowledgement", () => surface.acknowledged() - before >= 1);
      await command;
      await nova.idle();
    },
  },
  {
    says: "a message that can't be kept is delivered again, or whoever wrote it is told: never lost in silence",
    holds: async (stage) => {
      const nova = await stage.start({ model: answers(1), wrapJournal: busy(1) });
      // A page answers with the refusal itself.
      const refusal = await stage.surface.says(question).then(
        () => null,
        (thrown: unknown) => String(thrown),
      );
      if (refusal !== null)
        expect(refusal).toMatch(/could not be (?:kept|written)|Send it again|try again/iu);
      else {
        const isTold = /could not be (?:kept|written)|can't keep|send it again/iu;
        await stage.until(
          "an answer or a word on it",
          async () => (await numbersOf(stage)).length === 1 || (await stage.surface.tally(isTold)) > 0,
        );
      }
      await nova.idle();
      expect((await nova.journal().figures()).open).toBe(0);
    },
  },
  {
    says: "what was said while no connection came about is answered once it does",
    needs: ["connection", "history"],
    holds: async (stage) => {
      const { surface } = stage;
      const nova = await stage.start({ model: answers(6) });
      await surface.saysIn("one", question);
      await stage.until("an answer", async () => (await numbersOf(stage)).length === 1);
      const accept = surface.refuseConnections();
      surface.forget();
      surface.cut();
      for (let n = 0; n < 5; n += 1) await surface.saysIn("one", question);
      accept();
      await stage.until("the other answers", async () => (await numbersOf(stage)).length >= 6);
      await nova.idle();
      expect(await numbersOf(stage)).toEqual(upTo(6));
      stage.keepsRules();
    },
  },
  {
    says: "health tells the truth: gone while no connection comes about, ready when it is back",
    needs: ["connection"],
    holds: async (stage) => {
      const { surface } = stage;
      await stage.start({ model: script() });
      await stage.until("a connection", () => surface.adapter().health().state === "ready");
      const accept = surface.refuseConnections();
      surface.cut();
      await stage.until("its loss", () => surface.adapter().health().state !== "ready");
      accept();
      await stage.until("its return", () => surface.adapter().health().state === "ready");
    },
  },
  {
    says: "a revoked token is fatal, said, and makes no storm of calls",
    needs: ["wire"],
    holds: async (stage) => {
      const { surface } = stage;
      await stage.start({ model: answers(1) });
      const before = surface.calls();
      await surface.says(question);
      surface.revoke();
      await surface.says(question);
      await stage.until("the end", () => surface.adapter().health().state === "fatal");
      expect(surface.adapter().health().detail).not.toBe("");
      expect(surface.calls() - before).toBeLessThan(15);
    },
  },
  {
    says: "what is due when the token is revoked is given up never, and there after a start with a good one",
    needs: ["wire"],
    holds: async (stage) => {
      const { surface } = stage;
      const [model, clock] = [createWriter(), createHandClock(Date.now())];
      const nova = await stage.start({ model, clock });
      await surface.saysIn("one", question);
      const asked = await model.asked(1);
      const makeGood = surface.revoke();
      asked.answers("Answer 1.", { sources: [] });
      await stage.until("the end", () => surface.adapter().health().state === "fatal");
      await stage.until("the answer", async () => (await nova.journal().figures()).done === 1);
      await passes(clock, [0, 60_000, 60_000]);
      expect(await nova.journal().figures()).toMatchObject({ outboxDue: 1, dead: 0 });
      makeGood();
      await nova.restart();
      await stage.until("the answer for all to see", async () => {
        clock.advance(200);
        return (await numbersOf(stage)).length === 1;
      });
      await nova.idle();
      expect(await nova.journal().figures()).toMatchObject({ outboxDue: 0, dead: 0 });
      expect(await nova.journal().failures(9)).toEqual([]);
      // One call may be on its way while another one learns of it.
      stage.keepsRules("call-after-401");
    },
  },
];
