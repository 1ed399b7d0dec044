// An effect inside a run: propose, wait for the person, read the truth from the journal, execute. Each part is durable,
// and every one may be repeated after a crash without a second effect.
import { z } from "zod";
import type { Effect } from "../effects.ts";
import type { EffectOutcome } from "../agent.ts";
import type { DurableStep, RunRow } from "../ports.ts";
import { proposalIdOf } from "../proposal.ts";
import type { NewProposal, ProposalDraft, ProposalState } from "../proposal.ts";
import { rightsOf } from "./rights.ts";
import type { MarkStep, RunDeps } from "./run.ts";
import { standingOf } from "./run-standing.ts";

/** Stores the proposal with its card, judged by the same policy as any other. Idempotent by the draft's id; refused when nobody could decide it. */
export type ProposeForRun = (
  draft: ProposalDraft,
  run: RunRow,
) => Promise<NewProposal | { readonly refused: string }>;
type Inside = { readonly row: RunRow; readonly durable: DurableStep; readonly mark: MarkStep };
type Wanted = { readonly name: string; readonly effect: Effect; readonly input: unknown };

/** Derived, so that whoever has the run and the step's name has the proposal too. */
export const runProposalId = (run: string, step: string): string => proposalIdOf(`${run}:${step}`, 0);

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
});

export async function effectInRun(deps: RunDeps, inside: Inside, wanted: Wanted): Promise<EffectOutcome> {
  const { durable, mark } = inside;
  const { name } = wanted;
  const opened = Opened.parse(
    await durable.once(`${name}: propose`, stepDeadlineMs, async () => open(deps, inside, wanted)),
  );
  if ("refused" in opened) return { state: "failed", detail: opened.refused };
  for (let look = 1; ; look += 1) {
    const ended = Ended.parse(
      await durable.once(`${name}: look ${look}`, stepDeadlineMs, async () => decisionOf(deps, opened.id)),
    );
    if (ended.state !== "open") {
      const isFine = ended.state === "applied";
      await durable.once(`${name}: told`, stepDeadlineMs, async () => {
        await mark({
          name,
          state: isFine ? "done" : "failed",
          detail: isFine ? ended.detail : `${ended.state}${ended.detail === "" ? "" : `, ${ended.detail}`}`,
        });
        return null;
      });
      return { state: ended.state, detail: ended.detail };
    }
    await durable.waitFor(
      `${name}: wait ${look}`,
      `proposal:${opened.id}`,
      deps.clock.now() + opened.waitMs + slackMs,
    );
  }
}

async function open(
  deps: RunDeps,
  { row, mark }: Inside,
  { name, effect, input }: Wanted,
): Promise<z.infer<typeof Opened>> {
  const { project } = standingOf(deps, row);
  const erp = project?.erp == null ? undefined : deps.erps.get(project.erp);
  if (erp === undefined) return { refused: "this channel's project has no ERP" };
  if (!(await rightsOf(erp)).has(effect.op))
    return { refused: `the ERP does not let Nova do this (${effect.op})` };
  const result = await erp.prepare(effect.toCommand(input, { connector: erp.connector, instance: erp.name }));
  if (result.kind === "refused") return { refused: result.why };
  const draft: ProposalDraft = {
    id: runProposalId(row.id, name),
    effect: effect.name,
    agent: row.agent,
    prepared: result.prepared,
    declaredStakes: effect.stakes,
    agentWords: null,
  };
  const proposal = await deps.propose(draft, row);
  if ("refused" in proposal) return proposal;
  await mark({ name, state: "waiting", detail: `waits for ${proposal.approvers.join(" or ")}` }, "waiting");
  return { id: proposal.id, waitMs: proposal.expireAfterMs };
}

const stillOpen = { state: "open", detail: "" } as const;

/** The signal says nothing about truth: the row does. */
async function decisionOf(deps: RunDeps, id: string): Promise<z.infer<typeof Ended>> {
  const proposal = await deps.journal.proposal(id);
  if (proposal === null) return { state: "failed", detail: "its proposal is gone" };
  const isDecided =
    proposal.state === "approved" || proposal.state === "executing" || proposal.state === "unknown";
  const ended = isDecided ? await deps.execute(id) : proposal;
  return verdictOf(ended.state, ended.outcomeDetail ?? ended.reason ?? "");
}

const openStates: ReadonlySet<ProposalState> = new Set([
  "proposed",
  "pending",
  // It waits before it runs; the watchdog wakes the run when it may.
  "approved",
  "executing",
  "unknown",
]);

function verdictOf(state: ProposalState, detail: string): z.infer<typeof Ended> {
  // An unknown outcome is still being looked up; the watchdog wakes the run when it is known.
  if (openStates.has(state)) return stillOpen;
  if (state === "applied" || state === "rejected" || state === "expired") return { state, detail };
  return { state: "failed", detail: detail === "" ? state : detail };
}
