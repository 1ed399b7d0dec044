// Work of one agent: its toolbox for this turn, its deadline, and the model.
import type { AgentCard } from "../agent.ts";
import type { Attached, Draft, Turn } from "../message.ts";
import type { Pack } from "../pack.ts";
import type { MemoryOf } from "../memory/facts.ts";
import { lend } from "../erp/lent-tools.ts";
import type { ThreadId } from "../ids.ts";
import type { JudgeReply } from "../replies/contract.ts";
import type { Clock, Erp, Journal, Model, ToolServers } from "../ports.ts";
import { createAdmission } from "./admission.ts";
import { askAgent } from "./agent-loop.ts";
import type { AgentResult } from "./agent-loop.ts";
import { equip } from "./equipment.ts";
import { createTargets } from "./targets.ts";
import { createToolbox } from "./toolbox.ts";
import { billOf } from "../budget-lines.ts";
import type { Bill, Budget } from "../budget.ts";
import { paidModel } from "../paid-model.ts";
import { withDeadline } from "../deadline.ts";
import type { Limit } from "../deadline.ts";
import type { Previews } from "../surfaces/previews.ts";
import type { Stops } from "../turns/stops.ts";
import type { Task } from "./work.ts";

export type AgentWorkDeps = {
  readonly model: Model;
  readonly journal: Journal;
  readonly erps: ReadonlyMap<string, Erp>;
  readonly toolServers: ToolServers;
  readonly memoryOf: MemoryOf;
  readonly clock: Clock;
  readonly budget: Budget;
  readonly previews: Pick<Previews, "begin">;
  readonly stops: Pick<Stops, "signalOf">;
  readonly judge?: JudgeReply | undefined;
};
/** Who asks and where: fixed by the turn or the run. */
export type Errand = {
  readonly id: string;
  readonly card: AgentCard;
  readonly text: string;
  readonly pack: Pack;
  readonly person: Pick<Turn["person"], "name" | "class">;
  readonly project: Turn["project"];
  /** Where what it proposes would be asked. */
  readonly place: ThreadId;
  /** What its proposals' ids are made of. */
  readonly origin: string;
  readonly bill: Bill;
  readonly signal: AbortSignal;
  readonly onText: ((soFar: string) => void) | null;
  readonly attached?: Attached;
};

const chatDeadlineMs = 60_000;

export function createAgentWorker(deps: AgentWorkDeps): (task: Task<"agent">) => Promise<Draft> {
  const { clock } = deps;
  return async (given) => {
    // The contract room judges the reply by what the agent really held.
    const { assignment, person, project } = given;
    const equipped = cardFor(deps, { ...assignment, person, project });
    const task: Task<"agent"> = { ...given, assignment: { ...assignment, card: equipped } };
    const onText = deps.previews.begin(task);
    const stopped = deps.stops.signalOf(task.id);
    const { id, card, text } = task.assignment;
    const place = task.message.thread;
    const bill = billOf(task);
    const limit: Limit = { clock, afterMs: chatDeadlineMs, within: stopped };
    const result = await withDeadline(limit, async (signal) =>
      runErrand(deps, { ...task, id, card, text, place, origin: task.id, bill, signal, onText }),
    );
    return toDraft(limit, task, result);
  };
}

/** Shared by turns, plans and pipeline steps: the same toolbox, the same rights, the same budget. */
export async function runErrand(deps: AgentWorkDeps, errand: Errand): Promise<AgentResult> {
  const { project } = errand;
  const isKnown = isInside(errand.person);
  const erp = isKnown && project?.erp != null ? (deps.erps.get(project.erp) ?? null) : null;
  const memory = isKnown && project !== null ? deps.memoryOf(project.id) : null;
  const { card, withheld } = await equip(cardFor(deps, errand), erp);
  const toolbox = createToolbox({
    agent: errand.id,
    card,
    withheld,
    world: { erp, memory, now: deps.clock.now() },
    erp,
    erps: deps.erps,
    origin: errand.origin,
    targets: createTargets([errand.text, ...wordsBefore(errand)]),
    admits: createAdmission(deps.journal, {
      thread: errand.place,
      text: errand.text,
      now: deps.clock.now(),
    }),
  });
  return askAgent(paidModel(deps.model, deps.budget, errand.bill), {
    card,
    withheld,
    text: errand.text,
    images: errand.attached?.images ?? [],
    pack: errand.pack,
    toolbox,
    signal: errand.signal,
    onText: errand.onText,
  });
}

/** Their own words earlier in this conversation; what was answered to them is a model's. */
const wordsBefore = ({ pack, person }: Errand): readonly string[] =>
  pack.history.flatMap((exchange) => (exchange.person === person.name ? [exchange.asked] : []));

const isInside = (person: Errand["person"]): boolean => person.class === "owner" || person.class === "member";

/** With the tools of servers that are bound to it here; a guest's agent holds none. */
function cardFor(
  { toolServers }: Pick<AgentWorkDeps, "toolServers">,
  { id, card, person, project }: Pick<Errand, "id" | "card" | "person" | "project">,
): AgentCard {
  if (project === null || !isInside(person)) return card;
  return lend(card, toolServers.toolsFor(id, project.id));
}

function toDraft(limit: Limit, task: Task<"agent">, result: AgentResult): Draft {
  const redo = async (words: string): Promise<Draft> =>
    toDraft(limit, task, await withDeadline(limit, async (signal) => result.redo(words, signal)));
  return { ...task, ...result, runs: [], redo };
}
