// Whose words are whose: open questions belong to who was asked, history to everybody who heard it, and what is
// forgotten is gone wherever it stood.
import { describe, expect, test } from "vitest";
import type { Message, Waiting } from "../../src/message.ts";
import { say } from "../../src/post.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn } from "../../src/ports/journal-rows.ts";
import {
  answerOf,
  draftOf,
  factOf,
  finishOf,
  messageOf,
  postOf,
  project,
  threadOf,
} from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const thread = "discord:2001:2001";
const maya = { id: "discord:1002", name: "maya", standing: "regular" } as const;
const input = { kind: "input", agent: "erp/sales", asked: "Which order?", about: "confirm" } as const;
const choiceFor = (turn: string): Waiting => ({ kind: "clarification", turn, options: ["erp/stock"] });
const help = { kind: "command", verb: "help", rest: "" } as const;

type Ending = Parameters<typeof answerOf>[1];
async function ends(journal: Journal, turn: KeptTurn, ending: Ending = {}): Promise<void> {
  await journal.finish(finishOf(turn, { answer: answerOf(turn, ending) }));
}
/** Hears the message and ends its turn at once; the turn as it was handed out. */
async function walks(
  journal: Journal,
  id: string,
  given: { readonly message?: Partial<Message>; readonly ending?: Ending } = {},
): Promise<KeptTurn> {
  const turn = await keepNext(journal, messageOf(id, given.message));
  await ends(journal, turn, given.ending);
  return turn;
}
const waitingOf = (turn: KeptTurn): KeptTurn["thread"]["waiting"] => turn.thread.waiting;

