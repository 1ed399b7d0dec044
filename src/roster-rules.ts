// What a card must keep, asked again at boot: types are gone by then, and an agent file may come from anywhere.
// Each finding is one sentence with its remedy, for the person who wrote the file.
import { z } from "zod";
import { isCard } from "./agent.ts";
import type { AgentCard, Card, Sight } from "./agent.ts";
import { isEffect, isReader } from "./effects.ts";

// What was measured to route: descriptions alone send two requests of five right, 20 examples three of four.
const fewestHandles = 25;
const fewestDeclines = 5;
const fewestEvals = 6;

// What model APIs accept as a tool's name, and the names under which every agent ends its turn.
const toolName = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const endings: ReadonlySet<string> = new Set(["reply", "ask_person", "decline"]);

const text = z.string().trim().min(1);
const Common = z.object({
  job: text,
  handles: z.array(text).min(fewestHandles, {
    error: ({ input }) => `has ${countOf(input)}; write ${fewestHandles} or more`,
  }),
  declines: z.array(z.object({ text, instead: text })).min(fewestDeclines, {
    error: ({ input }) => `has ${countOf(input)}; write ${fewestDeclines} or more`,
  }),
  evals: z
    .array(
      z
        .object({
          ask: text,
          expect: z.function().optional(),
          needs: z.literal("language model").optional(),
          arm: z.enum(["fulfilled", "needs", "declined"]).optional(),
          proposes: z.array(text).optional(),
          instead: text.nullable().optional(),
        })
        .refine(({ arm, expect, instead }) => (arm === "declined" ? instead : expect) !== undefined, {
          error: "checks nothing; write `expect`, or `instead` where declining is right",
        }),
    )
    .min(fewestEvals, { error: ({ input }) => `has ${countOf(input)}; write ${fewestEvals} or more` }),
});
// A record and not a list: a sight that is missing here does not compile.
const sights = {
  profile: true,
  conventions: true,
  "open items": true,
  summary: true,
  facts: true,
  history: true,
  agents: true,
} as const satisfies Record<Sight, true>;
const sight = z.string().refine((name) => Object.hasOwn(sights, name), {
  error: `is none of ${Object.keys(sights).join(", ")}`,
});
const shapes = {
  agent: Common.extend({
    instructions: text,
    maxWords: z.number().int().positive(),
    sees: z.array(sight),
    reads: z.array(z.unknown()),
    effects: z.array(z.unknown()),
  }),
  pipeline: Common.extend({ version: z.number().int().positive(), run: z.function() }),
  coordinator: Common.extend({
    maxParts: z.number().int().min(2),
    parts: z
      .array(z.object({ card: z.unknown().refine(isCard, "is no agent's card"), ask: z.function() }))
      .min(2)
      .optional(),
  }),
};

type Entry = { readonly id: string; readonly card: Card };
type Problem = { readonly file: string; readonly text: string };

const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Everything that is wrong with one card by itself. */
export function problemsOf(card: Card): readonly string[] {
  const parsed = shapes[card.kind].safeParse(card);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `\`${issue.path.join(".")}\` ${issue.message}. Correct it.`);
  }
  const schemas =
    card.kind === "agent"
      ? toolProblems(card)
      : card.kind === "pipeline"
        ? schemaProblems("inputs", card.inputs)
        : [];
  return [...schemas, ...repeatProblems(card)];
}

function toolProblems(card: AgentCard): readonly string[] {
  const { reads, effects, role } = card;
  const problems = [...schemaProblems("reply", card.reply)];
  if (reads.some((tool) => !isReader(tool))) {
    problems.push(
      "`reads` holds something that is no reader; make it with defineReader, or move an effect to `effects`.",
    );
  }
  if (effects.some((tool) => !isEffect(tool))) {
    problems.push(
      "`effects` holds something that is no effect; make it with defineEffect, or move a reader to `reads`.",
    );
  }
  if (role === "erp" && reads.length === 0) {
    problems.push("`reads` is empty; an ERP agent must re-read the live record, so give it a reader.");
  }
  const names = [...reads, ...effects].map(({ name }) => name);
  for (const name of repeated(names)) {
    problems.push(`holds two tools named ${name}; rename one of them or drop it.`);
  }
  for (const name of names.filter((name) => !toolName.test(name) || endings.has(name))) {
    problems.push(
      `holds a tool named "${name}", which no model can call; use letters and digits, and none of ${[...endings].join(", ")}.`,
    );
  }
  return problems;
}

/** The model gets a contract as JSON Schema; a schema that has none would only fail in the first conversation. */
function schemaProblems(field: "reply" | "inputs", schema: unknown): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return [`\`${field}\` is no zod object; write z.object({ … }).`];
  if (field === "reply" && !(schema.shape["answer"] instanceof z.ZodString)) {
    return ["`reply` has no `answer: z.string()`; add it: it holds the words for the person."];
  }
  try {
    z.toJSONSchema(schema, { io: "input" });
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`\`${field}\` can't be written as JSON Schema (${why}); use plain types.`];
  }
}

function repeatProblems({ handles, declines }: Card): readonly string[] {
  const own = new Set(handles.map(normalised));
  return [
    ...repeated(handles.map(normalised)).map((handle) => `says "${handle}" twice in \`handles\`; keep one.`),
    ...declines
      .filter((decline) => own.has(normalised(decline.text)))
      .map((decline) => `both handles and declines "${decline.text}"; keep one.`),
  ];
}

/** Everything that is wrong between cards. `known` also holds files that could not be loaded, so one error is told once. */
export function problemsAcross(entries: readonly Entry[], known: ReadonlySet<string>): readonly Problem[] {
  const sound = entries.filter(({ card }) => shapes[card.kind].safeParse(card).success);
  const ownerOf = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { id, card } of sound) {
    for (const handle of new Set(card.handles.map(normalised))) {
      const owner = ownerOf.get(handle);
      if (owner === undefined) ownerOf.set(handle, id);
      else
        problems.push({
          file: `${id}.ts`,
          text: `handles "${handle}" like ${owner}; leave it to one of them.`,
        });
    }
  }
  const declined = sound.flatMap(({ id, card }) => declineProblems(id, card, { known, ownerOf }));
  return [...problems, ...declined];
}

type Names = { readonly known: ReadonlySet<string>; readonly ownerOf: ReadonlyMap<string, string> };

function declineProblems(id: string, card: Card, { known, ownerOf }: Names): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { text, instead } of card.declines) {
    const owner = ownerOf.get(normalised(text));
    if (!known.has(instead) || instead === id) {
      problems.push({
        file: `${id}.ts`,
        text: `declines "${text}" in favour of ${instead}, which is no other agent; name one of agents/<role>/<name>.`,
      });
    } else if (owner !== undefined && owner !== id && owner !== instead) {
      problems.push({
        file: `${id}.ts`,
        text: `declines "${text}" in favour of ${instead}, but ${owner} handles it; name ${owner}.`,
      });
    }
  }
  return problems;
}

/** As routing sees it: case, punctuation and spaces make no difference. */
function normalised(text: string): string {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ");
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}
