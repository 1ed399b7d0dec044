// "Edit…" on a card: the same effect with other values becomes a proposal of its own, made by code from the effect's
// schema and computed by the ERP. The old one ends as replaced; the new one needs its own approval. No model is asked.
import { mayEdit } from "../authority.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Erp, Journal } from "../ports.ts";
import { say } from "../post.ts";
import { proposalIdOf } from "../proposal.ts";
import type { Proposal, ProposalDraft } from "../proposal.ts";
import { editedInput, editFormOf, effectOf } from "./edit-form.ts";
import type { EffectHolders } from "./edit-form.ts";
import { rightsOf, whoCould } from "./rights.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = EffectHolders & {
  readonly journal: Pick<Journal, "proposal" | "settle">;
  readonly directory: Directory;
  readonly erps: ReadonlyMap<string, Erp>;
  /** How a decided proposal is told, in one sentence: who and when. */
  readonly standing: (proposal: Proposal) => string;
  readonly onMoved: () => void;
};
type Outcome =
  | { readonly kind: "no"; readonly why: string }
  | { readonly kind: "draft"; readonly draft: ProposalDraft };

export function createEditWorker(deps: Deps): (task: Task<"edit">) => Promise<Draft> {
  return async (task) => {
    const outcome = await edit(deps, task);
    const { person, message, assignment } = task;
    if (outcome.kind === "no")
      return answered(task, say(outcome.why, { kind: "notice", only: message.account.id }));
    const text = `Edited by ${person.name}: \`${outcome.draft.id}\` takes the place of \`${assignment.proposal}\` and waits for an approval of its own.`;
    const draft = answered(task, say(text, { kind: "receipt" }));
    return { ...draft, proposals: [outcome.draft] };
  };
}

async function edit(deps: Deps, task: Task<"edit">): Promise<Outcome> {
  const old = await deps.journal.proposal(task.assignment.proposal);
  const no = (why: string): Outcome => ({ kind: "no", why });
  if (old === null) return no("This proposal no longer exists. Nothing was done.");
  const id = proposalIdOf(task.id, 0);
  if (!mayEdit(deps.directory, old, { person: task.person, account: task.message.account.id }))
    return no(`Only ${[...new Set([old.requester, ...old.approvers])].join(" or ")} may edit this.`);
  const isOurs = old.state === "superseded" && old.outcomeDetail === id;
  if (old.state !== "pending" && old.state !== "proposed" && !isOurs) return no(deps.standing(old));
  const prepared = await prepare(deps, task, old);
  if (prepared.kind === "no") return prepared;
  const from = ["proposed", "pending"] as const;
  if (!isOurs && !(await deps.journal.settle(old.id, { from, to: "superseded", detail: id }))) {
    const moved = await deps.journal.proposal(old.id);
    return no(moved === null ? "This proposal no longer exists." : deps.standing(moved));
  }
  deps.onMoved();
  return { kind: "draft", draft: { ...prepared.draft, id } };
}

async function prepare(deps: Deps, task: Task<"edit">, old: Proposal): Promise<Outcome> {
  const no = (why: string): Outcome => ({ kind: "no", why: `${why} The proposal stands as it was.` });
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
