// What every ERP connector must keep to, whatever stands behind it. A connector brings a fresh ERP and commands that
// its own records allow; the suite asserts what the connector's capabilities promise and nothing weaker.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Approval, grantApproval } from "../../src/approval.ts";
import type {
  DocumentKind,
  Erp,
  ErpCommand,
  JsonObject,
  Prepared,
  Reconciled,
  Reported,
  Verified,
} from "../../src/ports.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import { DocumentRow, EntryRow } from "../../src/tools/erp-document-rows.ts";
import {
  InvoiceRow,
  ItemRow,
  LedgerRow,
  OrderLineRow,
  OrderRow,
  PartyRow,
  StockRow,
} from "../../src/tools/erp-rows.ts";

export type Act = { readonly op: string; readonly args: JsonObject };
export type ErpSubject = {
  readonly erp: Erp;
  readonly connector: string;
  readonly instance: string;
  /** Every operation, each possible on the fresh ERP and independent of the others. */
  readonly acts: readonly Act[];
  /** Operations that move money of nobody in particular, so that it counts together with everybody's. */
  readonly nobodys?: readonly string[];
  /** Possible now; impossible or different after `related`; untouched by each of `unrelated`. */
  readonly watched: {
    readonly act: Act;
    readonly related: Act;
    readonly unrelated: readonly Act[];
    /** Where no act of its own can change what `act` rests on: somebody else does. */
    readonly change?: () => Promise<void>;
  };
  /** Null: it keeps no stock that could run out. */
  readonly oversell: { readonly act: Act; readonly sentence: RegExp } | null;
  /** What it can find out by reading back; absent: everything. */
  readonly finds?: Finds;
  /** False: it has no records to ask for, and says so. */
  readonly answers?: false;
  readonly impossible: readonly Act[];
  /** Papers that it keeps; absent: of every kind. */
  readonly papers?: readonly DocumentKind[];
  /** Numbers of records, counted behind the connector's back. */
  readonly count: () => Promise<Readonly<Record<string, number>>>;
  readonly dispose: () => Promise<void>;
};

export type Finds = {
  readonly before: { readonly verified: Verified; readonly reconciled: Reconciled };
  readonly after: { readonly verified: Verified; readonly reconciled: Reconciled };
  /** What an action that was sent already is answered with. */
  readonly again: Reported["kind"];
};
const everything: Finds = {
  before: { verified: "absent", reconciled: "absent" },
  after: { verified: "applied", reconciled: "applied" },
  again: "ok",
};

const kinds = [
  "quote",
  "delivery",
  "credit",
  "payment",
  "request",
  "purchase",
  "receipt",
  "payout",
] as const satisfies readonly DocumentKind[];
const anytime = new AbortController().signal;

