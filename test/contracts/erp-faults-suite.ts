// What every connector to an ERP behind a network must keep when answers are lost, late, or not true. What happened is
// decided by reading back; the outcome is the one that `outcomeOf` makes of both.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Erp, ErpCommand, Prepared, Reported } from "../../src/ports.ts";
import { outcomeOf } from "../../src/work/outcome.ts";
import type { ErpDoor, WriteFault } from "../support/erp-door.ts";
import { type Act, approve } from "./erp-suite.ts";

export type FaultSubject = {
  readonly erp: Erp;
  readonly connector: string;
  readonly instance: string;
  readonly door: ErpDoor;
  /** Possible on the fresh ERP, independent of each other. */
  readonly acts: readonly Act[];
  /** An act that the ERP can keep without carrying it through; null: each of its calls is whole or nothing. */
  readonly halved: Act | null;
  /** After `before` the act has a warning that it did not have. */
  readonly warned: { readonly act: Act; readonly before: Act } | null;
  /** Requests that may write, for one deed: one, or one more where the deed has to be announced. */
  readonly writesOf: (op: string) => number;
  readonly denied: { readonly act: Act; readonly deny: () => void };
  readonly count: () => Promise<Readonly<Record<string, number>>>;
  readonly dispose: () => Promise<void>;
};

