// "Hand to somebody else" under a failure: who failed at the message is left out, the next likeliest are offered, however
// unlikely: a person asks for them. No model is asked for this; whom the person picks gets the message as it was written.
import type { Assignment } from "../assignment.ts";
import type { Assigned, Turn } from "../message.ts";
import { candidatesOf } from "../routing/candidates.ts";
import { rank } from "../routing/ranking.ts";
import { routeInputOf, routeText, told } from "./route-text.ts";
import type { Asked, RouterRoom } from "./route-text.ts";

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
  const asked = { text, address: null, origin };
  const again = await routeText({ ...room, askModel: null }, { turn, asked });
  const leftOut = not ?? (again.assignment.kind === "agent" ? again.assignment.id : null);
  const options = (again.route.candidates.length === 0 ? [] : likeliest(room, turn, asked))
    .filter((id) => id !== leftOut && room.roster.find(id)?.kind === "agent")
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

/** All whom the writer may use here, the likeliest first. */
function likeliest(room: RouterRoom, turn: Turn, asked: Asked): readonly string[] {
  const input = routeInputOf(room, { turn, asked });
  return rank(input, candidatesOf(input), asked.text).map(({ agent }) => agent.id);
}
