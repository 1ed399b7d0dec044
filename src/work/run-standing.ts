// Who a run works for and where, looked up anew at each step: rights that were taken away meanwhile are gone for it too,
// and a run never reaches into another project than the one it was started in.
import { NovaFailure } from "../failures.ts";
import { channelOf } from "../ids.ts";
import type { Directory } from "../people.ts";
import type { Person, Project } from "../person.ts";
import type { RunRow } from "../ports.ts";

type Standing = { readonly person: Person; readonly project: Project | null };

/** Throws `run.failed` when its requester may no longer start pipelines, or its channel is about something else now. */
export function standingOf(
  { directory }: { readonly directory: Pick<Directory, "named" | "projectOf"> },
  run: Pick<RunRow, "id" | "requester" | "thread" | "project">,
): Standing {
  const person = directory.named(run.requester);
  if (person === null || (person.class !== "owner" && person.class !== "member")) {
    throw new NovaFailure("run.failed", `run ${run.id}: ${run.requester} is no owner or member now`, {
      forPerson: `${run.requester}, who started this, is no longer an owner or member, so it can't go on.`,
    });
  }
  const project = directory.projectOf(channelOf(run.thread));
  if ((project?.id ?? null) !== run.project) {
    throw new NovaFailure("run.failed", `run ${run.id}: its channel left project ${run.project ?? "none"}`, {
      forPerson: "This channel belongs to another project now, so it can't go on. Start it again here.",
    });
  }
  return { person, project };
}
