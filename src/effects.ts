// A tool either looks (reader) or would change the world (effect). They are different types all the way down:
// a reader passed as an effect does not compile, and an effect has no function that could run it.
import { z } from "zod";
import type { ErpCommand, ErpReader, JsonObject } from "./ports/erp.ts";
import type { Stakes } from "./proposal.ts";
import type { PackItem } from "./pack.ts";
import { foreignTargets, targetsIn } from "./record-fields.ts";
import type { Target } from "./record-fields.ts";

/** What a reader may look at. Project and person are fixed by the turn; no input can widen them. */
export type ReaderWorld = {
  readonly erp: ErpReader | null;
  readonly memory: ProjectMemory | null;
  /** Epoch milliseconds of the turn. */
  readonly now: number;
};
/** The only handle on a project's memory: there is no call without a project. */
export interface ProjectMemory {
  recall(text: string, limit: number): Promise<readonly PackItem[]>;
}

type InputSchema = z.ZodObject<z.ZodRawShape>;

export type Reader = {
  readonly kind: "reader";
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly input: InputSchema;
  /** As a model gets it, where `input` can't be written as JSON Schema. */
  readonly schema?: JsonObject;
  /** The records that an input asks about. */
  readonly targets: (input: unknown) => readonly Target[];
  /** Parses the raw input strictly, looks, and returns a result parsed by its output schema. Throws ZodError on bad input. */
  readonly read: (input: unknown, world: ReaderWorld) => Promise<unknown>;
};
export type Effect = {
  readonly kind: "effect";
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly input: InputSchema;
  readonly schema?: JsonObject;
  /** The records that an input is about: who or what it would be done to, not what it says of them. */
  readonly targets: (input: unknown) => readonly Target[];
  readonly stakes: Stakes;
  /** The instance that does it, wherever it is asked for; absent: the ERP of the turn's project. */
  readonly at?: string;
  /** The operation at the ERP, without connector and instance: those come from the turn's project. */
  readonly op: string;
  readonly toCommand: (input: unknown, target: Pick<ErpCommand, "connector" | "instance">) => ErpCommand;
  /** What is looked at again right before it is proposed, whatever was said or remembered of it before. */
  readonly rereads: (input: unknown) => readonly Look[];
};
export type Look = { readonly reader: Reader; readonly input: JsonObject };

type ReaderDefinition<I extends z.ZodRawShape, O extends z.ZodType> = {
  readonly name: string;
  readonly description: string;
  /** Requests of a person that want this tool; the offline model and routing lean on them. */
  readonly examples: readonly string[];
  readonly input: z.ZodObject<I>;
  readonly output: O;
  readonly read: (input: z.infer<z.ZodObject<I>>, world: ReaderWorld) => Promise<z.input<O>>;
};
type EffectDefinition<I extends z.ZodRawShape> = {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly input: z.ZodObject<I>;
  readonly stakes: Stakes;
  readonly op: string;
  readonly toArgs: (input: z.infer<z.ZodObject<I>>) => JsonObject;
  readonly rereads?: (input: z.infer<z.ZodObject<I>>) => readonly Look[];
};

const readers = new WeakSet<object>();
const effects = new WeakSet<object>();

export function defineReader<I extends z.ZodRawShape, O extends z.ZodType>(
  definition: ReaderDefinition<I, O>,
): Reader {
  const { name, description, examples, input, output } = definition;
  const strict = z.strictObject(input.shape);
  const reader: Reader = Object.freeze({
    kind: "reader" as const,
    name,
    description,
    examples,
    input: strict,
    targets: (raw: unknown) => targetsIn(strict, raw),
    read: async (raw: unknown, world: ReaderWorld) =>
      output.parse(await definition.read(strict.parse(raw), world)),
  });
  readers.add(reader);
  return reader;
}

export function defineEffect<I extends z.ZodRawShape>(definition: EffectDefinition<I>): Effect {
  const { name, description, examples, input, stakes, op } = definition;
  const strict = z.strictObject(input.shape);
  const effect: Effect = Object.freeze({
    kind: "effect" as const,
    name,
    description,
    examples,
    input: strict,
    targets: (raw: unknown) => targetsIn(strict, raw),
    stakes,
    op,
    toCommand: (raw: unknown, target: Pick<ErpCommand, "connector" | "instance">) => ({
      connector: target.connector,
      instance: target.instance,
      op,
      args: definition.toArgs(strict.parse(raw)),
    }),
    rereads: (raw: unknown) => definition.rereads?.(strict.parse(raw)) ?? [],
  });
  effects.add(effect);
  return effect;
}

/** A tool of a server that is not ours: `input` asks the server's own JSON Schema, `schema` is what a model sees of it. */
type ForeignTool = Pick<Effect, "name" | "description" | "input"> & { readonly schema: JsonObject };

export function defineForeignReader(
  tool: ForeignTool & { readonly look: (args: JsonObject) => Promise<unknown> },
): Reader {
  const { name, description, input, schema, look } = tool;
  const read = async (raw: unknown): Promise<unknown> => look(Args.parse(input.parse(raw)));
  const reader: Reader = Object.freeze({
    kind: "reader" as const,
    name,
    description,
    examples: [],
    input,
    schema,
    targets: foreignTargets,
    read,
  });
  readers.add(reader);
  return reader;
}

/** High stakes, always: what it does is known from its own description alone. */
export function defineForeignEffect(
  tool: ForeignTool & { readonly op: string; readonly at: Pick<ErpCommand, "connector" | "instance"> },
): Effect {
  const { name, description, input, schema, op, at } = tool;
  const effect: Effect = Object.freeze({
    kind: "effect" as const,
    name,
    description,
    examples: [],
    input,
    schema,
    targets: foreignTargets,
    stakes: "high" as const,
    op,
    at: at.instance,
    toCommand: (raw: unknown) => ({ ...at, op, args: Args.parse(input.parse(raw)) }),
    rereads: () => [],
  });
  effects.add(effect);
  return effect;
}

const Args = z.record(z.string(), z.json());

/** The brand at run time: types vanish, so the roster asks again at boot. */
export const isReader = (value: unknown): value is Reader =>
  typeof value === "object" && value !== null && readers.has(value);
export const isEffect = (value: unknown): value is Effect =>
  typeof value === "object" && value !== null && effects.has(value);
