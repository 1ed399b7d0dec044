// The offline model at each specialist's desk, with what its card says it handles, over the real embedded ERP: it keeps
// the contract, and so gives no figure that was not read.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { keepContract } from "../../src/replies/contract.ts";
import { loadRoster } from "../../src/roster.ts";
import { askAgent } from "../../src/work/agent-loop.ts";
import { unpaid } from "../support/purse.ts";
import { createTargets } from "../../src/work/targets.ts";
import { createToolbox } from "../../src/work/toolbox.ts";
import { type OpenedErp, openEmbeddedErp, sampleDay } from "../support/embedded-erp.ts";

let opened: OpenedErp;
beforeAll(() => {
  opened = openEmbeddedErp();
});
afterAll(async () => opened.dispose());

const model = createOfflineModel();
const { entries } = await loadRoster(new URL("../../agents", import.meta.url).pathname);
const agents = entries.map(({ id }) => id);
const specialists = entries.flatMap(({ id, card }) =>
  card.kind === "agent" && card.role === "erp" ? [{ id, card }] : [],
);
const pack = { items: [], history: [], tokens: 0, dropped: [] };
/** Every sixth, from somewhere in the middle: all of them take most of a minute. */
const some = <T>(all: readonly T[]): readonly T[] => all.filter((_, at) => at % 6 === 4);
const now = Date.parse(`${sampleDay}T08:00:00Z`);

describe.each(specialists)("$id", ({ id, card }) => {
  test("keeps its contract in what it handles", async () => {
    const broken: string[] = [];
    const count = { fulfilled: 0, needs: 0, declined: 0 };
    for (const text of some(card.handles)) {
      const toolbox = createToolbox({
        agent: id,
        card,
        withheld: [],
        world: { erp: opened.erp, memory: null, now },
        erp: opened.erp,
        origin: text,
        targets: createTargets([text]),
        admits: async () => null,
      });
      const first = await askAgent(unpaid(model), {
        card,
        withheld: [],
        text,
        images: [],
        pack,
        toolbox,
        signal: new AbortController().signal,
        onText: null,
      });
      const redo = async (words: string): Promise<never> => {
        throw new Error(`${text}: ${words}`);
      };
      await keepContract(first, { card, agents, asked: text, items: [], redo }).then(
        ({ kept }) => {
          count[kept.kind] += 1;
        },
        (thrown: unknown) => broken.push(String(thrown)),
      );
    }
    expect(broken).toEqual([]);
    expect(count.declined).toBeLessThanOrEqual(1);
    expect(count.fulfilled).toBeGreaterThan(count.needs);
  });
});
