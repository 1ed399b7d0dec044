// Drafts whose words are Nova's own: no model was asked, so there is no contract to check and nothing to repair.
import type { Shares } from "../button-action.ts";
import type { Briefed, Draft, Outcome, Waiting } from "../message.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";
import type { Task } from "./work.ts";

export type Spoken = {
  readonly posts: readonly Said[];
  readonly outcome: Outcome;
  readonly waiting: Waiting | null;
};

export function spoken(briefed: Briefed, { posts, outcome, waiting }: Spoken): Draft {
  return {
    ...briefed,
    reply: { arm: "code", posts, outcome, waiting },
    proposals: [],
    runs: [],
    seen: [],
    usage: { inputTokens: 0, outputTokens: 0, dollars: 0 },
    redo: null,
  };
}

export const answered = (briefed: Briefed, ...posts: readonly Said[]): Draft =>
  spoken(briefed, { posts, outcome: "answered", waiting: null });

const mostChoices = 3;
const allLabel = "All of these";

/** Whom the parts go to, each once. */
function sharing(parts: Shares): string {
  const agents = [...new Set(parts.map(({ agent }) => agent))];
  return `shares it out over ${agents.slice(0, -1).join(", ")} and ${agents.at(-1) ?? ""}, with a checklist.`;
}

const offerOfAll = (
  turn: string,
  { coordinator, parts }: NonNullable<Task<"question">["assignment"]["all"]>,
) => ({
  label: allLabel,
  style: "primary" as const,
  asks: null,
  action: { kind: "choose" as const, turn, agent: coordinator, parts },
});

/** Stage 8 of routing: up to three buttons with what each would do, and "something else". */
export async function askWhich(task: Task<"question">): Promise<Draft> {
  const { text, options, words, all } = task.assignment;
  const turn = task.assignment.about ?? task.id;
  const shown = options.slice(0, all === undefined ? mostChoices : mostChoices - 1);
  const lines = [
    ...shown.map(({ id, would }) => `- **${id}**: ${would}`),
    ...(all === undefined ? [] : [`- **${allLabel}**: ${sharing(all.parts)}`]),
  ];
  const offers = [
    ...shown.map(({ id }) => ({
      label: id,
      style: "primary" as const,
      asks: null,
      action: { kind: "choose" as const, turn, agent: id, ...(words === undefined ? {} : { words }) },
    })),
    ...(all === undefined ? [] : [offerOfAll(turn, all)]),
    {
      label: "Something else",
      style: "plain" as const,
      asks: null,
      action: { kind: "choose" as const, turn, agent: null },
    },
  ];
  const waiting: Waiting = {
    kind: "clarification",
    turn,
    options: options.map(({ id }) => id),
    ...(all === undefined ? {} : { all }),
  };
  return spoken(task, {
    posts: [say([text, ...lines].join("\n"), { kind: "question", offers })],
    outcome: "asked",
    waiting,
  });
}

/** An honest no, with the nearest agents and what they do. Never a default agent. */
export async function sayNone(task: Task<"none">): Promise<Draft> {
  const { nearest, why } = task.assignment;
  const turn = task.id;
  const lines = nearest.map(({ id, would }) => `- **${id}**: ${would}`);
  const text = [
    // A name that was called is answered by name; a score would say nothing to a person.
    task.route.stage === "address" ? why : "None of my agents does this.",
    ...(nearest.length > 0 ? ["The nearest ones:", ...lines] : ["`help` lists what I can do."]),
  ].join("\n");
  const offers = nearest.map(({ id }) => ({
    label: id,
    style: "plain" as const,
    asks: null,
    action: { kind: "choose" as const, turn, agent: id },
  }));
  const waiting: Waiting | null =
    nearest.length > 0 ? { kind: "clarification", turn, options: nearest.map(({ id }) => id) } : null;
  return spoken(task, {
    posts: [say(text, { kind: "question", offers })],
    outcome: nearest.length > 0 ? "asked" : "answered",
    waiting,
  });
}

export async function sayIt(task: Task<"say">): Promise<Draft> {
  const { text, isPrivate } = task.assignment;
  return answered(task, say(text, { only: isPrivate ? task.message.account.id : null }));
}
