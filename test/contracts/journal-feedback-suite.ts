// What every journal must do with what people say of answers and facts: one vote per person and turn, found from the
// post, and a record of who said what.
import { describe, expect, test } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";
import type { KeptTurn, Rating } from "../../src/ports/journal-rows.ts";
import { answerButtons } from "../../src/replies/answer-buttons.ts";
import { ProjectId } from "../../src/ids.ts";
import {
  answerOf,
  draftOf,
  factOf,
  finishOf,
  messageOf,
  project,
  proposalOf,
} from "../support/journal-samples.ts";
import { houses, keepNext } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

/** An answered turn whose post is shown as `shown:<id>`. */
async function answered(
  journal: Journal,
  id: string,
  agent: string | null = "chat/general",
): Promise<KeptTurn> {
  const turn = await keepNext(journal, messageOf(id));
  await journal.finish(finishOf(turn, { answer: answerOf(turn, { agent }) }));
  await journal.shown({ id: `reply:${id}`, rev: 1, platformId: `shown:${id}` });
  return turn;
}
const vote = (turn: string, by: string, changes: Partial<Rating> = {}): Rating => ({
  turn,
  person: "Kit",
  account: "discord:1001",
  mark: "up",
  change: "set",
  by,
  ...changes,
});
const general = (up: number, down: number) => [{ agent: "chat/general", up, down }];

