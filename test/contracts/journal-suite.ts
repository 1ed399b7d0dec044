// What every journal must do, whatever it is stored in: run once per implementation with its own `open`.
import { afterEach, describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn } from "../../src/ports/journal-rows.ts";
import type { TestClock } from "../support/clock.ts";
import {
  answerOf,
  draftOf,
  factOf,
  finishOf,
  messageOf,
  postOf,
  project,
  threadOf,
  who,
} from "../support/journal-samples.ts";
import { ProjectId } from "../../src/ids.ts";

export type JournalHouse = {
  readonly clock: TestClock;
  readonly journal: Journal;
  /** Closes the journal and opens the same one again, as a new process would. */
  readonly restart: () => Promise<Journal>;
  readonly close: () => Promise<void>;
};
export type OpenJournal = () => Promise<JournalHouse>;

/** The turn that `keep` handed out; fails the test when it handed none out. */
export async function keepNext(journal: Journal, message: Parameters<Journal["keep"]>[0]): Promise<KeptTurn> {
  const kept = await journal.keep(message, who);
  if (kept.kind !== "next") throw new Error(`${message.id} was ${kept.kind}, not handed out`);
  return kept.turn;
}

/** Opens a house per test and closes what was opened. */
export function houses(open: OpenJournal): () => Promise<JournalHouse> {
  const opened: JournalHouse[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(async (house) => house.close()));
  });
  return async () => {
    const house = await open();
    opened.push(house);
    return house;
  };
}

