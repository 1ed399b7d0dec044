// Furnishes the rooms from the parts and opens the doors between them. Nothing here decides anything.
import { agentsFor } from "./agents-for.ts";
import { createAuditWatch, type AuditWatch } from "./approvals/audit-watch.ts";
import { createAsides } from "./asides.ts";
import { createHomes, type Homes } from "./board/homes.ts";
import { costed } from "./budget.ts";
import { createCardPlaces } from "./cards/card-places.ts";
import type { Budget } from "./budget.ts";
import { createMemory } from "./memory/facts.ts";
import { createOrchestrator, type Orchestrator } from "./orchestrator.ts";
import type { Parts } from "./parts.ts";
import { createPolicy, type ApprovalPolicy } from "./approvals/policy.ts";
import type { ChatAdapter, DurableJob, OutboxRow } from "./ports.ts";
import { createHold } from "./rooms/approvals.ts";
import { createBriefing } from "./rooms/briefing.ts";
import { createContractRoom } from "./rooms/contract.ts";
import { createInbox } from "./rooms/inbox.ts";
import { createOutbox, type Outbox } from "./rooms/outbox.ts";
import { createHandOn } from "./rooms/route-hand-off.ts";
import { createAskRoute } from "./rooms/router-model.ts";
import { createRouterRoom } from "./rooms/router.ts";
import { createPreviews, type Previews } from "./surfaces/previews.ts";
import { proposeForRun } from "./runs/run-proposal.ts";
import { createRunWatch } from "./runs/run-watch.ts";
import type { RunWatch } from "./runs/run-watch.ts";
import { stoppable } from "./turns/stoppable.ts";
import { createSuccession } from "./approvals/succession.ts";
import { createStops, type Stops } from "./turns/stops.ts";
import { moved } from "./surfaces/thread-move.ts";
import { createWaking } from "./approvals/waking.ts";
import { createVerbWorker, verbSpecs } from "./verbs.ts";
import { troubled, watchOver } from "./turns/watch-over.ts";
import { createWatchdog } from "./watchdog.ts";
import type { Watchdog } from "./watchdog.ts";
import { createAgentWorker, type AgentWorkDeps } from "./work/agent.ts";
import { createDecisionWorker } from "./work/decision.ts";
import { createDueWorker } from "./work/due.ts";
import { createCardOffers } from "./work/card-offers.ts";
import { createExecution, type ExecuteApproved } from "./work/execution.ts";
import { createNewsWorker } from "./work/news.ts";
import { createPipelineWorker } from "./work/pipeline.ts";
import { createPlanWorker } from "./work/plan.ts";
import { createRunJobs } from "./work/run.ts";
import { askWhich, sayIt, sayNone } from "./work/spoken.ts";
import { createVerification, verifyingDrafts } from "./work/verification.ts";
import type { Verify } from "./work/verification.ts";
import { createWork } from "./work/work.ts";
import type { Workers } from "./work/work.ts";

export type House = RunWatch & {
  readonly homes: Homes;
  readonly auditWatch: AuditWatch;
  /** Nothing is tried again from here on: Nova is about to stop. */
  readonly letGo: () => void;
  readonly orchestrator: Orchestrator;
  readonly outbox: Outbox;
  readonly watchdog: Watchdog;
  readonly execute: ExecuteApproved;
  readonly jobs: readonly DurableJob[];
};
type Foundation = {
  readonly parts: Parts;
  readonly budget: Budget;
  readonly adapterOf: (thread: OutboxRow["thread"]) => ChatAdapter | null;
  readonly policy: ApprovalPolicy;
  readonly onMoved: () => void;
  readonly auditWatch: AuditWatch;
  readonly execute: ExecuteApproved;
  readonly verify: Verify;
  readonly work: AgentWorkDeps & { readonly previews: Previews; readonly stops: Stops };
};

