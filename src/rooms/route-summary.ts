// "Summarise this thread": what others said is part of the project, so it is for those who belong to it. The words are
// read when the turn is briefed, and reach the agent as data beside the request.
import type { Assigned, Turn } from "../message.ts";
import { routeText, told } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

const agent = "language/summarise";

export async function routeSummary(room: RouterRoom, turn: Turn): Promise<Assigned> {
  if (turn.person.class !== "owner" && turn.person.class !== "member") {
    const text =
      "`summarise` is for the owner and members; ask the owner to add you to people in the config.";
    return told(turn, { kind: "say", text, isPrivate: true }, "not for guests");
  }
  const asked = { text: "Summarise what was said in this thread.", address: agent, origin: turn.id };
  const assigned = await routeText(room, { turn, asked });
  return assigned.assignment.kind === "agent"
    ? { ...assigned, assignment: { ...assigned.assignment, readsThread: true } }
    : assigned;
}
