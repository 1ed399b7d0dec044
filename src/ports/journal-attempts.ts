// The part of the journal that knows how often an effect was sent, and when last: whoever looks for it in vain must know
// how long it may still be under way.
export type Attempt = {
  /** Counts from 1. */
  readonly number: number;
  /** Committed right before it was sent, epoch ms. */
  readonly intentAt: number;
};

export interface AttemptsJournal {
  /** The newest attempt, as the audit chain has it, so that whoever writes the file can't shorten a wait; null: it was never begun. */
  attempt(proposal: string): Promise<Attempt | null>;
  /** `executing | unknown > executing`, an attempt more: right before the same key is sent once more. False when it has ended meanwhile. */
  beginAgain(proposal: string): Promise<boolean>;
}
