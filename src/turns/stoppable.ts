// The rooms as a person can stop them: whatever only thinks ends at once, and what was stopped is never held or proposed.
import type { Rooms } from "../orchestrator.ts";
import type { Stops } from "./stops.ts";

export function stoppable(rooms: Rooms, stops: Stops): Rooms {
  return {
    ...rooms,
    assign: stops.over(async (turn) => {
      if (turn.attempt > 1) await stops.hearAgain(turn);
      return rooms.assign(turn);
    }),
    work: stops.over(rooms.work),
    check: stops.over(rooms.check),
    hold: (checked) => {
      stops.seal(checked);
      return rooms.hold(checked);
    },
  };
}
