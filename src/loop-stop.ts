// One message may ask the model only so often, and call only so many tools, whatever they cost and whoever works on it:
// agents that hand on, parts of a plan and repairs all count together. The count of a restart begins anew, and how often
// a message is taken up again has a limit of its own.
import { NovaFailure } from "./failures.ts";

export type LoopStop = {
  /** Counts one question to a model. Throws `steps.exhausted` when this turn, or this step of a run, has asked too often. */
  readonly asked: (turn: string) => void;
  /** Counts the tools that a reply calls, before any of them is used. Throws the same. */
  readonly called: (turn: string, tools: number) => void;
};

const maxQuestions = 48;
const maxTools = 160;
/** Turns at work at the same time are far fewer. */
const remembered = 2_000;

export function createLoopStop(): LoopStop {
  const questions = createCounts();
  const tools = createCounts();
  return {
    asked: (turn) => {
      if (questions.add(turn, 1) <= maxQuestions) return;
      throw stopped(turn, `asked the model ${maxQuestions} times`);
    },
    called: (turn, count) => {
      if (tools.add(turn, count) <= maxTools) return;
      throw stopped(turn, `called tools ${maxTools} times`);
    },
  };
}

const stopped = (turn: string, what: string): NovaFailure =>
  new NovaFailure("steps.exhausted", `${turn} ${what}`, {
    forPerson: `I have ${what} for this message, which is as often as one message may, so I stopped: it was going round in circles.`,
  });

function createCounts(): { readonly add: (turn: string, count: number) => number } {
  const counts = new Map<string, number>();
  return {
    add: (turn, count) => {
      const sum = (counts.get(turn) ?? 0) + count;
      counts.delete(turn);
      counts.set(turn, sum);
      for (const oldest of counts.keys()) {
        if (counts.size <= remembered) break;
        counts.delete(oldest);
      }
      return sum;
    },
  };
}
