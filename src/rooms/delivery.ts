// Brings outbox rows to their platform: in order within a thread, side by side across threads. The platform's answer is
// one of four, and each has one continuation; "it may have arrived" is never answered by sending again blindly.
import { drawBatch } from "../cards/batch-card.ts";
import { drawCard } from "../cards/card.ts";
import { isCopy, isOnCopies, nonceOn } from "../cards/card-copies.ts";
import { lookUp } from "../surfaces/look-up.ts";
import { createPacing } from "../surfaces/pacing.ts";
import type { Pacing } from "../surfaces/pacing.ts";
import type { ChatAdapter, Delivery, OutboxRow, Shown } from "../ports.ts";
import type { Post } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { insteadOf } from "../notices.ts";
import type { OutboxDeps } from "./outbox.ts";

/** Long enough for whatever broke to be over, short enough to be noticed. */
const strandedMs = 15_000;
const maxAttempts = 8;

export type DeliveryQueue = {
  readonly start: (rows: readonly OutboxRow[]) => void;
  readonly idle: () => Promise<void>;
};

/** `held`: per thread, the post that was put off; what is in the queue behind it goes back to the journal, in its order. */
type Lines = OutboxDeps & {
  readonly held: Map<string, string>;
  /** What follows from a card that was shown, beside the lines: it keeps no post waiting. */
  readonly beside: Set<Promise<void>>;
};

/** `onMore`: a thread has more to show, because a post changed while it was sent or another one waited behind it. */
export function createDelivery(given: OutboxDeps, onMore: () => Promise<void>): DeliveryQueue {
  const deps: Lines = { ...given, held: new Map(), beside: new Set() };
  const tails = new Map<string, Promise<void>>();
  const pacing = createPacing(deps);
  const start = (rows: readonly OutboxRow[]): void => {
    for (const row of rows) {
      // An edit can't come out of order, and one that waits for its turn must not keep an answer waiting.
      const line = row.platformId === null ? row.thread : row.id;
      const before = tails.get(line) ?? Promise.resolve();
      const tail = before
        .then(async () => ((await deliver(deps, pacing, row)) ? onMore() : undefined))
        .catch(async (thrown: unknown) => strand(deps, row, thrown));
      tails.set(line, tail);
      void tail.then(() => {
        if (tails.get(line) !== tail) return;
        tails.delete(line);
        deps.held.delete(line);
      });
    }
  };
  const idle = async (): Promise<void> => {
    while (tails.size + deps.beside.size > 0) await Promise.all([...tails.values(), ...deps.beside]);
  };
  return { start, idle };
}

/** Something broke beside the platform's answer: the post may have arrived, so it is looked up later, never lost. */
async function strand(deps: Lines, row: OutboxRow, thrown: unknown): Promise<void> {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  try {
    await putOff(deps, row, { afterMs: strandedMs, why, isUnclear: true });
  } catch (refused) {
    deps.onBuried(row, `${why}; and the journal could not be told: ${String(refused)}`);
  }
}

/** True when its thread has more to show now. */
async function deliver(deps: Lines, pacing: Pacing, claimed: OutboxRow): Promise<boolean> {
  const first = claimed.platformId === null ? deps.held.get(claimed.thread) : undefined;
  if (first !== undefined && first !== claimed.id)
    return putOff(deps, claimed, { afterMs: 0, why: "an earlier post of its thread waits" });
  if (first === claimed.id) deps.held.delete(claimed.thread);
  const adapter = deps.adapterOf(claimed.thread);
  if (adapter === null)
    return putOff(deps, claimed, {
      afterMs: 60_000,
      why: `no ${claimed.thread.split(":")[0] ?? ""} adapter is running`,
    });
  const waiting = pacing.enter(adapter, claimed);
  if (waiting !== null && "laterMs" in waiting)
    return putOff(deps, claimed, { afterMs: waiting.laterMs, why: "others are before it" });
  // Whoever had to wait shows what is to be shown now, not what was then.
  const row = waiting === null ? claimed : await waiting.row;
  const drawnAt = deps.clock.now();
  const post = await postOf(deps, row, drawnAt);
  if (post === null) return bury(deps, row, "its proposal no longer exists");
  const delivery: Delivery = {
    id: row.id,
    thread: row.thread,
    post,
    shownAs: row.platformId,
    inReplyTo: row.turn,
  };
  const mayResend =
    !row.isUnclear || row.platformId !== null || deps.clock.now() - row.claimedAt < adapter.resendSafeMs;
  const shown = mayResend
    ? await show(adapter, delivery)
    : await lookUp({ ...deps, row, adapter, delivery }, async (known) => show(adapter, known));
  pacing.learn(adapter, row, shown);
  // What is found again was drawn when it was first tried.
  return settle(deps, { ...row, drawnAt: row.isUnclear ? row.claimedAt : drawnAt }, shown);
}

