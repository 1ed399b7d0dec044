// Room 4, brief: only this agent's slice of this project's context, each item with its source and age, within a
// hard token budget. Whole items only; what does not fit is listed, never cut.
import type { AgentCard, Sight } from "../agent.ts";
import type { Assignment } from "../assignment.ts";
import type { Assigned, Briefed } from "../message.ts";
import type { Exchange, Pack, PackItem } from "../pack.ts";
import { contextIn } from "../memory/context.ts";
import type { MemoryOf } from "../memory/facts.ts";
import type { ChannelContext, ContextStore, Journal } from "../ports.ts";
import { openAttached } from "./attached-files.ts";
import type { AttachedFilesDeps, Opened } from "./attached-files.ts";
import { talkPack } from "./thread-talk.ts";

const maxTokens = 4_000;
const maxHistory = 20;
/** How many exchanges of a thread are searched for a guest's own. */
const guestReach = 200;
const maxFacts = 12;

export type BriefingDeps = AttachedFilesDeps & {
  readonly journal: Journal;
  readonly context: ContextStore;
  readonly memoryOf: MemoryOf;
  /** What `agents` sight shows: id and job of those who may work here. */
  readonly agentsFor: (turn: Assigned) => readonly { readonly id: string; readonly job: string }[];
};
const emptyPack: Pack = { items: [], history: [], tokens: 0, dropped: [] };

export function createBriefing(deps: BriefingDeps): (assigned: Assigned) => Promise<Briefed> {
  return async (assigned) => {
    const { assignment } = assigned;
    if (assignment.kind === "agent" && assignment.readsThread === true)
      return { ...assigned, pack: await talkPack(deps, assigned) };
    if (assignment.kind === "agent")
      return withFiles(deps, {
        ...assigned,
        pack: await packFor(deps, assigned, { card: assignment.card, text: assignment.text }),
      });
    if (assignment.kind !== "plan") return { ...assigned, pack: emptyPack };
    const packs = await Promise.all(
      assignment.parts.map(async ({ card, text }) => packFor(deps, assigned, { card, text })),
    );
    return withFiles(deps, { ...assigned, pack: packs.reduce(mergePacks, emptyPack) });
  };
}

/** Files have a budget of their own beside the pack's: who attaches one wants it read. */
async function withFiles(deps: BriefingDeps, briefed: Briefed): Promise<Briefed> {
  const opened = await openAttached(deps, briefed);
  if (opened === null) return briefed;
  const { attached, items, isWordless, tokens } = opened;
  if (isWordless && items.length === 0) return { ...briefed, assignment: sayWhy(opened) };
  const { pack } = briefed;
  return {
    ...briefed,
    attached,
    pack: { ...pack, items: [...pack.items, ...items], tokens: pack.tokens + tokens },
  };
}

/** Nothing but files, and none could be opened: no agent has anything to work on. */
const sayWhy = ({ attached: { notes } }: Opened): Assignment => ({
  kind: "say",
  text: notes.join("\n"),
  isPrivate: false,
});

async function packFor(
  deps: BriefingDeps,
  turn: Assigned,
  asked: { readonly card: AgentCard; readonly text: string },
): Promise<Pack> {
  const { card, text } = asked;
  const sees = new Set<Sight>(card.sees);
  const isKnown = turn.person.class === "owner" || turn.person.class === "member";
  const project = isKnown ? turn.project : null;
  const needsContext =
    sees.has("profile") || sees.has("conventions") || sees.has("open items") || sees.has("summary");
  const [context, facts, history] = await Promise.all([
    project !== null && needsContext ? deps.context.read(project.id, turn.message.channel) : null,
    project !== null && sees.has("facts") ? deps.memoryOf(project.id).recall(text, maxFacts) : [],
    sees.has("history") ? historyFor(deps.journal, turn, isKnown) : [],
  ]);
  const agents = sees.has("agents")
    ? deps.agentsFor(turn).map(({ id, job }) => standing(`agent:${id}`, "roster", `${id}: ${job}`))
    : [];
  const known = project === null ? null : contextIn(project, context);
  return fit([...contextItems(known, sees), ...agents, ...facts], history);
}

/** What others said in a thread is part of the project: a guest is briefed with the own exchanges only. */
async function historyFor(journal: Journal, turn: Assigned, isKnown: boolean): Promise<readonly Exchange[]> {
  const { thread } = turn.message;
  if (turn.thread.isNew === true) return [];
  if (isKnown) return journal.history(thread, maxHistory);
  const all = await journal.history(thread, guestReach);
  return all.filter(({ person }) => person === turn.person.name).slice(-maxHistory);
}

function contextItems(context: ChannelContext | null, sees: ReadonlySet<Sight>): readonly PackItem[] {
  if (context === null) return [];
  return [
    ...(sees.has("profile") && context.profile !== ""
      ? [standing("profile", "context", context.profile)]
      : []),
    ...(sees.has("conventions")
      ? context.conventions.map((text, index) => standing(`convention:${index + 1}`, "context", text))
      : []),
    ...(sees.has("open items")
      ? context.openItems.map((text, index) => standing(`open:${index + 1}`, "context", text))
      : []),
    ...(sees.has("summary") && context.summary !== ""
      ? [
          {
            ...standing("summary", "context", context.summary),
            at: context.summarisedAt,
            label: "unverified" as const,
          },
        ]
      : []),
  ];
}

const standing = (id: string, source: string, text: string): PackItem => ({
  id,
  source,
  at: null,
  label: "current",
  text,
});

/** Conservative for Latin text and safe for others: a token is never assumed to carry more than three characters. */
const tokensOf = (text: string): number => Math.ceil(text.length / 3);

function fit(items: readonly PackItem[], history: readonly Exchange[]): Pack {
  const kept: PackItem[] = [];
  const dropped: { readonly id: string; readonly why: string }[] = [];
  let tokens = 0;
  for (const item of items) {
    const cost = tokensOf(item.text) + 12;
    if (tokens + cost > maxTokens / 2) dropped.push({ id: item.id, why: "over the token budget" });
    else {
      kept.push(item);
      tokens += cost;
    }
  }
  const recent: Exchange[] = [];
  for (const exchange of history.toReversed()) {
    const cost = tokensOf(exchange.asked) + tokensOf(exchange.answered);
    if (tokens + cost > maxTokens) break;
    recent.unshift(exchange);
    tokens += cost;
  }
  const forgotten = history.length - recent.length;
  if (forgotten > 0)
    dropped.push({ id: "history", why: `${forgotten} older exchanges over the token budget` });
  return { items: kept, history: recent, tokens, dropped };
}

function mergePacks(left: Pack, right: Pack): Pack {
  const known = new Set(left.items.map(({ id }) => id));
  return {
    items: [...left.items, ...right.items.filter(({ id }) => !known.has(id))],
    history: left.history.length > 0 ? left.history : right.history,
    tokens: Math.max(left.tokens, right.tokens),
    dropped: [...left.dropped, ...right.dropped],
  };
}
