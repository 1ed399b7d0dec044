// A run ended: its result is said in its thread as a turn of its own, so it has an outcome like any other message.
import type { Draft } from "../message.ts";
import type { Journal } from "../ports.ts";
import { say } from "../post.ts";
import type { Offer } from "../post.ts";
import { answered, spoken } from "./spoken.ts";
import type { Task } from "./work.ts";

export function createNewsWorker(journal: Journal): (task: Task<"news">) => Promise<Draft> {
  return async (task) => {
    const run = await journal.run(task.assignment.run);
    if (run === null)
      return answered(
        task,
        say(`A pipeline run ended that I no longer know (${task.assignment.run}).`, { kind: "notice" }),
      );
    const footer = `${run.agent} · run ${run.id}`;
    if (run.state === "done") return answered(task, say(run.detail, { footer }));
    const text = `⚠ **${run.agent}** stopped: ${run.detail}. What was approved before stands; nothing else was done.`;
    return spoken(task, {
      posts: [say(text, { kind: "failure", footer, offers: offersFor(task.id, run.id) })],
      outcome: "failed",
      waiting: null,
    });
  };
}

/** From its beginning, with the same inputs; or nothing more about it. */
const offersFor = (turn: string, run: string): readonly Offer[] => [
  { label: "Retry", style: "primary", asks: null, action: { kind: "rerun", run } },
  { label: "Drop", style: "plain", asks: null, action: { kind: "drop", turn } },
];
