// What people said lately in a thread, for who asks to have it summed up: read through the surface within bounds, and
// handed on as foreign data, every line marked as quoted so that none of it can pass for a label of Nova's own.
import { NovaFailure } from "../failures.ts";
import type { Assigned, Message } from "../message.ts";
import type { Pack, PackItem } from "../pack.ts";
import type { ChatAdapter, Talk } from "../ports.ts";

export type ThreadTalkDeps = {
  readonly adapterOf: (thread: Message["thread"]) => ChatAdapter | null;
};

const mostMessages = 100;
/** On top of the pack's own budget: about 5,000 tokens. The newest stay. */
const mostCharacters = 15_000;
const mostOfOne = 3_000;

/** The talk is the whole matter: what else is known of the project would only mix in. */
export async function talkPack(deps: ThreadTalkDeps, turn: Assigned): Promise<Pack> {
  const { item, left } = toItem(await readTalk(deps, turn), turn.message.at);
  return {
    items: [item],
    history: [],
    tokens: Math.ceil(item.text.length / 3),
    dropped: left ? [{ id: "thread", why: "older messages of this thread" }] : [],
  };
}

async function readTalk(
  { adapterOf }: ThreadTalkDeps,
  { message }: Assigned,
): Promise<Extract<Talk, { kind: "talk" }>> {
  const adapter = adapterOf(message.thread);
  const talk = (await adapter?.read?.(message.thread, mostMessages)) ?? {
    kind: "unreadable" as const,
    why: "I can't look back at what was said here. Paste the text after `ask summarise`.",
  };
  if (talk.kind === "unreadable")
    throw new NovaFailure("message.unreadable", talk.why, { forPerson: talk.why });
  if (talk.lines.length === 0) {
    const forPerson = "Nobody has said anything here that I could sum up.";
    throw new NovaFailure("message.unreadable", "an empty thread", { forPerson });
  }
  return talk;
}

function toItem(
  talk: Extract<Talk, { kind: "talk" }>,
  at: number,
): { readonly item: PackItem; readonly left: boolean } {
  const kept: string[] = [];
  let length = 0;
  for (const line of talk.lines.toReversed()) {
    const quoted = quote(line);
    if (length + quoted.length > mostCharacters) break;
    kept.unshift(quoted);
    length += quoted.length;
  }
  const left = !talk.isWhole || kept.length < talk.lines.length;
  const item: PackItem = {
    id: "thread",
    source: left ? "said in this thread, the newest part" : "said in this thread",
    at,
    label: "unverified",
    text: kept.join("\n"),
  };
  return { item, left };
}

function quote({ by, text }: { readonly by: string; readonly text: string }): string {
  const short = text.length > mostOfOne ? `${text.slice(0, mostOfOne)} …` : text;
  return `${by.replaceAll(/\s+/gu, " ").slice(0, 80)}: ${short}`
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) => `> ${line}`)
    .join("\n");
}
