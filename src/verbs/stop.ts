// `stop`: what is being worked on in this thread, or a run by its id. The wish was heard when the message was kept; here it
// is answered.
import type { Draft } from "../message.ts";
import { say } from "../post.ts";
import { isOpenRun } from "../runs/progress.ts";
import { isWaitingToRun } from "../proposal.ts";
import { answered } from "../work/spoken.ts";
import { stopRun } from "../work/run-end.ts";
import type { Task } from "../work/work.ts";
import { scopeOf } from "./scope.ts";
import { lines } from "./verb.ts";
import type { Verb, VerbDeps } from "./verb.ts";

const isKnown = ({ person }: Task<"verb">): boolean => person.class === "owner" || person.class === "member";

async function stopWork(task: Task<"verb">, deps: VerbDeps): Promise<Draft> {
  const { message } = task;
  const only = message.body.kind === "command" ? message.account.id : null;
  const verdict = deps.stops.verdictOn(message);
  switch (verdict.kind) {
    case "stopped":
      return answered(task, say("Stopped.", { kind: "notice", only }));
    case "refused":
      return answered(
        task,
        say(`Only ${verdict.asker}, who asked, or the owner can stop this.`, { kind: "notice", only }),
      );
    case "late":
      return answered(
        task,
        say("Too late to stop that: it is done, or being carried out.", { kind: "notice", only }),
      );
    case "nothing":
      return lines(task, await nothingWords(task, deps));
  }
}

async function nothingWords(task: Task<"verb">, { journal }: VerbDeps): Promise<string> {
  const open = isKnown(task) ? (await journal.runs({ open: true, limit: 1_000 })).filter(scopeOf(task)) : [];
  const runs = open.slice(0, 5).map(({ id, agent }) => `\`stop ${id}\` stops ${agent}.`);
  const waits = isKnown(task) ? await journal.proposals({ states: ["approved"] }) : [];
  const effects = waits
    .filter((proposal) => isWaitingToRun(proposal) && scopeOf(task)(proposal))
    .map(({ id, prepared }) => `Press Stop on the card of \`${id}\` to stop this: ${prepared.summary}.`);
  return ["Nothing is being worked on here.", ...effects, ...runs].join("\n");
}

async function stopOneRun(task: Task<"verb">, deps: VerbDeps, id: string): Promise<Draft> {
  const run = isKnown(task) ? await deps.journal.run(id) : null;
  if (run === null || !scopeOf(task)(run))
    return lines(task, `There is no run \`${id}\` here; \`runs\` lists them.`);
  if (!isOpenRun(run)) return lines(task, `${run.agent} is already ${run.state}.`);
  await stopRun(deps, run, task.person.name);
  return lines(
    task,
    `Stopped ${run.agent} (\`${id}\`). What was approved before stands; nothing else will be done.`,
  );
}

export const stopVerb: Verb = {
  name: "stop",
  summary: "Stop what I am working on, or a pipeline run",
  usage: "stop [RUN]",
  isTerminalOnly: false,
  // Whoever may ask may also take it back.
  isForEveryone: true,
  run: async (task, deps) => {
    const id = task.assignment.rest.trim();
    return id === "" ? stopWork(task, deps) : stopOneRun(task, deps, id);
  },
};