export function describeJournalPeople(name: string, open: OpenJournal): void {
  const house = houses(open);

  describe(`${name}: open questions`, () => {
    test("what code says leaves a question open, and an agent that takes the person's next words closes it", async () => {
      const { journal } = await house();
      await walks(journal, "m1", { ending: { waiting: input } });
      await walks(journal, "m2", { message: { body: help }, ending: { agent: null } });
      const answering = await walks(journal, "m3");
      expect(waitingOf(answering)).toEqual(input);
      expect(waitingOf(await walks(journal, "m4"))).toBeNull();
    });

    test("a question is only the asked person's, and another person's own question does not replace it", async () => {
      const { journal, restart } = await house();
      const choice = choiceFor("m2");
      await walks(journal, "m1", { ending: { waiting: input } });
      const hers = await walks(journal, "m2", { message: { account: maya }, ending: { waiting: choice } });
      expect(waitingOf(hers)).toBeNull();
      await walks(journal, "m3", { message: { account: maya, body: help }, ending: { agent: null } });
      const reopened = await restart();
      expect(waitingOf(await keepNext(reopened, messageOf("m4")))).toEqual(input);
      await reopened.recover();
      await ends(reopened, await again(reopened, "m4"));
      expect(waitingOf(await keepNext(reopened, messageOf("m5", { account: maya })))).toEqual(choice);
    });

    test("a pressed choice closes its question whoever pressed it; a refused press closes none", async () => {
      const { journal } = await house();
      const choice = choiceFor("m1");
      const action = { kind: "choose", turn: "m1", agent: null } as const;
      await walks(journal, "m1", { ending: { waiting: choice } });
      await journal.post([draftOf("offer", { buttons: [{ nonce: "n1", action }] })]);
      const body = { kind: "press", nonce: "n1", onMessage: "9001", words: null } as const;
      const refusal = [say("Only the person who asked can press this.", { only: maya.id })];
      await walks(journal, "p1", {
        message: { account: maya, body },
        ending: { agent: null, posts: refusal },
      });
      expect(waitingOf(await walks(journal, "m2", { ending: { agent: null } }))).toEqual(choice);
      await walks(journal, "p2", {
        message: { account: maya, body },
        ending: { agent: null, posts: [say("Then tell me in other words.")] },
      });
      expect(waitingOf(await walks(journal, "m3"))).toBeNull();
    });
  });

  describe(`${name}: history`, () => {
    test("neither a verb's answer nor what one person alone was told enters it; receipts do", async () => {
      const { journal } = await house();
      await walks(journal, "m1");
      await walks(journal, "m2", {
        message: { body: help },
        ending: { agent: null, posts: [say("Verbs.")] },
      });
      await walks(journal, "m3", { ending: { posts: [say("For you.", { only: maya.id })] } });
      const press = { kind: "press", nonce: "n1", onMessage: "9001", words: null } as const;
      const done = [say("✓ Done.", { kind: "receipt" })];
      await walks(journal, "m4", { message: { body: press }, ending: { agent: null, posts: done } });
      const heard = (await journal.history(thread, 9)).map(({ answered }) => answered);
      expect(heard).toEqual(["said m1", "said m4"]);
    });

    test("a turn is kept under the name of whose rights it ran with", async () => {
      const { journal } = await house();
      const turn = await keepNext(journal, messageOf("m1"));
      const answer = answerOf(turn);
      const guest = { name: "discord:1003", class: "guest", accounts: ["discord:1003"] } as const;
      await journal.finish(
        finishOf(turn, { answer: { ...answer, turn: { ...answer.turn, person: guest } } }),
      );
      expect((await journal.history(thread, 9)).map(({ person }) => person)).toEqual(["discord:1003"]);
    });
  });

  describe(`${name}: forgetting`, () => {
    test("takes the words from the turn that told them, its posts, and every place that quotes them whole", async () => {
      const { journal } = await house();
      const words = 'the alarm "code" is kestrel';
      await journal.remember(factOf("f1", words, { turn: "m1" }));
      const body = { kind: "command", verb: "remember", rest: words } as const;
      const told = await keepNext(journal, messageOf("m1", { body }));
      const post = { kind: "post", post: postOf(`Remembered: ${words}`) } as const;
      const reply = draftOf("reply:m1", { turn: "m1", content: post });
      await journal.finish(finishOf(told, { outbox: [reply], answered: `Remembered: ${words}` }));
      const quoting = await keepNext(
        journal,
        messageOf("m2", { body: { kind: "text", text: `so ${words}?` } }),
      );
      const quote = draftOf("reply:m2", { turn: "m2", content: post });
      const item = { id: "f1", source: "fact", at: 1, label: "current", text: words } as const;
      const pack = { items: [item], history: [], tokens: 7, dropped: [] };
      await journal.finish(
        finishOf(quoting, {
          answer: answerOf(quoting, { pack }),
          outbox: [quote],
          asked: `so ${words}?`,
          answered: `Yes: ${words}.`,
        }),
      );
      expect(await journal.forget(project, "f1")).toBe(true);
      await journal.postpone({ id: "reply:m1", untilMs: 0, why: "again", isUnclear: false, isGone: false });
      await journal.shown({ id: "reply:m1", rev: 1, platformId: "9001" });
      await journal.postpone({ id: "reply:m2", untilMs: 0, why: "again", isUnclear: false, isGone: false });
      const next = await keepNext(journal, messageOf("m3"));
      const kept = [
        await journal.turn("m1"),
        await journal.turn("m2"),
        await journal.history(thread, 9),
        await journal.lastWalk(thread),
        await journal.claimDue(),
        next.thread,
      ];
      expect(JSON.stringify(kept)).not.toContain("kestrel");
      expect(JSON.stringify(kept)).toContain("[forgotten]");
      expect(await journal.turn("m2")).toMatchObject({ message: { body: { text: "so [forgotten]?" } } });
    });

    test("leaves what other projects said, and short words that stand in other sentences", async () => {
      const { journal } = await house();
      await journal.remember(factOf("f1", "kestrel", { turn: "m1" }));
      await journal.remember(factOf("f2", "the code is kestrel", { turn: "m2" }));
      const said = { kind: "text", text: "the code is kestrel" } as const;
      await walks(journal, "m1");
      const kept = await journal.keep(messageOf("x1", { thread: threadOf("x"), body: said }), {
        person: "Kit",
        project: null,
      });
      expect(kept.kind).toBe("next");
      await walks(journal, "m3", { message: { body: said } });
      await journal.forget(project, "f1");
      expect(await journal.turn("m3")).toMatchObject({ message: { body: said } });
      await journal.forget(project, "f2");
      expect(await journal.turn("m3")).toMatchObject({ message: { body: { text: "[forgotten]" } } });
      expect(await journal.turn("x1")).toMatchObject({ message: { body: said } });
    });
  });
}

/** Handed out a second time, as after a restart. */
async function again(journal: Journal, id: string): Promise<KeptTurn> {
  const found = (await journal.recover()).turns.find((turn) => turn.id === id);
  if (found === undefined) throw new Error(`${id} was not handed out again`);
  return found;
}
