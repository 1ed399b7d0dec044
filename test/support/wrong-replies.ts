// Replies that are wrong for any question, each of the right shape: what an eval's check has to refuse to be one. Made from a
// card's own schema, so they fit whatever an agent promises.
import { z } from "zod";
import type {
  AgentCard,
  Card,
  CoordinatorCard,
  PlannedAnswer,
  Proposed,
  Rehearsal,
} from "../../src/agent.ts";

export type Called<T> = { readonly called: string; readonly end: T };
type Fill = { readonly text: string; readonly number: number; readonly isEmpty: boolean };

const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  get anyOf() {
    return z.array(Schema).optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
});
type Schema = z.infer<typeof Schema>;

/** Whatever fits, and says nothing of its own: nothing where nothing is allowed, else one of everything. */
function filled({ type, enum: options, anyOf, properties = {}, items }: Schema, fill: Fill): unknown {
  const choice = fill.isEmpty ? anyOf?.find((one) => one.type === "null") : anyOf?.[0];
  if (anyOf !== undefined) return filled(choice ?? anyOf[0] ?? {}, fill);
  if (options !== undefined) return fill.isEmpty ? options[0] : options.at(-1);
  if (type === "object")
    return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, filled(inner, fill)]));
  if (type === "array") return fill.isEmpty || items === undefined ? [] : [filled(items, fill)];
  if (type === "number" || type === "integer") return fill.number;
  if (type === "boolean") return !fill.isEmpty;
  return type === "null" ? null : fill.text;
}

const schemaOf = (schema: z.ZodType): Schema => Schema.parse(z.toJSONSchema(schema));

const calm = "I looked into it, and everything is in order.";
const unknown = "Nothing about this is on record.";
export type WrongAnswer = {
  readonly reply: { readonly answer: string };
  readonly proposed: readonly Proposed[];
};

const Fields = z.looseObject({});
const Worded = z.looseObject({ answer: z.string() });
const replyOf = (card: AgentCard, answer: string, fill: Fill): WrongAnswer["reply"] =>
  Worded.parse(card.reply.parse({ ...Fields.parse(filled(schemaOf(card.reply), fill)), answer }));
const empty: Fill = { text: "", number: 0, isEmpty: true };

/** `ask` is what the person said; a parrot says it back. */
export function wrongAnswers(card: AgentCard, ask: string): readonly Called<WrongAnswer>[] {
  const made = (
    called: string,
    answer: string,
    { fill = empty, proposed = [] }: { fill?: Fill; proposed?: readonly Proposed[] } = {},
  ): Called<WrongAnswer> => ({ called, end: { reply: replyOf(card, answer, fill), proposed } });
  const parrot = { text: ask, number: 1, isEmpty: false };
  const invention = { text: "ABC-9999", number: 42, isEmpty: false };
  const deed = { op: "note.add", args: { record: "SO-1001", text: ask } };
  return [
    made("a calm word", calm),
    made("a parrot", ask, { fill: parrot }),
    made("an invention", "It is 42, see ABC-9999.", { fill: invention }),
    made("a promise without a proposal", `${ask}: this waits for your approval.`),
    made("a question in place of the answer", `Which one do you mean: ${ask}?`),
    made("a deed that nobody wanted", calm, { proposed: [deed] }),
  ];
}

/** Right only where there is nothing to be found. */
export const emptyHanded = (card: AgentCard): WrongAnswer => ({
  reply: replyOf(card, unknown, empty),
  proposed: [],
});

export const wrongQuestions: readonly Called<{ readonly question: string }>[] = [
  { called: "a question about nothing", end: { question: "Could you say more?" } },
  { called: "an offer", end: { question: "Shall I go ahead?" } },
];
export const wrongRefusals: readonly Called<{ readonly why: string; readonly instead: string | null }>[] = [
  { called: "a refusal for nobody", end: { why: "I can't do that.", instead: null } },
  { called: "a refusal for anybody", end: { why: "That is for somebody else.", instead: "chat/general" } },
];

/** Of a pipeline: launched with what was never said, and ended with nothing in its words. */
export function wrongRuns(
  card: Extract<Card, { kind: "pipeline" }>,
  ask: string,
): readonly Called<Rehearsal<unknown>>[] {
  const inputs = (text: string): unknown =>
    filled(schemaOf(card.inputs), { text, number: 1, isEmpty: false });
  return [
    { called: "a hollow run", end: { inputs: inputs("something"), proposed: [], answer: calm } },
    { called: "a parrot", end: { inputs: inputs(ask), proposed: [], answer: ask } },
    {
      called: "a deed that nobody wanted",
      end: { inputs: inputs(ask), proposed: ["party.change"], answer: calm },
    },
    { called: "a question instead of a deed", end: { inputs: null, proposed: ["note.add"], answer: ask } },
  ];
}

/** Of a coordinator: nobody's plan, and the right plan of agents who say nothing. */
export function wrongPlans(
  { parts = [] }: CoordinatorCard,
  ask: string,
): readonly Called<readonly PlannedAnswer[]>[] {
  const hollow = parts.map(({ ask: toAsk }) => ({ agent: "chat/general", text: toAsk(ask), answer: calm }));
  const only = { agent: "chat/general", text: ask, answer: calm };
  return [
    { called: "one who does it all", end: [only] },
    { called: "the same one twice", end: [only, only] },
    ...(hollow.length === 0 ? [] : [{ called: "a plan for the wrong agent", end: hollow }]),
  ];
}

/** The right agents with the right words, and none of them says anything. */
export const hollowPlans = (
  { parts = [] }: CoordinatorCard,
  said: string,
  idOf: (card: AgentCard) => string,
): readonly Called<readonly PlannedAnswer[]>[] =>
  parts.length === 0
    ? []
    : [
        {
          called: "hollow answers",
          end: parts.map(({ card, ask }) => ({ agent: idOf(card), text: ask(said), answer: calm })),
        },
      ];
