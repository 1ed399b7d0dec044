// Nova's App Home: the board as Slack keeps it on show for one person. Opening it is a message like any other; the board
// is a post like any other, only published instead of posted, so it is committed, retried and coalesced by the same outbox.
import { z } from "zod";
import type { ThreadId } from "../../src/ids.ts";
import type { Delivery, Found, Shown } from "../../src/ports.ts";
import { channelIdOf, isDirect, userOf } from "./addresses.ts";
import { drawPost, nonceOf } from "./cards.ts";
import type { Heard, Self, Who } from "./inbound.ts";
import type { LeanCall } from "./lean-call.ts";
import { problemOf, untilMended } from "./outcomes.ts";

/** The tab is opened; `channel` is the direct messages of the same person, where everything else that is said goes. */
const Opened = z.object({
  type: z.literal("app_home_opened"),
  tab: z.literal("home").default("home"),
  user: z.string(),
  channel: z.string(),
  event_ts: z.string(),
});
const Metadata = z.strictObject({ channel: z.string() });
const Pressed = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id: z.string(), name: z.string().optional(), team_id: z.string().optional() }),
  container: z.object({ type: z.literal("view") }),
  view: z.object({
    type: z.literal("home"),
    callback_id: z.literal("nova_home"),
    private_metadata: z.string(),
  }),
  actions: z
    .array(z.object({ action_id: z.string(), value: z.string().optional(), action_ts: z.string() }))
    .min(1),
});

const threadOf = ({ team }: Self, channel: string): ThreadId => `slack:${team}/${channel}:home`;
/** A home is one thing for ever, however often it is published. */
const platformIdOf = (user: string): string => `home:${user}`;

/** Somebody opened the Home tab: the board is asked for. Null: another event, or another tab. */
export function parseOpened(event: unknown, self: Self): Heard | null {
  const opened = Opened.safeParse(event);
  if (!opened.success || !isDirect(opened.data.channel)) return null;
  const { user, channel, event_ts } = opened.data;
  return {
    kind: "message",
    who: { team: self.team, user, name: null },
    message: {
      id: `s:h:${self.team}:${user}:${event_ts}`,
      ...placed(self, channel),
      at: timeOf(event_ts),
      body: { kind: "command", verb: "board", rest: "" },
    },
  };
}

/** Epoch milliseconds; Slack gives this event's time with and without its dot. */
const timeOf = (ts: string): number => Math.floor(ts.includes(".") ? Number(ts) * 1000 : Number(ts) / 1000);

/** A button in the Home tab; who pressed is Slack's word, where it stands is what was published with it. */
export function parseHomePress(body: unknown, self: Self): Heard | null {
  const pressed = Pressed.safeParse(body);
  if (!pressed.success) return null;
  const { user, view, actions } = pressed.data;
  const [action] = actions;
  const metadata = Metadata.safeParse(parseJson(view.private_metadata));
  if (action === undefined || !metadata.success) return null;
  const { channel } = metadata.data;
  const who: Who = { team: user.team_id ?? self.team, user: user.id, name: user.name ?? null };
  const nonce = nonceOf(action.value ?? "");
  if (nonce === null) return { kind: "stale", who, channel };
  return {
    kind: "message",
    who,
    message: {
      id: `s:a:home:${action.action_id}:${user.id}:${action.action_ts}`,
      ...placed(self, channel),
      at: Math.floor(Number(action.action_ts) * 1000),
      body: { kind: "press", nonce, onMessage: platformIdOf(user.id), words: null },
    },
  };
}

const placed = (self: Self, channel: string) => ({
  thread: threadOf(self, channel),
  channel: channelIdOf(self.team, channel),
  direct: true,
  addressed: true,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type HomePublisher = {
  readonly show: (delivery: Delivery) => Promise<Shown>;
  /** Publishing twice shows the same once, so looking one up is publishing it. */
  readonly find: (delivery: Delivery) => Promise<Found>;
};

const Published = z.object({ view: z.object({ hash: z.string() }) });

export function createHomePublisher(call: LeanCall, onFatal: (why: string) => void): HomePublisher {
  /** By person: what Slack called the view that stands there. It refuses a change to any other. */
  const hashes = new Map<string, string>();
  const publish = async (user: string, view: object): Promise<void> => {
    const hash = hashes.get(user);
    const answer = await call("views.publish", {
      user_id: user,
      view,
      ...(hash === undefined ? {} : { hash }),
    });
    hashes.set(user, Published.parse(answer).view.hash);
  };
  const show = async (delivery: Delivery): Promise<Shown> => {
    const user = delivery.post.only === null ? null : userOf(delivery.post.only);
    if (user === null) return { kind: "refused", why: "a home belongs to one person", isPostGone: false };
    const view = drawHome(delivery);
    try {
      // Somebody else published meanwhile, or the answer was lost: what the journal says now is what counts.
      await publish(user, view).catch(async (thrown: unknown) => {
        hashes.delete(user);
        if (!isWorthAgain(thrown)) throw thrown;
        return publish(user, view);
      });
      return { kind: "shown", platformId: platformIdOf(user) };
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.kind === "fatal") {
        onFatal(problem.why);
        return untilMended(problem.why);
      }
      return problem.kind === "later" || problem.kind === "unclear"
        ? problem
        : { kind: "refused", why: problem.why, isPostGone: false };
    }
  };
  return {
    show,
    find: async (delivery) => toFound(await show(delivery)),
  };
}

function toFound(shown: Shown): Found {
  if (shown.kind === "shown") return { kind: "found", platformId: shown.platformId };
  return shown.kind === "later" ? shown : { kind: "absent" };
}

function isWorthAgain(thrown: unknown): boolean {
  const problem = problemOf(thrown);
  return problem.kind === "unclear" || (problem.kind === "refused" && problem.code === "hash_conflict");
}

function drawHome({ post, thread }: Delivery): object {
  const channel = /\/([^/:]+):home$/u.exec(thread)?.[1] ?? "";
  return {
    type: "home",
    callback_id: "nova_home",
    private_metadata: JSON.stringify({ channel }),
    blocks: drawPost(post).blocks,
  };
}
