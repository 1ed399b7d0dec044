// The effect computed once more, right before it would run or be asked again. Nothing has been sent when this is asked.
import { raceSignal, withDeadline } from "../deadline.ts";
import type { Clock, Erp, PrepareResult } from "../ports.ts";
import type { Proposal } from "../proposal.ts";

const deadlineMs = 60_000;

/** For questions to an ERP that take no signal: whoever asks is told in time. */
export const inTime = async <T>(clock: Clock, task: () => Promise<T>): Promise<T> =>
  withDeadline({ clock, afterMs: deadlineMs }, async (signal) => raceSignal(signal, task()));

/** Null: the ERP did not answer. */
export async function prepareAgain(
  clock: Clock,
  erp: Erp,
  proposal: Proposal,
): Promise<PrepareResult | null> {
  try {
    return await inTime(clock, async () => erp.prepare(proposal.prepared.command));
  } catch {
    return null;
  }
}
