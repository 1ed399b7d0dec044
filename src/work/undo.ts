// "Undo…" on the card of what was done: the ERP names the command that undoes it, and that becomes a proposal of its own
// with its own approval. Nothing is executed here, and no model is asked.
import { decidersOf } from "../authority.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Erp, ErpCommand, Journal } from "../ports.ts";
import { say } from "../post.ts";
import { namedIn, proposalIdOf } from "../proposal.ts";
import type { Proposal, ProposalDraft, ProposalState } from "../proposal.ts";
import { rightsOf } from "./rights.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "proposals">;
  readonly directory: Directory;
  readonly erps: ReadonlyMap<string, Erp>;
  /** How a decided proposal is told, in one sentence: who and when. */
  readonly standing: (proposal: Proposal) => string;
};
type Outcome =
  | { readonly kind: "no"; readonly why: string }
  | { readonly kind: "draft"; readonly draft: ProposalDraft };

const no = (why: string): Outcome => ({ kind: "no", why });

export function createUndoWorker(deps: Deps): (task: Task<"undo">) => Promise<Draft> {
  return async (task) => {
    const outcome = await undo(deps, task);
    if (outcome.kind === "no")
      return answered(task, say(outcome.why, { kind: "notice", only: task.message.account.id }));
    const text = `${task.person.name} wants \`${task.assignment.proposal}\` undone: \`${outcome.draft.id}\` would do that, and waits for an approval of its own.`;
    return { ...answered(task, say(text, { kind: "receipt" })), proposals: [outcome.draft] };
  };
}

async function undo(deps: Deps, task: Task<"undo">): Promise<Outcome> {
  const done = await deps.journal.proposal(task.assignment.proposal);
  if (done === null) return no(`There is no proposal ${task.assignment.proposal}. Nothing was done.`);
  if (!mayUndo(deps.directory, done, task))
    return no(`Only ${[...new Set([done.requester, ...namedIn(done)])].join(" or ")} may ask to undo this.`);
  if (done.state !== "applied") return no(deps.standing(done));
  const waiting = await waitingUndo(deps.journal, done.id);
  if (waiting !== null)
    return no(`\`${waiting}\` would undo this and waits already: decide on its own card.`);
  return prepare(deps, task, done);
}

/** Whoever asked for it and whoever may decide it, as listed now. */
function mayUndo(directory: Directory, done: Proposal, { person, message }: Task<"undo">): boolean {
  if (person.class !== "owner" && person.class !== "member") return false;
  const isApprover = decidersOf(directory, done).includes(person.name);
  return isApprover || done.requesterAccount === message.account.id || done.requester === person.name;
}

const underWay: readonly ProposalState[] = ["proposed", "pending", "approved", "executing", "unknown"];

async function waitingUndo(journal: Deps["journal"], id: string): Promise<string | null> {
  const open = await journal.proposals({ states: underWay });
  return open.find(({ link }) => link?.undoes?.proposal === id)?.id ?? null;
}

async function prepare(deps: Deps, task: Task<"undo">, done: Proposal): Promise<Outcome> {
  const erp = deps.erps.get(done.prepared.command.instance);
  if (erp === undefined) return no("Its ERP is not configured any more. Nothing was done.");
  const command = await erp.compensate(done.prepared, done.id);
  if (command === null) return no(nothingUndoes(done));
  if (!(await rightsOf(erp)).has(command.op))
    return no(`The ERP does not let Nova do this (${command.op}). Nothing was done.`);
  const result = await erp.prepare(command);
  if (result.kind === "refused") return no(`It can't be undone any more: ${result.why}`);
  if (!isOurs(command, done)) return no("The ERP named a command for another place. Nothing was done.");
  const { id: proposal, agent, declaredStakes } = done;
  const { summary } = done.prepared;
  return {
    kind: "draft",
    draft: {
      id: proposalIdOf(task.id, 0),
      effect: "undo",
      agent,
      declaredStakes,
      prepared: result.prepared,
      agentWords: null,
      link: { undoes: { proposal, summary } },
    },
  };
}

const nothingUndoes = ({ prepared: { undo: words } }: Proposal): string =>
  words === null ? "This can't be undone." : `No command undoes this. ${words}`;

const isOurs = (command: ErpCommand, { prepared }: Proposal): boolean =>
  command.connector === prepared.command.connector && command.instance === prepared.command.instance;
