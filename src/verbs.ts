// The verbs: the same on every surface. Each is answered by code from the journal and the config; no model is asked.
// `ask`, `run`, `retry`, `approve` and `reject` are only named here: the router turns them into assignments.
import type { Draft } from "./message.ts";
import type { VerbSpec } from "./ports.ts";
import { say } from "./post.ts";
import { helpVerb, statusVerb } from "./verbs/about.ts";
import { agentsVerb } from "./verbs/agents.ts";
import { boardVerb } from "./verbs/board.ts";
import { approvalsVerb, briefVerb, failuresVerb, runsVerb } from "./verbs/work.ts";
import { stopVerb } from "./verbs/stop.ts";
import { contextVerb, decideVerb, forgetVerb, rememberVerb } from "./verbs/memory.ts";
import type { Verb, VerbDeps } from "./verbs/verb.ts";
import { whyVerb } from "./verbs/why.ts";
import { answered } from "./work/spoken.ts";
import type { Task } from "./work/work.ts";
import { verbOptions } from "./surfaces/verb-options.ts";

const routed: readonly VerbSpec[] = [
  { name: "ask", summary: "Ask, or ask one agent by name", usage: "ask [agent] text", isTerminalOnly: false },
  { name: "run", summary: "Start a pipeline", usage: "run pipeline [key=value …]", isTerminalOnly: false },
  {
    name: "summarise",
    summary: "Sum up what was said in this thread",
    usage: "summarise",
    isTerminalOnly: false,
  },
  {
    name: "retry",
    summary: "Run the last failed message of this thread again",
    usage: "retry",
    isTerminalOnly: false,
  },
  { name: "approve", summary: "Approve a proposal", usage: "approve ID", isTerminalOnly: true },
  {
    name: "reject",
    summary: "Reject a proposal, with a reason",
    usage: "reject ID [reason]",
    isTerminalOnly: true,
  },
  {
    name: "edit",
    summary: "Propose the same with other values",
    usage: "edit ID field=value …",
    isTerminalOnly: true,
  },
  { name: "untick", summary: "Leave one item out of a batch", usage: "untick ID", isTerminalOnly: true },
  { name: "tick", summary: "Take it in again", usage: "tick ID", isTerminalOnly: true },
  { name: "undo", summary: "Propose to undo what was done", usage: "undo ID", isTerminalOnly: true },
  { name: "details", summary: "Everything about a proposal", usage: "details ID", isTerminalOnly: true },
];
const verbs: readonly Verb[] = [
  helpVerb,
  agentsVerb,
  whyVerb,
  statusVerb,
  contextVerb,
  rememberVerb,
  forgetVerb,
  decideVerb,
  briefVerb,
  boardVerb,
  approvalsVerb,
  runsVerb,
  stopVerb,
  failuresVerb,
];

/** What adapters register and the router knows. */
export const verbSpecs: readonly VerbSpec[] = [
  ...routed,
  ...verbs.map(({ run: _run, isForEveryone: _for, ...spec }) => spec),
].map((spec) => {
  const options = verbOptions[spec.name];
  return options === undefined ? spec : { ...spec, options };
});

export function createVerbWorker(deps: Omit<VerbDeps, "specs">): (task: Task<"verb">) => Promise<Draft> {
  const full = { ...deps, specs: verbSpecs };
  return async (task) => {
    const verb = verbs.find(({ name }) => name === task.assignment.verb);
    if (verb === undefined) throw new Error(`the router let the verb ${task.assignment.verb} through`);
    const isKnown = task.person.class === "owner" || task.person.class === "member";
    if (!isKnown && !verb.isForEveryone) {
      return answered(
        task,
        say(
          `\`${verb.name}\` is for the owner and members; ask the owner to add you to people in the config.`,
          { kind: "notice" },
        ),
      );
    }
    return verb.run(task, full);
  };
}
