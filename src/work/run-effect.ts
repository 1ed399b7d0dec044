// An effect inside a run: propose, wait for the person, read the truth from the journal, execute. Each part is durable,
// and every one may be repeated after a crash without a second effect.
import { z } from "zod";
import type { Effect } from "../effects.ts";
import type { EffectOutcome } from "../agent.ts";
import type { DurableStep, RunRow } from "../ports.ts";
import { askedAgainInRun } from "../proposal-link.ts";
import { proposalIdOf, successorOf } from "../proposal.ts";
import type { NewProposal, Proposal, ProposalDraft, ProposalState } from "../proposal.ts";
import { refusedInRun } from "./admission.ts";
import { rightsOf } from "./rights.ts";
import type { MarkStep, RunDeps } from "./run.ts";
import { standingOf } from "./run-standing.ts";
import type { Targets } from "./targets.ts";

/** Stores the proposal with its card, judged by the same policy as any other. Idempotent by the draft's id; refused when nobody could decide it. */
export type ProposeForRun = (
  draft: ProposalDraft,
  run: RunRow,
) => Promise<NewProposal | { readonly refused: string }>;
type Inside = {
  readonly row: RunRow;
  readonly durable: DurableStep;
  readonly mark: MarkStep;
  readonly targets: Targets;
};
type Wanted = { readonly name: string; readonly effect: Effect; readonly input: unknown };

const runProposalId = (run: string, step: string): string => proposalIdOf(`${run}:${step}`, 0);

/** Derived, so that whoever has the run and the step's name has its proposals too: the first, and those asked in its place. */
export function runProposalIds(run: string, step: string): readonly string[] {
  const ids = [runProposalId(run, step)];
  for (let times = 0; times < askedAgainInRun; times += 1) ids.push(successorOf(ids.at(-1) ?? ""));
  return ids;
}

const stepDeadlineMs = 120_000;
/** The clock of a proposal starts when its card is delivered; the wait is a little longer, and looks again if it must. */
const slackMs = 60_000;
const Opened = z.union([
  z.strictObject({ id: z.string(), waitMs: z.number() }),
  z.strictObject({ refused: z.string() }),
]);
const Ended = z.strictObject({
  state: z.enum(["applied", "rejected", "expired", "failed", "open"]),
  detail: z.string(),
  /** What was asked is outdated; this is asked in its place. Absent in looks that an older Nova kept. */
  next: z.strictObject({ id: z.string(), waitMs: z.number() }).nullable().default(null),
});
type Ended = z.infer<typeof Ended>;

export async function effectInRun(deps: RunDeps, inside: Inside, wanted: Wanted): Promise<EffectOutcome> {
  const { durable, mark } = inside;
  const { name } = wanted;
  const opened = Opened.parse(
    await durable.once(`${name}: propose`, stepDeadlineMs, async () => open(deps, inside, wanted)),
  );
  if ("refused" in opened) return { state: "failed", detail: opened.refused };
  let asked = opened;
  for (let look = 1; ; look += 1) {
    const ended = Ended.parse(
      await durable.once(`${name}: look ${look}`, stepDeadlineMs, async () =>
        decisionOf(deps, inside, { name, id: asked.id }),
      ),
    );
    if (ended.state !== "open") {
      await durable.once(`${name}: told`, stepDeadlineMs, async () => tell(mark, name, ended));
      return { state: ended.state, detail: ended.detail };
    }
    // What it waits for now may have been decided already: the look at it comes before the wait.
    if (ended.next === null) {
      const untilMs = deps.clock.now() + asked.waitMs + slackMs;
      await durable.waitFor(`${name}: wait ${look}`, `proposal:${asked.id}`, untilMs);
    }
    asked = ended.next ?? asked;
  }
}

async function tell(mark: MarkStep, name: string, { state, detail }: Ended): Promise<null> {
  const isFine = state === "applied";
  const words = isFine ? detail : `${state}${detail === "" ? "" : `, ${detail}`}`;
  await mark({ name, state: isFine ? "done" : "failed", detail: words });
  return null;
}

