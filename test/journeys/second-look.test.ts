// A second look at an answer whose agent the evidence speaks against: by a model that sees the reply and its sources, never
// how the agent came to it. It can doubt in the footer; it changes no word, allows nothing, and its failing is said.
import { expect, test } from "vitest";
import { keepAgentsReport } from "../../src/eval/agents-report.ts";
import type { Model, ModelReply, ModelRequest } from "../../src/ports.ts";
import { confirmOrder } from "../../src/tools/erp.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { evalRow, reportOf } from "../support/eval-report.ts";
import { holds } from "../support/holds.ts";
import { breaks, calling, hangs, proposes, says, script, writes } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";
import { useNova, watchErp } from "./stage.ts";

const start = useNova();
const model = { id: "claude-haiku-5-5", kind: "language model" } as const;
/** As a language model would answer, for the plumbing alone. */
const asLanguageModel = (given: Script): Model & Pick<Script, "requests"> => ({
  ...given,
  id: model.id,
  isLanguageModel: true,
});
/** Most evals of the sales agent failed with this model. */
const beforeBoot = (folder: string): void =>
  void keepAgentsReport(
    folder,
    reportOf([evalRow("erp/sales", { at: Date.now(), model, passed: 2, failed: 4 })]),
  );
const reads = calling("readOrder", { order: "SO-1007" });
const answer = says("SO-1007 is a draft order.", { orders: ["SO-1007"] });
const judges = (verdict: string, why = "") => calling("verdict", { verdict, why });

type Asked = { readonly door: Door; readonly nova: NovaUnderTest };
async function asked(
  given: Script,
  more: Partial<NovaOptions> = {},
  door: Door = terminalDoor(),
): Promise<Asked> {
  const nova = await start({ doors: [door], model: asLanguageModel(given), beforeBoot, ...more });
  await door.verb("ask", "erp/sales what is the state of SO-1007?");
  return { door, nova };
}
const mark = String.raw`unverified at low stakes: 4 of 6 evals failed`;

const failed = new RegExp(`⚠ ${mark}; a second look failed`, "u");
const verdicts = [
  [judges("holds"), new RegExp(String.raw`a second look holds it \(${mark}\) · erp/sales`, "u")],
  [judges("doubts", "No source says so."), /⚠ a second look doubts it: “No source says so\.” · erp\/sales/u],
  [judges("wrong", "The record says so."), /⚠ a second look says it is wrong: “The record says so\.”/u],
  [judges("approve", "yes"), failed],
  [judges("doubts"), failed],
  [writes("It holds."), failed],
  [breaks(new Error("boom")), failed],
] as const;

test("each verdict is said, anything else is a look that failed, and the reply stands as it was", async () => {
  const door = terminalDoor();
  const given = script(...verdicts.flatMap(([verdict]) => [reads, answer, verdict]));
  const nova = await start({ doors: [door], model: asLanguageModel(given), beforeBoot });
  for (const [at, [, wanted]] of verdicts.entries()) {
    const before = (await door.seen()).join("").length;
    await door.verb("ask", "erp/sales what is the state of SO-1007?");
    await holds(() => expect(given.requests).toHaveLength(3 * (at + 1)));
    await nova.idle();
    const told = (await door.seen()).join("").slice(before);
    expect(told).toMatch(wanted);
    expect(told).toMatch(/SO-1007 is a draft order\./u);
  }
});

test("one that hangs is waited for so long and no longer", async () => {
  const clock = createTestClock(Date.now());
  const given = script(reads, answer, hangs);
  const { door, nova } = await asked(given, { clock });
  await holds(() => expect(given.requests).toHaveLength(3));
  clock.advance(20_001);
  await sees(door, /a second look failed/u);
  await nova.idle();
});

test("it sees the question, the reply and what was looked at; neither the agent's thoughts nor its instructions, and no tool", async () => {
  const thinks = async (): Promise<ModelReply> => ({
    ...(await reads(nothing, new AbortController().signal)),
    text: "my secret thought",
  });
  const given = script(thinks, answer, judges("holds"));
  const { door, nova } = await asked(given);
  await sees(door, /a second look holds it/u);
  await nova.idle();
  const [, second, review] = given.requests;
  expect(JSON.stringify(second)).toContain("my secret thought");
  const words = JSON.stringify(review);
  expect(words).not.toContain("my secret thought");
  expect(words).toMatch(
    /what is the state of SO-1007.*SO-1007 is a draft order.*Lakeside Facility Services/u,
  );
  expect(review?.instructions).not.toBe(second?.instructions);
  expect(review?.tools.map(({ name }) => name)).toEqual(["verdict"]);
});
const nothing: ModelRequest = {
  instructions: "",
  context: "",
  messages: [],
  tools: [],
  toolChoice: "auto",
  maxTokens: 1,
};

test("what it says is shown on one line, as it was said: no markup, no mention, no flood", async () => {
  const why = `See\n**this** <!channel> <@U1001> ${"and ".repeat(60)}`;
  const door = await slackDoor();
  const { nova } = await asked(script(reads, answer, judges("doubts", why)), {}, door);
  const seen = (await sees(door, /a second look doubts it: “See/u)).join("\n");
  await nova.idle();
  expect(seen).toMatch(/“See \*\*this\*\*[^\n”]{0,110}…”/u);
  expect(door.complaints()).toEqual([]);
});

test("whatever it says of an answer, its proposal waits for a person like any other, and nothing more", async () => {
  const door = terminalDoor();
  const erp = watchErp();
  const announces = says("SO-1007 is ready to be confirmed; it waits for your approval.", {
    orders: ["SO-1007"],
  });
  const given = script(reads, proposes(confirmOrder, { order: "SO-1007" }), announces, judges("holds"));
  const { nova } = await asked(given, { wrapErp: erp.wrapErp }, door);
  await sees(door, /Waiting for Kit/u);
  await sees(door, /a second look holds it \(unverified at medium stakes/u);
  await nova.idle();
  expect((await nova.journal().proposals({})).map(({ state }) => state)).toEqual(["pending"]);
  expect(erp.executed).toEqual([]);
});
