// Random sequences of everything that the embedded ERP can do, and of undoing it: every invariant holds after each of them,
// and hledger, which knows nothing of Nova, comes to the same books.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ErpCommand, Prepared } from "../../src/ports.ts";
import { effectHashOf } from "../../src/proposal.ts";
import { approve } from "../contracts/erp-suite.ts";
import { type OpenedErp, openEmbeddedErp } from "../support/embedded-erp.ts";
import { audit, hasHledger } from "../support/hledger.ts";
import { type RandomStep, randomSteps } from "../support/random-commands.ts";

type Deed = { readonly prepared: Prepared; readonly actionId: string };
const signal = new AbortController().signal;

/** Prepares it twice alike, executes and verifies it; null: it was refused. */
async function perform({ erp }: OpenedErp, act: ErpCommand, actionId: string): Promise<Deed | null> {
  const result = await erp.prepare(act);
  if (result.kind === "refused") return null;
  const { prepared } = result;
  const again = await erp.prepare(prepared.command);
  if (again.kind === "refused") throw new Error(`Refused the second time: ${again.why}`);
  expect(effectHashOf(again.prepared)).toBe(effectHashOf(prepared));
  const reported = await erp.execute(approve(prepared, actionId), prepared, { actionId, attempt: 1, signal });
  expect(reported.kind, act.op).toBe("ok");
  expect(await erp.verify(prepared, actionId), act.op).toBe("applied");
  return { prepared, actionId };
}

/** What each step came to, by operation. */
async function walk(opened: OpenedErp, steps: readonly RandomStep[]): Promise<readonly string[]> {
  const deeds: Deed[] = [];
  const outcomes: string[] = [];
  for (const [index, step] of steps.entries()) {
    const last = typeof step === "number" ? deeds.at(-step) : undefined;
    if (typeof step === "number" && last === undefined) continue;
    const back = last === undefined ? null : await opened.erp.compensate(last.prepared, last.actionId);
    const act = typeof step === "number" ? back : step;
    if (act === null) continue;
    const deed = await perform(opened, act, `p-${index}`);
    if (deed !== null) deeds.push(deed);
    const what = last === undefined ? act.op : `undo ${last.prepared.command.op}`;
    outcomes.push(`${what} ${deed === null ? "refused" : "ok"}`);
  }
  return outcomes;
}

test("random commands and their undoing keep every invariant, prepare twice alike, are never stale right after, and hledger agrees", async () => {
  const outcomes = new Set<string>();
  const offered = new Set<string>();
  await fc.assert(
    fc.asyncProperty(randomSteps, async (steps) => {
      const opened = openEmbeddedErp();
      try {
        for (const op of (await opened.erp.probe()).operations) offered.add(op);
        for (const outcome of await walk(opened, steps)) outcomes.add(outcome);
        expect(opened.raw.prepare("SELECT what, detail FROM breach").all()).toEqual([]);
        expect((await opened.erp.probe()).detail).toBe("embedded ERP, books sound");
        if (!hasHledger) return;
        const { complaints, theirs, ours } = await audit(opened.erp);
        expect(complaints).toBe("");
        expect(theirs).toEqual(ours);
      } finally {
        await opened.dispose();
      }
    }),
    { numRuns: 18, seed: 20_260_320, verbose: true },
  );
  // Every operation was really done, and many were undone; both ways out of the important ones were walked.
  expect(offered.size).toBeGreaterThan(30);
  expect([...offered].filter((op) => !outcomes.has(`${op} ok`))).toEqual([]);
  expect([...outcomes].filter((outcome) => /^undo .* ok$/u.test(outcome)).length).toBeGreaterThan(8);
  const refused = ["order.confirm", "order.ship", "bill.pay", "credit.post", "entry.post"];
  expect([...outcomes]).toEqual(expect.arrayContaining(refused.map((op) => `${op} refused`)));
}, 60_000);
