// A run that ended badly, started again from its beginning with the same inputs: a run of its own, once per ended run.
import { canonicalHash } from "../canonical.ts";
import type { Draft } from "../message.ts";
import type { Journal } from "../ports.ts";
import { say } from "../post.ts";
import { isOpenRun } from "../runs/progress.ts";
import type { Roster } from "../roster.ts";
import { answered, spoken } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = { readonly journal: Pick<Journal, "run" | "useButton">; readonly roster: Roster };

export function createRerunWorker({ journal, roster }: Deps): (task: Task<"rerun">) => Promise<Draft> {
  return async (task) => {
    const { person, message, button } = task;
    const privately = (text: string): Draft =>
      answered(task, say(text, { kind: "notice", only: message.account.id }));
    const run = await journal.run(task.assignment.run);
    if (run === null) return privately("I no longer know that run; `runs` lists what ran here.");
    const isTheirs = run.requesterAccount === message.account.id || run.requester === person.name;
    if (!isTheirs && person.class !== "owner")
      return privately(`Only ${run.requester} or the owner can start this again.`);
    if (person.class !== "owner" && person.class !== "member")
      return privately("Pipelines are started by the owner or a member.");
    const card = roster.find(run.agent);
    if (card?.kind !== "pipeline") return privately(`The pipeline ${run.agent} no longer exists.`);
    const input = card.inputs.safeParse(run.input);
    if (isOpenRun(run) || !input.success)
      return privately(
        isOpenRun(run)
          ? `${run.agent} is still going on.`
          : `${run.agent} takes other inputs by now; start it with \`run\`.`,
      );
    if (button === null || !(await journal.useButton(button.nonce, task.id)))
      return privately("This was already pressed.");
    const next = {
      id: `r-${canonicalHash([task.id, run.agent]).slice(0, 10)}`,
      agent: run.agent,
      version: card.version,
      input: run.input,
    };
    return { ...spoken(task, { posts: [], outcome: "answered", waiting: null }), runs: [next] };
  };
}
