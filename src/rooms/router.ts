// Room 3, assign: exactly one thing to do for every turn. Presses and commands are looked up; text is routed.
import type { Assigned, Turn } from "../message.ts";
import { saidAll } from "./route-all.ts";
import { routeReaction } from "./route-aside.ts";
import { routeCommand } from "./route-command.ts";
import { isWordless } from "../files/file-names.ts";
import { routeFiles } from "./route-files.ts";
import { routePress, routeRetry } from "./route-press.ts";
import { routeText, told } from "./route-text.ts";
import type { RouterDeps, RouterRoom } from "./route-text.ts";

export function createRouterRoom(deps: RouterDeps): (turn: Turn) => Promise<Assigned> {
  const room: RouterRoom = { ...deps, routing: deps.roster.toRouting() };
  return async (turn) => {
    const { body } = turn.message;
    switch (body.kind) {
      case "text":
        return isWordless(body)
          ? routeFiles(room, turn)
          : ((await saidAll(room, turn)) ??
              routeText(room, { turn, asked: { text: body.text, address: null, origin: turn.id } }));
      case "command":
        return body.verb.toLowerCase() === "retry" ? routeRetry(room, turn) : routeCommand(room, turn, body);
      case "press":
        return routePress(room, turn);
      case "reaction":
        return routeReaction(room, turn);
      case "signal":
        if (body.signal === "effect.due")
          return told(turn, { kind: "due", proposal: body.ref }, "its wait is over");
        return told(turn, { kind: "news", signal: body.signal, run: body.ref }, "news of a run");
    }
  };
}
