// Verbs about what Nova knows of a project: each says what changed, and every fact is shown with its source and age.
import { canonicalHash } from "../canonical.ts";
import { changedContext, contextIn } from "../memory/context.ts";
import { forgetFact } from "../memory/forgetting.ts";
import { ageInWords } from "../memory/staleness.ts";
import type { Draft } from "../message.ts";
import type { PackItem } from "../pack.ts";
import type { Fact } from "../ports.ts";
import type { Task } from "../work/work.ts";
import { lines, noProject } from "./verb.ts";
import type { Verb, VerbDeps } from "./verb.ts";

const factLine = (item: PackItem, now: number): string =>
  `- ${item.text} (\`${item.id}\`, ${item.source}${item.at === null ? "" : `, ${new Date(item.at).toISOString().slice(0, 10)}, ${ageInWords(item.at, now)}`}${item.label === "current" ? "" : `, ${item.label}`})`;

/** Characters of somebody else's message that can be kept whole as one fact. */
const longestQuote = 1_000;

async function keepFact(task: Task<"verb">, deps: VerbDeps, kind: Fact["kind"]): Promise<Draft> {
  const { project, assignment } = task;
  if (project === null) return noProject(task);
  const text = assignment.rest.trim();
  const { by, at } = sayerOf(task);
  if (assignment.quoted !== undefined && text.length > longestQuote)
    return lines(task, `That is too long to keep as one fact; \`remember …\` keeps its point in your words.`);
  if (text === "") return lines(task, `Tell me what: \`${kind === "fact" ? "remember" : "decide"} …\`.`);
  const id = `f-${canonicalHash([task.id, kind]).slice(0, 8)}`;
  await deps.memoryOf(project.id).remember({ id, text, kind, saidBy: by, at, turn: task.id });
  const word = kind === "fact" ? "Remembered" : "Decision recorded";
  return lines(
    task,
    `${word} for **${project.name}**: ${text} (\`${id}\`, ${by === task.person.name ? "" : `said by ${by}, `}${new Date(at).toISOString().slice(0, 10)}). \`forget ${id}\` takes it back.`,
  );
}

/** Who said it: the person, or who wrote the message that a shortcut was used on. A name is shown, and never marks anything up. */
function sayerOf({ assignment, person, message }: Task<"verb">): {
  readonly by: string;
  readonly at: number;
} {
  if (assignment.quoted === undefined) return { by: person.name, at: message.at };
  const { by, at } = assignment.quoted;
  const name = by
    .replaceAll(/[^\p{L}\p{N} .'_-]+/gu, " ")
    .trim()
    .slice(0, 60);
  return { by: name === "" ? "somebody" : name, at };
}

export const rememberVerb: Verb = {
  name: "remember",
  summary: "Keep a fact for this project",
  usage: "remember text",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => keepFact(task, deps, "fact"),
};

export const decideVerb: Verb = {
  name: "decide",
  summary: "Record a decision for this project",
  usage: "decide text",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => keepFact(task, deps, "decision"),
};

export const forgetVerb: Verb = {
  name: "forget",
  summary: "Erase a remembered fact",
  usage: "forget ID",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => {
    const { project, assignment } = task;
    if (project === null) return noProject(task);
    const id = assignment.rest.trim().replaceAll("`", "");
    const isGone = await forgetFact(deps, project, { id, by: task.person.name });
    return lines(
      task,
      isGone
        ? `Forgotten: \`${id}\`. Its words are overwritten in memory and in the message that told me, and where other messages and answers kept here quote them whole (8 letters or more). What this chat itself shows, cards of approvals, and what was said in other words stay.`
        : `There is no fact \`${id}\` in ${project.name}; \`context\` lists them with their ids.`,
    );
  },
};

export const contextVerb: Verb = {
  name: "context",
  summary: "What I know of this project; `context profile|convention|open text` adds to it",
  usage: "context [profile|convention|open text]",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => {
    const { project, assignment } = task;
    if (project === null) return noProject(task);
    const [kind = "", ...rest] = assignment.rest.trim().split(/\s+/u);
    const text = rest.join(" ");
    if (text !== "" && (kind === "profile" || kind === "convention" || kind === "open"))
      await addTo(task, deps, { kind, text });
    else if (assignment.rest.trim() !== "")
      return lines(task, "Say `context`, or `context profile|convention|open text` to add to it.");
    return show(task, deps);
  },
};

async function addTo(
  task: Task<"verb">,
  deps: VerbDeps,
  added: { readonly kind: "profile" | "convention" | "open"; readonly text: string },
): Promise<void> {
  if (task.project === null) return;
  const { kind, text } = added;
  await deps.context.update(task.project.id, task.message.channel, (current) =>
    changedContext(current, ({ conventions, openItems }) => {
      if (kind === "profile") return { profile: text };
      if (kind === "convention") return { conventions: [...conventions, text] };
      return { openItems: [...openItems, text] };
    }),
  );
}

async function show(task: Task<"verb">, deps: VerbDeps): Promise<Draft> {
  const { project, message } = task;
  if (project === null) return noProject(task);
  const context = contextIn(project, await deps.context.read(project.id, message.channel));
  const facts = await deps.memoryOf(project.id).all(20);
  return lines(
    task,
    `**${project.name}**${context === null || context.profile === "" ? "" : `: ${context.profile}`}`,
    ...(context?.conventions ?? []).map((text) => `- convention: ${text}`),
    ...(context?.openItems ?? []).map((text) => `- open: ${text}`),
    ...(context === null || context.summary === ""
      ? []
      : [
          `- lately${context.summarisedAt === null ? "" : ` (${ageInWords(context.summarisedAt, deps.clock.now())})`}: ${context.summary}`,
        ]),
    ...(facts.length === 0
      ? ["No facts yet; `remember …` keeps one."]
      : facts.map((fact) => factLine(fact, deps.clock.now()))),
  );
}
