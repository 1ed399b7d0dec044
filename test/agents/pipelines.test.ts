// The declared jobs, step by step: real readers over the real embedded ERP, with given answers for what people and
// models would say. What became of the approval must be in the answer as it was.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import clientOnboarding from "../../agents/pipeline/client-onboarding.ts";
import weeklyReview from "../../agents/pipeline/weekly-review.ts";
import type { EffectOutcome, Step } from "../../src/agent.ts";
import { canonicalJson } from "../../src/canonical.ts";
import type { Erp, ErpCommand } from "../../src/ports.ts";

const now = Date.UTC(2026, 5, 1);
let folder = "";
let erp: Erp;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nova-pipelines-"));
  erp = createEmbeddedErp({
    name: "main",
    file: join(folder, "erp.db"),
    clock: { now: () => now },
    sample: true,
  });
});
afterEach(async () => {
  await erp.close();
  await rm(folder, { recursive: true, force: true });
});

type Trace = { readonly steps: string[]; readonly asked: string[]; readonly commands: ErpCommand[] };

/** Steps that parse and look like the real ones; only the person's verdict and the model's words are given. */
function stepsWith(verdict: EffectOutcome, words: string): { readonly step: Step; readonly trace: Trace } {
  const trace: Trace = { steps: [], asked: [], commands: [] };
  const begin = (name: string): void => {
    if (trace.steps.includes(name)) throw new Error(`The step "${name}" was declared twice.`);
    trace.steps.push(name);
  };
  const step: Step = {
    agent: async (name, card, text) => {
      begin(name);
      trace.asked.push(text);
      return card.reply.parse({ answer: words, placeholders: [], points: [] });
    },
    read: async (name, reader, input) => {
      begin(name);
      canonicalJson(input);
      return reader.read(input, { erp, memory: null, now });
    },
    effect: async (name, effect, input) => {
      begin(name);
      trace.commands.push(effect.toCommand(input, { connector: erp.connector, instance: erp.name }));
      return verdict;
    },
  };
  return { step, trace };
}

describe("client onboarding", () => {
  test("makes the record through an approval, between checklist and welcome note", async () => {
    const { step, trace } = stepsWith({ state: "applied", detail: "P-113" }, "Welcome!");
    const { answer } = await clientOnboarding.run(
      { client: "Tidehouse", city: "Kiel", contact: "Anke" },
      step,
    );
    expect(trace.steps).toEqual(["checklist", "known already?", "customer record", "welcome note"]);
    expect(trace.commands.map(({ op, args }) => ({ op, args }))).toEqual([
      { op: "party.create", args: { name: "Tidehouse", city: "Kiel" } },
    ]);
    expect(
      await erp.prepare(trace.commands[0] ?? { connector: "", instance: "", op: "", args: {} }),
    ).toMatchObject({
      kind: "prepared",
    });
    expect(trace.asked[1]).toContain("Anke");
    expect(answer).toContain("The customer record for Tidehouse is in the ERP (P-113).");
    expect(answer).toContain("Welcome note, a draft:\nWelcome!");
  });

  test("proposes nothing for a client that the ERP knows already, whatever the letters", async () => {
    const { step, trace } = stepsWith({ state: "applied", detail: "" }, "Welcome!");
    const { answer } = await clientOnboarding.run({ client: "ironwood LOGISTICS" }, step);
    expect(trace.commands).toEqual([]);
    expect(answer).toMatch(/Ironwood Logistics was in the ERP already as P-\d+, so I created nothing/);
  });

  test("takes a client whose name only resembles a known one for a new one", async () => {
    const { step, trace } = stepsWith({ state: "applied", detail: "" }, "Welcome!");
    await clientOnboarding.run({ client: "Ironwood" }, step);
    expect(trace.commands).toHaveLength(1);
  });

  const endings: readonly (readonly [Exclude<EffectOutcome["state"], "applied">, RegExp])[] = [
    ["rejected", /was rejected: the ERP is unchanged, and I drafted no welcome note \(because\)/],
    ["expired", /was not decided in time: the ERP is unchanged/],
    ["failed", /could not be brought to an end: look into the ERP before you try again/],
  ];
  for (const [state, expected] of endings) {
    test(`says it when the record is ${state}, and writes no welcome note`, async () => {
      const { step, trace } = stepsWith({ state, detail: "because" }, "Some words.");
      const { answer } = await clientOnboarding.run({ client: "Tidehouse" }, step);
      expect(answer).toMatch(expected);
      expect(answer).not.toMatch(/is in the ERP|Welcome note, a draft/);
      expect(trace.steps).not.toContain("welcome note");
    });
  }

  test("refuses stored input that no longer fits", async () => {
    const { step, trace } = stepsWith({ state: "applied", detail: "" }, "");
    await expect(clientOnboarding.run({ customer: "Tidehouse" }, step)).rejects.toThrow(/client/);
    expect(trace.steps).toEqual([]);
  });
});

describe("weekly review", () => {
  test("puts the ERP's own figures under the summary and proposes nothing", async () => {
    const { step, trace } = stepsWith({ state: "failed", detail: "" }, "A quiet week.");
    const { answer } = await weeklyReview.run({}, step);
    expect(trace.steps).toEqual(["draft orders", "overdue invoices", "stock levels", "summary"]);
    expect(trace.commands).toEqual([]);
    expect(answer).toMatch(/^A quiet week\./);
    expect(answer).toContain("SO-1007 of Lakeside Facility Services");
    expect(answer).toMatch(/Overdue invoices \([1-9]\d*\):\n- INV-\d{4}-\d{4} of .+ open for \d+ days/);
    expect(answer).toMatch(/Squeegee blade 34 in \(SQ-34@MAIN\), 3 free of 6/);
    expect(trace.asked[0]).toContain("SO-1007");
  });
});
