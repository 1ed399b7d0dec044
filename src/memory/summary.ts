// The running summary of a project's channel: what was asked and answered lately, by extraction, so that it can't say
// more than was said. Kept in the context with the time it was made; briefed as "unverified".
import type { Answer } from "../message.ts";
import type { Exchange } from "../pack.ts";
import type { Clock, ContextStore, Journal } from "../ports.ts";
import { changedContext } from "./context.ts";

const everyTurns = 8;
/** A channel where everybody talks at once needs no newer one. */
const atMostEveryMs = 60_000;
const maxCharacters = 1_200;

export type SummaryDeps = {
  readonly journal: Journal;
  readonly context: ContextStore;
  readonly clock: Clock;
};

/** Call it after each answer; writes once every few turns of a channel. */
export function createSummary(deps: SummaryDeps): (answer: Answer) => Promise<void> {
  const sinceLast = new Map<string, number>();
  const madeAt = new Map<string, number>();
  return async ({ turn, agent }) => {
    if (turn.project === null || agent === null) return;
    const { channel, thread } = turn.message;
    const count = (sinceLast.get(channel) ?? 0) + 1;
    sinceLast.set(channel, count);
    const now = deps.clock.now();
    if (count < everyTurns || now - (madeAt.get(channel) ?? 0) < atMostEveryMs) return;
    sinceLast.set(channel, 0);
    madeAt.set(channel, now);
    const summary = summarise(await deps.journal.history(thread, everyTurns));
    await deps.context.update(turn.project.id, channel, (current) =>
      changedContext(current, () => ({ summary, summarisedAt: now, turnsSinceSummary: 0 })),
    );
  };
}

function summarise(exchanges: readonly Exchange[]): string {
  const told = exchanges.map(
    ({ person, asked, answered }) => `${person}: ${firstSentence(asked)} → ${firstSentence(answered)}`,
  );
  return told.join("; ").slice(-maxCharacters);
}

const firstSentence = (text: string): string =>
  (/^[^\n]{1,160}?(?:[.!?](?=\s)|$)/mu.exec(text)?.[0] ?? text.slice(0, 160)).trim();
