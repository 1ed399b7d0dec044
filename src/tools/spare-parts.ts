// Which part fits which machine. The catalogue knows parts and no machines, so a fit is only what somebody put on
// record in the project's memory; anything else is said to be unknown, never concluded from a likeness of names.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import type { ProjectMemory } from "../effects.ts";
import { ask, limit, Text } from "./erp-page.ts";
import { ItemRow } from "./erp-rows.ts";

const mostStatements = 8;
const Items = z.array(z.unknown().pipe(ItemRow));
const Fit = z.enum(["on record", "not on record"]);
const Part = z.strictObject({
  record: z.string(),
  name: z.string(),
  price: z.string(),
  free: z.number(),
  unit: z.string(),
  machine: z.string().nullable(),
  fit: Fit,
  /** Who put the fit on record; empty where nobody did. */
  source: z.string(),
});

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** A part's words without those of the machine: the catalogue does not know machines. */
function withoutMachine(part: string, machine: string | undefined): string {
  const known = new Set(wordsIn(machine ?? ""));
  return part
    .split(/\s+/u)
    .filter((word) => !wordsIn(word).some((piece) => known.has(piece)))
    .join(" ");
}

type Statement = { readonly words: ReadonlySet<string>; readonly text: string; readonly source: string };

/** What is on record about the machine, as people said it; only what still holds. */
async function statementsOn(memory: ProjectMemory | null, machine: string): Promise<readonly Statement[]> {
  if (memory === null) return [];
  const rows = await memory.recall(machine, mostStatements);
  const asked = wordsIn(machine);
  return rows
    .filter(({ label }) => label === "current" || label === "unverified")
    .map(({ text, source }) => ({ words: new Set(wordsIn(text)), text: text.toLowerCase(), source }))
    .filter(({ words }) => asked.length > 0 && asked.every((word) => words.has(word)));
}

/** A statement is about an item when it names its number, or every word of its name. */
const isAbout = ({ words, text }: Statement, { sku, name }: z.infer<typeof ItemRow>): boolean =>
  text.includes(sku.toLowerCase()) || wordsIn(name).every((word) => words.has(word));

export const findParts = defineReader({
  name: "findParts",
  description:
    "Looks up spare parts in the catalogue, with price and free stock, and whether their fit to a machine is on record.",
  examples: [
    "Which brush fits the Hako B45?",
    "Do we have a filter for the Kärcher KM 70?",
    "Spare parts for our sweeper",
    "Does the drive belt fit the Tennant S10?",
  ],
  input: z.object({
    text: Text("words of the part: brush, filter, hose; absent: every part"),
    machine: z
      .string()
      .trim()
      .min(2)
      .max(80)
      .optional()
      .describe("maker and model of the machine, e.g. Hako B45"),
  }),
  output: z.strictObject({
    asOf: z.iso.datetime(),
    total: z.int(),
    note: z.string(),
    rows: z.array(Part),
  }),
  read: async ({ text, machine }, world) => {
    const part = withoutMachine(text ?? "", machine);
    const found = await ask(world, { kind: "items", text: part === "" ? null : part, limit });
    const statements = machine === undefined ? [] : await statementsOn(world.memory, machine);
    const rows = Items.parse(found.rows).map((item) => {
      const said = statements.find((statement) => isAbout(statement, item));
      return {
        record: item.record,
        name: item.name,
        price: item.price,
        free: item.free,
        unit: item.unit,
        machine: machine ?? null,
        fit: said === undefined ? ("not on record" as const) : ("on record" as const),
        source: said?.source ?? "",
      };
    });
    const fitting = rows.filter(({ fit }) => fit === "on record");
    const kept = fitting.length > 0 ? fitting : rows;
    return {
      asOf: found.asOf,
      total: fitting.length > 0 ? fitting.length : found.total,
      note: noteOn({ machine, isKnown: fitting.length > 0, isFound: rows.length > 0 }),
      rows: kept,
    };
  },
});

type Standing = {
  readonly machine: string | undefined;
  readonly isKnown: boolean;
  readonly isFound: boolean;
};

function noteOn({ machine, isKnown, isFound }: Standing): string {
  if (!isFound) return "The catalogue holds no such part.";
  if (machine === undefined)
    return "Say the maker and model of the machine, and I look up what is on record about its parts.";
  if (isKnown) return `On record as fitting the ${machine}.`;
  return `Which of these fits the ${machine} is not on record: ask the maker or measure the old part, then keep it with \`remember\`.`;
}
