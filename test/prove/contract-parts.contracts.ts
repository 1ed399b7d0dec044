// Coordinators and pipelines whose agents break their contracts: a part ends as a failure on the checklist with buttons of its
// own, a step ends its run visibly, and inputs that a model made up start nothing. Found in the roster, so a new one is in here.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, Model, ModelReply } from "../../src/ports.ts";
import { bareDoor } from "../support/doors/bare.ts";
import type { BareDoor, Shown } from "../support/doors/bare.ts";
import { holds } from "../support/holds.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { canary } from "./broken-replies.ts";
import { right, rightWords } from "./contract-cases.ts";
import type { Move } from "./contract-cases.ts";
import { ownRoster } from "./contract-house.ts";

const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
const calling = (name: string, input: Json): ModelReply => ({
  text: "",
  calls: [{ id: "c", name, input }],
  stop: "tools",
  usage,
});
/** Ways that break whatever contract is asked for. */
const ways: readonly (readonly [string, ModelReply])[] = [
  ["not JSON", calling("reply", canary)],
  ["wrong type", calling("reply", { answer: [canary] })],
  ["missing field", calling("reply", { [canary]: canary })],
  ["empty reply", { text: "", calls: [], stop: "end", usage }],
  ["too long", calling("ask_person", { question: `${canary} `.repeat(200) })],
  ["claimed deed", calling("decline", { why: `Done. I have paid the invoice of ${canary}.` })],
  ["declines to nobody", calling("decline", { why: canary, instead: "erp/zznobody" })],
  ["unknown tool", calling("run_shell", { [canary]: canary })],
  ["cut off", { text: canary, calls: [], stop: "max_tokens", usage }],
];

const roster = await ownRoster();
const coordinators = roster.entries.filter(({ card }) => card.kind === "coordinator");
/** A run takes seconds to give a step up: each pipeline gets a third of the ways, all of them together every one. */
const waysPerPipeline = 3;
const pipelines = roster.entries
  .flatMap(({ id, card }) => (card.kind === "pipeline" ? [{ id, card }] : []))
  .map((pipeline, at) => ({
    ...pipeline,
    ways: ways.filter((_way, index) => index % waysPerPipeline === at % waysPerPipeline),
  }));
const kit = { id: "slack:T1/U1", standing: "regular" } as const;
const several = "how many brushes are in stock and which invoices are overdue?";

let move: Move = right;
let asked = 0;
const model: Model = {
  id: "breaker",
  isLanguageModel: false,
  generate: async (request) => {
    asked += 1;
    return move(request, asked);
  },
};
let door: BareDoor;
let nova: NovaUnderTest;
let threads = 0;
beforeAll(async () => {
  door = bareDoor(() => Date.now());
  nova = await startNova({ doors: [door], model });
});
afterAll(async () => nova.close());

type Said = {
  readonly turn: string;
  readonly posts: () => readonly Shown[];
  readonly presses: (label: string) => Promise<void>;
};
async function says(text: string): Promise<Said> {
  threads += 1;
  const thread = `slack:T1/C1:${threads}.7` as const;
  const { id: turn } = await door.comes(kit, { kind: "text", text }, { thread });
  await nova.idle();
  const posts = (): readonly Shown[] => door.posts().filter((shown) => shown.thread === thread);
  return {
    turn,
    posts,
    presses: async (label) => {
      const shown = posts().findLast(({ post }) => post.buttons.some((button) => button.label === label));
      const nonce = shown?.post.buttons.find((button) => button.label === label)?.nonce ?? "";
      const body = { kind: "press", nonce, onMessage: shown?.platformId ?? "", words: null } as const;
      await door.comes(kit, body, { thread });
      await nova.idle();
    },
  };
}
const textOf = (posts: readonly Shown[]): string => posts.map(({ post }) => JSON.stringify(post)).join("\n");

