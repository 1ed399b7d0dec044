// Wrong cards and skipped rooms do not compile: the strictest promise that Nova makes, so it is tested with the compiler.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const compiler = join(root, "node_modules/.bin/tsc");

// What every fixture may use; it compiles by itself, so an error in a fixture is the fixture's.
const prelude = `
import { chat, coordinator, defineEffect, defineReader, erpSpecialist, language, pipeline, prose } from "#nova";
import type { Step } from "#nova";
import { z } from "zod";
import { Approval } from "../../src/approval.ts";
import type { Assigned, Briefed, Checked, Draft, Turn } from "../../src/message.ts";
import type { ReaderWorld } from "../../src/effects.ts";
import type { Erp, ErpReader, Prepared } from "../../src/ports.ts";
import type { ProjectId } from "../../src/ids.ts";

const look = defineReader({ name: "look", description: "Looks.", examples: [], input: z.object({ text: z.string() }),
  output: z.object({ found: z.number() }), read: async ({ text }) => ({ found: text.length }) });
const act = defineEffect({ name: "act", description: "Acts.", examples: [], input: z.object({ id: z.number() }),
  stakes: "high", op: "act", toArgs: ({ id }) => ({ id }) });
const common = { job: "Does it.", handles: ["do it"], declines: [{ text: "not it", instead: "chat/general" }] };
const talking = { ...common, sees: [], instructions: prose\`Do.\`, evals: [], maxWords: 9, reply: z.object({ answer: z.string() }) };
const options = { actionId: "a", attempt: 1, signal: AbortSignal.abort() };
declare const turn: Turn;
declare const assigned: Assigned;
declare const briefed: Briefed;
declare const draft: Draft;
declare const erp: Erp;
declare const erpReader: ErpReader;
declare const prepared: Prepared;
declare const approval: Approval;
declare const step: Step;
declare const world: ReaderWorld;
export const used: readonly unknown[] = [chat, coordinator, erpSpecialist, language, pipeline, z, look, act, common, talking,
  options, turn, assigned, briefed, draft, erp, erpReader, prepared, approval, step, world, Approval];
export type Used = [Assigned, Briefed, Checked, Draft, Turn, ProjectId];
`;

const right = `
export const cards = [
  chat({ ...talking, reads: [look] }),
  language(talking),
  erpSpecialist({ ...talking, reads: [look], effects: [act] }),
  coordinator({ ...common, evals: [], maxParts: 3 }),
  coordinator({ ...common, evals: [], maxParts: 2, parts: [{ card: language(talking), ask: (said) => said }] }),
  pipeline({ ...common, evals: [], version: 1, inputs: z.object({ client: z.string() }), run: async ({ client }, step) => {
    const seen = await step.read("look", look, { text: client });
    const outcome = await step.effect("act", act, { id: 1 });
    return { answer: \`\${String(seen)} \${outcome.state}\` };
  } }),
];
export const walk: readonly [Turn, Assigned, Briefed] = [draft, draft, draft];
export const executed = erp.execute(approval, prepared, options);
export const seen = look.read({ text: "x" }, world);
`;

