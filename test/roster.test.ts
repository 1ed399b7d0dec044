// The roster at boot: every wrong agent file stops it with its remedy, and a new one needs no other edit.
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { BootError } from "../src/boot-error.ts";
import { loadRoster } from "../src/roster.ts";
import type { Roster } from "../src/roster.ts";

const agentsFolder = fileURLToPath(new URL("../agents", import.meta.url));
const novaUrl = new URL("../src/nova.ts", import.meta.url).href;
const zodUrl = import.meta.resolve("zod");
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true })));
});

type Parts = Partial<
  Record<"handles" | "declines" | "evals" | "reply" | "instructions" | "rest" | "role" | "job", string>
>;

const handlesOf = (topic: string, count = 25): string =>
  JSON.stringify(Array.from({ length: count }, (_, at) => `${topic} request number ${at}`));
const declinesTo = (instead: string, count = 5): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, at) => ({ text: `near miss ${at} of ${instead}`, instead })),
  );

const evalsOf = (count = 6): string =>
  `[${Array.from({ length: count }, (_, at) => `{ ask: "try ${at}", expect: () => true }`).join(", ")}]`;

/** Source of an agent file that is sound but for what `parts` replaces. */
function agentSource(topic: string, parts: Parts = {}): string {
  const role = parts.role ?? "chat";
  return [
    `import { chat, coordinator, defineEffect, defineReader, erpSpecialist, language, pipeline } from "${novaUrl}";`,
    `import { z } from "${zodUrl}";`,
    `const look = defineReader({ name: "look", description: "Looks.", examples: [], input: z.object({}), output: z.object({}), read: async () => ({}) });`,
    `const act = defineEffect({ name: "act", description: "Acts.", examples: [], input: z.object({}), stakes: "high", op: "act", toArgs: () => ({}) });`,
    `export const unused = [chat, coordinator, erpSpecialist, language, pipeline, look, act];`,
    `export default ${role}({`,
    `  job: ${parts.job ?? `"Does ${topic}."`},`,
    `  handles: ${parts.handles ?? handlesOf(topic)},`,
    `  declines: ${parts.declines ?? declinesTo(topic === "alpha" ? "chat/beta" : "chat/alpha")},`,
    `  reply: ${parts.reply ?? "z.object({ answer: z.string() })"},`,
    `  instructions: ${parts.instructions ?? '"Answer."'}, sees: [], maxWords: 50,`,
    `  evals: ${parts.evals ?? evalsOf()},`,
    `  ${parts.rest ?? "reads: [look],"}`,
    `});`,
  ].join("\n");
}

