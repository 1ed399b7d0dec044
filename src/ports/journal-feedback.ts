// What people say of answers by thumbs and buttons, as the journal knows it: votes, and the agents that they sent messages
// on to, which are candidates for examples until a person reviews them.
import type { AgentRating, Rated, Rating } from "./journal-rows.ts";

/** Somebody sent the message `text` on to this agent; `person` pressed. */
export type Choice = {
  readonly text: string;
  readonly agent: string;
  /** Every agent that had a button there. */
  readonly offered: readonly string[];
  readonly person: string;
  readonly at: number;
};

export interface FeedbackJournal {
  /** One vote per person and turn, changed and taken back as often as wanted; the same again changes nothing. Null: that turn has no agent to vote for. */
  rate(rating: Rating): Promise<Rated | null>;
  /** Votes that stand, per agent, of those cast since then. */
  ratings(sinceMs: number): Promise<readonly AgentRating[]>;
  /** Newest press first. Only reads: a press writes nothing more for it. */
  choices(limit: number): Promise<readonly Choice[]>;
}