describe.each(coordinators)("$id", ({ id, card }) => {
  const text = card.kind === "coordinator" && card.parts === undefined ? several : `${id}: please`;
  test.each(ways)("a part with %s is a failure of its own", async (_way, reply) => {
    move = () => reply;
    const { turn, posts } = await says(text);
    const [list] = posts();
    const marks = list?.post.text.match(/✗ \*\*/gu)?.length ?? 0;
    expect(marks).toBeGreaterThanOrEqual(2);
    expect(textOf(posts())).not.toContain(canary);
    const rows = (await nova.journal().failures(20)).filter((row) => row.turn === turn);
    expect(rows).toHaveLength(marks);
    expect((await nova.journal().turn(turn))?.outcome).toBe("failed");
    expect(await nova.journal().handOffs(turn)).toHaveLength(marks);
    const labels = list?.post.buttons.map(({ label }) => label) ?? [];
    expect(labels).toEqual(expect.arrayContaining(["Retry 1", "Hand 1 to somebody else", "Retry 2", "Drop"]));
  });

  test("its buttons run that part alone, or end it", async () => {
    move = () => calling("reply", canary);
    const { posts, presses } = await says(text);
    move = right;
    await presses("Retry 1");
    expect(posts().at(-1)?.post.text).toBe(rightWords);
    const before = asked;
    await presses("Hand 2 to somebody else");
    expect(posts().at(-1)?.post.text).toMatch(/^(?:Who else should take it\?|Nobody else here does this)/u);
    await presses("Drop");
    expect(posts().at(-1)?.post.text).toBe("Dropped.");
    expect(asked).toBe(before);
  });
});

describe.each(pipelines)("$id", ({ id, card, ways: own }) => {
  const launches = card.evals.map(({ ask }) => ask);

  test("inputs that a model made up start nothing", async () => {
    const made = Object.fromEntries(Object.keys(card.inputs.shape).map((key) => [key, { [canary]: canary }]));
    const needsNone = card.inputs.safeParse({}).success;
    const runs = (await nova.journal().runs({ open: false, limit: 1_000 })).length;
    move = () => calling("inputs", made);
    const { posts } = await says(`${id}: please`);
    const after = (await nova.journal().runs({ open: false, limit: 1_000 })).length;
    // What needs no inputs begins without asking anybody for them.
    const isAsked = posts().some(({ post }) => post.kind === "question");
    expect(after - runs).toBe(needsNone ? 1 : 0);
    expect(isAsked).toBe(!needsNone);
    expect(textOf(posts())).not.toContain(canary);
  });

  test.each(own)("a step with %s ends the run visibly", async (_way, reply) => {
    const before = asked;
    move = (request, call) =>
      request.tools.some(({ name }) => name === "reply") ? reply : right(request, call);
    const launch = launches.find((ask) => /^run \S+ .*=/u.test(ask)) ?? launches[0] ?? "";
    const { posts } = await says(`${id}: ${launch}`);
    await holds(() => expect(posts().some(({ post }) => post.kind === "progress")).toBe(true));
    // A pipeline that asks no agent has no step to break: it comes to its proposals or its end.
    await holds(() => expect(textOf(posts())).toMatch(/ stopped: the step |· (?:done|waiting)/u));
    expect(textOf(posts())).not.toContain(canary);
    if (asked === before) return;
    const failed = posts().findLast(({ post }) => post.kind === "failure");
    expect(failed?.post.text).toMatch(/stopped: the step "[^"]+" failed: /u);
    expect(failed?.post.buttons.map(({ label }) => label)).toEqual(["Retry", "Drop"]);
    const [row] = await nova.journal().failures(1);
    expect(row?.operator).toMatch(/^run r-\S+, step "/u);
  });
});

test("the roster has coordinators and pipelines to break", () => {
  expect(coordinators.length).toBeGreaterThan(2);
  expect(pipelines.length).toBeGreaterThan(5);
});
