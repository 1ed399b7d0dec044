// A request over several domains: each part goes to its agent, side by side, and ends as a result or a failure on a
// visible checklist. The coordinator does no work itself; a lost part is impossible because the list is made first.
import { billOf } from "../budget-lines.ts";
import { keepContract } from "../replies/contract.ts";
import type { Kept } from "../replies/contract.ts";
import { withDeadline } from "../deadline.ts";
import type { Limit } from "../deadline.ts";
import { toFailure } from "../failures.ts";
import type { NovaFailure } from "../failures.ts";
import type { Part } from "../assignment.ts";
import type { Draft } from "../message.ts";
import { say } from "../post.ts";
import { commandHashOf } from "../proposal.ts";
import type { ProposalDraft } from "../proposal.ts";
import { addUsage, noUsage } from "./agent-loop.ts";
import type { AgentResult } from "./agent-loop.ts";
import { runErrand } from "./agent.ts";
import type { AgentWorkDeps } from "./agent.ts";
import { wordsOfPart } from "./part-words.ts";
import { failuresOf, offersFor, plannedTrail } from "./plan-ends.ts";
import { spoken } from "./spoken.ts";
import type { Verified, Verify } from "./verification.ts";
import type { Task } from "./work.ts";

type PartEnd = {
  readonly mark: "✓" | "?" | "✗";
  readonly words: string;
  readonly result: AgentResult | null;
  readonly failure?: NovaFailure;
  /** Whom the part's agent named in its own stead. */
  readonly instead?: string;
};
const planDeadlineMs = 90_000;

type PlanDeps = AgentWorkDeps & { readonly verify: Verify };

export function createPlanWorker(
  deps: PlanDeps,
  agents: readonly string[],
): (task: Task<"plan">) => Promise<Draft> {
  return async (task) => {
    const { parts } = task.assignment;
    const limit: Limit = { clock: deps.clock, afterMs: planDeadlineMs, within: deps.stops.signalOf(task.id) };
    const ends = await withDeadline(limit, async (signal) =>
      Promise.all(parts.map(async (part, index) => workPart(deps, task, { part, index, signal, agents }))),
    );
    const lines = ends.map(
      ({ mark, words }, index) =>
        `${mark} **${parts[index]?.id ?? ""}** (${parts[index]?.text ?? ""})\n${words}`,
    );
    const results = ends.flatMap(({ result }) => (result === null ? [] : [result]));
    const footer = `${task.assignment.id} · ${parts.length} parts`;
    const offers = offersFor(task, ends);
    const failures = failuresOf(task, ends);
    const draft = spoken(task, {
      posts: [say(lines.join("\n\n"), { footer, offers })],
      outcome: failures.length === parts.length ? "failed" : "answered",
      waiting: null,
    });
    return {
      ...draft,
      trail: plannedTrail(task, deps.clock.now()),
      ...(failures.length === 0 ? {} : { failures }),
      proposals: onceEach(results.flatMap(({ proposals }) => proposals)),
      seen: results.flatMap(({ seen }) => seen),
      leftOut: results.flatMap(({ leftOut }) => leftOut),
      usage: results.map(({ usage }) => usage).reduce(addUsage, noUsage),
    };
  };
}

/** Two parts that want the same deed ask for it once. */
const onceEach = (drafts: readonly ProposalDraft[]): readonly ProposalDraft[] => [
  ...new Map(drafts.map((draft) => [commandHashOf(draft.prepared.command), draft])).values(),
];

type PartTask = {
  readonly part: Part;
  readonly index: number;
  readonly signal: AbortSignal;
  readonly agents: readonly string[];
};

async function workPart(
  deps: PlanDeps,
  task: Task<"plan">,
  { part, index, signal, agents }: PartTask,
): Promise<PartEnd> {
  try {
    const [text, bill] = [wordsOfPart(part), billOf(task)];
    const result = await runErrand(deps, {
      ...task,
      id: part.id,
      card: part.card,
      text,
      place: task.message.thread,
      origin: `${task.id}#${index}`,
      bill,
      signal,
      onText: null,
    });
    const { kept, sound } = await keepContract(result, {
      card: part.card,
      id: part.id,
      agents,
      asked: text,
      items: task.pack.items,
      said: task.pack.history.flatMap(({ asked, answered }) => [asked, answered]),
      redo: async (words) => result.redo(words, signal),
      judge: deps.judge,
    });
    const end = endOf(kept, sound);
    if (kept.kind !== "fulfilled") return end;
    const { items } = task.pack;
    const answer = { agent: part.id, asked: text, reply: kept.value, items, bill, within: signal };
    return marked(end, await deps.verify({ ...sound, ...answer, project: task.project?.id ?? null }));
  } catch (thrown) {
    const failure = toFailure(thrown);
    return { mark: "✗", words: failure.forPerson, result: null, failure };
  }
}

/** Where the evidence speaks against its agent, the answer says so itself: a checklist has one footer for all. */
function marked(end: PartEnd, verified: Verified | null): PartEnd {
  if (verified === null || end.result === null) return end;
  const usage = addUsage(end.result.usage, verified.usage);
  return { ...end, words: `${end.words}\n${verified.words}`, result: { ...end.result, usage } };
}

function endOf(kept: Kept, result: AgentResult): PartEnd {
  switch (kept.kind) {
    case "fulfilled":
      return { mark: "✓", words: kept.value.answer, result };
    case "needs":
      return { mark: "?", words: kept.question, result };
    case "declined":
      return {
        mark: "✗",
        words: kept.why,
        result,
        ...(kept.instead === null ? {} : { instead: kept.instead }),
      };
  }
}
