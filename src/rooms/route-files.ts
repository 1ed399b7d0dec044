// A message that is nothing but files: its sender is asked what to do with them, unless an agent was waiting for them.
import { toFileName, wordsIn } from "../files/file-names.ts";
import type { Assigned, Turn } from "../message.ts";
import { candidatesOf } from "../routing/candidates.ts";
import { routeText, told, toldOutsider } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

/** Who may do something with a file that came without a word; the rest of the roster is asked for by name. */
const offered = ["language/summarise", "language/translate", "chat/general"] as const;

export async function routeFiles(room: RouterRoom, turn: Turn): Promise<Assigned> {
  const { body } = turn.message;
  const demoted = toldOutsider(turn);
  if (demoted !== null) return demoted;
  const candidates = candidatesOf({
    roster: room.routing,
    person: turn.person.class,
    projectAgents: turn.project?.agents ?? null,
  });
  const options = offered
    .filter((id) => candidates.some((entry) => entry.id === id))
    .map((id) => ({ id, would: room.roster.get(id).job }));
  if (turn.thread.waiting?.kind === "input" || options.length === 0)
    return routeText(room, { turn, asked: { text: wordsIn(body), address: null, origin: turn.id } });
  const names = body.kind === "text" ? (body.files ?? []).map(toFileName).join(", ") : "";
  return told(
    turn,
    { kind: "question", text: `What shall I do with ${names}?`, options },
    "files without words",
  );
}
