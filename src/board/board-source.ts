// Reads what a board shows: for one person, from one place, now. Everything comes from the journal and the adapters' own
// word; nothing is counted on the side.
import type { Budget } from "../budget.ts";
import { channelOf } from "../ids.ts";
import type { ThreadId } from "../ids.ts";
import type { Message } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Person, Project } from "../person.ts";
import type { Board, CardPlace, ChatAdapter, Clock, Journal } from "../ports.ts";
import type { Offer } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { isOpenRun } from "../runs/progress.ts";
import type { Roster } from "../roster.ts";
import type { Trust } from "../trust/trust.ts";
import { scopeOf } from "../verbs/scope.ts";
import { withTrust } from "./board-trust.ts";
import { drawBoard, emptyBoard } from "./board.ts";

export type BoardDeps = {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly budget: Pick<Budget, "today">;
  readonly adapters: readonly ChatAdapter[];
  readonly clock: Clock;
  readonly roster: Roster;
  readonly trust: Pick<Trust, "of">;
};
/** Where somebody looks from: a turn has all of it. */
export type BoardView = {
  readonly person: Person;
  readonly project: Project | null;
  readonly message: Pick<Message, "thread" | "direct">;
};
export type DrawnBoard = { readonly board: Board; readonly offers: readonly Offer[] };
export type BoardSource = (view: BoardView) => Promise<DrawnBoard>;

/** How far back is looked for what belongs to a place. */
const reach = 1_000;
const failedSinceMs = 86_400_000;
const stopLimit = 5;

export function createBoardSource(deps: BoardDeps): BoardSource {
  return async (view) => {
    const { person } = view;
    const at = deps.clock.now();
    if (person.class !== "owner" && person.class !== "member")
      return { board: emptyBoard(at, person), offers: [] };
    const isHere = scopeOf(view);
    const [proposals, runs, failures, questions] = await Promise.all([
      waitingFor(deps, view),
      deps.journal.runs({ open: true, limit: reach }),
      deps.journal.failures(reach),
      deps.journal.openQuestions(reach),
    ]);
    const here = runs.filter((run) => isOpenRun(run) && isHere(run));
    const today = await deps.budget.today();
    const board = drawBoard({
      at,
      person,
      projects: deps.directory.projects,
      proposals,
      places: (await deps.journal.cardPlaces(proposals.map(({ id }) => id))).map((place) =>
        linked(deps, place),
      ),
      runs: here,
      failures: failures
        .filter((failure) => failure.at >= at - failedSinceMs)
        .map((failure) => ({ ...failure, project: projectOf(deps, failure.thread) }))
        .filter((failure) => isHere({ ...failure, requester: null })),
      questions: questions
        .map((question) => ({ ...question, project: projectOf(deps, question.thread) }))
        .filter((question) => isHere({ ...question, requester: askedOf(person, question.account) })),
      spent: { total: today.total, own: today.by(person.name) },
      connections: deps.adapters.map((adapter) => ({ surface: adapter.surface, ...adapter.health() })),
    });
    const offers = here.slice(0, stopLimit).map(({ id, agent }) => stopOffer(id, agent));
    return { board: withTrust(board, deps), offers };
  };
}

/** What belongs to this place, and where nobody reads along also what waits for this very person. */
async function waitingFor({ journal }: BoardDeps, view: BoardView): Promise<readonly Proposal[]> {
  const isHere = scopeOf(view);
  const open = await journal.proposals({ states: ["proposed", "pending", "unknown"] });
  const isMine = ({ approvers }: Proposal): boolean =>
    view.project === null && view.message.direct && approvers.includes(view.person.name);
  return open.filter((proposal) => isHere(proposal) || isMine(proposal));
}

const projectOf = ({ directory }: BoardDeps, thread: ThreadId | null): Project["id"] | null =>
  thread === null ? null : (directory.projectOf(channelOf(thread))?.id ?? null);

const askedOf = ({ name, accounts }: Person, account: Person["accounts"][number]): string | null =>
  accounts.includes(account) ? name : null;

function linked(deps: BoardDeps, place: CardPlace): CardPlace & { readonly link: string | null } {
  const adapter = deps.adapters.find(({ surface }) => place.thread.startsWith(`${surface}:`));
  return { ...place, link: adapter?.linkTo?.(place.thread, place.platformId) ?? null };
}

const stopOffer = (run: string, agent: string): Offer => ({
  label: `Stop ${agent.slice(agent.lastIndexOf("/") + 1)} ${run}`.slice(0, 75),
  style: "danger",
  asks: null,
  action: { kind: "stop", run },
});
