// Who goes first when a surface is busy: receipts and failures, then changes of cards, answers, new cards, progress last.
// Under the limit this is one look at a bucket.
import type { ChatAdapter, Clock, Journal, OutboxRow, Shown } from "../ports.ts";
import { createPacer } from "./pacer.ts";
import type { Call, Pacer } from "./pacer.ts";
import type { Post } from "../post.ts";

export type Pacing = {
  /** Null: go at once. `row`: the row as it is when its turn has come, so that changes meanwhile are one call. */
  readonly enter: (
    adapter: ChatAdapter,
    row: OutboxRow,
  ) => { readonly row: Promise<OutboxRow> } | { readonly laterMs: number } | null;
  /** What the platform said about its limit holds for the next ones. */
  readonly learn: (adapter: ChatAdapter, row: OutboxRow, shown: Shown) => void;
};

const urgencyOf: Readonly<Record<Post["kind"], number>> = {
  receipt: 1,
  failure: 1,
  reply: 3,
  question: 3,
  notice: 3,
  card: 4,
  progress: 6,
  home: 6,
};
/** A card that changes says what was decided. */
const changedCard = 2;

export function createPacing(deps: {
  readonly journal: Pick<Journal, "outboxRow">;
  readonly clock: Clock;
}): Pacing {
  const pacers = new Map<ChatAdapter, Pacer>();
  const pacerOf = (adapter: ChatAdapter): Pacer | null => {
    if (adapter.limits === undefined) return null;
    const pacer = pacers.get(adapter) ?? createPacer(adapter.limits, deps.clock);
    pacers.set(adapter, pacer);
    return pacer;
  };
  return {
    enter: (adapter, row) => {
      const waiting = pacerOf(adapter)?.enter(toCall(row)) ?? null;
      if (waiting === null || "laterMs" in waiting) return waiting;
      return { row: waiting.turn.then(async () => (await deps.journal.outboxRow(row.id)) ?? row) };
    },
    learn: (adapter, row, shown) => {
      if (shown.kind !== "later" || shown.limited === undefined) return;
      pacerOf(adapter)?.hold(toCall(row), shown.afterMs, shown.limited === "surface");
    },
  };
}

function toCall({ thread, platformId, content }: OutboxRow): Call {
  const isEdit = platformId !== null;
  const kind = content.kind === "card" ? "card" : content.post.kind;
  return { thread, isEdit, urgency: isEdit && kind === "card" ? changedCard : urgencyOf[kind] };
}
