// Where both bots play: a strict Slack and a model that answers at once, on loopback in the measuring process, with
// 100 channels and a person who asks. A reply counts when Slack has stored it in the thread of its question.
import { startAnthropicStub } from "../test/support/anthropic-stub.ts";
import { isRecord } from "../test/support/slack/core.ts";
import { createFakeSlack } from "../test/support/slack/index.ts";
import type { Entry } from "../test/support/slack/index.ts";

export type Stage = {
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when the bot's first socket is open. */
  readonly connected: Promise<void>;
  /** Asks in one of the channels; resolves with the milliseconds until the reply was stored. */
  readonly ask: (turn: number) => Promise<number>;
  /** Replies so far that nobody had asked for: none, unless a bot answers twice. */
  readonly strays: () => number;
  readonly close: () => Promise<void>;
};

export const channelCount = 100;
export const channels: readonly string[] = Array.from(
  { length: channelCount },
  (_, index) => `C${String(5_001 + index)}`,
);
const asker = "U1001";
const answerWithinMs = 20_000;
const answer = "Hello Kit. I am here, and this is a short answer of one or two lines to what you asked.";
/** Small talk, which one agent answers without looking anything up: what is left is the machinery. */
const questions = [
  "Hello Nova, good morning!",
  "Thanks, that was great",
  "How are you today?",
  "Who are you?",
];

export async function openStage(): Promise<Stage> {
  const stub = await startAnthropicStub({
    keepsLog: false,
    respond: (body) =>
      body.tools === undefined
        ? { text: answer }
        : { calls: [{ name: "reply", input: { answer, sources: [] } }] },
  });
  const slack = await createFakeSlack({
    lean: true,
    postsPerSecond: 1_000_000,
    postBurst: 1_000_000,
    times: { ackMs: answerWithinMs, retryMs: [] },
  });
  for (const id of channels)
    slack.store.addChannel({ id, teamId: "T1", members: new Set([asker, "U0NOVA1"]) });
  const waiting = new Map<string, (reply: string) => void>();
  const connected = Promise.withResolvers<void>();
  let strays = 0;
  let isClosed = false;
  const notice = (entry: Entry): void => {
    if (entry.kind === "frame.out" && entry.name === "hello") connected.resolve();
    if (entry.kind !== "stored" || entry.name !== "chat.postMessage" || !isRecord(entry.body)) return;
    const thread = String(entry.body["threadTs"]);
    const settle = waiting.get(thread);
    if (settle === undefined) strays += 1;
    waiting.delete(thread);
    settle?.(String(entry.body["text"]));
  };
  // A predicate that never fits sees every entry; it lets go at the first one after the end.
  void slack.until(
    (entry) => {
      notice(entry);
      return isClosed;
    },
    2 ** 31 - 1,
  );
  const person = slack.as(asker);

  return {
    environment: {
      ANTHROPIC_API_KEY: "sk-bench",
      ANTHROPIC_BASE_URL: stub.url,
      NOVA_MODEL: "claude-sonnet-5-5",
      SLACK_API_URL: slack.apiUrl,
      SLACK_POSTS_PER_SECOND: "100000",
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
    },
    connected: connected.promise,
    ask: async (turn) => {
      const startedAt = performance.now();
      const replied = Promise.withResolvers<string>();
      const asked = person.say(channels[turn % channelCount] ?? "", questions[turn % questions.length] ?? "");
      waiting.set(asked.ts, replied.resolve);
      const late = setTimeout(
        () => replied.reject(new Error(`no reply to message ${turn} within ${answerWithinMs} ms`)),
        answerWithinMs,
      );
      const reply = await replied.promise;
      clearTimeout(late);
      if (!reply.startsWith(answer)) throw new Error(`message ${turn} was answered with: ${reply}`);
      slack.log.length = 0;
      return performance.now() - startedAt;
    },
    strays: () => strays,
    close: async () => {
      isClosed = true;
      person.say(channels[0] ?? "", "The end");
      await slack.close();
      await stub.close();
    },
  };
}