export function describeErp(name: string, create: () => Promise<ErpSubject>): void {
  describe(`the ERP port, kept by ${name}`, () => {
    let subject: ErpSubject;
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
    const execute = async (ready: Prepared, actionId: string): Promise<Reported> =>
      subject.erp.execute(approve(ready, actionId), ready, { actionId, attempt: 1, signal: anytime });
    async function perform(act: Act, actionId: string): Promise<void> {
      const ready = await prepared(act);
      expect(await execute(ready, actionId)).toMatchObject({ kind: "ok" });
    }

    const refusesQuestions = async (): Promise<void> => {
      const asked = subject.erp.query({ kind: "items", text: null, limit: 2 });
      await expect(asked).rejects.toThrow(/has no records/u);
    };

    test("offers every operation that the acts below use", async () => {
      const { operations } = await subject.erp.probe();
      expect(operations).toEqual(expect.arrayContaining(subject.acts.map(({ op }) => op)));
      expect(subject.acts.length).toBeGreaterThan(5);
    });

    test("prepares every operation without writing anything, twice alike", async () => {
      const before = await subject.count();
      expect(Object.keys(before).length).toBeGreaterThan(0);
      for (const act of subject.acts) {
        const first = await prepared(act);
        const second = await prepared(first.command);
        expect(effectHashOf(second), act.op).toBe(effectHashOf(first));
        expect(first.changes.length + first.deltas.length, act.op).toBeGreaterThan(0);
        expect(first.summary, act.op).not.toBe("");
      }
      expect(await subject.count()).toEqual(before);
    });

    test("A3: names whose money it is wherever money is moved, by one name each time", async () => {
      for (const act of subject.acts) {
        const { risk, command } = await prepared(act);
        const again = await subject.erp.prepare(command);
        if (subject.nobodys?.includes(act.op) === true) expect(risk.party, act.op).toBeNull();
        else if (risk.amountCents !== null) expect(risk.party, act.op).toMatch(/./u);
        const isDealing = risk.isExternal && risk.amountCents !== null && risk.party != null;
        // A server of tools knows nobody, and everything there is high stakes anyway.
        if (isDealing && subject.answers !== false) expect(risk.isNewParty, act.op).toBeTypeOf("boolean");
        expect(again.kind === "prepared" ? again.prepared.risk.party : "", act.op).toBe(risk.party);
      }
    });

    test("A3: says of whom it deals with for the first time that it does, until something is confirmed", async () => {
      const create = subject.acts.find(({ op }) => op === "party.create");
      const draft = subject.acts.find(({ op }) => op === "order.create");
      expect(create === undefined).toBe(subject.connector === "mcp");
      if (create === undefined || draft === undefined) return;
      await perform(create, "p-party");
      const text = z.string().parse(create.args["name"]);
      const args = { ...draft.args, customer: text };
      await perform({ op: "order.create", args }, "p-draft");
      const { rows } = await subject.erp.query({ kind: "orders", text, state: null, limit: 2 });
      const order = rows[0]?.record ?? "";
      const confirm = await prepared({ op: "order.confirm", args: { order } });
      expect(confirm.risk.isNewParty).toBe(true);
      expect(await execute(confirm, "p-confirm")).toMatchObject({ kind: "ok" });
      const ship = await prepared({ op: "order.ship", args: { order } });
      expect(ship.risk.isNewParty).toBe(false);
    });

    test("executes every operation and verifies it by reading back", async () => {
      const { before, after } = subject.finds ?? everything;
      for (const [index, act] of subject.acts.entries()) {
        const actionId = `p-${index}`;
        const ready = await prepared(act);
        expect(await subject.erp.verify(ready, actionId), act.op).toBe(before.verified);
        expect(await subject.erp.reconcile(actionId, 0), act.op).toBe(before.reconciled);
        const reported = await execute(ready, actionId);
        expect(reported, act.op).toMatchObject({ kind: "ok" });
        expect(await subject.erp.verify(ready, actionId), act.op).toBe(after.verified);
        expect(await subject.erp.reconcile(actionId, 0), act.op).toBe(after.reconciled);
      }
    });

    test("does an action once, however often it is sent", async () => {
      const ready = await prepared(subject.watched.act);
      const first = await execute(ready, "p-once");
      const after = await subject.count();
      const again = await execute(ready, "p-once");
      const kind = (subject.finds ?? everything).again;
      expect(first.kind).toBe("ok");
      const ids = first.kind === "ok" ? first.ids : [];
      expect(again).toMatchObject(kind === "ok" ? { kind, ids } : { kind });
      expect(await subject.count()).toEqual(after);
    });

    test("A31: warns of an order that looks like another one made twice, and a yes from before is none to that", async () => {
      const act = subject.acts.find(({ op }) => op === "order.create");
      expect(act === undefined).toBe(subject.connector === "mcp");
      if (act === undefined) return;
      const early = await prepared(act);
      await perform(act, "p-first");
      const twin = await prepared(act);
      expect(twin.warnings.filter((warning) => !early.warnings.includes(warning))).toMatchObject([
        expect.stringMatching(/^Order \S+ of the same day has the same .*total\.$/u),
      ]);
      const after = await subject.count();
      expect((await execute(early, "p-unread")).kind).not.toBe("ok");
      expect(await subject.count()).toEqual(after);
      expect((await execute(twin, "p-read")).kind).toBe("ok");
      expect(await subject.erp.verify(twin, "p-read")).toBe("applied");
    });

    test("refuses an action id that was used for another command", async () => {
      const [one, other] = subject.acts;
      if (one === undefined || other === undefined) throw new Error("The suite needs two acts.");
      await perform(one, "p-reused");
      const ready = await prepared(other);
      const after = await subject.count();
      expect(await execute(ready, "p-reused")).toMatchObject({ kind: "rejected" });
      expect(await subject.count()).toEqual(after);
      expect(await subject.erp.verify(ready, "p-reused")).toBe("diverged");
    });

    test("calls a command stale after a related change, and does nothing", async () => {
      const ready = await prepared(subject.watched.act);
      const { change, related } = subject.watched;
      await (change === undefined ? perform(related, "p-related") : change());
      const after = await subject.count();
      expect(await execute(ready, "p-late")).toMatchObject({ kind: "stale" });
      expect(await subject.count()).toEqual(after);
      expect(await subject.erp.verify(ready, "p-late")).toBe("absent");
    });

    test("never calls a command stale after unrelated changes", async () => {
      const ready = await prepared(subject.watched.act);
      for (const [index, act] of subject.watched.unrelated.entries()) await perform(act, `p-other-${index}`);
      expect(await execute(ready, "p-still")).toMatchObject({ kind: "ok" });
    });

    test("refuses at run time whatever is not a granted approval of exactly this", async () => {
      const ready = await prepared(subject.watched.act);
      const other = await prepared(subject.watched.related);
      const before = await subject.count();
      const options = { actionId: "p-a", attempt: 1, signal: anytime };
      const bound = {
        proposalId: "p-a",
        commandHash: commandHashOf(ready.command),
        effectHash: effectHashOf(ready),
      };
      const forged: unknown = Object.create(Approval.prototype, Object.getOwnPropertyDescriptors(bound));
      if (!(forged instanceof Approval)) throw new Error("The forgery would not even look like an approval.");
      const strangers = [
        forged,
        approve(other, "p-a"),
        approve(ready, "p-b"),
        grantApproval({ ...bound, effectHash: "0".repeat(64) }),
      ];
      for (const approval of strangers) {
        expect(await subject.erp.execute(approval, ready, options)).toMatchObject({ kind: "denied" });
      }
      const dearer = { ...ready, changes: ready.changes.slice(1) };
      expect(await subject.erp.execute(approve(ready, "p-a"), dearer, options)).toMatchObject({
        kind: "denied",
      });
      expect(await subject.count()).toEqual(before);
    });

    test("refuses to sell what is not there, in a sentence that says how to mend it", async () => {
      if (subject.oversell === null) return expect(subject.oversell).toBeNull();
      const result = await subject.erp.prepare(commandOf(subject.oversell.act));
      return expect(result.kind === "refused" ? result.why : result.kind).toMatch(subject.oversell.sentence);
    });

    test("refuses what is invalid or impossible before a person sees it", async () => {
      const before = await subject.count();
      expect(subject.impossible.length).toBeGreaterThan(3);
      for (const act of subject.impossible) {
        const result = await subject.erp.prepare(commandOf(act));
        expect(result.kind, JSON.stringify(act)).toBe("refused");
        expect(result.kind === "refused" ? result.why : "", JSON.stringify(act)).toMatch(/^\S.{10,}\.$/s);
      }
      expect(await subject.count()).toEqual(before);
    });

    test("refuses a command for another ERP", async () => {
      const elsewhere = { ...commandOf(subject.watched.act), instance: "elsewhere" };
      expect(await subject.erp.prepare(elsewhere)).toMatchObject({ kind: "refused" });
    });

    test("does nothing once the caller has given up", async () => {
      const ready = await prepared(subject.watched.act);
      const before = await subject.count();
      const options = { actionId: "p-gone", attempt: 1, signal: AbortSignal.abort() };
      const reported = await subject.erp.execute(approve(ready, "p-gone"), ready, options);
      expect(reported).toMatchObject({ kind: "transport" });
      expect(await subject.count()).toEqual(before);
    });

    test("A15: undoes what it says it can by a command of its own: books and stock are as before", async () => {
      const figures = async (): Promise<unknown> =>
        subject.answers !== false && {
          ledger: (await subject.erp.query({ kind: "ledger", limit: 500 })).rows,
          stock: (await subject.erp.query({ kind: "stock", text: null, limit: 500 })).rows,
        };
      const { compensates } = subject.erp.capabilities();
      for (const [index, act] of subject.acts.entries()) {
        const ready = await prepared(act);
        expect(await subject.erp.compensate(ready, `p-${index}`), `${act.op}, not done yet`).toBeNull();
        const before = await figures();
        expect(await execute(ready, `p-${index}`), act.op).toMatchObject({ kind: "ok" });
        const back = await subject.erp.compensate(ready, `p-${index}`);
        const isOffered = ready.undo !== null && compensates.includes(act.op);
        expect(back !== null, act.op).toBe(isOffered);
        if (back === null) continue;
        await perform(back, `p-${index}-back`);
        expect(await figures(), act.op).toEqual(before);
      }
    });

    test("answers every question in rows that the readers can parse", async () => {
      if (subject.answers === false) return refusesQuestions();
      const text = null;
      const stock = await subject.erp.query({ kind: "stock", text, limit: 100 });
      const items = await subject.erp.query({ kind: "items", text, limit: 100 });
      const parties = await subject.erp.query({ kind: "parties", text, role: "customer", limit: 100 });
      const orders = await subject.erp.query({ kind: "orders", text, state: null, limit: 100 });
      const invoices = await subject.erp.query({ kind: "invoices", text, overdueOn: null, limit: 100 });
      const ledger = await subject.erp.query({ kind: "ledger", limit: 100 });
      const number = orders.rows[0]?.record ?? "";
      const [head, ...lines] = (await subject.erp.query({ kind: "order", number })).rows;
      const asked = [stock, items, parties, orders, invoices, ledger];
      const schemas = [StockRow, ItemRow, PartyRow, OrderRow, InvoiceRow, LedgerRow];
      for (const [index, page] of asked.entries()) {
        expect(page.rows.length).toBeGreaterThan(0);
        expect(page.total).toBe(page.rows.length);
        for (const row of page.rows) schemas[index]?.parse(row);
      }
      expect(OrderRow.parse(head).record).toBe(number);
      expect(lines.map((line) => OrderLineRow.parse(line)).length).toBeGreaterThan(0);
    });

    test("answers for every kind of paper, and the journal line by line, in rows that the readers can parse", async () => {
      if (subject.answers === false) return refusesQuestions();
      const bills = await subject.erp.query({ kind: "bills", text: null, overdueOn: null, limit: 100 });
      for (const row of bills.rows) InvoiceRow.parse(row);
      const entries = await subject.erp.query({ kind: "entries", limit: 100 });
      expect(entries.rows.length).toBeGreaterThan(0);
      for (const row of entries.rows) EntryRow.parse(row);
      for (const of of subject.papers ?? kinds) {
        const { rows } = await subject.erp.query({
          kind: "documents",
          of,
          text: null,
          state: null,
          limit: 100,
        });
        for (const row of rows) DocumentRow.parse(row);
        const number = rows[0]?.record ?? "";
        const [head, ...lines] = (await subject.erp.query({ kind: "document", of, number })).rows;
        if (rows.length > 0) expect(DocumentRow.parse(head).record, of).toBe(number);
        for (const line of lines) OrderLineRow.parse(line);
      }
    });

    test("says how many rows fit when it shows fewer, and none for what does not exist", async () => {
      if (subject.answers === false) return refusesQuestions();
      const two = await subject.erp.query({ kind: "items", text: null, limit: 2 });
      expect(two.rows).toHaveLength(2);
      expect(two.total).toBeGreaterThan(2);
      expect(await subject.erp.query({ kind: "stock", text: "moon rovers", limit: 5 })).toEqual({
        rows: [],
        total: 0,
      });
      expect(await subject.erp.query({ kind: "order", number: "SO-9999" })).toEqual({ rows: [], total: 0 });
    });
  });
}

export function approve(ready: Prepared, actionId: string): Approval {
  const commandHash = commandHashOf(ready.command);
  const approvers = ["Kit", "Ada"];
  return grantApproval({ proposalId: actionId, commandHash, effectHash: effectHashOf(ready), approvers });
}
