// The journal as it is, with an ear for what says something of an agent: after each decision and each thumb the evidence is
// read anew. One place instead of a call in every worker, so that nothing can be forgotten; a plain message is in none of them.
import type { Journal } from "../ports.ts";

type Judging = "decide" | "decideBatch" | "settle" | "rate";

/** `onJudged` never rejects, and the operation's answer waits for it. */
export function watchEvidence(given: Journal, onJudged: () => Promise<void>): Journal {
  const heard =
    <A extends readonly unknown[], T>(judge: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const result = await judge(...args);
      await onJudged();
      return result;
    };
  const judging: Pick<Journal, Judging> = {
    decide: heard(async (...args: Parameters<Journal["decide"]>) => given.decide(...args)),
    decideBatch: heard(async (...args: Parameters<Journal["decideBatch"]>) => given.decideBatch(...args)),
    settle: heard(async (...args: Parameters<Journal["settle"]>) => given.settle(...args)),
    rate: heard(async (...args: Parameters<Journal["rate"]>) => given.rate(...args)),
  };
  return { ...given, ...judging };
}
