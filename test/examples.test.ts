// What a press may teach the router: nothing, until a person has looked at it; then it trains, and the router has another id.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  candidatesIn,
  exampleId,
  keepReviewed,
  loadReviewed,
  withExamples,
} from "../src/training/examples.ts";
import type { Choice } from "../src/ports/journal-feedback.ts";
import { loadOrTrainRouter } from "../src/training/router-cache.ts";
import { roster } from "./fixtures/roster.ts";
import { lineSettings } from "./routing/route-input.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nova-examples-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const choice = (text: string, agent = "erp/stock"): Choice => ({
  text,
  agent,
  offered: [agent, "erp/items"],
  person: "Kit",
  at: 1,
});
const accepted = (one: Choice) => ({
  id: exampleId(one),
  text: one.text,
  agent: one.agent,
  verdict: "accepted" as const,
});

describe("a choice", () => {
  test("is a candidate once, until it is reviewed; pasted and empty texts are none", () => {
    const choices = [
      choice("the brushes please"),
      choice("the brushes please "),
      choice("  "),
      choice("x".repeat(301)),
    ];
    const [only, ...rest] = candidatesIn(choices, []);
    expect(rest).toEqual([]);
    expect(only?.text).toBe("the brushes please");
    keepReviewed(folder, [{ ...accepted(choice("the brushes please")), verdict: "dropped" }]);
    expect(candidatesIn(choices, loadReviewed(folder))).toEqual([]);
  });

  test("of the same words for another agent is another one", () => {
    expect(candidatesIn([choice("the brushes"), choice("the brushes", "erp/items")], [])).toHaveLength(2);
  });
});

describe("the reviewed file", () => {
  test("keeps the newest verdict of an example, and only accepted ones stand beside an agent's own", () => {
    const one = accepted(choice("the brushes please"));
    keepReviewed(folder, [one, accepted(choice("the nozzles please", "erp/gone"))]);
    const [taught] = withExamples(
      roster.filter(({ id }) => id === "erp/stock"),
      loadReviewed(folder),
    );
    expect(taught?.handles.at(-1)).toBe("the brushes please");
    keepReviewed(folder, [{ ...one, verdict: "dropped" }]);
    expect(withExamples(roster, loadReviewed(folder))).toEqual(roster);
  });

  test("that is damaged stops the boot with its line, instead of training from a part of it", () => {
    writeFileSync(join(folder, "examples.jsonl"), '{"id":"1"}\n');
    expect(() => loadReviewed(folder)).toThrow(/examples\.jsonl:1 is no reviewed example/u);
  });

  test("trains: an accepted example changes the router's id, a dropped one does not", () => {
    const few = roster.filter(({ role }) => role === "erp");
    const before = loadOrTrainRouter(folder, few, lineSettings).id;
    keepReviewed(folder, [{ ...accepted(choice("the brushes please")), verdict: "dropped" }]);
    expect(loadOrTrainRouter(folder, few, lineSettings).id).toBe(before);
    keepReviewed(folder, [accepted(choice("the brushes please"))]);
    expect(loadOrTrainRouter(folder, few, lineSettings).id).not.toBe(before);
  });
});
