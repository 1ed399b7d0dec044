// The wait of an approved effect is over: it runs now, as a turn of its own, so that its outcome is said in its thread and
// the conversation's agents read it there.
import type { Draft } from "../message.ts";
import type { Journal } from "../ports.ts";
import { say } from "../post.ts";
import { resultOf } from "./admission.ts";
import type { ExecuteApproved } from "./execution.ts";
import { receiptOf } from "./receipt.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = { readonly journal: Pick<Journal, "proposal">; readonly execute: ExecuteApproved };

export function createDueWorker({ journal, execute }: Deps): (task: Task<"due">) => Promise<Draft> {
  return async (task) => {
    const before = await journal.proposal(task.assignment.proposal);
    // Stopped meanwhile: that was said by whoever stopped it.
    if (before === null || before.state === "cancelled") return answered(task);
    const ended = await execute(before.id);
    return { ...answered(task, say(receiptOf(ended), { kind: "receipt" })), result: resultOf(ended) };
  };
}
