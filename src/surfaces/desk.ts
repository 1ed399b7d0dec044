// The desk: what somebody who is still typing may choose from. It shows only what the same person could list with a
// verb in the same place, and it is allowed to know nothing: an empty list is better than a late or a wrong one.
import { mayEdit } from "../approvals/authority.ts";
import { editedBy } from "../cards/card.ts";
import type { Account } from "../message.ts";
import { raceSignal, withDeadline } from "../deadline.ts";
import type { ProjectId } from "../ids.ts";
import type { Memory } from "../memory/facts.ts";
import type { Directory } from "../people.ts";
import type { Person, Project } from "../person.ts";
import { formOf, judgeForm, shortName } from "./pipeline-form.ts";
import type {
  Asker,
  Clock,
  Desk,
  EditDialog,
  Erp,
  Form,
  Journal,
  Suggestion,
  Suggests,
  ToolServers,
} from "../ports.ts";
import type { Roster } from "../roster.ts";
import { candidatesOf } from "../routing/candidates.ts";
import { scopeOf } from "../verbs/scope.ts";
import type { Proposal } from "../proposal.ts";
import { editFormOf, toPostField } from "../work/edit-form.ts";
import { rightsOf } from "../work/rights.ts";

/** Discord wants its answer within three seconds of the key that was hit. */
const deadlineMs = 1_500;
const shownLimit = 25;
const labelLength = 100;
/** How far back is looked for what belongs to a place. */
const reach = 200;

export type DeskDeps = {
  readonly journal: Pick<Journal, "runs" | "proposals" | "proposal">;
  readonly directory: Directory;
  readonly roster: Roster;
  readonly toolServers: Pick<ToolServers, "toolsFor">;
  readonly erps: ReadonlyMap<string, Erp>;
  readonly memoryOf: (project: ProjectId) => Pick<Memory, "all">;
  readonly clock: Clock;
};
/** What the ERP would refuse is not edited either. */
async function isRefused({ erps }: DeskDeps, { prepared }: Proposal): Promise<boolean> {
  const erp = erps.get(prepared.command.instance);
  return erp !== undefined && !(await rightsOf(erp)).has(prepared.command.op);
}

async function editOf(deps: DeskDeps, by: Account, nonce: string): Promise<EditDialog | null> {
  const id = editedBy(nonce);
  const proposal = id === null ? null : await deps.journal.proposal(id);
  if (proposal?.state !== "pending" && proposal?.state !== "proposed") return null;
  const person = deps.directory.personOf(by);
  if (!mayEdit(deps.directory, proposal, { person, account: by.id })) return null;
  if (await isRefused(deps, proposal)) return null;
  const form = editFormOf(deps, proposal);
  return form === null ? null : { title: `Edit ${proposal.id}`, fields: form.fields.map(toPostField) };
}

type Place = {
  readonly asker: Asker;
  readonly person: Person;
  readonly project: Project | null;
  /** The owner or a member: everybody else sees nothing but agents. */
  readonly isKnown: boolean;
};

export function createDesk(deps: DeskDeps): Desk {
  const routing = deps.roster.toRouting();
  const agentsOf = ({ person, project }: Place): readonly { readonly id: string; readonly job: string }[] =>
    candidatesOf({ roster: routing, person: person.class, projectAgents: project?.agents ?? null });
  return {
    suggest: async (asker, { from, typed }) => {
      const place = placeOf(deps, asker);
      const here = { ...place, agents: agentsOf(place) };
      return matching((await inTime(deps.clock, async () => listOf(deps, from, here))) ?? [], typed);
    },
    // Without a dialog the press itself says what became of the card.
    edit: async (by, nonce) => inTime(deps.clock, async () => editOf(deps, by, nonce)),
    form: (asker, command) => {
      const place = placeOf(deps, asker);
      const [name = "", ...inputs] = command.rest.trim().split(/\s+/u);
      if (!place.isKnown || command.verb !== "run" || name === "" || inputs.length > 0) return null;
      const id = name.includes("/") ? name : `pipeline/${name}`;
      return agentsOf(place).some((agent) => agent.id === id) ? formFor(deps.roster, id) : null;
    },
    judge: (id, values) => {
      const card = deps.roster.find(id);
      return card?.kind === "pipeline"
        ? judgeForm({ id, card }, values)
        : {
            kind: "wrong",
            rest: shortName(id),
            problems: [{ field: "", why: `There is no ${id} any more.` }],
          };
    },
  };
}

/** Null: late, or the journal is busy; typing goes on without. */
async function inTime<T>(clock: Clock, task: () => Promise<T>): Promise<T | null> {
  try {
    return await withDeadline({ clock, afterMs: deadlineMs }, async (signal) => raceSignal(signal, task()));
  } catch {
    return null;
  }
}

function placeOf({ directory }: DeskDeps, asker: Asker): Place {
  const person = directory.personOf(asker.account);
  const isKnown = person.class === "owner" || person.class === "member";
  return { asker, person, isKnown, project: directory.projectOf(asker.channel) };
}

function formFor(roster: Roster, id: string): Form | null {
  const card = roster.find(id);
  return card?.kind === "pipeline" ? formOf({ id, card }) : null;
}

type Here = Place & { readonly agents: readonly { readonly id: string; readonly job: string }[] };

async function listOf(deps: DeskDeps, from: Suggests, here: Here): Promise<readonly Suggestion[]> {
  const { agents, isKnown, project, person, asker } = here;
  const isHere = scopeOf({ project, person, message: asker });
  const isPipeline = ({ id }: { readonly id: string }): boolean => deps.roster.find(id)?.kind === "pipeline";
  switch (from) {
    case "agents":
      return agents.filter((agent) => !isPipeline(agent)).map(({ id, job }) => named(id, job));
    case "pipelines":
      return agents.filter(isPipeline).map(({ id, job }) => named(shortName(id), job));
    case "runs":
      if (!isKnown) return [];
      return (await deps.journal.runs({ open: true, limit: reach }))
        .filter(isHere)
        .map(({ id, agent, state }) => named(id, `${shortName(agent)}, ${state}`));
    case "proposals":
      if (!isKnown) return [];
      return (await deps.journal.proposals({ states: ["proposed", "pending"] }))
        .filter(isHere)
        .map(({ id, prepared }) => named(id, prepared.summary));
    case "facts":
      if (!isKnown || project === null) return [];
      return (await deps.memoryOf(project.id).all(reach)).map(({ id, text }) => named(id, text));
  }
}

function named(value: string, about: string): Suggestion {
  const label = `${value}: ${about.replaceAll(/\s+/gu, " ")}`;
  return { value, label: label.length > labelLength ? `${label.slice(0, labelLength - 1)}…` : label };
}

/** What begins with the typed words first, then what holds them anywhere. */
function matching(all: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const found = all.filter(({ label }) => label.toLowerCase().includes(wanted));
  const isStart = ({ value }: Suggestion): boolean =>
    value.toLowerCase().startsWith(wanted) || shortName(value).toLowerCase().startsWith(wanted);
  return [...found.filter(isStart), ...found.filter((one) => !isStart(one))].slice(0, shownLimit);
}
