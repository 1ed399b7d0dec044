// When a conversation moves, where its posts go then, and what its thread is called.
import { describe, expect, test } from "vitest";
import type { ThreadId } from "../../src/ids.ts";
import type { Answer, Message } from "../../src/message.ts";
import { say } from "../../src/post.ts";
import { moved, toPlaced } from "../../src/surfaces/thread-move.ts";
import { answerOf, messageOf, proposalOf } from "../support/journal-samples.ts";

const own = "discord:2001:77";
const opens = { threadFor: (): ThreadId => own };
type Given = {
  readonly recent?: number;
  readonly message?: Partial<Message>;
  readonly lastText?: string;
  readonly answer?: Partial<Answer>;
};

function answer({ recent = 2, message = {}, lastText, answer: changes }: Given = {}): Answer {
  const thread = { lastAgent: null, lastText: lastText ?? null, waiting: null, recent };
  const turn = { id: "m3", message: messageOf("m3", message), attempt: 1, thread, button: null };
  return answerOf(turn, { posts: [say("One."), say("Two.")], ...changes });
}
const asks = (text: string): Given => ({ message: { body: { kind: "text", text } } });

describe("a conversation moves", () => {
  test("with its third exchange, cards included", () => {
    const result = moved(answer({ answer: { proposals: [proposalOf("p1")] } }), opens);
    expect(result.move).toEqual({ thread: own, name: "words of m3" });
    expect(result.proposals.map(({ thread }) => thread)).toEqual([own]);
  });

  test.each<readonly [string, Given]>([
    ["a second exchange", { recent: 1 }],
    ["a command", { message: { body: { kind: "command", verb: "ask", rest: "x" } } }],
    ["what code answers", { answer: { agent: null } }],
    ["a failure", { answer: { failure: { kind: "unexpected", operator: "x" } } }],
    ["what is for one person's eyes", { answer: { posts: [say("x", { only: "discord:1001" })] } }],
    ["no words at all", { answer: { posts: [] } }],
  ])("but not with %s", (_name, given) => {
    const stays = answer(given);
    expect(moved(stays, opens)).toBe(stays);
  });

  test("nor where the platform opens none", () => {
    expect(moved(answer(), { threadFor: () => null }).move).toBeUndefined();
    expect(moved(answer(), {}).move).toBeUndefined();
    expect(moved(answer(), null).move).toBeUndefined();
  });
});

describe("its thread is called", () => {
  test.each([
    ["How many brushes?", "How many brushes?"],
    [
      "**Bold** _and_ `code`\nand <@1001> [a link](https://x.example)",
      "Bold and code and a link https://x.example",
    ],
    ["long words ".repeat(20), "long words long words long words long words long words long…"],
    ["\u202eevil", "evil"],
    ["\u202e", "Talk with kit"],
    ["yes", "yes"],
  ])("%s: %s", (text, name) => {
    expect(moved(answer(asks(text)), opens).move?.name).toBe(name);
  });

  test("by what was talked about before, where the last words say nothing", () => {
    const given = answer({ ...asks("and?"), lastText: "How many brushes are in stock?" });
    expect(moved(given, opens).move?.name).toBe("How many brushes are in stock?");
  });
});

describe("its posts", () => {
  test("stay where the message is while nothing moves", () => {
    const said = [say("One.")];
    expect(toPlaced(answer(), said)).toEqual([{ said: said[0], thread: "discord:2001:2001" }]);
  });

  test("go to the thread, the first opens it, and one line in the channel points there", () => {
    const given = moved(answer(), opens);
    const placed = toPlaced(given, given.posts);
    expect(placed.map(({ thread, said }) => [thread, said.text, said.opens?.thread ?? null])).toEqual([
      ["discord:2001:2001", "We go on in a thread of its own: words of m3", own],
      [own, "One.", own],
      [own, "Two.", null],
    ]);
  });
});
