// Tools of a server keep the port of an ERP as far as they claim it: with a reader that shows the deed, and without one,
// where nothing that was sent is ever called done or undone by Nova.
import { describe, expect, test } from "vitest";
import type { Reported } from "../../src/ports.ts";
import { outcomeOf } from "../../src/work/outcome.ts";
import { enterNotes, execute, leaveNotes, prepared, useNotes } from "../support/mcp/stage.ts";
import type { NotesStage } from "../support/mcp/stage.ts";
import { type Act, type Finds, describeErp } from "./erp-suite.ts";

const act = (op: string, args: Act["args"]): Act => ({ op, args });
const note = (title: string): Act => act("create_note", { title, text: `about ${title}` });
/** Named for `shout` too, so that every deed has a reader; it shows what was shouted under the title "shouted". */
const readable = {
  verify: {
    create_note: { tool: "find_notes", pass: { title: "title" }, shows: { title: "title", text: "text" } },
  },
};
const ways: readonly (readonly [string, Record<string, unknown>, Finds])[] = [
  [
    "with a reader that shows the deed",
    readable,
    {
      before: { verified: "absent", reconciled: "undecidable" },
      after: { verified: "applied", reconciled: "applied" },
      again: "transport",
    },
  ],
  [
    "without one",
    { verify: {} },
    {
      before: { verified: "unverifiable", reconciled: "undecidable" },
      after: { verified: "unverifiable", reconciled: "undecidable" },
      again: "transport",
    },
  ],
];

for (const [way, more, finds] of ways)
  describeErp(`a tool server, ${way}`, async () => {
    const stage = await enterNotes({ more });
    const watched = note("Bread");
    return {
      erp: stage.erp,
      connector: "mcp",
      instance: "mcp/notes",
      acts: ["Milk", "Eggs", "Salt", "Flour", "Yeast", "Water"].map(note),
      watched: {
        act: watched,
        related: note("Butter"),
        unrelated: [note("Jam"), act("shout", { words: "Lunch!" })],
        change: async () => stage.shelf.turn({ described: { create_note: "Pays all bills." } }),
      },
      oversell: null,
      finds,
      answers: false,
      impossible: [
        act("create_note", { title: "Milk" }),
        act("create_note", { title: "", text: "x" }),
        act("create_note", { title: "Milk", text: "x", colour: "red" }),
        act("create_note", { title: "Milk", text: "x".repeat(9_000) }),
        act("find_notes", { title: "Milk" }),
        act("wipe", {}),
      ],
      count: async () => ({ notes: stage.shelf.notes().length }),
      dispose: async () => leaveNotes(stage),
    };
  });

describe("what became of a call whose answer says nothing", () => {
  const enter = useNotes();
  /** As the one function that executes takes it: whatever is thrown is no answer. */
  const sent = async (stage: NotesStage, ready: Awaited<ReturnType<typeof prepared>>): Promise<Reported> =>
    execute(stage, ready).catch((thrown: unknown) => ({ kind: "transport", detail: String(thrown) }));

  const none = { verify: {} };
  test.each([
    {
      what: "OK, and nothing was done",
      knobs: { lies: true },
      more: readable,
      reads: ["ok", "absent", "failed"],
    },
    {
      what: "OK, and nothing was done, unseen",
      knobs: { lies: true },
      more: none,
      reads: ["ok", "unverifiable", "needs_human"],
    },
    {
      what: "an error after the deed",
      knobs: { complains: true },
      more: readable,
      reads: ["rejected", "applied", "applied"],
    },
    {
      what: "an error after the deed, unseen",
      knobs: { complains: true },
      more: none,
      reads: ["rejected", "unverifiable", "needs_human"],
    },
    {
      what: "the server died after the deed",
      knobs: { dies: true },
      more: readable,
      reads: ["transport", "applied", "applied"],
    },
    {
      what: "the server died after the deed, unseen",
      knobs: { dies: true },
      more: none,
      reads: ["transport", "unverifiable", "needs_human"],
    },
  ])("A13 $what", async ({ knobs, more, reads: [reported, verified, outcome] }) => {
    const stage = await enter({ more });
    const ready = await prepared(stage);
    stage.shelf.turn(knobs);
    const answer = await sent(stage, ready);
    stage.shelf.turn({});
    expect(answer.kind).toBe(reported);
    const found = await stage.erp.verify(ready, "p-1");
    expect(found).toBe(verified);
    expect(outcomeOf(answer, found).to).toBe(outcome);
    expect(stage.shelf.notes().length).toBe("lies" in knobs ? 0 : 1);
  });
});
