// Tryton's "Are you sure?", answered only where a person has: a warning that was on the card, word for word, is acknowledged
// once for the one call that raised it. Every other one goes back to be asked.
import { z } from "zod";
import { TrytonWarning } from "./refusal.ts";
import type { Tryton } from "./rpc.ts";

const model = "model.res.user.warning";
const Ids = z.array(z.int());

/** `approved`: the warnings as the card showed them. What a call had done before it was refused stands, and is said. */
export function acknowledging(tryton: Tryton, approved: readonly string[]): Tryton {
  const seen = new Set(approved);
  const done: string[] = [];
  const call: Tryton["call"] = async (method, params, options) => {
    const once = async (): Promise<unknown> => tryton.call(method, params, options);
    try {
      const answer = await answering(tryton, once, seen);
      if (method.startsWith("model.")) done.push(method.slice(method.lastIndexOf(".") + 1));
      return answer;
    } catch (thrown) {
      if (thrown instanceof TrytonWarning && done.length > 0) throw told(thrown, done);
      throw thrown;
    }
  };
  return { ...tryton, call };
}

/** What was asked is what was refused: Tryton took everything of that call back. Each warning is answered once. */
async function answering(tryton: Tryton, once: () => Promise<unknown>, seen: Set<string>): Promise<unknown> {
  try {
    return await once();
  } catch (thrown) {
    if (!(thrown instanceof TrytonWarning && seen.delete(thrown.text))) throw thrown;
    return acknowledged(tryton, thrown.question, async () => answering(tryton, once, seen));
  }
}

/** Tryton uses it up in the call that asks; where that call fails otherwise it is taken back, so that nothing later finds it. */
async function acknowledged(tryton: Tryton, name: string, task: () => Promise<unknown>): Promise<unknown> {
  const row = { user: await tryton.user(), name, always: false };
  const ids = Ids.parse(await tryton.call(`${model}.create`, [[row]]));
  try {
    return await task();
  } catch (thrown) {
    const left = Ids.parse(await tryton.call(`${model}.search`, [[["id", "in", ids]]]));
    if (left.length > 0) await tryton.call(`${model}.delete`, [left]);
    throw thrown;
  }
}

const told = ({ question, words }: TrytonWarning, done: readonly string[]): TrytonWarning =>
  new TrytonWarning(question, words, ` Only this was done before it asked: ${done.join(", ")}.`);
