// What a verb may list or touch in this place: a project's channel sees that project, and nothing of any other.
import type { ProjectId, ThreadId } from "../ids.ts";
import type { Message } from "../message.ts";
import type { Person, Project } from "../person.ts";

/** Where something belongs: from its row in the journal, never from what somebody typed. */
type Belonging = {
  readonly project: ProjectId | null;
  readonly thread: ThreadId | null;
  /** Name of who asked for it; null where nobody did. */
  readonly requester: string | null;
};
/** Where somebody looks from. */
type Where = {
  readonly project: Pick<Project, "id"> | null;
  readonly person: Pick<Person, "name" | "class">;
  readonly message: Pick<Message, "thread" | "direct">;
};
type Scope = (of: Belonging) => boolean;

/**
 * Outside any project a place shows what belongs to its own thread. Where a person is alone with Nova (a direct message,
 * the terminal) their own things are added, and for the owner everything: nobody else reads along there.
 */
export function scopeOf({ project, message, person }: Where): Scope {
  if (project !== null) return (of) => of.project === project.id;
  if (message.direct && person.class === "owner") return () => true;
  return (of) => of.thread === message.thread || (message.direct && of.requester === person.name);
}
