// Boot: takes up what the last process left behind. It was read before anything of this process could be taken for it.
import { dueMessage } from "../approvals/due-message.ts";
import type { House } from "../house.ts";
import type { Parts } from "../parts.ts";
import { createPolicy } from "../approvals/policy.ts";
import type { Recovered, RunRow } from "../ports.ts";
import { isWaitingToRun } from "../proposal.ts";
import { isOpenRun } from "../runs/progress.ts";
import { reassess } from "../approvals/reassessment.ts";
import { wakeRunOf } from "../runs/run-proposal.ts";
import { cardDraft } from "../rooms/outbox.ts";
import { runProposalIds } from "../work/run-effect.ts";

export async function takeUp(parts: Parts, house: House, found: Recovered): Promise<void> {
  house.orchestrator.resume(found.turns);
  for (const run of found.runs) await takeUpRun(parts, house, run);
  for (const proposal of found.proposals) await takeUpProposal(parts, house, proposal);
  const policy = createPolicy(parts.config, parts);
  await reassess({ ...parts, policy, onOver: async (id) => wakeRunOf(parts, id) });
  await showOpenCards(parts, house);
}

/** The engine knows a run only after the journal, and signals die with a process: both are sent again, and both may be. */
async function takeUpRun({ durable }: Parts, house: House, run: RunRow): Promise<void> {
  const isKnown = house.jobs.some(({ name, version }) => name === run.agent && version === run.version);
  if (!isKnown) {
    await durable.cancel(run.id);
    const detail = `version ${run.version} of it no longer exists`;
    return house.endRun(run.id, { state: "failed", detail });
  }
  if (!(await house.sweeper.check(run))) return;
  await durable.launch({ id: run.id, job: run.agent, input: run.input });
  for (const { name, state } of run.steps) {
    if (state !== "waiting") continue;
    for (const id of runProposalIds(run.id, name)) await durable.signal(`proposal:${id}`);
  }
}

/** Decided or begun, and not ended. A run that goes on executes its own; an ERP that is away now must not stop the boot. */
async function takeUpProposal(
  { journal, log, clock }: Parts,
  house: House,
  proposal: Recovered["proposals"][number],
): Promise<void> {
  const { id, run, state } = proposal;
  // Nothing runs early: what waits is begun by the watchdog, and what was handed out before the crash is heard again.
  if (run === null && isWaitingToRun(proposal)) {
    if ((proposal.runAt ?? 0) <= clock.now())
      await house.orchestrator.hear(dueMessage(proposal, clock.now()));
    return;
  }
  const owner = run === null ? null : await journal.run(run);
  if (owner !== null && isOpenRun(owner)) return;
  try {
    if (run === null || state !== "approved") await house.execute(id);
    else await journal.settle(id, { from: ["approved"], to: "cancelled", detail: "its run is over" });
  } catch (thrown) {
    log.error({ proposal: id, err: thrown }, "a proposal that was left behind could not be taken up");
  }
}

/** A page or a terminal starts empty and somebody may have deleted a message: what waits for a decision is shown as it is. */
async function showOpenCards({ journal, adapters }: Parts, house: House): Promise<void> {
  const open = await journal.proposals({ states: ["pending"] });
  const within = open.filter(
    ({ id, batch, thread }) =>
      // A batch stands on the card of its first item.
      (batch === undefined || batch.lead === id) &&
      adapters.some(({ surface }) => thread.startsWith(`${surface}:`)),
  );
  await house.outbox.post(
    within.map((proposal) =>
      cardDraft(proposal.id, { thread: proposal.thread, turn: proposal.turn }, proposal),
    ),
  );
}
