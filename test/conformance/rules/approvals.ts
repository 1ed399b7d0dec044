// Rules of deciding: nothing without its approval, nothing twice, and everybody is told what became of it.
import { expect } from "vitest";
import { createTestClock } from "../../support/clock.ts";
import { watchErp } from "../../journeys/stage.ts";
import type { NovaOptions, NovaUnderTest } from "../../support/start-nova.ts";
import type { Rule, Stage } from "../rule.ts";

const asked = /Waiting for Kit/u;
const done = /Approved by Kit, done/u;
const both = { approvals: { approvers: { medium: ["Kit", "Maya"] } } };

type Asked = { readonly nova: NovaUnderTest; readonly executed: readonly string[] };

/** An order is asked to be confirmed, and its card waits. */
async function ask(stage: Stage, options: Partial<NovaOptions> = {}): Promise<Asked> {
  const erp = watchErp();
  const nova = await stage.start({ wrapErp: erp.wrapErp, ...options });
  await stage.surface.says("confirm order SO-1007");
  await stage.sees(asked);
  await nova.idle();
  return { nova, executed: erp.executed };
}

export const approvalRules: readonly Rule[] = [
  {
    says: "nothing is done before Approve, and pressing Approve runs the effect once",
    holds: async (stage) => {
      const { nova, executed } = await ask(stage);
      const before = await nova.stockOf("brush");
      expect(executed).toEqual([]);
      await stage.surface.press("Approve");
      await stage.sees(/Done: .*SO-1007/u);
      await stage.sees(done);
      await nova.idle();
      expect(executed).toHaveLength(1);
      expect(await nova.stockOf("brush")).not.toEqual(before);
      stage.keepsRules();
    },
  },
  {
    says: "a pressed card names who pressed, and offers nothing more",
    holds: async (stage) => {
      const { surface } = stage;
      const { nova } = await ask(stage);
      await surface.press("Approve");
      await stage.sees(done);
      await nova.idle();
      // A terminal can't change what it printed; everywhere else the card itself says it now.
      if (surface.name === "terminal") return;
      expect(await surface.tally(asked)).toBe(0);
      await expect(surface.hold("Approve")).rejects.toThrow(/no button/u);
      stage.keepsRules();
    },
  },
  {
    says: "a double press runs the effect once, and the second is told who decided",
    holds: async (stage) => {
      const { nova, executed } = await ask(stage);
      await stage.surface.press("Approve", { twice: true });
      await stage.sees(/Already approved by Kit/u);
      await stage.sees(done);
      await nova.idle();
      expect(executed).toHaveLength(1);
      stage.keepsRules();
    },
  },
  {
    says: "a rejection carries its reason, and nothing runs",
    holds: async (stage) => {
      const { nova, executed } = await ask(stage);
      await stage.surface.press("Reject…", { words: "too expensive" });
      await stage.sees(/Rejected by Kit: too expensive/u);
      await nova.idle();
      expect(executed).toEqual([]);
      stage.keepsRules();
    },
  },
  {
    says: "a press after a restart decides the same card",
    holds: async (stage) => {
      const { nova, executed } = await ask(stage);
      await nova.restart();
      await stage.sees(asked);
      await stage.surface.press("Approve");
      await stage.sees(done);
      await nova.idle();
      expect(executed).toHaveLength(1);
      if (stage.surface.name !== "terminal") expect(await stage.surface.tally(asked)).toBe(0);
      stage.keepsRules();
    },
  },
  {
    says: "a press delivered again, at once and after a restart, decides nothing more",
    needs: ["redelivery", "forgery"],
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage);
      await surface.press("Approve");
      await stage.sees(done);
      await nova.idle();
      await surface.repeat("press");
      await nova.idle();
      await nova.restart();
      await surface.repeat("press");
      await surface.verb("help");
      await stage.sees(/What you can say here/u);
      await nova.idle();
      expect(executed).toHaveLength(1);
      // The same press is no second press: nobody is told that they came too late.
      expect(await surface.tally(/Already approved/u)).toBe(0);
      stage.keepsRules("second-callback");
    },
  },
  {
    says: "an old card never errors: after its time it says that nothing was done",
    holds: async (stage) => {
      const clock = createTestClock(Date.now());
      const { nova, executed } = await ask(stage, { clock });
      const press = await stage.surface.hold("Approve");
      clock.advance(24 * 3_600_000);
      await stage.sees((posts) => {
        // The alarm may be set after the hand moved; it is due at once then.
        clock.advance(1);
        return /Expired undecided; nothing was done/u.test(posts.join("\n"));
      });
      await press();
      await stage.sees(/This has expired; nothing was done/u);
      await nova.idle();
      expect(executed).toEqual([]);
    },
  },
  {
    says: "an old card never errors: once decided it says by whom, also after a restart",
    notOn: { web: "a page loaded after a restart shows no card that was decided before" },
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage);
      const press = await surface.hold("Approve");
      await press();
      await stage.sees(done);
      await nova.idle();
      await nova.restart();
      await press();
      await stage.sees(/Already approved by Kit/u);
      await nova.idle();
      expect(executed).toHaveLength(1);
      stage.keepsRules();
    },
  },
  {
    says: "two approvers pressing together run it once, and the one who came second is told",
    needs: ["people"],
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage, { config: both });
      const press = await surface.hold("Approve");
      await Promise.all([press("kit"), press("maya")]);
      await stage.sees(/Approved by (?:Kit|Maya), done/u);
      const told = (): readonly string[] => [...surface.whispered("kit"), ...surface.whispered("maya")];
      await stage.until("the second to be told", () => /Already approved by/u.test(told().join("")));
      await nova.idle();
      expect(executed).toHaveLength(1);
      expect(told()).toHaveLength(1);
      stage.keepsRules();
    },
  },
  {
    says: "of an approval and a rejection at once one counts, and the other is told",
    needs: ["people"],
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage, { config: both });
      const [approve, reject] = [await surface.hold("Approve"), await surface.hold("Reject…")];
      await Promise.all([approve("kit"), reject("maya"), approve("maya"), reject("kit")]);
      await stage.sees(/Approved by (?:Kit|Maya), done|Rejected by (?:Kit|Maya)/u);
      const told = (): string => [...surface.whispered("kit"), ...surface.whispered("maya")].join("\n");
      await stage.until("the others to be told", () => /Already (?:approved|rejected) by/u.test(told()));
      await nova.idle();
      const [proposal] = await nova.journal().proposals({});
      expect(executed).toHaveLength(proposal?.state === "applied" ? 1 : 0);
      expect(proposal?.decidedBy).toHaveLength(1);
    },
  },
  ...(["stranger", "maya"] as const).map((who): Rule => ({
    says:
      who === "stranger"
        ? "a stranger's press is refused aloud, to the stranger alone"
        : "a member's press who is not named is refused aloud, to that member alone",
    needs: ["people"],
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage);
      await surface.press("Approve", { who });
      const refusal = /Only Kit may decide this. Nothing was done/u;
      await stage.until("the refusal", () => surface.whispered(who).some((text) => refusal.test(text)));
      await nova.idle();
      const inPublic = (await surface.said()).map(({ words }) => words);
      expect(inPublic.filter((words) => /Only Kit may decide/u.test(words))).toEqual([]);
      expect(inPublic.filter((words) => asked.test(words))).toHaveLength(1);
      expect(executed).toEqual([]);
      stage.keepsRules();
    },
  })),
  ...(["unknown", "on another message"] as const).map((how): Rule => ({
    says: `a forged button (${how}) is refused, and the real one still works`,
    needs: ["people", "forgery"],
    holds: async (stage) => {
      const { surface } = stage;
      const { nova, executed } = await ask(stage);
      await surface.forge(how);
      const refusal = /no longer valid/u;
      await stage.until("the refusal", () => surface.whispered("kit").some((text) => refusal.test(text)));
      await nova.idle();
      expect(executed).toEqual([]);
      await surface.press("Approve");
      await stage.sees(done);
    },
  })),
];