export function describeJournalTurns(name: string, open: OpenJournal): void {
  describe(`${name}: turns`, () => {
    const house = houses(open);

    test("a message is kept once however often it arrives, also at the same moment", async () => {
      const { journal } = await house();
      const all = await Promise.all([1, 2, 3].map(async () => journal.keep(messageOf("m1"), who)));
      expect(all.map(({ kind }) => kind).sort()).toEqual(["next", "seen", "seen"]);
      expect((await journal.figures()).open).toBe(1);
    });

    test("messages of one thread come out one at a time and in order, other threads beside them", async () => {
      const { journal } = await house();
      const first = await keepNext(journal, messageOf("a1"));
      expect((await journal.keep(messageOf("a2"), who)).kind).toBe("queued");
      expect((await journal.keep(messageOf("a3"), who)).kind).toBe("queued");
      expect((await journal.keep(messageOf("b1", { thread: threadOf("b") }), who)).kind).toBe("next");
      const second = (await journal.finish(finishOf(first))).next;
      expect(second?.id).toBe("a2");
      if (second === null) throw new Error("unreachable");
      expect((await journal.finish(finishOf(second))).next?.id).toBe("a3");
    });

    test("finishing hands out claimed posts, and finishing again changes nothing", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      const finished = await journal.finish(finishOf(turn));
      expect(finished.deliveries).toEqual([
        expect.objectContaining({ id: "reply:m1", rev: 1, attempts: 1, platformId: null, isUnclear: false }),
      ]);
      const again = finishOf(turn, { outbox: [draftOf("other")], answered: "something else" });
      expect(await journal.finish(again)).toEqual({ next: null, deliveries: [] });
      expect((await journal.history(turn.message.thread, 9)).map(({ answered }) => answered)).toEqual([
        "said m1",
      ]);
      expect(await journal.figures()).toMatchObject({ open: 1, done: 1, outboxDue: 1 });
    });

    test("a turn that is unknown or still queued can't be finished", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.keep(messageOf("m2"), who);
      await expect(journal.finish(finishOf({ ...turn, id: "nobody" }))).rejects.toThrow("not in the journal");
      await expect(journal.finish(finishOf({ ...turn, id: "m2" }))).rejects.toThrow("never handed out");
    });

    test("an operation that throws rejects alone; the others of the same moment are kept", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const results = await Promise.allSettled([
        journal.keep(messageOf("b1", { thread: threadOf("b") }), who),
        journal.finish(finishOf({ ...turn, id: "nobody" })),
        journal.finish(finishOf(turn)),
        journal.advance("no-such-run", {}),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
      expect(await journal.figures()).toMatchObject({ open: 1, done: 1 });
    });

    test("a finish that can't be stored whole leaves nothing of itself", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const button = { nonce: "n1", action: { kind: "retry", turn: "m1" } } as const;
      const clash = [draftOf("one", { buttons: [button] }), draftOf("two", { buttons: [button] })];
      await expect(journal.finish(finishOf(turn, { outbox: clash }))).rejects.toThrow("another post");
      expect(await journal.figures()).toMatchObject({ open: 1, done: 0, outboxDue: 0 });
      expect((await journal.finish(finishOf(turn))).deliveries).toHaveLength(1);
    });

    test("the next turn knows the agent, the words and the question its thread stands at", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      expect(turn.thread).toEqual({ lastAgent: null, lastText: null, waiting: null, isNew: true });
      await journal.keep(messageOf("m2"), who);
      const waiting = { kind: "input", agent: "erp/sales", asked: "Which order?", about: "confirm" } as const;
      const answer = answerOf(turn, { agent: "erp/sales", waiting });
      const { next } = await journal.finish(finishOf(turn, { answer }));
      const stands = { lastAgent: "erp/sales", lastText: "asked m1", waiting, recent: 1 };
      expect(next?.thread).toEqual(stands);
      if (next === null) throw new Error("unreachable");
      await journal.finish(finishOf(next, { answer: answerOf(next, { agent: null }) }));
      const third = await keepNext(journal, messageOf("m3"));
      expect(third.thread).toEqual(stands);
    });

    test("a restart hands out the first open turn of each thread with its attempt counted", async () => {
      const { journal, restart } = await house();
      await keepNext(journal, messageOf("a1"));
      await journal.keep(messageOf("a2"), who);
      await keepNext(journal, messageOf("b1", { thread: threadOf("b") }));
      const { turns } = await (await restart()).recover();
      expect(turns.map(({ id, attempt }) => [id, attempt])).toEqual([
        ["a1", 2],
        ["b1", 2],
      ]);
      expect((await (await restart()).recover()).turns.map(({ attempt }) => attempt)).toEqual([3, 3]);
    });

    test("a press finds its button with the post it sits on; only its first turn may use it", async () => {
      const { journal } = await house();
      const action = { kind: "retry", turn: "m0" } as const;
      const [row] = await journal.post([draftOf("offer", { buttons: [{ nonce: "n1", action }] })]);
      await journal.shown({ id: "offer", rev: row?.rev ?? 0, platformId: "9001" });
      const press = (nonce: string) => ({ kind: "press", nonce, onMessage: "9001", words: null }) as const;
      const turn = await keepNext(journal, messageOf("p1", { body: press("n1") }));
      const thread = "discord:2001:2001";
      expect(turn.button).toEqual({ nonce: "n1", post: "offer", action, thread, platformId: "9001" });
      expect(await journal.useButton("n1", "p1")).toBe(true);
      expect(await journal.useButton("n1", "p2")).toBe(false);
      expect(await journal.useButton("n1", "p1")).toBe(true);
      expect(await journal.useButton("nobody", "p1")).toBe(false);
      const other = messageOf("p2", { thread: threadOf("b"), body: press("nobody") });
      expect((await keepNext(journal, other)).button).toBeNull();
    });

    test("tells a message again, knows its threads, and reads history oldest first", async () => {
      const { journal } = await house();
      for (const id of ["m1", "m2", "m3"])
        await journal.finish(finishOf(await keepNext(journal, messageOf(id))));
      expect(await journal.turn("m2")).toEqual({ message: messageOf("m2"), outcome: "answered" });
      expect(await journal.turn("nobody")).toBeNull();
      expect(await journal.knowsThread("discord:2001:2001")).toBe(true);
      expect(await journal.knowsThread(threadOf("elsewhere"))).toBe(false);
      const asked = (await journal.history("discord:2001:2001", 2)).map((exchange) => exchange.asked);
      expect(asked).toEqual(["asked m2", "asked m3"]);
    });

    test("remembers the last walk with its pack, and no verb in its place", async () => {
      const { journal, clock } = await house();
      const thread = "discord:2001:2001";
      expect(await journal.lastWalk(thread)).toBeNull();
      const turn = await keepNext(journal, messageOf("m1"));
      const item = { id: "f1", source: "fact", at: 1, label: "current", text: "x" } as const;
      const pack = { items: [item], history: [], tokens: 7, dropped: [{ id: "f2", why: "budget" }] };
      await journal.finish(finishOf(turn, { answer: answerOf(turn, { pack }) }));
      clock.advance(1000);
      const verb = await keepNext(journal, messageOf("m2"));
      await journal.finish(finishOf(verb, { answer: answerOf(verb, { route: null }) }));
      expect(await journal.lastWalk(thread)).toMatchObject({ turn: "m1", pack, outcome: "answered" });
    });

    test("a failed turn leaves a failure with a text for each reader", async () => {
      const { journal, clock } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const failure = { kind: "model.down", operator: "connect ECONNREFUSED" } as const;
      await journal.finish(finishOf(turn, { answer: answerOf(turn, { outcome: "failed", failure }) }));
      await journal.fail({
        id: "f-own",
        turn: null,
        thread: null,
        kind: "poison",
        person: "Set aside.",
        operator: "four times",
        at: clock.now(),
      });
      const [own, down] = await journal.failures(9);
      expect(own?.id).toBe("f-own");
      expect(down).toMatchObject({ turn: "m1", kind: "model.down", operator: "connect ECONNREFUSED" });
      expect(down?.person).toContain("can't be reached");
      expect(await journal.failures(1)).toHaveLength(1);
    });
  });
}

