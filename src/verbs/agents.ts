// Who works here and on what, and how far each is trusted: all of them in a line each, or one in full.
import { nearestNames } from "../nearest.ts";
import type { Draft } from "../message.ts";
import { figureWords, standingsWords } from "../trust/trust-words.ts";
import type { Task } from "../work/work.ts";
import type { Verb, VerbDeps } from "./verb.ts";
import { lines } from "./verb.ts";

type Named = { readonly id: string; readonly job: string };

export const agentsVerb: Verb = {
  name: "agents",
  summary: "Who works here on what, and how far each is trusted",
  usage: "agents [agent]",
  isTerminalOnly: false,
  isForEveryone: true,
  run: async (task, deps) => {
    const here = deps.agentsFor(task);
    const wanted = task.assignment.rest.trim();
    if (wanted !== "") return one(task, deps, { wanted, here });
    // How people judged answers is the team's own.
    const trustOf = isInside(task) ? (id: string) => shortTrust(deps, id) : () => "";
    return lines(task, ...here.map(({ id, job }) => `- **${id}**: ${job}${trustOf(id)}`));
  },
};

const isInside = ({ person }: Task<"verb">): boolean => person.class === "owner" || person.class === "member";

function shortTrust({ trust }: VerbDeps, id: string): string {
  const { standings, evidence } = trust.of(id);
  return evidence === "" ? " (no evidence yet)" : ` (${standingsWords(standings)}: ${evidence})`;
}

function one(
  task: Task<"verb">,
  { trust }: VerbDeps,
  { wanted, here }: { readonly wanted: string; readonly here: readonly Named[] },
): Draft {
  const agent = here.find(({ id }) => id === wanted) ?? here.find(({ id }) => id.endsWith(`/${wanted}`));
  if (agent === undefined) {
    const near = nearestNames(
      wanted,
      here.map(({ id }) => id),
      1,
    )[0];
    const mend = near === undefined ? "`agents` lists who works here." : `Did you mean \`agents ${near}\`?`;
    return lines(task, `Nobody here has that name. ${mend}`);
  }
  const job = `**${agent.id}**: ${agent.job}`;
  if (!isInside(task)) return lines(task, job);
  const { standings, evidence } = trust.of(agent.id);
  return lines(
    task,
    job,
    ...standings.map((standing) => `- ${figureWords(standing)} asked`),
    `- evidence: ${evidence === "" ? "none yet" : evidence}`,
    `Each figure is the lower bound of the share of good answers; evidence counts half after ${trust.settings.halfLifeDays} days. Trust only decides what is marked as unverified: every effect waits for a person all the same.`,
  );
}
