// One Nova job as an openworkflow workflow. The engine parks a run by throwing, so what it throws must pass through;
// everything else ends the run, and the job is told.
import { z } from "zod";
import type { Workflow } from "openworkflow";
import { deadline } from "../../src/deadline.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Clock, DurableJob, DurableStep } from "../../src/ports.ts";

const Input = z.object({ run: z.string(), input: z.unknown() });
/** Reads and model calls are worth another try; effects are safe to repeat because the journal decides. */
const retryPolicy = {
  maximumAttempts: 3,
  initialInterval: "250ms",
  backoffCoefficient: 4,
  maximumInterval: "10s",
} as const;

type JobWorkflow = Workflow<unknown, null, unknown>;
type StepApi = Parameters<JobWorkflow["fn"]>[0]["step"];
export type JobLife = {
  readonly clock: Clock;
  readonly onOver: (run: string) => void;
  /** The engine is closing: what breaks now is cut off, not failed. */
  readonly isStopping: () => boolean;
};

export function toWorkflow(job: DurableJob, life: JobLife): JobWorkflow {
  return {
    spec: { name: job.name, version: String(job.version) },
    fn: async ({ input, step }) => {
      const { run, input: given } = Input.parse(input);
      try {
        await job.run(run, given, toStep(step, life.clock));
      } catch (thrown) {
        if (isEngineControl(thrown) || life.isStopping()) throw thrown;
        await job.failed(run, wordsOf(thrown));
      }
      life.onOver(run);
      return null;
    },
  };
}

const StepError = z.object({ name: z.literal("StepError"), stepFailedAttempts: z.number() });

/** Said to the person in the end: a failure's own words for that, where there are any. */
function wordsOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  if (cause instanceof NovaFailure) return cause.forPerson;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Parking, a stale branch, or a step that will be tried again: the engine's own business. */
function isEngineControl(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown.name === "SleepSignalError" || thrown.name === "StaleExecutionBranchError") return true;
  const failed = StepError.safeParse(thrown);
  return failed.success && failed.data.stepFailedAttempts < retryPolicy.maximumAttempts;
}

function toStep(step: StepApi, clock: Clock): DurableStep {
  return {
    once: async (name, deadlineMs, task) =>
      step.run({ name, retryPolicy }, async () => {
        const limit = deadline({ clock, afterMs: deadlineMs });
        // A hung step would renew its lease for ever; the race ends it, and the signal ends its I/O.
        const late = new Promise<never>((_resolve, reject) => {
          limit.signal.addEventListener(
            "abort",
            () => reject(new Error(`the step "${name}" is past its deadline`)),
            { once: true },
          );
        });
        try {
          return await Promise.race([task(limit.signal), late]);
        } finally {
          limit.clear();
        }
      }),
    waitFor: async (name, signal, untilMs) => {
      await step.waitForSignal({ name, signal, timeout: new Date(untilMs) });
    },
  };
}