export function furnish(parts: Parts, budget: Budget): House {
  const closing = new AbortController();
  const base = lay(parts, budget, { onMoved: () => void watchdog.look(), outbox: () => outbox });
  const trouble = troubled(parts);
  const waking = createWaking(parts, async (message) => orchestrator.hear(message), trouble);
  const outbox: Outbox = createOutbox({
    ...parts,
    ...base,
    endPreview: base.work.previews.end,
    onPostponed: () => void watchdog.look(),
    offersOf: createCardOffers(parts),
    onCardShown: createCardPlaces({ ...parts, ...base, outbox: () => outbox, trouble }),
    onBuried: (row, why) => {
      parts.log.error({ post: row.id, thread: row.thread, why }, "a post could not be delivered");
      if (row.content.kind === "card") waking.onOver(row.content.proposal);
    },
  });
  const watch = createRunWatch(parts, outbox, async (message) => orchestrator.hear(message));
  const watchdog: Watchdog = createWatchdog({
    ...parts,
    ...base,
    deliverDue: outbox.deliverDue,
    sweepRuns: async () => watch.sweeper.sweep(),
    ...waking,
    onTrouble: trouble,
  });
  const homes = createHomes({ ...parts, budget, outbox, onTrouble: trouble });
  const rooms = stoppable(roomsOf(base, outbox, { ...watch.ending, homes }), base.work.stops);
  const watching = watchOver({ ...base, ...base.work, watchdog, closing: closing.signal, trouble });
  const orchestrator: Orchestrator = createOrchestrator(rooms, watching);
  const jobs = createRunJobs({
    ...base.work,
    ...parts,
    ...base,
    ...watch.ending,
    propose: async (draft, run) => proposeForRun({ ...parts, ...base, outbox }, { draft, run }),
  });
  return { ...base, ...watch, homes, letGo: () => closing.abort(), orchestrator, outbox, watchdog, jobs };
}

type Later = Pick<Foundation, "onMoved"> & { readonly outbox: () => Outbox };

function lay(parts: Parts, budget: Budget, { onMoved, outbox }: Later): Foundation {
  const policy = createPolicy(parts.config, parts);
  const bySurface = new Map<string, ChatAdapter>(parts.adapters.map((adapter) => [adapter.surface, adapter]));
  const adapterOf = (thread: OutboxRow["thread"]): ChatAdapter | null =>
    bySurface.get(thread.slice(0, thread.indexOf(":"))) ?? null;
  const auditWatch = createAuditWatch({ ...parts, outbox });
  return {
    parts,
    budget,
    adapterOf,
    auditWatch,
    policy,
    onMoved,
    verify: createVerification({ ...parts, budget, policy }),
    execute: createExecution({
      ...parts,
      auditTrouble: auditWatch.trouble,
      policy,
      succeed: createSuccession(parts, policy),
      onMoved,
    }),
    work: {
      ...parts,
      budget,
      memoryOf: createMemory(parts.journal, parts.clock),
      previews: createPreviews({ ...parts, adapterOf }),
      stops: createStops(parts),
    },
  };
}

function roomsOf(
  base: Foundation,
  outbox: Outbox,
  ending: RunWatch["ending"] & Pick<House, "homes">,
): Parameters<typeof createOrchestrator>[0] {
  const { parts, work, policy, budget } = base;
  const { roster, model, clock } = parts;
  const inbox = createInbox({ ...parts, onIgnored: () => undefined, onQueued: work.stops.heard });
  return {
    keep: inbox.keep,
    toTurn: inbox.toTurn,
    assign: createRouterRoom({
      ...parts,
      askModel: model.isLanguageModel ? createAskRoute({ model, clock, budget }) : null,
      verbs: verbSpecs,
    }),
    brief: createBriefing({ ...parts, ...base, ...work, agentsFor: agentsFor(roster) }),
    work: createWork(workersOf(base, ending)),
    handOn: createHandOn(parts),
    check: createContractRoom({ ...parts, verify: verifyingDrafts(base.verify, work.stops.signalOf) }),
    hold: createHold(policy, parts.journal),
    say: async (answer) =>
      outbox.say(costed(budget, moved(answer, base.adapterOf(answer.turn.message.thread)))),
  };
}

function workersOf(
  { parts, work, execute, budget, policy, onMoved, auditWatch, verify }: Foundation,
  ending: RunWatch["ending"] & Pick<House, "homes">,
): Workers {
  const { journal, roster, model, clock } = parts;
  return {
    agent: createAgentWorker(work),
    pipeline: createPipelineWorker({ model, clock, budget }),
    plan: createPlanWorker(
      { ...parts, ...work, verify },
      roster.entries.map(({ id }) => id),
    ),
    decision: createDecisionWorker({ ...parts, policy, execute, onMoved, auditTrouble: auditWatch.trouble }),
    verb: createVerbWorker({
      ...parts,
      ...ending,
      ...work,
      onMoved,
      agentsFor: agentsFor(roster),
    }),
    ...createAsides({ parts, work, policy, onMoved }),
    news: createNewsWorker(journal),
    due: createDueWorker({ journal, execute }),
    question: askWhich,
    none: sayNone,
    say: sayIt,
  };
}