export function describeJournalMemory(name: string, open: OpenJournal): void {
  describe(`${name}: runs and memory`, () => {
    const house = houses(open);

    test("a run is stored with its turn, advances step by step and never leaves its end", async () => {
      const { journal, restart } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const run = { id: "r1", agent: "pipeline/onboarding", version: 1, input: { customer: "Ada" } };
      await journal.finish(finishOf(turn, { answer: answerOf(turn, { runs: [run] }) }));
      expect(await journal.run("r1")).toMatchObject({ ...run, state: "new", project, requester: "Kit" });
      const step = { name: "draft", state: "running", at: 1, detail: "" } as const;
      await journal.advance("r1", { state: "running", step });
      await journal.advance("r1", { step: { ...step, name: "check" } });
      const row = await journal.advance("r1", { step: { ...step, state: "done" } });
      expect(row.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(["draft done", "check running"]);
      const reopened = await restart();
      expect((await reopened.recover()).runs).toEqual([row]);
      await reopened.advance("r1", { state: "stopped", detail: "by Kit" });
      expect(await reopened.advance("r1", { state: "running" })).toMatchObject({ state: "stopped" });
      expect(await reopened.runs({ open: true, limit: 9 })).toEqual([]);
      expect(await reopened.runs({ open: false, limit: 9 })).toHaveLength(1);
      expect(await reopened.run("nobody")).toBeNull();
    });

    test("recalls a fact by its words, in its project only, whatever grammar the question holds", async () => {
      const { journal } = await house();
      const other = ProjectId.parse("sweeper-part");
      await journal.remember(factOf("f1", "Brushes are ordered from Müller in Köln"));
      await journal.remember(factOf("f1", "the same fact again"));
      await journal.remember(factOf("f2", "Brushes of the other house", { project: other }));
      const texts = async (text: string) => (await journal.recall(project, text, 9)).map(({ id }) => id);
      expect(await texts('who orders the "brush"? NEAR(-muller*')).toEqual(["f1"]);
      expect(await texts("project:sweeper OR")).toEqual([]);
      for (const nothing of ["", "  ?!", "\u0000", "-", '"']) expect(await texts(nothing)).toEqual([]);
      expect(await journal.facts(project, 9)).toEqual([
        factOf("f1", "Brushes are ordered from Müller in Köln"),
      ]);
      expect(await journal.recall(ProjectId.parse("unknown"), "brushes", 9)).toEqual([]);
    });

    test("forgetting needs the right project and takes the words away for good", async () => {
      const { journal } = await house();
      await journal.remember(factOf("f1", "The alarm code is kestrel"));
      expect(await journal.forget(ProjectId.parse("other"), "f1")).toBe(false);
      expect(await journal.forget(project, "f1")).toBe(true);
      expect(await journal.forget(project, "f1")).toBe(false);
      expect(await journal.recall(project, "kestrel", 9)).toEqual([]);
      expect(await journal.facts(project, 9)).toEqual([]);
      expect(await journal.verifyAudit()).toMatchObject({ rows: 1, brokenAt: null });
    });

    test("what is said in another project never changes an answer here", async () => {
      const { journal } = await house();
      await journal.remember(factOf("f1", "invoice terms are thirty days"));
      await journal.remember(factOf("f2", "the invoice of May went to the printer, the printer said"));
      const before = await journal.recall(project, "invoice printer", 9);
      const noise = ProjectId.parse("sweeper parts");
      await Promise.all(
        Array.from({ length: 200 }, async (_, at) =>
          journal.remember(factOf(`n${at}`, `invoice ${at} for the printer`, { project: noise })),
        ),
      );
      expect(await journal.recall(project, "invoice printer", 9)).toEqual(before);
    });

    test("is writable while open, and refuses everything after it was closed", async () => {
      const { journal } = await house();
      expect(await journal.isWritable()).toBe(true);
      const last = journal.post([draftOf("last", { content: { kind: "post", post: postOf("bye") } })]);
      await journal.close();
      expect(await last).toHaveLength(1);
      expect(await journal.isWritable()).toBe(false);
      await expect(journal.keep(messageOf("late"), who)).rejects.toThrow("closed");
    });
  });
}
