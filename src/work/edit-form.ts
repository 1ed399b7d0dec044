// The form behind "Edit…": the simple fields of an effect's own schema with the values of the proposal, and the way
// back from what was typed to an input that the schema judges like any other.
import { z } from "zod";
import type { Effect } from "../effects.ts";
import type { ToolServers } from "../ports.ts";
import type { JsonObject } from "../ports/erp.ts";
import type { PostField } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import type { Roster } from "../roster.ts";

export type EditField = PostField & { readonly isNumber: boolean };
export type EditForm = { readonly fields: readonly EditField[] };

/** As a button carries it. */
export const toPostField = ({ isNumber: _isNumber, ...field }: EditField): PostField => field;

const maxFields = 5;
const longText = 60;
const Property = z.object({
  type: z.enum(["string", "number", "integer", "boolean"]),
  description: z.string().optional(),
  maxLength: z.number().optional(),
});
const Described = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});

/** Where effects are held: in agents' files, and lent to them by tool servers. */
export type EffectHolders = { readonly roster: Roster; readonly toolServers: Pick<ToolServers, "toolsFor"> };

/** The effect that a proposal is of, as its agent holds it now; null: gone, or another agent's. */
export function effectOf(
  { roster, toolServers }: EffectHolders,
  { agent, effect: wanted, project }: Pick<Proposal, "agent" | "effect" | "project">,
): Effect | null {
  const card = roster.find(agent);
  if (card?.kind !== "agent") return null;
  const lent = project === null ? [] : toolServers.toolsFor(agent, project).effects;
  return [...card.effects, ...lent].find(({ name }) => name === wanted) ?? null;
}

/** Null: nothing simple enough to type on a phone, or a proposal of a run, which waits for exactly this one. */
export function editFormOf(holders: EffectHolders, proposal: Proposal): EditForm | null {
  const effect = effectOf(holders, proposal);
  const { input } = proposal;
  if (effect === null || input === undefined || proposal.run !== null) return null;
  const described = Described.safeParse(effect.schema ?? z.toJSONSchema(effect.input, { io: "input" }));
  if (!described.success) return null;
  const { properties, required } = described.data;
  const fields = Object.entries(properties).flatMap(([key, given]): readonly EditField[] => {
    const property = Property.safeParse(given);
    if (!property.success) return [];
    // A server's own words are no label: a person would take them for Nova's.
    const { description, ...plain } = property.data;
    const own = effect.schema === undefined && description !== undefined ? { description } : {};
    const about = { held: input[key], isRequired: required.includes(key) };
    return [toField(key, { ...plain, ...own }, about)];
  });
  if (fields.length === 0 || fields.length > maxFields) return null;
  return { fields };
}

type Given = { readonly held: unknown; readonly isRequired: boolean };
function toField(key: string, property: z.infer<typeof Property>, { held, isRequired }: Given): EditField {
  const isSimple = typeof held === "string" || typeof held === "number" || typeof held === "boolean";
  const value = isSimple ? String(held) : "";
  return {
    key,
    label: property.description ?? key,
    value,
    isLong: value.length > longText || (property.maxLength ?? 0) > 500,
    isRequired,
    isNumber: property.type === "number" || property.type === "integer",
  };
}

export type Edited =
  | { readonly kind: "input"; readonly input: JsonObject }
  | { readonly kind: "same" }
  | { readonly kind: "wrong"; readonly why: string };

const Input = z.record(z.string(), z.json());

type Typing = { readonly form: EditForm; readonly typed: Readonly<Record<string, string>> };

/** What was typed over what was there; fields that no form shows stay as they are. */
export function editedInput(effect: Effect, held: JsonObject, { form, typed }: Typing): Edited {
  const merged: Record<string, unknown> = { ...held };
  for (const { key, isNumber } of form.fields) {
    const text = typed[key]?.trim();
    if (text === undefined) continue;
    if (text === "") delete merged[key];
    else merged[key] = isNumber ? toNumber(text) : toWord(text);
  }
  const parsed = effect.input.safeParse(merged);
  if (!parsed.success) {
    const why = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return { kind: "wrong", why };
  }
  const input = Input.parse(parsed.data);
  const before = Input.parse(effect.input.parse(held));
  return JSON.stringify(sorted(input)) === JSON.stringify(sorted(before))
    ? { kind: "same" }
    : { kind: "input", input };
}

/** "2,5" is typed where a comma is the decimal sign; what is no number stays text, and the schema says so. */
function toNumber(text: string): number | string {
  const plain = /^[-+]?\d+,\d+$/u.test(text) ? text.replace(",", ".") : text;
  return Number.isFinite(Number(plain)) ? Number(plain) : text;
}

const toWord = (text: string): string | boolean =>
  text === "true" || text === "false" ? text === "true" : text;

const sorted = (input: JsonObject): readonly (readonly [string, unknown])[] =>
  Object.entries(input).toSorted(([left], [right]) => (left < right ? -1 : 1));
