// "Undo…" on the card of what was done: the ERP names the command that undoes it, and that becomes a proposal of its own
// with its own approval. A batch is undone item by item, as proposals that share a card again where they may. Nothing is
// executed here, and no model is asked.
import { decidersOf } from "../approvals/authority.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Erp, ErpCommand, Journal } from "../ports.ts";
import { say } from "../post.ts";
import { namedIn, placeIn, proposalIdOf } from "../proposal.ts";
import type { Proposal, ProposalDraft, ProposalState } from "../proposal.ts";
import { stands } from "./card-offers.ts";
import { rightsOf } from "./rights.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "proposals" | "batch">;
  readonly directory: Directory;
  readonly erps: ReadonlyMap<string, Erp>;
  /** How a decided proposal is told, in one sentence: who and when. */
  readonly standing: (proposal: Proposal) => string;
};
type No = { readonly kind: "no"; readonly why: string };
type Outcome = No | { readonly kind: "draft"; readonly draft: ProposalDraft };
type Undone =
  | No
  | {
      readonly kind: "drafts";
      readonly drafts: readonly ProposalDraft[];
      readonly words: string;
      readonly of: Proposal;
    };

const no = (why: string): No => ({ kind: "no", why });

export function createUndoWorker(deps: Deps): (task: Task<"undo">) => Promise<Draft> {
  return async (task) => {
    const outcome = await undo(deps, task);
    if (outcome.kind === "no")
      return answered(task, say(outcome.why, { kind: "notice", only: task.message.account.id }));
    const { project, message } = task;
    const asksIn = placeIn(outcome.of, { project: project?.id ?? null, thread: message.thread });
    return { ...answered(task, say(outcome.words, { kind: "receipt" })), proposals: outcome.drafts, asksIn };
  };
}

async function undo(deps: Deps, task: Task<"undo">): Promise<Undone> {
  const done = await deps.journal.proposal(task.assignment.proposal);
  if (done === null) return no(`There is no proposal ${task.assignment.proposal}. Nothing was done.`);
  if (!mayUndo(deps.directory, done, task))
    return no(`Only ${[...new Set([done.requester, ...namedIn(done)])].join(" or ")} may ask to undo this.`);
  const isBatch = done.batch?.lead === done.id;
  const items = isBatch ? (await deps.journal.batch(done.id)).items : [done];
  const applied = items.filter(({ state }) => stands.has(state));
  if (applied.length === 0) return no(deps.standing(done));
  const waiting = await waitingUndos(deps.journal);
  const left = applied.filter(({ id }) => !waiting.has(id));
  if (left.length === 0)
    return no(
      `\`${waiting.get(applied[0]?.id ?? "") ?? ""}\` would undo this and waits already: decide on its own card.`,
    );
  return undoAll(deps, task, { left, isBatch });
}

type Left = { readonly left: readonly Proposal[]; readonly isBatch: boolean };

async function undoAll(deps: Deps, task: Task<"undo">, { left, isBatch }: Left): Promise<Undone> {
  const drafts: ProposalDraft[] = [];
  const refused: string[] = [];
  for (const done of left) {
    const outcome = await prepare(deps, done, proposalIdOf(task.id, drafts.length));
    if (outcome.kind === "draft") drafts.push(outcome.draft);
    else refused.push(`no. ${done.batch?.number ?? 1}: ${outcome.why}`);
    if (outcome.kind === "no" && !isBatch) return outcome;
  }
  const [first] = drafts;
  const [of] = left;
  if (first === undefined || of === undefined) return no(`None of it can be undone. ${refused.join(" ")}`);
  const who = `${task.person.name} wants`;
  const kept = refused.length === 0 ? "" : ` Not these: ${refused.join(" ")}`;
  const words = isBatch
    ? `${who} ${left.length} of \`${task.assignment.proposal}\` undone: ${drafts.length} ${drafts.length === 1 ? "proposal" : "proposals"} would do that, beginning with \`${first.id}\`, and nothing is done before they are approved.${kept}`
    : `${who} \`${task.assignment.proposal}\` undone: \`${first.id}\` would do that, and waits for an approval of its own.`;
  return { kind: "drafts", drafts, words, of };
}

/** Whoever asked for it and whoever may decide it, as listed now. */
function mayUndo(directory: Directory, done: Proposal, { person, message }: Task<"undo">): boolean {
  if (person.class !== "owner" && person.class !== "member") return false;
  const isApprover = decidersOf(directory, done).includes(person.name);
  return isApprover || done.requesterAccount === message.account.id || done.requester === person.name;
}

const underWay: readonly ProposalState[] = ["proposed", "pending", "approved", "executing", "unknown"];

/** By what they undo. */
async function waitingUndos(journal: Deps["journal"]): Promise<ReadonlyMap<string, string>> {
  const open = await journal.proposals({ states: underWay });
  return new Map(
    open.flatMap(({ id, link }) => (link?.undoes === undefined ? [] : [[link.undoes.proposal, id]])),
  );
}

async function prepare(deps: Deps, done: Proposal, id: string): Promise<Outcome> {
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
      id,
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
