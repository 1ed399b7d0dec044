// What the journal tells a surface that connects: what was heard last and where, what a waiting post shows now, notes.
import { describe, expect, test } from "vitest";
import { createRecall } from "../../src/surfaces/recall.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { ChannelId } from "../../src/ids.ts";
import type { Recall } from "../../src/ports.ts";
import { draftOf, messageOf, postOf, project, who } from "../support/journal-samples.ts";
import type { TestClock } from "../support/clock.ts";
import { houses } from "./journal-suite.ts";
import type { OpenJournal } from "./journal-suite.ts";

const hourMs = 3_600_000;

/** Two channels are bound: 2001, where the samples talk, and 2002, where nobody has said anything. */
function recallOf(
  journal: Journal,
  clock: TestClock,
  channels: readonly ChannelId[] = ["discord:2001", "discord:2002"],
): Recall {
  const home = { id: project, name: "Sweeper Parts", agents: [], erp: null };
  return createRecall(
    {
      journal,
      clock,
      directory: { projects: [{ ...home, channels }] },
      outbox: { post: async () => undefined, draft: (id) => draftOf(id) },
    },
    "discord",
  );
}

export function describeJournalConnect(name: string, open: OpenJournal): void {
  describe(`${name}: connecting`, () => {
    const house = houses(open);

    test("gives the newest text of each thread of a surface, the newest thread first", async () => {
      const { journal, clock } = await house();
      const at = clock.now();
      const elsewhere = { thread: "slack:T1/C1:1.5", channel: "slack:T1/C1" } as const;
      const thread = { thread: "discord:2001:77" } as const;
      const press = { kind: "press", nonce: "n", onMessage: "1", words: null } as const;
      for (const message of [
        messageOf("a", { at }),
        messageOf("b", { at: at + 1, ...thread }),
        messageOf("c", { at: at + 2 }),
        messageOf("pressed", { at: at + 3, body: press }),
        messageOf("elsewhere", { at: at + 4, ...elsewhere }),
      ])
        await journal.keep(message, who);
      expect((await journal.lastHeard("discord", at)).map(({ id }) => id)).toEqual(["c", "b"]);
      expect((await journal.lastHeard("discord", at + 2)).map(({ id }) => id)).toEqual(["c"]);
      expect((await journal.lastHeard("slack", 0)).map(({ id }) => id)).toEqual(["elsewhere"]);
    });

    test("keeps notes over a restart, the last words under each key", async () => {
      const { journal, restart } = await house();
      expect(await journal.note("logins")).toBeNull();
      await journal.keepNote("logins", "[1]");
      await journal.keepNote("logins", "[1,2]");
      expect(await (await restart()).note("logins")).toBe("[1,2]");
    });

    test("tells who had to wait what is to be shown now", async () => {
      const { journal } = await house();
      await journal.post([draftOf("progress")]);
      const content = { kind: "post", post: postOf("step two") } as const;
      await journal.post([draftOf("progress", { content })]);
      expect(await journal.outboxRow("progress")).toMatchObject({ rev: 2, content });
      await journal.shown({ id: "progress", rev: 2, platformId: "9" });
      expect(await journal.claimDue()).toEqual([]);
      expect(await journal.outboxRow("none")).toBeNull();
    });

    test("a place is open from the moment it is named until it was read, also for the next process", async () => {
      const { journal, clock, restart } = await house();
      const began = clock.now();
      expect((await recallOf(journal, clock).gaps()).map(({ thread, fromMs }) => [thread, fromMs])).toEqual([
        ["discord:2001:2001", began],
        ["discord:2002:2002", began],
      ]);
      clock.advance(hourMs);
      await journal.keep(messageOf("a", { at: clock.now() }), who);
      const again = await restart();
      const recall = recallOf(again, clock);
      // Not read yet: from where it first was open.
      expect((await recall.gaps()).map(({ sinceMs }) => sinceMs)).toEqual([began, began]);
      await recall.closed(await recall.gaps());
      const later = await recallOf(await restart(), clock).gaps();
      expect(new Map(later.map(({ thread, sinceMs }) => [thread, sinceMs - began]))).toEqual(
        new Map([
          ["discord:2001:2001", hourMs],
          ["discord:2002:2002", 0],
        ]),
      );
    });

    test("reads a little before what it heard last, and never before a channel was its own", async () => {
      const { journal, clock } = await house();
      const began = clock.now();
      await recallOf(journal, clock, ["discord:2001"]).gaps();
      clock.advance(10_000);
      await journal.keep(messageOf("a", { at: clock.now() }), who);
      const fromOf = async (recall: Recall, channel: string): Promise<number | undefined> =>
        (await recall.gaps()).find((gap) => gap.channel === channel)?.fromMs;
      expect(await fromOf(recallOf(journal, clock), "discord:2001")).toBe(began);
      clock.advance(hourMs);
      await journal.keep(messageOf("b", { at: clock.now() }), who);
      const recall = recallOf(journal, clock);
      await recall.closed(await recall.gaps());
      expect(await fromOf(recall, "discord:2001")).toBe(clock.now() - 60_000);
      expect(await fromOf(recall, "discord:2002")).toBe(began + 10_000);
    });

    test("looks at a conversation for a day, at a direct message for a week", async () => {
      const { journal, clock } = await house();
      const direct = { thread: "discord:88:88", channel: "discord:88", direct: true } as const;
      await journal.keep(messageOf("dm", { at: clock.now(), ...direct }), who);
      await journal.keep(messageOf("in a thread", { at: clock.now(), thread: "discord:2001:77" }), who);
      const threads = async (): Promise<readonly string[]> => {
        const recall = recallOf(journal, clock);
        const gaps = await recall.gaps();
        await recall.closed(gaps);
        return gaps.map(({ thread }) => thread).toSorted();
      };
      const channels = ["discord:2001:2001", "discord:2002:2002"];
      expect(await threads()).toEqual([channels[0], "discord:2001:77", channels[1], "discord:88:88"]);
      clock.advance(25 * hourMs);
      expect(await threads()).toEqual([...channels, "discord:88:88"]);
      clock.advance(150 * hourMs);
      expect(await threads()).toEqual(channels);
    });
  });
}
