// The readers that need no ERP: the project's memory and Nova's own handbook.
import { describe, expect, test } from "vitest";
import type { ProjectMemory } from "../../src/effects.ts";
import type { PackItem } from "../../src/pack.ts";
import { recallFacts } from "../../src/tools/project.ts";
import { readGuide } from "../../src/tools/guide.ts";

const fact: PackItem = {
  id: "f-1",
  source: "Kit in terminal:main",
  at: Date.UTC(2026, 4, 3),
  label: "stale",
  text: "The launch is on 1 June.",
};
const memoryOf = (rows: readonly PackItem[]): ProjectMemory => ({
  recall: async (_text, limit) => rows.slice(0, limit),
});
const nowhere = { erp: null, memory: null, now: 0 };

describe("recallFacts", () => {
  test("returns each fact with id, source, date and label, as memory has it", async () => {
    const world = { ...nowhere, memory: memoryOf([fact]) };
    expect(await recallFacts.read({ text: "launch" }, world)).toEqual({ rows: [fact], total: 1, note: "" });
  });

  test("says that nothing is on record, and invents no row", async () => {
    const world = { ...nowhere, memory: memoryOf([]) };
    expect(await recallFacts.read({ text: "moon rover" }, world)).toEqual({
      rows: [],
      total: 0,
      note: "Nothing about this is on record in this project; `context` shows what is.",
    });
  });

  test("says where there is no project memory at all, with the mend", async () => {
    await expect(recallFacts.read({ text: "launch" }, nowhere)).rejects.toThrow(
      "This place has no project memory: ask in a channel that is bound to a project, or bind this one in the config.",
    );
  });

  test("refuses an input that would name a project, and an empty one", async () => {
    const world = { ...nowhere, memory: memoryOf([fact]) };
    await expect(recallFacts.read({ text: "launch", project: "other" }, world)).rejects.toThrow(/project/);
    await expect(recallFacts.read({ text: "  " }, world)).rejects.toThrow();
  });

  test("passes on what memory throws: a broken memory is not an empty one", async () => {
    const memory: ProjectMemory = { recall: async () => Promise.reject(new Error("disk gone")) };
    await expect(recallFacts.read({ text: "launch" }, { ...nowhere, memory })).rejects.toThrow("disk gone");
  });
});

describe("readGuide", () => {
  const pages: readonly (readonly [string, RegExp])[] = [
    ["What can you do?", /stock, orders, invoices/],
    ["How do I approve something?", /presses Approve/],
    ["How do I start a pipeline?", /`run <pipeline>/],
    ["How can I delete a remembered fact?", /`forget <fact>`/],
    ["Where do I see recent failures?", /`failures`/],
    ["How do I bind a channel to a project?", /bound to its channels in the config/],
    ["How do I talk to one particular agent?", /`ask <agent> <text>`/],
    ["?!", /I answer from this project's context/],
  ];
  for (const [asked, expected] of pages) {
    test(`answers "${asked}" from the handbook`, async () => {
      expect(JSON.stringify(await readGuide.read({ text: asked }, nowhere))).toMatch(expected);
    });
  }
});