// Each is one line that must be refused, and the code that the compiler refuses it with.
const wrong: readonly (readonly [what: string, line: string, code: string])[] = [
  ["a chat agent with effects", "chat({ ...talking, reads: [look], effects: [act] });", "TS2353"],
  ["a chat agent with an effect among its readers", "chat({ ...talking, reads: [act] });", "TS2741"],
  ["a language agent with readers", "language({ ...talking, reads: [look] });", "TS2353"],
  ["a language agent with effects", "language({ ...talking, effects: [act] });", "TS2353"],
  ["a reader passed as effect", "erpSpecialist({ ...talking, reads: [look], effects: [look] });", "TS2739"],
  ["an effect passed as reader", "erpSpecialist({ ...talking, reads: [act], effects: [] });", "TS2741"],
  ["an ERP agent that reads nothing", "erpSpecialist({ ...talking, reads: [], effects: [act] });", "TS2322"],
  [
    "a coordinator with tools",
    "coordinator({ ...common, evals: [], maxParts: 2, reads: [look] });",
    "TS2353",
  ],
  [
    "a pipeline that holds effects outside its steps",
    "pipeline({ ...common, evals: [], version: 1, inputs: z.object({}), effects: [act], run: async () => ({ answer: '' }) });",
    "TS2353",
  ],
  [
    "a reply without an answer",
    "language({ ...talking, reply: z.object({ words: z.string() }) });",
    "TS2375",
  ],
  ["a card without handles", "language({ ...talking, handles: undefined });", "TS2322"],
  [
    "an eval that asks for what the reply has not",
    "language({ ...talking, evals: [{ ask: 'x', expect: (reply) => reply.orders }] });",
    "TS2339",
  ],
  ["a reader step that is given an effect", "await step.read('act', act, {});", "TS2741"],
  ["an effect step that is given a reader", "await step.effect('look', look, {});", "TS2739"],
  ["an effect that is called", "act({ id: 1 });", "TS2349"],
  ["an effect that is executed", "act.execute({ id: 1 });", "TS2339"],
  ["an effect executed without an approval", "await erp.execute(prepared, options);", "TS2554"],
  [
    "an effect executed with a look-alike of an approval",
    "await erp.execute({ proposalId: 'p', commandHash: 'c', effectHash: 'e', approvers: [] }, prepared, options);",
    "TS2741",
  ],
  ["an effect executed with null for an approval", "await erp.execute(null, prepared, options);", "TS2345"],
  [
    "an approval that is constructed",
    "new Approval(Symbol(), { proposalId: 'p', commandHash: 'c', effectHash: 'e' });",
    "TS2345",
  ],
  ["a reader's ERP that executes", "await erpReader.execute(approval, prepared, options);", "TS2339"],
  ["a reader's world that executes", "await world.erp?.execute(approval, prepared, options);", "TS2339"],
  ["assigning skipped", "const skipped: Assigned = turn; used.at(Number(skipped.id));", "TS2375"],
  ["briefing skipped", "const skipped: Briefed = assigned; used.at(Number(skipped.id));", "TS2375"],
  ["work skipped", "const skipped: Draft = briefed; used.at(Number(skipped.id));", "TS2375"],
  ["checking skipped", "const skipped: Checked = draft; used.at(Number(skipped.id));", "TS2375"],
  ["a project id made from text", "const id: ProjectId = 'sweeper-parts'; used.at(Number(id));", "TS2322"],
];

let folder = "";
/** Errors by file, each as `line code`. */
const errors = new Map<string, string[]>();

const fileOf = (at: number): string => `wrong-${at}.ts`;
const wrongLine = prelude.split("\n").length;

/** Resolves with what the compiler printed; rejects when it could not be run at all. */
async function compile(project: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const argv = [compiler, "-p", project, "--pretty", "false"];
    execFile(process.execPath, argv, { cwd: root }, (error, stdout, stderr) => {
      if (error === null || typeof error.code === "number") resolve(stdout + stderr);
      else reject(error);
    });
  });
}

beforeAll(async () => {
  // Inside the project, so that `#nova` and zod resolve as in agents/; ignored by git and by every gate.
  await mkdir(join(root, ".nova"), { recursive: true });
  folder = await mkdtemp(join(root, ".nova/types-"));
  const config = { extends: "../../tsconfig.json", include: ["*.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  await writeFile(join(folder, "right.ts"), prelude + right);
  await Promise.all(
    wrong.map(async ([, line], at) => writeFile(join(folder, fileOf(at)), `${prelude}${line}\n`)),
  );
  const printed = await compile(join(folder, "tsconfig.json"));
  for (const [, file = "", line = "", code = ""] of printed.matchAll(
    /([\w-]+\.ts)\((\d+),\d+\): error (TS\d+)/g,
  )) {
    errors.set(file, [...(errors.get(file) ?? []), `${line} ${code}`]);
  }
}, 60_000);

afterAll(async () => {
  if (folder !== "") await rm(folder, { recursive: true, force: true });
});

test("right cards, a walk in order and an approved execution compile", () => {
  expect(errors.get("right.ts")).toBeUndefined();
});

describe("does not compile:", () => {
  for (const [at, [what, , code]] of wrong.entries()) {
    test(what, () => {
      expect(errors.get(fileOf(at))).toEqual([`${wrongLine} ${code}`]);
    });
  }
});

test("the compiler found nothing but the wrong lines", () => {
  const files = wrong.map((_, at) => fileOf(at));
  expect([...errors.keys()].toSorted()).toEqual(files.toSorted());
});
