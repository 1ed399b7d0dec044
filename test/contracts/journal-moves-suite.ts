// A conversation that moves to a thread of its own: the journal knows the new thread, and all that belongs to the talk, in
// the commit that holds the first answer there. Beside it what a board reads: questions, places of cards, homes.
import { describe, expect, test } from "vitest";
import type { Message, Waiting } from "../../src/message.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn, OutboxDraft } from "../../src/ports/journal-rows.ts";
import type { Post } from "../../src/post.ts";
import {
  answerOf,
  cardOf,
  draftOf,
  finishOf,
  messageOf,
  postOf,
  proposalOf,
} from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const channel = "discord:2001:2001";
const own = "discord:2001:m3";
const minute = 60_000;
const start = messageOf("m1").at;
const question = { kind: "input", agent: "erp/sales", asked: "Which order?", about: "confirm it" } as const;
const maya = { id: "discord:1002", name: "maya", standing: "regular" } as const;
const move = { thread: own, name: "orders" } as const;

type Ending = Parameters<typeof answerOf>[1];
type Given = { readonly message?: Partial<Message>; readonly ending?: Ending };
async function walks(journal: Journal, id: string, { message, ending }: Given = {}): Promise<KeptTurn> {
  const turn = await keepNext(journal, messageOf(id, message));
  const answer = answerOf(turn, ending);
  const person = { ...answer.turn.person, name: turn.message.account.name };
  await journal.finish(finishOf(turn, { answer: { ...answer, turn: { ...answer.turn, person } } }));
  return turn;
}
const recent = (turn: KeptTurn): number => turn.thread.recent ?? 0;
const inOwn = { thread: own } as const;