async function postOf(deps: OutboxDeps, row: OutboxRow, now: number): Promise<Post | null> {
  if (row.content.kind === "post") return row.content.post;
  const post = await cardOf(deps, row.content, now);
  if (post === null || !isCopy(row.id)) return post;
  const buttons = post.buttons
    .filter(({ nonce }) => isOnCopies(nonce))
    .map((button) => ({ ...button, nonce: nonceOn(row.id, button.nonce) }));
  return { ...post, buttons };
}

type CardContent = Extract<OutboxRow["content"], { kind: "card" }>;

async function cardOf(deps: OutboxDeps, content: CardContent, now: number): Promise<Post | null> {
  const proposal = await deps.journal.proposal(content.proposal);
  if (proposal?.batch !== undefined) {
    const isUndoable = (item: Proposal): boolean => deps.offersOf(item).isUndoable;
    return drawBatch(await deps.journal.batch(proposal.id), now, isUndoable);
  }
  return proposal === null ? null : drawCard(proposal, now, deps.offersOf(proposal));
}

async function show(adapter: ChatAdapter, delivery: Delivery): Promise<Shown> {
  try {
    return await adapter.show(delivery);
  } catch (thrown) {
    return { kind: "unclear", why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

type Drawn = OutboxRow & { readonly drawnAt: number };

async function settle(deps: Lines, row: Drawn, shown: Shown): Promise<boolean> {
  switch (shown.kind) {
    case "shown": {
      const { id, rev, drawnAt } = row;
      const hasMore = await deps.journal.shown({ id, rev, platformId: shown.platformId, drawnAt });
      // The first confirmed card starts its proposal's clock: from now on something falls due.
      if (row.content.kind === "card") {
        deps.onPostponed();
        if (!isCopy(row.id)) goOn(deps, row.content.proposal);
      }
      return hasMore;
    }
    case "later":
      return putOff(deps, row, shown);
    case "unclear": {
      const afterMs = deps.adapterOf(row.thread)?.findAfterMs ?? 15_000;
      return putOff(deps, row, { afterMs, why: shown.why, isUnclear: true });
    }
    case "refused":
      return shown.isPostGone
        ? putOff(deps, row, { afterMs: 0, why: shown.why, isGone: true })
        : bury(deps, row, shown.why);
  }
}

function goOn({ beside, onCardShown }: Lines, proposal: string): void {
  const more = onCardShown?.(proposal);
  if (more === undefined) return;
  beside.add(more);
  void more.then(() => beside.delete(more));
}

type Reason = {
  readonly afterMs: number;
  readonly why: string;
  readonly isUnclear?: boolean;
  readonly isGone?: boolean;
};

async function putOff(deps: Lines, row: OutboxRow, reason: Reason): Promise<boolean> {
  const mayHaveArrived = reason.isUnclear === true || reason.isGone === true;
  if (mayHaveArrived && row.attempts >= maxAttempts)
    return bury(deps, row, `given up after ${row.attempts} tries: ${reason.why}`);
  const untilMs = deps.clock.now() + reason.afterMs;
  if (row.platformId === null && !deps.held.has(row.thread)) deps.held.set(row.thread, row.id);
  await deps.journal.postpone({
    id: row.id,
    untilMs,
    why: reason.why,
    isUnclear: reason.isUnclear ?? false,
    isGone: reason.isGone ?? false,
  });
  deps.onPostponed();
  return false;
}

/** What waited behind it is free now. */
async function bury(deps: OutboxDeps, row: OutboxRow, why: string): Promise<boolean> {
  const instead = await insteadOf(deps.journal, row);
  await deps.journal.bury({ id: row.id, why, ...(instead === null ? {} : { instead }) });
  deps.onBuried(row, why);
  return true;
}
