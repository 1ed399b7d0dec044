// May this requester, with this agent, in this project, still have this effect on this ERP? Asked of what was asked for
// before: at every start, at the press, and right before the effect runs.
import { channelOf } from "../ids.ts";
import type { Directory } from "../people.ts";
import type { Proposal } from "../proposal.ts";
import type { Roster } from "../roster.ts";
import { candidatesOf } from "../routing/candidates.ts";

export type Entitling = {
  readonly directory: Pick<Directory, "named" | "projectOf" | "projects">;
  readonly roster: Pick<Roster, "toRouting">;
};
type Asked = Pick<Proposal, "requester" | "agent" | "project" | "thread" | "prepared">;

/** Why not, in words for a person; null: they may. */
export function barredWhy({ directory, roster }: Entitling, asked: Asked): string | null {
  const { requester, agent, project: id, thread, prepared } = asked;
  const person = directory.named(requester);
  if (person === null || (person.class !== "owner" && person.class !== "member"))
    return `${requester}, who asked for it, is no owner or member any more`;
  const project = directory.projects.find((one) => one.id === id) ?? null;
  if (project === null && id !== null) return `the project ${id} is not in the config any more`;
  const here = directory.projectOf(channelOf(thread));
  if (here !== null && here.id !== id) return `this channel belongs to another project now (${here.name})`;
  const agents = { roster: roster.toRouting(), person: person.class, projectAgents: project?.agents ?? null };
  if (!candidatesOf(agents).some((one) => one.id === agent))
    return `${agent}, which prepared it, may not be used ${project === null ? "here" : `in ${project.name}`} any more`;
  const { connector, instance } = prepared.command;
  // Tool servers belong to their agents, ERPs to projects; what was asked outside a project was never bound to one.
  if (project === null || connector === "mcp" || project.erp === instance) return null;
  return `${project.name} does not work with the ERP “${instance}” any more`;
}