export function describeLostAnswers(name: string, create: () => Promise<FaultSubject>): void {
  describe(`lost answers, told apart by ${name}`, () => {
    let subject: FaultSubject;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => subject.dispose());

    const commandOf = (act: Act): ErpCommand => ({
      connector: subject.connector,
      instance: subject.instance,
      ...act,
    });
    async function prepared(act: Act): Promise<Prepared> {
      const result = await subject.erp.prepare(commandOf(act));
      if (result.kind === "refused") throw new Error(`${act.op} was refused: ${result.why}`);
      return result.prepared;
    }
    const execute = async (ready: Prepared, actionId: string, signal?: AbortSignal): Promise<Reported> =>
      subject.erp.execute(approve(ready, actionId), ready, {
        actionId,
        attempt: 1,
        signal: signal ?? new AbortController().signal,
      });
    /** Each act under the same fault: what was reported, and what became of it. */
    async function underFault(fault: WriteFault, check: (one: Outcome) => void): Promise<void> {
      expect(subject.acts.length).toBeGreaterThan(3);
      for (const [index, act] of subject.acts.entries()) {
        const actionId = `p-lost-${index}`;
        const ready = await prepared(act);
        subject.door.fault(fault);
        const reported = await execute(ready, actionId);
        const verified = await subject.erp.verify(ready, actionId);
        check({ act, reported, verified, to: outcomeOf(reported, verified).to });
      }
    }
    type Outcome = {
      readonly act: Act;
      readonly reported: Reported;
      readonly verified: string;
      readonly to: string;
    };

    for (const fault of ["commit-then-500", "commit-then-reset"] as const)
      test(`A13: ${fault}: the answer is no answer, the read-back shows that it was done`, async () => {
        await underFault(fault, ({ act, reported, verified, to }) => {
          expect(reported.kind, act.op).toBe("transport");
          expect([verified, to], act.op).toEqual(["applied", "applied"]);
        });
      });

    test("A13: sent again after a lost answer, nothing is done twice", async () => {
      for (const [index, act] of subject.acts.entries()) {
        const ready = await prepared(act);
        subject.door.fault("commit-then-reset");
        await execute(ready, `p-twice-${index}`);
        const after = await subject.count();
        expect(await execute(ready, `p-twice-${index}`), act.op).toMatchObject({ kind: "ok" });
        expect(await subject.count(), act.op).toEqual(after);
      }
    });

    test("OK is not an effect: what the ERP accepted and did not do has failed", async () => {
      await underFault("silent-no-op", ({ act, reported, verified, to }) => {
        expect(reported.kind, act.op).toBe("ok");
        expect([verified, to], act.op).toEqual(["absent", "failed"]);
      });
    });

    test("a deed that was kept but not carried through is partial", async () => {
      if (subject.halved === null) return expect(subject.halved).toBeNull();
      const ready = await prepared(subject.halved);
      subject.door.fault("half");
      expect(await execute(ready, "p-half")).toMatchObject({ kind: "ok" });
      expect(await subject.erp.verify(ready, "p-half")).toBe("partial");
      return expect(await subject.erp.reconcile("p-half", 0)).toBe("partial");
    });

    test("A13: given up after the send: absent before the ERP is done with it, applied once it is", async () => {
      for (const [index, act] of subject.acts.entries()) {
        const actionId = `p-late-${index}`;
        const ready = await prepared(act);
        subject.door.fault("hang");
        const patience = new AbortController();
        const sent = execute(ready, actionId, patience.signal);
        await subject.door.hung();
        patience.abort(new Error("over the deadline"));
        expect(await sent, act.op).toMatchObject({ kind: "transport" });
        expect(await subject.erp.verify(ready, actionId), act.op).toBe("absent");
        expect(await subject.erp.reconcile(actionId, 0), act.op).toBe("absent");
        await subject.door.release();
        expect(await subject.erp.reconcile(actionId, 0), act.op).toBe("applied");
        expect(await subject.erp.verify(ready, actionId), act.op).toBe("applied");
      }
    });

    test("a key that runs out half-way: nothing is believed, nothing is done", async () => {
      const [act] = subject.acts;
      if (act === undefined) throw new Error("The suite needs an act.");
      const ready = await prepared(act);
      const before = await subject.count();
      const asked = subject.door.requests.length;
      await prepared(act);
      const looks = subject.door.requests.length - asked;
      for (const lasts of [0, 1, looks, looks + 1]) {
        subject.door.refuseKeyAfter(lasts);
        expect(await execute(ready, "p-key"), `after ${lasts}`).toMatchObject({ kind: "denied" });
        await expect(subject.erp.verify(ready, "p-key")).rejects.toThrow(/key/u);
        await expect(subject.erp.reconcile("p-key", 0)).rejects.toThrow(/key/u);
        subject.door.refuseKeyAfter(null);
        expect(await subject.erp.verify(ready, "p-key")).toBe("absent");
      }
      expect(await subject.count()).toEqual(before);
    });

    test("a right that was taken away after the approval is told as one", async () => {
      const ready = await prepared(subject.denied.act);
      const before = await subject.count();
      subject.denied.deny();
      expect(await execute(ready, "p-denied")).toMatchObject({ kind: "denied" });
      expect(await subject.erp.verify(ready, "p-denied")).toBe("absent");
      expect(await subject.count()).toEqual(before);
    });

    test("a missing right hides its operation from the agents", async () => {
      subject.denied.deny();
      const { operations } = await subject.erp.probe();
      expect(operations).not.toContain(subject.denied.act.op);
      expect(operations.length).toBeGreaterThan(3);
    });

    test("a warning that nobody has seen stops the deed", async () => {
      if (subject.warned === null) return expect(subject.warned).toBeNull();
      const ready = await prepared(subject.warned.act);
      expect(ready.warnings).toEqual([]);
      const first = await prepared(subject.warned.before);
      expect(await execute(first, "p-first")).toMatchObject({ kind: "ok" });
      expect(await execute(ready, "p-warned")).toMatchObject({ kind: "needs_ack" });
      expect(await subject.erp.verify(ready, "p-warned")).toBe("absent");
      return expect((await prepared(subject.warned.act)).warnings).toHaveLength(1);
    });

    test("one approved deed is as many writes on the wire as it says, and no more", async () => {
      for (const [index, act] of subject.acts.entries()) {
        const ready = await prepared(act);
        const before = subject.door.writes();
        expect(await execute(ready, `p-one-${index}`), act.op).toMatchObject({ kind: "ok" });
        expect(subject.door.writes() - before, act.op).toBe(subject.writesOf(act.op));
      }
    });
  });
}
