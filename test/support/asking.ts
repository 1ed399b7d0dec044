// A model that calls effects as it is told: it looks at what there is, calls all of a list in one turn, and says a few words.
import { addNote, createOrder, findCustomers, findItems, findOrders } from "../../src/tools/erp.ts";
import type { Json, Model } from "../../src/ports.ts";

export type Call = readonly [name: string, input: Json];

/** So that it may name what nobody named. */
const looks: readonly Call[] = [
  [findOrders.name, {}],
  [findCustomers.name, {}],
  [findItems.name, {}],
];

/** One list of calls per message; the last one again for every message after it. */
export function asking(...lists: readonly (readonly Call[])[]): Model {
  const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
  let count = 0;
  let turn = 0;
  return {
    id: "asking",
    isLanguageModel: false,
    generate: async ({ messages }) => {
      const steps = messages.slice(messages.findLastIndex(({ role }) => role === "user"));
      const done = steps.filter(({ role }) => role === "tools").length;
      const calls = lists[Math.min(turn, lists.length - 1)] ?? [];
      if (done > 1) turn += 1;
      const answer: Call = ["reply", { answer: "As you wish.", orders: [] }];
      const wanted = [looks, calls][done] ?? [answer];
      const made = wanted.map(([name, input]) => ({ id: `call_${(count += 1)}`, name, input }));
      return { text: "", calls: made, stop: "tools", usage };
    },
  };
}

export const orderOf = (item: string, quantity: number): Call => [
  createOrder.name,
  { customer: "Ironwood Logistics", item, quantity },
];
export const noteOf = (record: string, text = "Call first."): Call => [addNote.name, { record, text }];
/** One each on SO-1001, SO-1002 and so on. */
export const notes = (count: number): readonly Call[] =>
  Array.from({ length: count }, (_, at) => noteOf(`SO-10${String(at + 1).padStart(2, "0")}`));