/** A folder with two sound agents, chat/alpha and chat/beta, and the given files on top. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nova-roster-"));
  folders.push(folder);
  const all = { "chat/alpha.ts": agentSource("alpha"), "chat/beta.ts": agentSource("beta"), ...files };
  for (const [file, source] of Object.entries(all)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), source);
  }
  return folder;
}

async function refusalOf(files: Readonly<Record<string, string>>): Promise<string> {
  const thrown = await loadRoster(await folderWith(files)).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof BootError)) throw new Error(`No boot error but: ${String(thrown)}`);
  return thrown.message;
}

describe("a wrong agent file stops the boot with its remedy", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
      "a file that does not parse",
      { "chat/bad.ts": "export default chat({" },
      /chat\/bad\.ts: can't be loaded \(.+\)\. Correct or remove it/,
    ],
    [
      "a file that throws while loading",
      { "chat/bad.ts": 'throw new Error("no luck");' },
      /chat\/bad\.ts: can't be loaded \(Error: no luck\)/,
    ],
    [
      "a default export that no factory made",
      { "chat/bad.ts": 'export default { kind: "agent", role: "chat" };' },
      /chat\/bad\.ts: its default export was not made by a role factory; export default chat/,
    ],
    [
      "no default export",
      { "chat/bad.ts": "export const card = 1;" },
      /chat\/bad\.ts: its default export was not made by a role factory/,
    ],
    [
      "an agent in another role's folder",
      { "language/bad.ts": agentSource("bad") },
      /language\/bad\.ts: holds a chat agent; move it to chat\/ or use the language factory/,
    ],
    [
      "too few handles",
      { "chat/bad.ts": agentSource("bad", { handles: handlesOf("bad", 24) }) },
      /chat\/bad\.ts: `handles` has 24; write 25 or more/,
    ],
    [
      "too few declines",
      { "chat/bad.ts": agentSource("bad", { declines: declinesTo("chat/alpha", 4) }) },
      /chat\/bad\.ts: `declines` has 4; write 5 or more/,
    ],
    [
      "too few evals",
      { "chat/bad.ts": agentSource("bad", { evals: evalsOf(5) }) },
      /chat\/bad\.ts: `evals` has 5; write 6 or more/,
    ],
    [
      "an eval that needs something unknown",
      {
        "chat/bad.ts": agentSource("bad", {
          evals: `[...${evalsOf()}, { ask: "x", needs: "luck", expect: () => true }]`,
        }),
      },
      /chat\/bad\.ts: `evals\.6\.needs` .+ Correct it/,
    ],
    [
      "an eval without a check",
      { "chat/bad.ts": agentSource("bad", { evals: `[...${evalsOf()}, { ask: "x" }]` }) },
      /chat\/bad\.ts: `evals\.6` checks nothing; write `expect`, or `instead` where declining is right/,
    ],
    [
      "no handles at all",
      { "chat/bad.ts": agentSource("bad", { handles: "undefined" }) },
      /chat\/bad\.ts: `handles` .+ Correct it/,
    ],
    [
      "an empty handle",
      { "chat/bad.ts": agentSource("bad", { handles: `[...${handlesOf("bad")}, " "]` }) },
      /chat\/bad\.ts: `handles\.25`/,
    ],
    [
      "a handle of another agent in other letters",
      {
        "chat/bad.ts": agentSource("bad", {
          handles: `[...${handlesOf("bad")}, "ALPHA  request, number 3!"]`,
        }),
      },
      /chat\/bad\.ts: handles "alpha request number 3" like chat\/alpha; leave it to one of them/,
    ],
    [
      "a handle said twice",
      { "chat/bad.ts": agentSource("bad", { handles: `[...${handlesOf("bad")}, "bad request number 3?"]` }) },
      /chat\/bad\.ts: says "bad request number 3" twice/,
    ],
    [
      "a request both handled and declined",
      {
        "chat/bad.ts": agentSource("bad", {
          declines: `[...${declinesTo("chat/alpha")}, { text: "Bad request number 1", instead: "chat/beta" }]`,
        }),
      },
      /chat\/bad\.ts: both handles and declines "Bad request number 1"; keep one/,
    ],
    [
      "a decline in favour of nobody",
      { "chat/bad.ts": agentSource("bad", { declines: declinesTo("erp/nobody") }) },
      /chat\/bad\.ts: declines "near miss 0 of erp\/nobody" in favour of erp\/nobody, which is no other agent/,
    ],
    [
      "a decline in favour of itself",
      { "chat/bad.ts": agentSource("bad", { declines: declinesTo("chat/bad") }) },
      /in favour of chat\/bad, which is no other agent/,
    ],
    [
      "a decline in favour of an agent that does not handle it while another does",
      {
        "chat/bad.ts": agentSource("bad", {
          declines: `[...${declinesTo("chat/alpha")}, { text: "beta request number 1", instead: "chat/alpha" }]`,
        }),
      },
      /in favour of chat\/alpha, but chat\/beta handles it; name chat\/beta/,
    ],
    [
      "an effect among the readers",
      { "erp/bad.ts": agentSource("bad", { role: "erpSpecialist", rest: "reads: [act], effects: []," }) },
      /erp\/bad\.ts: `reads` holds something that is no reader; make it with defineReader/,
    ],
    [
      "a home-made effect",
      {
        "erp/bad.ts": agentSource("bad", {
          role: "erpSpecialist",
          rest: "reads: [look], effects: [{ ...act, execute: () => 1 }],",
        }),
      },
      /erp\/bad\.ts: `effects` holds something that is no effect; make it with defineEffect/,
    ],
    [
      "an ERP agent without a reader",
      { "erp/bad.ts": agentSource("bad", { role: "erpSpecialist", rest: "reads: [], effects: [act]," }) },
      /erp\/bad\.ts: `reads` is empty; an ERP agent must re-read/,
    ],
    [
      "two tools of one name",
      { "chat/bad.ts": agentSource("bad", { rest: "reads: [look, look]," }) },
      /chat\/bad\.ts: holds two tools named look; rename/,
    ],
    [
      "a tool named like an agent's last word",
      {
        "chat/bad.ts": agentSource("bad", {
          rest: 'reads: [defineReader({ ...look, name: "decline", output: z.object({}) })],',
        }),
      },
      /chat\/bad\.ts: holds a tool named "decline", which no model can call/,
    ],
    [
      "a sight that does not exist",
      { "chat/bad.ts": agentSource("bad", { rest: 'reads: [look], ...{ sees: ["secrets"] },' }) },
      /chat\/bad\.ts: `sees\.0` is none of profile, conventions/,
    ],
    [
      "a reply without an answer",
      { "chat/bad.ts": agentSource("bad", { reply: "z.object({ words: z.string() })" }) },
      /chat\/bad\.ts: `reply` has no `answer: z\.string\(\)`; add it/,
    ],
    [
      "a reply that is no object",
      { "chat/bad.ts": agentSource("bad", { reply: "z.string()" }) },
      /chat\/bad\.ts: `reply` is no zod object/,
    ],
    [
      "a reply that no model can be shown",
      { "chat/bad.ts": agentSource("bad", { reply: "z.object({ answer: z.string(), day: z.date() })" }) },
      /chat\/bad\.ts: `reply` can't be written as JSON Schema/,
    ],
    [
      "empty instructions",
      { "chat/bad.ts": agentSource("bad", { instructions: '"  "' }) },
      /chat\/bad\.ts: `instructions` .+ Correct it/,
    ],
    [
      "a file that is no agent",
      { "chat/notes.md": "notes" },
      /chat\/notes\.md: is no agent file; name it <kebab-case>\.ts or move it away/,
    ],
    ["a name that is not kebab-case", { "chat/BadName.ts": "" }, /chat\/BadName\.ts: is no agent file/],
    ["a folder inside a role", { "chat/deep/bad.ts": "" }, /chat\/deep: is no agent file/],
    [
      "a folder that is no role",
      { "wizard/bad.ts": "" },
      /wizard: is not a role; agents live in chat, language/,
    ],
    ["a file outside a role", { "stray.ts": "" }, /stray\.ts: is not a role/],
  ];

  for (const [what, files, expected] of cases) {
    test(what, async () => {
      expect(await refusalOf(files)).toMatch(expected);
    });
  }

  test("a folder that is not there, and an empty one", async () => {
    const folder = await folderWith({});
    await expect(loadRoster(join(folder, "gone"))).rejects.toThrow(
      /agents' folder can't be read .+ Create it/,
    );
    const empty = join(folder, "empty");
    await mkdir(empty);
    await expect(loadRoster(empty)).rejects.toThrow(/holds no agent; add one as <role>\/<name>\.ts/);
  });

  test("every problem is told at once, none hides another", async () => {
    const said = await refusalOf({
      "chat/broken.ts": "export default (",
      "chat/few.ts": agentSource("few", { handles: "[]", declines: "[]" }),
      "language/lost.ts": agentSource("lost"),
      "wizard/x.ts": "",
    });
    expect(said).toMatch(/^The roster has 5 problems, so Nova does not start:/);
    for (const file of ["chat/broken.ts", "chat/few.ts", "language/lost.ts", "wizard"])
      expect(said).toContain(file);
    expect(said.match(/chat\/few\.ts/g)).toHaveLength(2);
  });
});

describe("a sound folder", () => {
  test("loads sorted by id, and the path is the id", async () => {
    const roster = await loadRoster(await folderWith({ "chat/a-third.ts": agentSource("third") }));
    expect(roster.entries.map(({ id }) => id)).toEqual(["chat/a-third", "chat/alpha", "chat/beta"]);
    for (const { id, card } of roster.entries) {
      expect(roster.get(id)).toBe(card);
      expect(roster.idOf(card)).toBe(id);
    }
  });

  test("throws on an unknown id and names the nearest, never a default agent", async () => {
    const roster = await loadRoster(await folderWith({}));
    expect(() => roster.get("chat/alpa")).toThrow(
      'There is no agent "chat/alpa". The nearest are chat/alpha',
    );
    expect(() => roster.get("beta")).toThrow("The nearest are chat/beta");
    expect(roster.find("chat/alpa")).toBeNull();
  });

  test("tells routing who has effects and how much is at stake", async () => {
    const rest = "reads: [look], effects: [act],";
    const roster = await loadRoster(
      await folderWith({ "erp/gamma.ts": agentSource("gamma", { role: "erpSpecialist", rest }) }),
    );
    const known = roster.toRouting().map(({ id, hasEffects, stakes }) => ({ id, hasEffects, stakes }));
    expect(known).toEqual([
      { id: "chat/alpha", hasEffects: false, stakes: "low" },
      { id: "chat/beta", hasEffects: false, stakes: "low" },
      { id: "erp/gamma", hasEffects: true, stakes: "high" },
    ]);
  });

  test("a desktop's hidden files are no agents", async () => {
    const roster = await loadRoster(await folderWith({ ".DS_Store": "", "chat/.alpha.ts.swp": "" }));
    expect(roster.entries).toHaveLength(2);
  });
});

describe("Nova's own agents", () => {
  const load = async (): Promise<Roster> => loadRoster(agentsFolder);

  test("are thirty-four over all five roles", async () => {
    const { entries } = await load();
    expect(entries).toHaveLength(34);
    expect(new Set(entries.map(({ card }) => card.role)).size).toBe(5);
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        "chat/general",
        "coordinator/several",
        "erp/invoices",
        "erp/sales",
        "erp/stock",
        "language/draft",
        "language/summarise",
        "pipeline/client-onboarding",
      ]),
    );
  });

  test("have 25 handles, 5 declines and 6 evals each", async () => {
    const { entries } = await load();
    for (const { id, card } of entries) {
      expect(card.handles.length, id).toBeGreaterThanOrEqual(25);
      expect(card.declines.length, id).toBeGreaterThanOrEqual(5);
      expect(card.evals.length, id).toBeGreaterThanOrEqual(6);
    }
  });

  test("promise something about their subject, not only words", async () => {
    const { entries } = await load();
    for (const { id, card } of entries) {
      if (card.kind !== "agent") continue;
      expect(Object.keys(card.reply.shape).length, id).toBeGreaterThanOrEqual(2);
      expect(card.instructions, id).toMatch(/decline/);
    }
  });

  test("an agent more is one new file and no other edit", async () => {
    const before = await load();
    // Inside the project, so that `#nova` and zod resolve as they do for agents/; ignored by git and by every gate.
    await mkdir(join(agentsFolder, "../.nova"), { recursive: true });
    const folder = await mkdtemp(join(agentsFolder, "../.nova/agents-"));
    folders.push(folder);
    await cp(agentsFolder, folder, { recursive: true });
    await writeFile(
      join(folder, "chat/weather.ts"),
      agentSource("weather", { declines: declinesTo("chat/general") }),
    );
    const after = await loadRoster(folder);
    expect(after.entries).toHaveLength(before.entries.length + 1);
    expect(after.get("chat/weather").job).toBe("Does weather.");
  });
});
