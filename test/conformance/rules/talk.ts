// Rules of talking: one reply, in its place, in its order, to whom it is for, however often a platform delivers.
import { expect } from "vitest";
import { ProjectId } from "../../../src/ids.ts";
import { says, script } from "../../support/script.ts";
import type { Rule, Stage } from "../rule.ts";

const question = "how many brushes are in stock?";
const fourteen = says("There are brushes.", { items: [] });
const answer = /There are brushes/u;

/** Exactly one reply can be seen, and one turn was kept. */
async function isAnsweredOnce({ surface, sees, keepsRules }: Stage): Promise<void> {
  await sees(answer);
  expect(await surface.tally(answer)).toBe(1);
  keepsRules();
}

export const talkRules: readonly Rule[] = [
  {
    says: "a message gets one reply, where it was said, which pings nobody",
    holds: async (stage) => {
      const { surface } = stage;
      const nova = await stage.start({ model: script(fourteen) });
      await surface.says(question);
      await stage.sees(answer);
      await nova.idle();
      await isAnsweredOnce(stage);
      const said = await surface.said();
      if (surface.asked() !== "") expect(said.map(({ answers }) => answers)).toEqual([surface.asked()]);
      expect(said.flatMap(({ pinged }) => pinged)).toEqual([]);
    },
  },
  {
    says: "a message delivered four times, at once and again after a restart, is one turn with one reply",
    needs: ["redelivery"],
    holds: async (stage) => {
      const { surface } = stage;
      const model = script(fourteen);
      const nova = await stage.start({ model });
      surface.stutter(4);
      await surface.says(question);
      await stage.sees(answer);
      await nova.idle();
      await isAnsweredOnce(stage);
      surface.stutter(1);
      await nova.restart();
      await surface.repeat("message");
      await surface.repeat("message");
      await surface.verb("help");
      await stage.sees(/What you can say here/u);
      await nova.idle();
      // A page that was loaded before the restart forgets what it showed; nothing may come a second time.
      expect(await surface.tally(answer)).toBeLessThanOrEqual(1);
      expect(model.requests).toHaveLength(1);
      expect((await nova.journal().figures()).done).toBe(2);
    },
  },
  {
    says: "a command delivered again, at once and after a restart, runs once",
    needs: ["redelivery"],
    holds: async ({ surface, start, sees, keepsRules }) => {
      const nova = await start({ model: script(fourteen) });
      await surface.verb("remember", "the yard closes at five");
      await sees(/Remembered for/u);
      await nova.idle();
      await surface.repeat("command");
      await nova.idle();
      await nova.restart();
      await surface.repeat("command");
      await surface.says(question);
      await sees(answer);
      await nova.idle();
      expect((await nova.journal().figures()).done).toBe(2);
      expect(await nova.journal().facts(ProjectId.parse("sweeper-parts"), 10)).toHaveLength(1);
      // A second answer to one interaction is refused by Discord itself, and that is all it costs.
      keepsRules("second-callback");
    },
  },
  {
    says: "what one thread says is answered in its order, however slow the first answer is",
    holds: async ({ surface, start, sees, until, keepsRules }) => {
      const gate = Promise.withResolvers<void>();
      const slow: typeof fourteen = async (request, signal) => {
        await gate.promise;
        return says("Answer A.", { items: [] })(request, signal);
      };
      const rest = ["B", "C", "D", "E"].map((n) => says(`Answer ${n}.`, { items: [] }));
      const nova = await start({ model: script(slow, ...rest) });
      for (let n = 1; n <= 5; n += 1) await surface.saysIn("one", question);
      await until("five turns", async () => (await nova.journal().figures()).open === 5);
      gate.resolve();
      await sees(/Answer E\./u);
      await nova.idle();
      const words = (await surface.said()).map((post) => post.words).join("\n");
      expect([...words.matchAll(/Answer ([A-E])\./gu)].map(([, n]) => n)).toEqual(["A", "B", "C", "D", "E"]);
      keepsRules();
    },
  },
  {
    says: "one thread does not wait for another",
    needs: ["threads"],
    holds: async ({ surface, start, sees, until }) => {
      const gate = Promise.withResolvers<void>();
      const slow: typeof fourteen = async (request, signal) => {
        await gate.promise;
        return says("The slow one.", { items: [] })(request, signal);
      };
      const model = script(slow, fourteen);
      const nova = await start({ model });
      await surface.saysIn("slow", question);
      await until("the first question", () => model.requests.length === 1);
      await surface.saysIn("quick", question);
      await sees(() => model.requests.length === 2);
      await until("the second answer", async () => (await surface.tally(answer)) === 1);
      gate.resolve();
      await until("the first answer", async () => (await surface.tally(/The slow one/u)) === 1);
      await nova.idle();
    },
  },
  {
    says: "the bot never answers itself, another bot, a webhook or the platform's own notes",
    needs: ["bots"],
    holds: async (stage) => {
      const { surface } = stage;
      const nova = await stage.start({ model: script(fourteen) });
      surface.botsSay(question);
      await surface.says(question);
      await stage.sees(answer);
      surface.botsSay(question);
      await surface.verb("help");
      await stage.sees(/What you can say here/u);
      await nova.idle();
      await isAnsweredOnce(stage);
      expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 2 });
    },
  },
  ...(["edits", "removes"] as const).map((deed): Rule => ({
    says: `a person who ${deed} the message while it is being answered stops nothing`,
    needs: ["edits"],
    holds: async (stage) => {
      const { surface } = stage;
      const gate = Promise.withResolvers<void>();
      const model = script(async (request, signal) => {
        await gate.promise;
        return fourteen(request, signal);
      });
      const nova = await stage.start({ model });
      await surface.says(question);
      await stage.until("the question", () => model.requests.length === 1);
      if (deed === "edits") surface.edits("never mind");
      else surface.removes();
      gate.resolve();
      await stage.sees(answer);
      await nova.idle();
      await isAnsweredOnce(stage);
      expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 1, dead: 0 });
    },
  })),
  {
    says: "events that come late and in another order are answered once each",
    needs: ["lateness"],
    holds: async ({ surface, start, until, keepsRules }) => {
      const model = script(...Array.from({ length: 6 }, () => fourteen));
      const nova = await start({ model });
      const release = surface.delay();
      for (let n = 0; n < 6; n += 1) await surface.saysIn(`topic ${n}`, question);
      release();
      await until("six answers", async () => (await surface.tally(answer)) === 6);
      await nova.idle();
      expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 6 });
      keepsRules();
    },
  },
  {
    says: "an unclear message is asked about, and the choice counts once",
    holds: async ({ surface, start, sees, keepsRules }) => {
      const model = script(fourteen);
      const nova = await start({ model });
      await surface.says("the brushes please");
      await sees(/Which of these should take it/u);
      const press = await surface.hold("erp/stock");
      await press();
      await sees(answer);
      await press();
      await sees(/This was already pressed/u);
      await nova.idle();
      expect(model.requests).toHaveLength(1);
      keepsRules();
    },
  },
];
