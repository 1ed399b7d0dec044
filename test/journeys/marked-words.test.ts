// The words of an agent that the evidence speaks against are marked wherever they end up: as a part of a plan, or as a step of
// a run; and what an eval finds out while Nova runs counts from then on.
import { expect, test } from "vitest";
import { keepAgentsReport } from "../../src/eval/agents-report.ts";
import type { ModelName } from "../../src/eval/agents-report.ts";
import type { Json, Model, ModelReply, ModelRequest } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { claude, evalRow, reportOf } from "../support/eval-report.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const offline: ModelName = { id: "offline", kind: "offline model" };
/** Most evals of these failed with that model. */
const doubted = (folder: string, ids: readonly string[], model = offline): void =>
  void keepAgentsReport(
    folder,
    reportOf(ids.map((id) => evalRow(id, { at: Date.now(), model, passed: 2, failed: 4 }))),
  );
const mark = String.raw`unverified at low stakes: 4 of 6 evals failed`;

test("evals that were run meanwhile count without a restart: the step of the next run is marked, in its progress and its result", async () => {
  const door = terminalDoor();
  const clock = createTestClock(Date.now());
  const nova = await start({ doors: [door], clock });
  const review = async (times: number): Promise<string> => {
    const before = (await door.seen()).join("").length;
    await door.verb("run", "weekly-review");
    await sees(door, (posts) => posts.join("").split("Below the reorder level (").length > times);
    await nova.idle();
    return (await door.seen()).join("").slice(before);
  };
  expect(await review(1)).not.toMatch(/unverified/u);
  doubted(nova.folder, ["language/summarise"]);
  clock.advance(5_000);
  const told = await review(2);
  expect(told).toMatch(new RegExp(`✓ summary: language/summarise ⚠ ${mark}`, "u"));
  expect(told).toMatch(new RegExp(`Step “summary”: language/summarise ⚠ ${mark}`, "u"));
});

/** What each of the triage's agents, and the review's, promises beside its words. */
const fields: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  readGuide: { verbs: ["retry"] },
  recallFacts: { findings: [], gaps: ["the failure"] },
  tasks: { tasks: [], open: [] },
  points: { points: [] },
};
const calls = (name: string, input: Json): ModelReply => ({
  text: "",
  calls: [{ id: `call_${name}`, name, input }],
  stop: "tools",
  usage: { inputTokens: 1, outputTokens: 1, dollars: 0 },
});
type Talking = Model & { readonly reviewed: ModelRequest[] };
/** Says the same in everybody's name; asked for a verdict it doubts. */
function talker(): Talking {
  const reviewed: ModelRequest[] = [];
  return {
    id: claude.id,
    isLanguageModel: true,
    reviewed,
    generate: async (request) => {
      if (request.tools.some(({ name }) => name === "verdict")) {
        reviewed.push(request);
        return calls("verdict", { verdict: "doubts", why: "No source says so." });
      }
      const own = Object.entries(fields).find(([word]) => request.instructions.includes(word))?.[1];
      return calls("reply", { answer: "Try it once more.", ...own });
    },
  };
}

test("with a language model a part of a plan and a step of a run get the same second look, and the words stand as they were", async () => {
  const door = terminalDoor();
  const model = talker();
  const beforeBoot = (folder: string): void =>
    doubted(folder, ["chat/planner", "language/summarise"], { ...claude });
  const nova = await start({ doors: [door], model, beforeBoot });
  await door.verb("ask", "coordinator/failure-triage the run failed, what now?");
  await sees(door, /3 parts/u);
  await nova.idle();
  const plan = (await door.seen()).join("");
  expect(plan).toMatch(
    /chat\/planner[^✓]*Try it once more\.\s+⚠ a second look doubts it: “No source says so\.”/u,
  );
  expect(plan.match(/a second look/gu)).toHaveLength(1);
  await door.verb("run", "weekly-review");
  await sees(door, /Step “summary”: language\/summarise ⚠ a second look doubts it: “No source says so\.”/u);
  await nova.idle();
  expect(model.reviewed).toHaveLength(2);
  expect(JSON.stringify(model.reviewed[1])).toMatch(/Summarise this week.*Try it once more/u);
});