export function describeJournalFeedback(name: string, open: OpenJournal): void {
  const house = houses(open);

  describe(`${name}: votes`, () => {
    test("an answer is found by where its post is shown; what no agent answered, and strangers' posts, are not", async () => {
      const { journal } = await house();
      await answered(journal, "m1");
      await answered(journal, "m2", null);
      expect(await journal.answerAt("shown:m1")).toEqual({
        thread: "discord:2001:2001",
        turn: "m1",
        agent: "chat/general",
      });
      expect(await journal.answerAt("shown:m2")).toBeNull();
      expect(await journal.answerAt("shown:elsewhere")).toBeNull();
    });

    test("one vote per person and turn, the newest mark counts, and what it covered comes back", async () => {
      const { journal } = await house();
      await answered(journal, "m1");
      expect(await journal.rate(vote("m1", "r1"))).toEqual({ agent: "chat/general", mark: "up" });
      expect(await journal.rate(vote("m1", "r2", { mark: "down" }))).toMatchObject({ mark: "down" });
      expect(await journal.ratings(0)).toEqual(general(0, 1));
      expect(await journal.rate(vote("m1", "r3", { mark: "down", change: "unset" }))).toMatchObject({
        mark: "up",
      });
      expect(await journal.rate(vote("m1", "r4", { change: "unset" }))).toMatchObject({ mark: null });
      expect(await journal.ratings(0)).toEqual([]);
    });

    test("a press takes its own mark back, and the same press heard again changes nothing", async () => {
      const { journal, restart } = await house();
      await answered(journal, "m1");
      await journal.rate(vote("m1", "p1", { change: "press" }));
      const after = await restart();
      expect(await after.rate(vote("m1", "p1", { change: "press" }))).toMatchObject({ mark: "up" });
      expect(await after.rate(vote("m1", "p2", { change: "press" }))).toMatchObject({ mark: null });
    });

    test("people vote apart, votes before a time are left out, and nobody votes for what no agent answered", async () => {
      const { journal, clock } = await house();
      await answered(journal, "m1");
      await answered(journal, "m2", null);
      await journal.rate(vote("m1", "r1"));
      clock.advance(60_000);
      await journal.rate(vote("m1", "r2", { person: "Maya", account: "discord:1002", mark: "down" }));
      expect(await journal.ratings(0)).toEqual(general(1, 1));
      expect(await journal.ratings(clock.now())).toEqual(general(0, 1));
      expect(await journal.rate(vote("m2", "r3"))).toBeNull();
      expect(await journal.rate(vote("never", "r4"))).toBeNull();
    });

    test("the small buttons lead from their own post to its turn, and from no other", async () => {
      const { journal } = await house();
      await answered(journal, "m1");
      await answered(journal, "m2");
      const [why, up] = answerButtons("reply:m1");
      const press = async (id: string, nonce: string, onMessage: string) => {
        const turn = await keepNext(
          journal,
          messageOf(id, { body: { kind: "press", nonce, onMessage, words: null } }),
        );
        await journal.finish(finishOf(turn, { answer: answerOf(turn, { agent: null }) }));
        return turn.button;
      };
      expect((await press("p1", why?.nonce ?? "", "shown:m1"))?.action).toEqual({ kind: "why", turn: "m1" });
      expect((await press("p2", up?.nonce ?? "", "shown:m1"))?.action).toMatchObject({
        kind: "rate",
        turn: "m1",
      });
      expect(await press("p3", up?.nonce ?? "", "shown:m2")).toBeNull();
      expect(await press("p4", "up-0000000000000000", "shown:m1")).toBeNull();
    });

    test("a message that was sent on by a button is a choice: with its words, who was offered, and who pressed", async () => {
      const { journal, restart } = await house();
      const asked = await keepNext(journal, messageOf("m1", { body: { kind: "text", text: "the brushes" } }));
      const button = (nonce: string, agent: string | null) =>
        ({ nonce, action: { kind: "choose", turn: "m1", agent } }) as const;
      const buttons = [button("n1", "erp/stock"), button("n2", "erp/items"), button("n3", null)];
      const outbox = [draftOf("reply:m1", { turn: "m1", buttons })];
      await journal.finish(finishOf(asked, { outbox }));
      expect(await journal.choices(10)).toEqual([]);
      const other = await keepNext(journal, messageOf("p0"));
      await journal.useButton("n3", other.id);
      await journal.finish(finishOf(other));
      expect(await journal.choices(10)).toEqual([]);
      const press = await keepNext(journal, messageOf("p1"));
      await journal.useButton("n1", press.id);
      const choice = {
        text: "the brushes",
        agent: "erp/stock",
        offered: ["erp/items", "erp/stock"],
        person: "Kit",
      };
      expect(await journal.choices(0)).toEqual([]);
      expect(await (await restart()).choices(10)).toMatchObject([choice]);
    });

    test("each turn tells its own walk", async () => {
      const { journal } = await house();
      await answered(journal, "m1");
      await answered(journal, "m2", "erp/stock");
      expect(await journal.walk("m1")).toMatchObject({
        turn: "m1",
        agent: "chat/general",
        thread: "discord:2001:2001",
      });
      expect(await journal.walk("never")).toBeNull();
    });
  });

  describe(`${name}: words on facts`, () => {
    const text = "The hall is locked with the brass key";

    test("a voucher renews a fact, with who said so on record", async () => {
      const { journal, clock } = await house();
      await journal.remember(factOf("f-1", text));
      expect(await journal.vouch(project, "f-1", { by: "Maya", at: clock.now() })).toBe(true);
      expect(await journal.fact(project, "f-1")).toMatchObject({ vouchedBy: "Maya", vouchedAt: clock.now() });
      const [row] = await journal.trail("f-1");
      expect(row).toMatchObject({ kind: "fact.vouched" });
      expect(row?.body).toContain("Maya");
      expect(await journal.vouch(ProjectId.parse("other"), "f-1", { by: "Eve", at: 1 })).toBe(false);
    });

    test("a successor takes the place of the old words, once, and only in the same project", async () => {
      const { journal } = await house();
      await journal.remember(factOf("f-1", text));
      const next = factOf("f-2", "The hall is locked with a code", { saidBy: "Maya" });
      expect(await journal.supersede("f-1", { ...next, project: ProjectId.parse("other") })).toBe(false);
      expect(await journal.supersede("f-1", next)).toBe(true);
      expect(await journal.supersede("f-1", next)).toBe(true);
      expect(await journal.supersede("f-1", { ...next, id: "f-3" })).toBe(false);
      expect((await journal.recall(project, "how is the hall locked", 5)).map(({ id }) => id)).toEqual([
        "f-2",
      ]);
      expect((await journal.facts(project, 5)).map(({ id }) => id)).toEqual(["f-2"]);
      expect(await journal.fact(project, "f-1")).toBeNull();
      expect((await journal.trail("f-1")).map(({ kind }) => kind)).toEqual(["fact.superseded"]);
    });

    test("forgetting records on whose word", async () => {
      const { journal } = await house();
      await journal.remember(factOf("f-1", text));
      await journal.forget(project, "f-1", "Maya");
      expect((await journal.trail("f-1")).map(({ body }) => body).join("")).toContain('"by":"Maya"');
      expect((await journal.verifyAudit()).brokenAt).toBeNull();
    });

    test("the trail of a proposal is its record, oldest first", async () => {
      const { journal } = await house();
      const { id } = proposalOf("p-1");
      const turn = await keepNext(journal, messageOf("m1"));
      await journal.finish(finishOf(turn, { answer: answerOf(turn, { proposals: [proposalOf("p-1")] }) }));
      await journal.settle(id, { from: ["proposed"], to: "superseded", detail: "p-2" });
      expect((await journal.trail(id)).map(({ body }) => /"state":"(\w+)"/u.exec(body)?.[1])).toEqual([
        "proposed",
        "superseded",
      ]);
    });
  });
}
