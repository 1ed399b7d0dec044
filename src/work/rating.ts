// A thumb for an answer: kept against the turn and its agent, for later trust. No model is asked, and nothing is said
// but a private thank-you to who pressed a button; a reaction is its own receipt.
import type { Draft } from "../message.ts";
import type { Journal } from "../ports.ts";
import { say } from "../post.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

const thumbs = { up: "👍", down: "👎" } as const;

export function createRatingWorker(journal: Pick<Journal, "rate">): (task: Task<"rating">) => Promise<Draft> {
  return async (task) => {
    const { about, mark, change } = task.assignment;
    const { id: account } = task.message.account;
    const privately = (text: string): Draft => answered(task, say(text, { kind: "notice", only: account }));
    if (task.person.class !== "owner" && task.person.class !== "member")
      return privately("Only people whom the owner has listed can rate answers; nothing was noted.");
    const rated = await journal.rate({
      turn: about,
      person: task.person.name,
      account,
      mark,
      change,
      by: task.id,
    });
    if (change !== "press") return answered(task);
    if (rated === null) return privately("There is no agent's answer to rate here; nothing was noted.");
    return privately(
      rated.mark === null
        ? `Taken back: you have no thumb on this answer of ${rated.agent}.`
        : `Thank you, noted: ${thumbs[rated.mark]} for ${rated.agent}. Press it again to take it back.`,
    );
  };
}
