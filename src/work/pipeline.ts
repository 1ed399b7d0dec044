// Launching a pipeline: inputs filled from the message, asked for when missing. The run's row and its progress post
// commit with the turn; the engine starts afterwards with the run's id, so neither can exist without the other.
import { z } from "zod";
import { billOf } from "../budget-lines.ts";
import type { Budget } from "../budget.ts";
import { NovaFailure } from "../failures.ts";
import type { Draft } from "../message.ts";
import { paidModel } from "../paid-model.ts";
import { say } from "../post.ts";
import type { Clock, Model } from "../ports.ts";
import { withDeadline } from "../deadline.ts";
import { canonicalHash } from "../canonical.ts";
import { fillInputs } from "./pipeline-inputs.ts";
import { spoken } from "./spoken.ts";
import type { Task } from "./work.ts";

const fillDeadlineMs = 20_000;

type PipelineDeps = { readonly model: Model; readonly clock: Clock; readonly budget: Budget };

export function createPipelineWorker(deps: PipelineDeps): (task: Task<"pipeline">) => Promise<Draft> {
  return async (task) => {
    const { id, card, text } = task.assignment;
    if (task.person.class !== "owner" && task.person.class !== "member") {
      return spoken(task, {
        posts: [say("Pipelines are started by the owner or a member.", { kind: "notice" })],
        outcome: "answered",
        waiting: null,
      });
    }
    const filled = await fill(deps, task);
    const parsed = card.inputs.safeParse(filled);
    if (!parsed.success) {
      const missing = missingOf(card.inputs, parsed.error);
      const usage = Object.keys(card.inputs.shape)
        .map((key) => `${key}=…`)
        .join(" ");
      const question = `To start **${id}** I need ${missing.join(" and ")}. Tell me, or write \`/run ${id.split("/")[1] ?? id} ${usage}\`.`;
      return spoken(task, {
        posts: [say(question, { kind: "question" })],
        outcome: "asked",
        waiting: { kind: "input", agent: id, asked: question, about: text },
      });
    }
    const run = {
      id: `r-${canonicalHash([task.id, id]).slice(0, 10)}`,
      agent: id,
      version: card.version,
      input: z.json().parse(parsed.data),
    };
    return { ...spoken(task, { posts: [], outcome: "answered", waiting: null }), runs: [run] };
  };
}

async function fill({ model, clock, budget }: PipelineDeps, task: Task<"pipeline">): Promise<unknown> {
  const { card, text } = task.assignment;
  const paid = paidModel(model, budget, billOf(task));
  return withDeadline({ clock, afterMs: fillDeadlineMs }, async (signal) =>
    fillInputs(paid, { inputs: card.inputs, text, signal }),
  );
}

/** The names of inputs that are missing or wrong, each with what it is. */
function missingOf(inputs: z.ZodObject<z.ZodRawShape>, error: z.ZodError): readonly string[] {
  const keys = [...new Set(error.issues.map(({ path }) => String(path[0] ?? "")))];
  if (keys.length === 0) throw new NovaFailure("unexpected", z.prettifyError(error));
  return keys.map((key) => {
    const field = inputs.shape[key];
    const about = field instanceof z.ZodType ? field.description : undefined;
    return about === undefined ? `\`${key}\`` : `\`${key}\` (${about})`;
  });
}
