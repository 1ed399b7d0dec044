// Two approvals of one record never run at once: each looks, acts and reads back before the next one looks.
import { afterEach, beforeEach, expect, test } from "vitest";
import { stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

/** Notes where each deed stands; none goes on by itself. */
function slowly(): { readonly log: readonly string[] } {
  const log: string[] = [];
  const { erp } = stage;
  const whole = { ...erp };
  const note = async <T>(what: string, answer: Promise<T>): Promise<T> => {
    log.push(`${what} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${what} ends`);
    return answer;
  };
  stage.answers({
    prepare: async (command) => note("look", whole.prepare(command)),
    execute: async (approval, prepared, options) =>
      note(options.actionId, whole.execute(approval, prepared, options)),
    verify: async (prepared, actionId) => note("read back", whole.verify(prepared, actionId)),
  });
  return { log };
}
const oneDeed = (id: string): readonly string[] =>
  ["look", id, "read back"].flatMap((what) => [`${what} begins`, `${what} ends`]);

test("A11: from looking to reading back, one deed at a time on one record", async () => {
  await stage.approved("p-1");
  await stage.approved("p-2");
  const { log } = slowly();
  await Promise.all([stage.execute("p-1"), stage.execute("p-2"), stage.execute("p-1")]);
  expect(log).toEqual([...oneDeed("p-1"), ...oneDeed("p-2")]);
});

test("A11: what breaks lets the next one through", async () => {
  await stage.approved("p-1");
  await stage.approved("p-2");
  stage.answers({ prepare: async () => Promise.reject(new Error("no route")) });
  const both = await Promise.all([stage.execute("p-1"), stage.execute("p-2")]);
  expect(both.map(({ state }) => state)).toEqual(["approved", "approved"]);
});
