// How much one turn may ask of people: so many cards, and so many small changes on one of them. What finds no room is
// counted and told to the person in code's words, because an agent might keep it to itself.
import { maxBatch } from "../approvals/batch.ts";
import type { Effect } from "../effects.ts";
import type { ProposalDraft } from "../proposal.ts";

const maxCards = 5;

export type ProposalRoom = {
  /** Null: there is room. A sentence for the agent: there is none, and it is counted. */
  readonly refuses: (drafts: readonly ProposalDraft[], effect: Effect) => string | null;
  readonly leftOut: () => readonly string[];
};

export function createRoom(): ProposalRoom {
  const left = new Map<string, { readonly isSmall: boolean; readonly count: number }>();
  return {
    refuses: (drafts, effect) => {
      const { name } = effect;
      const alike = drafts.filter((draft) => draft.effect === name).length;
      // Small ones of one kind share a card, so more of them fit.
      const isSmall = effect.stakes === "low" && alike > 0;
      if (isSmall ? alike < maxBatch : cardsOf(drafts) < maxCards) return null;
      left.set(name, { isSmall, count: (left.get(name)?.count ?? 0) + 1 });
      return `Not proposed: at most ${maxBatch} small changes of one kind share a card, and one message leads to at most ${maxCards} cards. The person is told.`;
    },
    leftOut: () => [...left].map(([name, { isSmall, count }]) => wordsOf({ name, isSmall, count })),
  };
}

const cardsOf = (drafts: readonly ProposalDraft[]): number =>
  new Set(drafts.map(({ id, effect, declaredStakes }) => (declaredStakes === "low" ? effect : id))).size;

type Left = { readonly name: string; readonly isSmall: boolean; readonly count: number };

function wordsOf({ name, isSmall, count }: Left): string {
  const limit = isSmall
    ? `A card holds at most ${maxBatch} of one kind`
    : `One message leads to at most ${maxCards} cards`;
  return `${limit}, so ${count} more × ${name} ${count === 1 ? "was" : "were"} not proposed. Ask for the rest once these are decided.`;
}
