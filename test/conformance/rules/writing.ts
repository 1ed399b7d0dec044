// Rules of answers that are read while they are written: they never stand before, or in, the place of an earlier one.
import { expect } from "vitest";
import { createHandClock } from "../../support/hand-clock.ts";
import type { HandClock } from "../../support/hand-clock.ts";
import { createWriter } from "../../support/writer.ts";
import type { Rule, Stage } from "../rule.ts";
import type { Harm } from "../surface.ts";

const question = "chat/general: are you there?";

/** Nova's time passes in steps, with a moment of real time for what each of them sets off. */
async function passes(clock: HandClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(500);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

const numbersOf = async ({ surface }: Stage): Promise<readonly string[]> =>
  (await surface.said()).flatMap(({ words }) =>
    [...words.matchAll(/Answer (\d)\./gu)].map(([, n = ""]) => n),
  );

/** The first answer goes wrong on its way, and the next one takes long enough to be shown as it grows. */
const lostMeanwhile = (harm: Harm, times: number): Rule => ({
  says: `an answer lost on its way (${harm}) while the next one is being written comes before it, whole`,
  needs: ["wire"],
  holds: async (stage) => {
    const { surface } = stage;
    const [model, clock] = [createWriter(), createHandClock(Date.now())];
    const nova = await stage.start({ model, clock });
    await surface.saysIn("one", question);
    const first = await model.asked(1);
    await surface.saysIn("one", question);
    await stage.until("both questions", async () => (await nova.journal().figures()).open === 2);
    surface.harm(harm, "before", times);
    first.answers("Answer 1.", { sources: [] });
    const second = await model.asked(2);
    second.writes("This is being written");
    await passes(clock, 4_000);
    second.answers("Answer 2.", { sources: [] });
    await stage.until("both answers", async () => {
      clock.advance(50);
      return (await nova.journal().figures()).outboxDue === 0 && (await numbersOf(stage)).length === 2;
    });
    await nova.idle();
    expect(await numbersOf(stage)).toEqual(["1", "2"]);
    expect((await surface.said()).filter(({ words }) => words.includes("being written"))).toEqual([]);
    expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 2, dead: 0 });
    stage.keepsRules();
  },
});

export const writingRules: readonly Rule[] = [lostMeanwhile("5xx", 5), lostMeanwhile("429", 3)];
