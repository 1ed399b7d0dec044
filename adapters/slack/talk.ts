// What was said lately in a channel or thread, read when somebody asks to have it summed up: bounded in pages and people.
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { ThreadId } from "../../src/ids.ts";
import type { Talk } from "../../src/ports.ts";
import type { Accounts } from "./accounts.ts";
import { placeOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import type { Self } from "./inbound.ts";
import { problemOf } from "./outcomes.ts";
import { toPlain } from "./text.ts";

/** A thread is given from its beginning, so a long one is paged through to its end; beyond this it counts as cut. */
const pageLimit = 5;
const pageSize = 200;
/** Names that are looked up; the others stay ids. */
const mostNames = 20;

const Line = z.object({
  ts: z.string(),
  user: z.string().optional(),
  username: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(""),
});
type Line = z.infer<typeof Line>;
const Page = z.object({
  messages: z.array(Line),
  has_more: z.boolean().default(false),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
/** People's words and answers of bots; joins, renames and topics are none. */
const spoken = new Set(["file_share", "thread_broadcast", "me_message", "bot_message"]);

export type TalkParts = { readonly client: WebClient; readonly accounts: Accounts; readonly self: Self };

export async function readTalk(parts: TalkParts, thread: ThreadId, limit: number): Promise<Talk> {
  const place = placeOf(thread);
  if (place === null) return { kind: "unreadable", why: "This is no thread that I can look back at." };
  try {
    const { lines, isWhole } = await (place.threadTs === null ? readChannel : readThread)(
      parts,
      place,
      limit,
    );
    const said = lines.filter(
      ({ text, subtype }) => text.trim() !== "" && (subtype === undefined || spoken.has(subtype)),
    );
    return { kind: "talk", lines: await named(parts, said), isWhole };
  } catch (thrown) {
    return { kind: "unreadable", why: wordsFor(thrown) };
  }
}

type Read = { readonly lines: readonly Line[]; readonly isWhole: boolean };

/** Newest first, so one page is enough. */
async function readChannel({ client }: TalkParts, { channel }: Place, limit: number): Promise<Read> {
  const page = Page.parse(await client.conversations.history({ channel, limit }));
  return { lines: page.messages.toReversed(), isWhole: !page.has_more };
}

async function readThread({ client }: TalkParts, place: Place, limit: number): Promise<Read> {
  const { channel, threadTs } = place;
  let lines: readonly Line[] = [];
  let cursor: string | undefined;
  let isCut = false;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const page = Page.parse(
      await client.conversations.replies({
        channel,
        ts: threadTs ?? "",
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    const all = [...lines, ...page.messages];
    isCut ||= all.length > limit;
    lines = all.slice(-limit);
    cursor = page.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return { lines, isWhole: !isCut };
  }
  return { lines, isWhole: false };
}

async function named(
  { accounts, self }: TalkParts,
  lines: readonly Line[],
): Promise<Extract<Talk, { kind: "talk" }>["lines"]> {
  const users = [
    ...new Set(
      lines.flatMap(({ user, bot_id }) => (user === undefined || bot_id !== undefined ? [] : [user])),
    ),
  ];
  const names = new Map(
    await Promise.all(
      users
        .slice(0, mostNames)
        .map(
          async (user) =>
            [user, (await accounts.accountOf({ team: self.team, user, name: null })).name] as const,
        ),
    ),
  );
  return lines.map(({ ts, user = "", username, bot_id, text }) => ({
    by: bot_id === self.botId ? "Nova" : (names.get(user) ?? username ?? user),
    at: Math.floor(Number(ts) * 1000),
    text: toPlain(text, self.botUserId),
  }));
}

function wordsFor(thrown: unknown): string {
  const problem = problemOf(thrown);
  const isOutside =
    problem.kind === "refused" && (problem.code === "not_in_channel" || problem.code === "channel_not_found");
  return isOutside
    ? "I am not in this channel, so I can't read it; invite me and try again."
    : "Slack did not let me read this thread just now; try again in a minute.";
}
