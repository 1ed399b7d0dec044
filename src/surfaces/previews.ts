// Words of an answer while they are being written: from the worker to the surface, and word of what is on the platform
// to whoever posts the answer in its place. Best effort: nothing here delays, fails or outlives a turn.
import { firstPostId } from "../ids.ts";
import type { Turn } from "../message.ts";
import type { ChatAdapter, Clock, Journal, PreviewRow } from "../ports.ts";

export type Previews = {
  /** Where a worker puts the words so far; null where nobody could see them. */
  readonly begin: (turn: Turn) => ((soFar: string) => void) | null;
  /** No more words. What of them is on the platform, as far as is known now. */
  readonly end: (turn: Turn) => Promise<PreviewRow | null>;
  /** The turn is over. */
  readonly forget: (turn: Turn) => void;
};
export type PreviewDeps = {
  readonly journal: Pick<Journal, "notePreview" | "previewOf">;
  readonly clock: Clock;
  readonly adapterOf: (thread: Turn["message"]["thread"]) => ChatAdapter | null;
};
type Held = { isOver: boolean; shown: PreviewRow | null };

export function createPreviews(deps: PreviewDeps): Previews {
  const { journal, clock } = deps;
  const running = new Map<string, Held>();
  return {
    begin: (turn) => {
      const { thread, account } = turn.message;
      const adapter = deps.adapterOf(thread);
      // What an earlier try left on the platform is taken over by the answer, not written on.
      if (adapter === null || turn.attempt > 1) return null;
      const held: Held = { isOver: false, shown: null };
      running.set(turn.id, held);
      const note = async (platformId: string | null): Promise<boolean> => {
        // Its answer is on its way already: too late to begin.
        if (platformId === null && held.isOver) throw new Error("the turn is answered");
        if (platformId !== null && !held.isOver) held.shown = { platformId, at: clock.now() };
        return journal.notePreview(turn.id, platformId);
      };
      const base = { id: firstPostId(turn.id), thread, account: account.id, inReplyTo: turn.id, note };
      const sinceMs = clock.now();
      return (text) => {
        if (!held.isOver) adapter.preview({ ...base, sinceMs, text });
      };
    },
    end: async (turn) => {
      const held = running.get(turn.id);
      if (held !== undefined) held.isOver = true;
      if (turn.attempt > 1) return journal.previewOf(turn.id);
      return held?.shown ?? null;
    },
    forget: ({ id }) => void running.delete(id),
  };
}
