// "Edit…" on a card: the same effect with other values becomes a proposal of its own, made by code from the effect's
// schema and computed by the ERP. The old one ends as replaced; the new one needs its own approval. No model is asked.
import { mayEdit } from "../approvals/authority.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Erp, Journal } from "../ports.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";
import { placeIn, proposalIdOf } from "../proposal.ts";
import type { Proposal, ProposalDraft } from "../proposal.ts";
import type { Replace } from "../approvals/replacement.ts";
import { editedInput, editFormOf, effectOf } from "./edit-form.ts";
import type { EffectHolders } from "./edit-form.ts";
import { rightsOf, whoCould } from "./rights.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = EffectHolders & {
  readonly journal: Pick<Journal, "proposal">;
  readonly directory: Directory;
  readonly erps: ReadonlyMap<string, Erp>;
  /** How a decided proposal is told, in one sentence: who and when. */
  readonly standing: (proposal: Proposal) => string;
  /** Asks for the new one and ends the old one, in one commit; or changes nothing. */
  readonly replace: Replace;
  readonly onMoved: () => void;
};
type No = { readonly kind: "no"; readonly why: string };
type Outcome = No | { readonly kind: "edited"; readonly id: string; readonly told: readonly Said[] };
type Prepared = No | { readonly kind: "draft"; readonly draft: ProposalDraft };

export function createEditWorker(deps: Deps): (task: Task<"edit">) => Promise<Draft> {
  return async (task) => {
    const outcome = await edit(deps, task);
    const { person, message, assignment } = task;
    if (outcome.kind === "no")
      return answered(task, say(outcome.why, { kind: "notice", only: message.account.id }));
    const text = `Edited by ${person.name}: \`${outcome.id}\` takes the place of \`${assignment.proposal}\` and waits for an approval of its own.`;
    return answered(task, say(text, { kind: "receipt" }), ...outcome.told);
  };
}

async function edit(deps: Deps, task: Task<"edit">): Promise<Outcome> {
  const old = await deps.journal.proposal(task.assignment.proposal);
  const no = (why: string): Outcome => ({ kind: "no", why });
  if (old === null) return no("This proposal no longer exists. Nothing was done.");
  const id = proposalIdOf(task.id, 0);
  if (!mayEdit(deps.directory, old, { person: task.person, account: task.message.account.id }))
    return no(`Only ${[...new Set([old.requester, ...old.approvers])].join(" or ")} may edit this.`);
  // Worked on again after a crash: it was replaced in the commit that stored the new one.
  if (old.state === "superseded" && old.outcomeDetail === id) return { kind: "edited", id, told: [] };
  if (old.state !== "pending" && old.state !== "proposed") return no(deps.standing(old));
  const prepared = await prepare(deps, task, old);
  if (prepared.kind === "no") return prepared;
  const replaced = await deps.replace(old, { ...prepared.draft, id }, originOf(task, old));
  if (replaced.kind === "no") return stands(replaced.why);
  if (replaced.kind === "late") {
    const moved = await deps.journal.proposal(old.id);
    return no(moved === null ? "This proposal no longer exists." : deps.standing(moved));
  }
  deps.onMoved();
  return { kind: "edited", id, told: replaced.told };
}

const stands = (why: string): No => ({ kind: "no", why: `${why} The proposal stands as it was.` });

/** Whoever edits asks for it: the editor counts as the requester. Where it belongs stays, wherever that was typed. */
const originOf = ({ id, project, person, message }: Task<"edit">, old: Proposal): Parameters<Replace>[2] => ({
  turn: id,
  run: null,
  ...placeIn(old, { project: project?.id ?? null, thread: message.thread }),
  requester: person.name,
  requesterAccount: message.account.id,
});

async function prepare(deps: Deps, task: Task<"edit">, old: Proposal): Promise<Prepared> {
  const no = stands;
  const form = editFormOf(deps, old);
  const effect = effectOf(deps, old);
  const { connector, instance } = old.prepared.command;
  const erp = deps.erps.get(instance);
  if (form === null || effect === null || erp === undefined || old.input === undefined)
    return no("This can't be edited; reject it with a reason and ask again.");
  const edited = editedInput(effect, old.input, { form, typed: task.assignment.fields });
  if (edited.kind === "same") return no("Nothing was changed in it.");
  if (edited.kind === "wrong") return no(`That does not fit: ${edited.why}.`);
  if (!(await rightsOf(erp)).has(effect.op)) return no(whoCould(effect, erp.name));
  const result = await erp.prepare(effect.toCommand(edited.input, { connector, instance }));
  if (result.kind === "refused") return no(result.why);
  const { agent, effect: name, declaredStakes } = old;
  const { input } = edited;
  return {
    kind: "draft",
    draft: {
      id: "",
      agent,
      effect: name,
      declaredStakes,
      prepared: result.prepared,
      agentWords: null,
      input,
    },
  };
}
