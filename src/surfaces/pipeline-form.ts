// A pipeline's inputs as a form, made from its schema and judged by it. What a form can't hold (a list, a sixth field)
// has none: then the question in words asks for it, as on every surface without forms.
import type { z } from "zod";
import type { PipelineCard } from "../agent.ts";
import type { Form, FormField, FormValues, Judged } from "../ports.ts";
import { propertiesOf, schemaOf, toPairs, toTyped } from "./typed-inputs.ts";
import type { Property } from "./typed-inputs.ts";

/** What both platforms' dialogs and selects hold. */
const fieldLimit = 5;
const optionLimit = 25;
const optionLength = 75;
/** A text that may be longer than this gets room for it. */
const lineLength = 300;

type Pipeline = { readonly id: string; readonly card: Pick<PipelineCard, "inputs" | "job"> };

/** Null: it takes nothing, or more than a form holds. */
export function formOf({ id, card }: Pipeline): Form | null {
  const { properties, required } = schemaOf(card.inputs);
  const fields = Object.entries(properties).map(([key, property]) =>
    fieldOf(key, property, required.includes(key)),
  );
  const whole = fields.filter((field) => field !== null);
  const isHeld = whole.length === fields.length && fields.length > 0 && fields.length <= fieldLimit;
  return isHeld ? { pipeline: id, title: wordsOf(shortName(id)), fields: whole } : null;
}

function fieldOf(key: string, property: Property, isRequired: boolean): FormField | null {
  const { type, format, maxLength = null } = property;
  const options = optionsOf(property);
  const field = {
    key,
    label: property.title ?? wordsOf(key),
    hint: property.description ?? null,
    options,
    isRequired,
    maxLength,
  };
  if (options.length > 0) return options.length > optionLimit ? null : { ...field, kind: "select" };
  if (type === "number" || type === "integer") return { ...field, kind: "number" };
  if (type !== "string") return null;
  if (format === "date") return { ...field, kind: "date" };
  return { ...field, kind: maxLength !== null && maxLength > lineLength ? "paragraph" : "text" };
}

function optionsOf({ type, enum: values = [] }: Property): FormField["options"] {
  if (type === "boolean") return ["yes", "no"].map((value) => ({ value, label: value }));
  const texts = values.filter((value) => typeof value === "string");
  const areWhole = texts.length === values.length && texts.every((value) => value.length <= optionLength);
  return areWhole ? texts.map((value) => ({ value, label: value })) : [];
}

/** Judged by the pipeline's own schema, never by what the platform let through. */
export function judgeForm({ id, card }: Pipeline, values: FormValues): Judged {
  const known = Object.keys(propertiesOf(card.inputs));
  const filled = Object.fromEntries(
    known.flatMap((key) => {
      const value = values[key]?.trim() ?? "";
      return value === "" ? [] : [[key, value]];
    }),
  );
  const rest = `${shortName(id)} ${toPairs(filled)}`.trim();
  const parsed = card.inputs.safeParse(toTyped(card.inputs, filled));
  if (parsed.success) return { kind: "sound", rest };
  const problems = parsed.error.issues.map((issue) => problemOf(issue, filled));
  return { kind: "wrong", rest, problems: problems.filter(isFirstOfField) };
}

function problemOf(
  issue: z.core.$ZodIssue,
  filled: Readonly<Record<string, string>>,
): { readonly field: string; readonly why: string } {
  const field = String(issue.path[0] ?? "");
  return { field, why: field in filled ? issue.message : "This is needed." };
}

const isFirstOfField = (
  problem: { readonly field: string },
  index: number,
  all: readonly { readonly field: string }[],
): boolean => all.findIndex(({ field }) => field === problem.field) === index;

export const shortName = (id: string): string => id.slice(id.indexOf("/") + 1);

/** `firstOrder`, `first-order` and `first_order` as a person would write them. */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/[-_]+/gu, " ")
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .toLowerCase();
  return words.replace(/^./u, (first) => first.toUpperCase());
}
