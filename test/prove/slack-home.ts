// Nova as a process in front of the fake Slack: one channel, one owner, the sample ERP. What tells posts apart is the
// outbox id that each of them carries in its metadata.
import { buttonsOf, createFakeSlack } from "../support/slack/index.ts";
import type { FakeSlack, Message } from "../support/slack/index.ts";
import { createNovaHome } from "./nova-process.ts";
import type { NovaHome, NovaProcess } from "./nova-process.ts";

export type SlackScene = { readonly fake: FakeSlack; readonly home: NovaHome };
type Close = (close: () => Promise<void>) => void;

export async function openSlack(
  onClose: Close,
  settings: Readonly<Record<string, string>> = {},
): Promise<SlackScene> {
  const times = { retryMs: [500, 2_500, 20_000] };
  const fake = await createFakeSlack({ postsPerSecond: 10_000, postBurst: 10_000, times });
  onClose(async () => fake.close());
  // The history lags: what is not found yet may well be there.
  fake.net.readLagMs = 200;
  const home = createNovaHome(
    {
      people: [{ name: "Kit", ids: ["slack:T1/U1001"], role: "owner" }],
      projects: [{ id: "parts", name: "Parts", channels: ["slack:T1/C1"], agents: ["*"], erp: "main" }],
      erps: { main: { kind: "embedded", sample: true } },
    },
    {
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_APP_TOKEN: fake.appToken,
      SLACK_API_URL: fake.apiUrl,
      SLACK_FIND_AFTER_MS: "400",
      ...settings,
    },
  );
  onClose(async () => home.close());
  return { fake, home };
}

/** The id that a call or a message carries. */
export function outboxIdOf(metadata: unknown): string {
  const payload =
    typeof metadata === "object" && metadata !== null && "event_payload" in metadata
      ? metadata.event_payload
      : null;
  return typeof payload === "object" && payload !== null && "id" in payload ? String(payload.id) : "";
}
export const idOf = ({ metadata }: Message): string => outboxIdOf(metadata);
export const isCard = (message: Message): boolean => idOf(message).endsWith(":card");
export const offers = (message: Message, label: string): boolean =>
  buttonsOf(message.blocks).some((button) => button.label === label);
export const wordsOf = ({ text, blocks }: Pick<Message, "text" | "blocks">): string =>
  `${text}\n${JSON.stringify(blocks)}`;

type Seen = Parameters<Parameters<FakeSlack["until"]>[0]>[0];

/** Kills in the very moment in which the platform sees this for the `count`-th time from now on. */
export async function killsAt(
  { fake }: SlackScene,
  nova: NovaProcess,
  moment: { readonly isIt: (entry: Seen) => boolean; readonly count: number },
): Promise<void> {
  const since = fake.log.length;
  let left = moment.count;
  await fake.until((entry) => {
    if (entry.seq <= since || !moment.isIt(entry)) return false;
    left -= 1;
    if (left === 0) nova.kill();
    return left === 0;
  }, 20_000);
  await nova.gone;
}