async function open(
  deps: RunDeps,
  { row, mark, targets }: Inside,
  { name, effect, input }: Wanted,
): Promise<z.infer<typeof Opened>> {
  const id = runProposalId(row.id, name);
  // Repeated after a crash, it finds its own proposal, whatever the ERP would say to another one by now.
  const stored = await deps.journal.proposal(id);
  if (stored !== null) return waiting(mark, name, stored);
  const unnamed = targets.unnamed(effect, input);
  if (unnamed !== null)
    return { refused: `“${unnamed}” is neither what this run was launched with nor what it looked up` };
  const { project } = standingOf(deps, row);
  const erp = project?.erp == null ? undefined : deps.erps.get(project.erp);
  if (erp === undefined) return { refused: "this channel's project has no ERP" };
  if (!(await rightsOf(erp)).has(effect.op))
    return { refused: `the ERP does not let Nova do this (${effect.op})` };
  const result = await erp.prepare(effect.toCommand(input, { connector: erp.connector, instance: erp.name }));
  if (result.kind === "refused") return { refused: result.why };
  const { thread, startedAt } = row;
  const launched = { thread, startedAt, now: deps.clock.now() };
  const why = await refusedInRun(deps.journal, launched, result.prepared);
  if (why !== null) return { refused: why };
  const draft: ProposalDraft = {
    id,
    effect: effect.name,
    agent: row.agent,
    prepared: result.prepared,
    declaredStakes: effect.stakes,
    agentWords: null,
  };
  const proposal = await deps.propose(draft, row);
  return "refused" in proposal ? proposal : waiting(mark, name, proposal);
}

async function waiting(mark: MarkStep, name: string, proposal: NewProposal): Promise<z.infer<typeof Opened>> {
  await mark({ name, state: "waiting", detail: waitsFor(proposal) }, "waiting");
  return { id: proposal.id, waitMs: proposal.expireAfterMs };
}

const stillOpen: Ended = { state: "open", detail: "", next: null };

type Asked = { readonly name: string; readonly id: string };

/** The signal says nothing about truth: the row does. */
async function decisionOf(deps: RunDeps, inside: Inside, { name, id }: Asked): Promise<Ended> {
  const proposal = await deps.journal.proposal(id);
  if (proposal === null) return { state: "failed", detail: "its proposal is gone", next: null };
  const isDecided =
    proposal.state === "approved" || proposal.state === "executing" || proposal.state === "unknown";
  const ended = isDecided ? await deps.execute(id) : proposal;
  // Whoever started it may not have it any more: that ends the run, in a sentence of its own.
  if (ended.state === "blocked") standingOf(deps, inside.row);
  if (outdatedStates.has(ended.state)) return outdated(deps, inside, { name, id });
  const isAsked = ended.state === "proposed" || ended.state === "pending" || ended.state === "approved";
  // A run that was taken up again counts as running until it says otherwise.
  if (isAsked && (await deps.journal.run(inside.row.id))?.state !== "waiting")
    await inside.mark({ name, state: "waiting", detail: stands(ended) }, "waiting");
  return verdictOf(ended.state, ended.outcomeDetail ?? ended.reason ?? "");
}

/** What was asked is not what it would be now; where it can be asked again, it was. */
const outdatedStates: ReadonlySet<ProposalState> = new Set(["stale", "needs_ack", "superseded"]);

const openStates: ReadonlySet<ProposalState> = new Set([
  "proposed",
  "pending",
  // It waits before it runs; the watchdog wakes the run when it may.
  "approved",
  "executing",
  "unknown",
]);

const stands = (proposal: Proposal): string =>
  proposal.state === "approved" ? "approved, and waits a moment before it runs" : waitsFor(proposal);

const waitsFor = ({ approvers, link }: NewProposal): string => {
  const before = link?.replaces?.proposal;
  const whom = `waits for ${approvers.join(" or ")}`;
  return before === undefined
    ? whom
    : `${whom}: what ${before} asked for is outdated, and it was asked again`;
};

/** What takes its place was committed with its end, so it is found again by whoever looks, also after a crash in between. */
async function outdated(deps: RunDeps, { row, mark }: Inside, { name, id }: Asked): Promise<Ended> {
  const next = await deps.journal.proposal(successorOf(id));
  if (next !== null) {
    await mark({ name, state: "waiting", detail: waitsFor(next) }, "waiting");
    return { ...stillOpen, next: { id: next.id, waitMs: next.expireAfterMs } };
  }
  const old = await deps.journal.proposal(id);
  const why = old?.outcomeDetail ?? "it is outdated";
  const isLast = runProposalIds(row.id, name).at(-1) === id;
  const detail = isLast
    ? `${why}; it was asked again ${askedAgainInRun} times already, so I stopped asking`
    : why;
  return { state: "failed", detail: `nothing was done: ${detail}`, next: null };
}

function verdictOf(state: ProposalState, detail: string): Ended {
  // An unknown outcome is still being looked up; the watchdog wakes the run when it is known.
  if (openStates.has(state)) return stillOpen;
  if (state === "applied" || state === "rejected" || state === "expired")
    return { state, detail, next: null };
  return { state: "failed", detail: detail === "" ? state : detail, next: null };
}