export function describeJournalMoves(name: string, open: OpenJournal): void {
  const house = houses(open);

  test(`${name}: what was decided elsewhere is in the history of the thread that asked, once`, async () => {
    const { journal, restart } = await house();
    await walks(journal, "m1");
    const elsewhere = { thread: "slack:T1/U1:1", channel: "slack:T1/U1" } as const;
    await walks(journal, "d1", { message: elsewhere, ending: { alsoIn: channel } });
    await walks(journal, "m2", { ending: { alsoIn: channel } });
    const later = await restart();
    expect((await later.history(channel, 9)).map(({ asked }) => asked)).toEqual([
      "asked m1",
      "asked d1",
      "asked m2",
    ]);
    expect(await later.history(elsewhere.thread, 9)).toHaveLength(1);
  });

  describe(`${name}: a talk in the channel itself`, () => {
    test("is counted per person, within ten minutes, over a restart", async () => {
      const { journal, restart } = await house();
      expect(recent(await walks(journal, "m1"))).toBe(0);
      expect(recent(await walks(journal, "m2", { message: { at: start + minute } }))).toBe(1);
      expect(recent(await walks(journal, "y1", { message: { account: maya, at: start + minute } }))).toBe(0);
      const later = await restart();
      expect(recent(await walks(later, "m3", { message: { at: start + 10 * minute } }))).toBe(2);
      expect(recent(await walks(later, "m4", { message: { at: start + 12 * minute } }))).toBe(1);
      expect(recent(await walks(later, "m5", { message: { at: start + 30 * minute } }))).toBe(0);
    });

    test("is words that an agent answered: no command, no code, no direct message, no thread", async () => {
      const { journal } = await house();
      const help = { kind: "command", verb: "help", rest: "" } as const;
      await walks(journal, "m1", { message: { body: help }, ending: { agent: null } });
      await walks(journal, "m2", { ending: { agent: null } });
      expect(recent(await walks(journal, "m3"))).toBe(0);
      const direct = { direct: true, thread: "discord:7:7", channel: "discord:7" } as const;
      await walks(journal, "d1", { message: direct });
      expect(recent(await walks(journal, "d2", { message: direct }))).toBe(0);
      await walks(journal, "t1", { message: inOwn });
      expect(recent(await walks(journal, "t2", { message: inOwn }))).toBe(0);
    });
  });

  describe(`${name}: a conversation that moves`, () => {
    test("takes agent, words, history and the last walk along, and is known before anything is said there", async () => {
      const { journal, restart } = await house();
      await walks(journal, "m0", { message: { at: start - 11 * minute } });
      await walks(journal, "m1");
      await walks(journal, "y1", { message: { account: maya } });
      await walks(journal, "m2");
      expect(await journal.knowsThread(own)).toBe(false);
      await walks(journal, "m3", { ending: { move, agent: "erp/sales" } });
      const later = await restart();
      expect(await later.knowsThread(own)).toBe(true);
      expect((await later.history(own, 9)).map(({ asked }) => asked)).toEqual([
        "asked m1",
        "asked m2",
        "asked m3",
      ]);
      expect((await later.lastWalk(own))?.turn).toBe("m3");
      const next = await walks(later, "t1", { message: inOwn });
      expect(next.thread).toMatchObject({ lastAgent: "erp/sales", lastText: "asked m3" });
      expect((await later.history(own, 2)).map(({ asked }) => asked)).toEqual(["asked m3", "asked t1"]);
      expect((await later.lastWalk(own))?.turn).toBe("t1");
    });

    test("leaves the channel's own talk and its count behind", async () => {
      const { journal } = await house();
      for (const id of ["m1", "m2"]) await walks(journal, id);
      await walks(journal, "m3", { ending: { move } });
      expect((await journal.history(channel, 9)).length).toBe(3);
      expect(recent(await walks(journal, "m4"))).toBe(0);
    });

    test("a pending question stands in both places, and is answered in both at once", async () => {
      const { journal } = await house();
      for (const there of [true, false]) {
        const thread = `discord:2001:${there ? "a" : "b"}` as const;
        await walks(journal, `q${thread}`, { ending: { move: { ...move, thread }, waiting: question } });
        const answering = await walks(journal, `a${thread}`, { message: there ? { thread } : {} });
        expect(answering.thread.waiting).toEqual(question);
        expect((await walks(journal, `c${thread}`)).thread.waiting).toBeNull();
        expect((await walks(journal, `t${thread}`, { message: { thread } })).thread.waiting).toBeNull();
      }
    });

    test("its runs belong to the new thread", async () => {
      const { journal } = await house();
      const run = { id: "r1", agent: "pipeline/weekly-review", version: 1, input: {} };
      await walks(journal, "m3", { ending: { move, runs: [run] } });
      expect((await journal.run("r1"))?.thread).toBe(own);
    });

    test("an end that is told twice moves it once", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m3"));
      const finish = finishOf(turn, { answer: answerOf(turn, { move }) });
      await journal.finish(finish);
      expect((await journal.finish(finish)).deliveries).toEqual([]);
      expect(await journal.history(own, 9)).toHaveLength(1);
    });
  });

  describe(`${name}: what a board reads`, () => {
    test("open questions say whose, about what and since when, newest first", async () => {
      const { journal, clock } = await house();
      const choice: Waiting = { kind: "clarification", turn: "m1", options: ["erp/stock"] };
      await walks(journal, "m1", { ending: { waiting: choice, outcome: "asked" } });
      clock.advance(minute);
      await walks(journal, "t1", {
        message: { thread: own, account: maya },
        ending: { waiting: question, outcome: "asked" },
      });
      expect(await journal.openQuestions(9)).toEqual([
        { thread: own, account: maya.id, kind: "input", about: "confirm it", at: clock.now() },
        {
          thread: channel,
          account: "discord:1001",
          kind: "clarification",
          about: "asked m1",
          at: clock.now() - minute,
        },
      ]);
      expect(await journal.openQuestions(1)).toHaveLength(1);
      await walks(journal, "m2");
      expect(await journal.openQuestions(9)).toHaveLength(1);
    });

    test("a card has a place once its showing was confirmed", async () => {
      const { journal } = await house();
      await journal.propose(proposalOf("p1"), cardOf("p1"));
      const [row] = await journal.claimDue();
      expect(await journal.cardPlaces(["p1", "p2"])).toEqual([]);
      await journal.shown({ id: row?.id ?? "", rev: 1, platformId: "2001/9" });
      expect(await journal.cardPlaces(["p1", "p2"])).toEqual([
        { proposal: "p1", thread: channel, platformId: "2001/9" },
      ]);
    });

    test("a home is remembered with its newest opening, and only as long as asked for", async () => {
      const { journal, restart } = await house();
      const account = { id: "slack:T1/U1", name: "kit", standing: "regular" } as const;
      const home = { account, thread: "slack:T1/D1:home", openedAt: start } as const;
      await journal.keepHome(home);
      await journal.keepHome({ ...home, openedAt: start + minute });
      await journal.keepHome(home);
      const later = await restart();
      expect(await later.homes(start)).toEqual([{ ...home, openedAt: start + minute }]);
      expect(await later.homes(start + 2 * minute)).toEqual([]);
    });

    test("a post keeps the board and the thread that it opens", async () => {
      const { journal, restart } = await house();
      const post: Post = {
        ...postOf("x"),
        kind: "home",
        board: { at: start, note: null, parts: [] },
        opens: move,
      };
      const content: OutboxDraft["content"] = { kind: "post", post };
      await journal.post([draftOf("first"), draftOf("home", { thread: own, content })]);
      const later = await restart();
      await later.recover();
      const rows = await later.claimDue();
      expect(rows.find(({ id }) => id === "home")?.content).toEqual(content);
    });
  });
}
