// "Hand to somebody else" under a failure: who would have taken the message is left out, the next likeliest are offered. No
// model is asked for this; whom the person picks gets the message as it was written.
import type { Assignment } from "../assignment.ts";
import type { Assigned, Turn } from "../message.ts";
import { routeText, told } from "./route-text.ts";
import type { RouterRoom } from "./route-text.ts";

type Elsewhere = {
  /** In the writer's name: only whom the writer may use is offered. */
  readonly turn: Turn;
  readonly text: string;
  /** The turn whose words these are. */
  readonly origin: string;
  readonly not: string | null;
  /** Set where these are only some of that turn's words: whom the person picks gets no others. */
  readonly words?: string | undefined;
};

export async function routeElsewhere(room: RouterRoom, given: Elsewhere): Promise<Assigned> {
  const { turn, text, origin, not } = given;
  const again = await routeText(
    { ...room, askModel: null },
    { turn, asked: { text, address: null, origin } },
  );
  const taker = again.assignment.kind === "agent" ? again.assignment.id : null;
  const options = again.route.candidates
    .map(({ agent }) => agent)
    .filter((id) => id !== not && id !== taker && room.roster.find(id)?.kind === "agent")
    .slice(0, 3)
    .map((id) => ({ id, would: room.roster.get(id).job }));
  const question: Assignment =
    options.length === 0
      ? {
          kind: "say",
          text: "Nobody else here does this; tell me in other words what you need.",
          isPrivate: false,
        }
      : {
          kind: "question",
          text: "Who else should take it?",
          options,
          about: origin,
          ...(given.words === undefined ? {} : { words: given.words }),
        };
  return told(turn, question, "somebody else");
}
