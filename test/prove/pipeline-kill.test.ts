// A pipeline, killed in each of its steps: it goes on where it was within five seconds, the customer exists once, the
// progress post stays the same one, and the end is said once. The model and Slack are where the moment is seen.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { MessagesBody } from "../support/anthropic-stub.ts";
import type { Message } from "../support/slack/index.ts";
import { isSettled, reaches } from "./nova-process.ts";
import type { NovaProcess } from "./nova-process.ts";
import { idOf, isCard, killsAt, offers, openSlack, outboxIdOf, wordsOf } from "./slack-home.ts";
import type { SlackScene } from "./slack-home.ts";
import { expectSoundAudit, isFullSize } from "./workload.ts";

type Step = "checklist" | "note";
const closers: (() => Promise<void>)[] = [];
let asked: Step[] = [];
let isPressed = false;
/** Called in the moment in which the model is asked; true keeps it silent. */
let onAsked: (step: Step) => boolean = () => false;

beforeEach(() => {
  asked = [];
  isPressed = false;
  onAsked = () => false;
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const stepOf = ({ messages }: MessagesBody): Step =>
  JSON.stringify(messages).includes("welcome checklist") ? "checklist" : "note";

async function openScene(): Promise<SlackScene> {
  const model = await startAnthropicStub({
    respond: (body) => {
      const step = stepOf(body);
      asked.push(step);
      if (onAsked(step)) return { fault: "silent" };
      const answer = step === "checklist" ? "1. Agree who speaks." : "Dear Anke, welcome.";
      return { calls: [{ name: "reply", input: { answer, placeholders: [] } }] };
    },
  });
  closers.push(async () => model.close());
  return openSlack((close) => closers.push(close), {
    ANTHROPIC_API_KEY: "sk-test",
    ANTHROPIC_BASE_URL: model.url,
  });
}

const isProgress = (message: Message): boolean => idOf(message).endsWith(":progress");
const isFinal = (message: Message): boolean =>
  !isCard(message) && !isProgress(message) && /is in the ERP/u.test(wordsOf(message));
const postedIn = ({ fake }: SlackScene, isIt: (message: Message) => boolean): readonly Message[] =>
  fake.store.posted("C1").filter(isIt);

async function launch({ fake, home }: SlackScene): Promise<NovaProcess> {
  const nova = home.start();
  await nova.says("started");
  const line = "/nova run client-onboarding client=Tidehouse city=Kiel contact=Anke";
  void fake.as("U1001").slash(line, "C1");
  return nova;
}

async function waits(scene: SlackScene): Promise<Message> {
  const isOpen = (message: Message): boolean => isCard(message) && offers(message, "Approve");
  await scene.fake.until(() => postedIn(scene, isOpen).length > 0);
  const [card] = postedIn(scene, isOpen);
  if (card === undefined) throw new Error("unreachable");
  return card;
}

/** A call to Slack that carries this outbox id and these words. */
const calls =
  (method: string, id: RegExp, words: RegExp) =>
  ({
    kind,
    name,
    body,
  }: {
    readonly kind: string;
    readonly name: string;
    readonly body?: unknown;
  }): boolean => {
    if (kind !== "request" || name !== method || typeof body !== "object" || body === null) return false;
    const metadata = "metadata" in body ? body.metadata : null;
    return id.test(outboxIdOf(metadata)) && words.test(JSON.stringify(body));
  };

async function killedWhenAsked(nova: NovaProcess, step: Step): Promise<void> {
  onAsked = (now) => {
    if (now !== step) return false;
    nova.kill();
    onAsked = () => false;
    return true;
  };
  await nova.gone;
}

type Moment = {
  readonly name: string;
  /** Brings the run there, and kills. */
  readonly reach: (scene: SlackScene, nova: NovaProcess) => Promise<void>;
  /** Asked once more, because the kill may have cut it short. */
  readonly again?: Step;
  /** Moments of one story come one after the other in one run: none may have passed when the one before it kills. */
  readonly story: 1 | 2 | 3;
};

/** Once per run: what was decided stays so, whatever dies. */
async function press(scene: SlackScene, nova: NovaProcess): Promise<void> {
  if (isPressed) return;
  isPressed = true;
  await nova.says("started");
  await scene.fake.as("U1001").click(await waits(scene), "Approve");
}
const killedAt =
  (isIt: ReturnType<typeof calls>): Moment["reach"] =>
  async (scene, nova) =>
    killsAt(scene, nova, { isIt, count: 1 });
const killedAfterPress =
  (isIt: ReturnType<typeof calls>): Moment["reach"] =>
  async (scene, nova) => {
    const killed = killsAt(scene, nova, { isIt, count: 1 });
    await Promise.all([killed, press(scene, nova)]);
  };

const moments: readonly Moment[] = [
  {
    name: "in the agent step",
    story: 1,
    reach: async (_scene, nova) => killedWhenAsked(nova, "checklist"),
    again: "checklist",
  },
  {
    name: "in the reader step",
    story: 2,
    reach: killedAt(calls("chat.update", /:progress$/u, /known already/u)),
  },
  {
    name: "while the card is on its way",
    story: 1,
    reach: killedAt(calls("chat.postMessage", /:card$/u, /./u)),
  },
  {
    name: "while it waits",
    story: 1,
    reach: async (scene, nova) => {
      await waits(scene);
      await reaches(nova, isSettled);
      nova.kill();
      await nova.gone;
    },
  },
  {
    name: "when the press was acknowledged",
    story: 1,
    reach: killedAfterPress(({ kind, name }) => kind === "acked" && name === "interactive"),
  },
  {
    name: "when the effect was done and the card was being told",
    story: 3,
    reach: killedAfterPress(calls("chat.update", /:card$/u, /done/u)),
    again: "note",
  },
  {
    name: "in the language step",
    story: 1,
    reach: async (scene, nova) => {
      const killed = killedWhenAsked(nova, "note");
      await Promise.all([killed, press(scene, nova)]);
    },
    again: "note",
  },
  {
    name: "before the end is said",
    story: 1,
    reach: killedAfterPress(calls("chat.update", /:progress$/u, /· done/u)),
  },
  {
    name: "while the end is being said",
    story: 2,
    reach: killedAfterPress(calls("chat.postMessage", /ended/u, /is in the ERP/u)),
  },
];

/** Goes through the moments, one kill each, and then to the end. */
async function killedIn(some: readonly Moment[]): Promise<void> {
  const scene = await openScene();
  let nova = await launch(scene);
  const progressIds = new Set<string>();
  for (const { reach } of some) {
    await reach(scene, nova);
    postedIn(scene, isProgress).forEach(({ ts }) => progressIds.add(ts));
    nova = scene.home.start();
  }
  await nova.says("started");
  const startedAt = Date.now();
  await press(scene, nova);
  await scene.fake.until(() => postedIn(scene, isFinal).length > 0);
  // A busy machine may take its time, but never the half minute of the engine's own lease.
  expect(Date.now() - startedAt).toBeLessThan(25_000);
  expect(await reaches(nova, isSettled)).toMatchObject({ deadPosts: 0 });
  nova.kill();
  await nova.gone;

  const progress = postedIn(scene, isProgress);
  expect(progress.map(wordsOf)).toEqual([expect.stringMatching(/· done[^]*✓ welcome note/u)]);
  expect(new Set([...progressIds, ...progress.map(({ ts }) => ts)]).size).toBe(1);
  expect(postedIn(scene, isFinal)).toHaveLength(1);
  expect(postedIn(scene, isCard).map(wordsOf)).toEqual([expect.stringMatching(/Approved by Kit, done/u)]);
  expect(scene.home.erp("SELECT name FROM party WHERE name = 'Tidehouse'")).toHaveLength(1);
  expect(scene.home.erp("SELECT action_id FROM applied_action")).toHaveLength(1);
  // A step that was done is not done again.
  for (const step of ["checklist", "note"] as const) {
    const times = asked.filter((one) => one === step).length;
    expect(times).toBeGreaterThan(0);
    expect(times).toBeLessThanOrEqual(1 + some.filter(({ again }) => again === step).length);
  }
  expectSoundAudit(scene.home);
  expect(scene.fake.violations).toEqual([]);
}

describe("a pipeline goes on where it was and ends once", () => {
  test.each([1, 2, 3] as const)("killed again and again, story %i", { timeout: 150_000 }, async (story) =>
    killedIn(moments.filter((moment) => moment.story === story)),
  );

  describe.runIf(isFullSize)("killed once", () => {
    test.each(moments)("$name", { timeout: 30_000 }, async (moment) => killedIn([moment]));
  });
});
