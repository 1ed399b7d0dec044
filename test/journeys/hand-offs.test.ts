// Agents hand on what is not theirs: at once where nothing can be changed, by a person's press where something can, never
// twice to the same one, never too often, and always said.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createHandClock } from "../support/hand-clock.ts";
import { bareDoor } from "../support/doors/bare.ts";
import { sees } from "../support/doors/door.ts";
import type { Post } from "../../src/post.ts";
import { asks, declines, replies, says, script, writes } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import { oneThread, useNova } from "./stage.ts";

const start = useNova();
const translated = replies({ answer: "Guten Tag.", kept: [] });
const ask = "language/draft: good day in German";

describe.each(oneThread)("on %s", (_name, open) => {
  test("what is another agent's goes there at once, and says so in one line", async () => {
    const door = await open();
    const model = script(declines("That is a translation.", "language/translate"), translated);
    await start({ doors: [door], model });
    await door.says(ask);
    await sees(door, /language\/draft → language\/translate: That is a translation\.[^]*Guten Tag/u);
    expect(model.requests[1]?.messages.at(-1)).toEqual({ role: "user", text: "good day in German" });
    expect(door.complaints()).toEqual([]);
  });

  test("two that hand it back and forth are stopped at the first return; Retry and Hand to work", async () => {
    const door = await open();
    const model = script(
      declines("A translation.", "language/translate"),
      declines("A draft.", "language/draft"),
      declines("A translation.", "language/translate"),
      translated,
    );
    const nova = await start({ doors: [door], model });
    await door.says(ask);
    await sees(
      door,
      /language\/translate and language\/draft hand this back and forth \(language\/draft → /u,
    );
    await nova.idle();
    await door.press("Retry");
    await sees(door, /Guten Tag/u);
    await door.press("Hand to somebody else");
    await sees(door, /Who else should take it|Nobody else here does this/u);
    await door.verb("failures");
    await sees(door, /handoff\.circle, today: [^]*hand this back and forth/u);
    expect(model.remaining()).toBe(0);
    expect(door.complaints()).toEqual([]);
  });
});

/** A house without a platform, to look at single posts and rows. */
async function house(model: Script, more: { readonly agents?: string[]; readonly stranger?: boolean } = {}) {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const nova = await start({
    doors: [door],
    clock,
    model,
    ...(more.agents === undefined
      ? {}
      : {
          config: {
            projects: [{ id: "p", name: "P", channels: [door.channel], agents: more.agents, erp: "main" }],
          },
        }),
  });
  const kit = { id: door.kit, standing: "regular" } as const;
  const stranger = { id: "slack:T1/U9", standing: "regular" } as const;
  const from = more.stranger === true ? stranger : kit;
  return {
    nova,
    why: async () => {
      await door.comes(from, { kind: "command", verb: "why", rest: "" });
      await nova.idle();
    },
    asks: async (text: string) => {
      const { id } = await door.comes(from, { kind: "text", text });
      await nova.idle();
      return id;
    },
    presses: async (label: string) => {
      const shown = door
        .posts()
        .findLast(({ post }) => post.buttons.some((button) => button.label === label));
      const nonce = shown?.post.buttons.find((button) => button.label === label)?.nonce ?? "";
      const body = { kind: "press", nonce, onMessage: shown?.platformId ?? "", words: null } as const;
      const { id } = await door.comes(from, body);
      await nova.idle();
      return id;
    },
    last: (): Post | undefined => door.posts().at(-1)?.post,
  };
}
const labelsOf = (post: Post | undefined): readonly string[] =>
  (post?.buttons ?? []).filter(({ style }) => style !== "quiet").map(({ label }) => label);

test("the fifth hand-off is stopped, and the failure names the whole chain", async () => {
  const chain = [
    "language/edit",
    "language/translate",
    "language/email",
    "language/summarise",
    "chat/explainer",
  ];
  const model = script(...chain.map((id) => declines(`For ${id}.`, id)));
  const { nova, asks: says_, last } = await house(model);
  const turn = await says_(ask);
  expect(last()).toMatchObject({ kind: "failure" });
  expect(last()?.text).toContain(`(language/draft → ${chain.join(" → ")})`);
  expect(labelsOf(last())).toEqual(["Retry", "Hand to somebody else", "Drop"]);
  const rows = (await nova.journal().handOffs(turn)) ?? [];
  expect(rows.map(({ depth, state }) => `${depth} ${state}`)).toEqual([
    "1 taken",
    "2 taken",
    "3 taken",
    "4 taken",
    "5 too deep",
  ]);
  expect(await nova.journal().failures(1)).toMatchObject([{ kind: "handoff.deep", turn }]);
  expect(model.remaining()).toBe(0);
});

test("who can change something takes nothing unasked: a person presses, and the chain goes on counting", async () => {
  const model = script(
    declines("That is stock.", "erp/stock"),
    declines("No, a talk.", "chat/general"),
    says("never asked", { sources: [] }),
  );
  const { nova, asks: says_, presses, last } = await house(model);
  const first = await says_("chat/general: how many brushes?");
  expect(labelsOf(last())).toEqual(["Ask erp/stock"]);
  expect(await nova.journal().handOffs(first)).toMatchObject([
    { state: "offered", depth: 1, to: "erp/stock" },
  ]);
  const press = await presses("Ask erp/stock");
  expect(last()?.text).toMatch(/erp\/stock and chat\/general hand this back and forth/u);
  expect(await nova.journal().handOffs(press)).toMatchObject([
    { state: "pressed", depth: 1, from: "chat/general" },
    { state: "circle", depth: 2, to: "chat/general" },
  ]);
  expect(model.remaining()).toBe(1);
});

test.each([
  ["the project does not allow", { agents: ["chat/*"] }, /not used in this project/u],
  ["is not open to this person", { stranger: true }, /not open to a guest/u],
])("an agent that %s is refused visibly, whoever names it", async (_why, more, words) => {
  const { nova, asks: says_, last } = await house(script(declines("Invoices.", "erp/invoices")), more);
  const turn = await says_("chat/general: what is owed?");
  expect(last()?.text).toMatch(/chat\/general would hand this to erp\/invoices \(“Invoices\.”\)/u);
  expect(last()?.text).toMatch(words);
  expect(labelsOf(last())).toEqual(["Retry", "Hand to somebody else", "Drop"]);
  expect(await nova.journal().handOffs(turn)).toMatchObject([{ state: "refused" }]);
  expect(await nova.journal().failures(1)).toMatchObject([{ kind: "handoff.refused", turn }]);
});

test("what fails behind a hand-off says who had it before, and costs are the sum", async () => {
  const model = script(declines("Wording.", "language/edit"), writes("no JSON"), writes("still none"));
  const { nova, asks: says_, last } = await house(model);
  const turn = await says_(ask);
  expect(last()?.text).toMatch(/broke its contract twice/u);
  expect((await nova.journal().failures(1))[0]?.person).toMatch(
    /handed on: language\/draft → language\/edit/u,
  );
  expect(await nova.journal().handOffs(turn)).toMatchObject([{ state: "taken" }]);
});

test("rows that somebody changed in the file are not believed, and `why` says so", async () => {
  const model = script(declines("A translation.", "language/translate"), translated);
  const { nova, asks: says_, why, last } = await house(model);
  const turn = await says_(ask);
  const intruder = new DatabaseSync(join(nova.folder, "journal.db"));
  intruder.prepare("UPDATE hand_off SET body = replace(body, 'language/draft', 'chat/general')").run();
  intruder.close();
  expect(await nova.journal().handOffs(turn)).toBeNull();
  await why();
  expect(last()?.text).toMatch(/Handed on: its rows were changed outside Nova/u);
});

test("a question of the second agent waits for its answer there, and `why` says who was asked first", async () => {
  const model = script(
    declines("A translation.", "language/translate"),
    asks("Into which language?"),
    translated,
  );
  const { asks: says_, why, last } = await house(model);
  await says_(ask);
  expect(last()?.text).toMatch(/Into which language\?/u);
  await why();
  expect(last()?.text).toMatch(
    /Handed on \(1, taken\): language\/draft → language\/translate: A translation\./u,
  );
  await says_("German");
  expect(last()?.text).toMatch(/^Guten Tag\./u);
});

const several = "how many brushes are in stock and which invoices are overdue?";
const broken = [writes("no JSON"), writes("still none")] as const;

test("a part of a plan that breaks its contract is a failure of its own, with buttons for exactly that part", async () => {
  // Parts run side by side, so both break: the first two answers are theirs, the next two their repairs.
  const model = script(...broken, ...broken, says("There are brushes.", { items: [] }));
  const { nova, asks: says_, presses, last } = await house(model);
  const turn = await says_(several);
  expect(labelsOf(last())).toEqual([
    "Retry 1",
    "Hand 1 to somebody else",
    "Retry 2",
    "Hand 2 to somebody else",
    "Drop",
  ]);
  expect(await nova.journal().failures(5)).toMatchObject([
    { kind: "contract.broken" },
    { kind: "contract.broken" },
  ]);
  expect(await nova.journal().turn(turn)).toMatchObject({ outcome: "failed" });
  expect(await nova.journal().handOffs(turn)).toMatchObject([
    { from: "coordinator/several", to: "erp/stock", state: "planned" },
    { to: "erp/invoices", state: "planned" },
  ]);
  await presses("Hand 2 to somebody else");
  expect(last()?.text).toMatch(/Who else should take it/u);
  expect(labelsOf(last())).not.toContain("erp/invoices");
  await presses("Retry 1");
  expect(last()?.text).toMatch(/There are brushes/u);
  expect(model.requests.at(-1)?.messages.at(-1)).toMatchObject({ text: "how many brushes are in stock" });
});

test("a part that is another agent's is offered to that one with its own words", async () => {
  const away = declines("Somebody else's.", "erp/items");
  const model = script(away, away, says("It is on record.", { items: [] }));
  const { asks: says_, presses, last } = await house(model);
  await says_(several);
  expect(labelsOf(last())).toEqual(["1: ask erp/items", "2: ask erp/items", "Drop"]);
  await presses("1: ask erp/items");
  expect(model.requests.at(-1)?.messages.at(-1)).toMatchObject({ text: "how many brushes are in stock" });
});
