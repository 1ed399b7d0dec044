// Whether a cut stands between two requests or inside one: what speaks for it and against it, weighed.
import { isPointing } from "./context.ts";
import type { Form } from "./form.ts";
import type { Ranked, Ranking } from "./ranking.ts";

/** A piece of a message: what it looks like, and whom it is likeliest for. */
export interface Piece {
  readonly text: string;
  readonly form: Form;
  readonly ranked: Ranked;
  /** How likely everybody is for it. */
  readonly ranking: Ranking;
}

export interface Boundary {
  readonly before: Piece;
  readonly after: Piece;
  /** What stands between them: a comma, "and then", the end of a sentence. */
  readonly joint: string;
  /** The rest of the message: where it begins with "and", a comma between them is one of a series. */
  readonly rest: string;
  /** Whom both together are likeliest for. */
  readonly together: Ranked;
  readonly message: MessageEvidence;
}

/** What is known of the message that was cut. */
export interface MessageEvidence {
  /** Whom all of it is likeliest for. */
  readonly ranked: Ranked;
  /** Into how many pieces it was cut. */
  readonly pieces: number;
  /** Its first words say that several things follow. */
  readonly isAnnounced: boolean;
}

/**
 * Fitted by logistic regression on about 1,100 cuts inside the agents' own examples and 1,500 joins of two of them, each
 * scored by a router that had not seen them, on the written examples of the tests, and on the development half of the
 * frozen messages. They tell two requests from one to 0.98 of 1 on the test half, those without lengths, series and how
 * each side fits the other's agent to 0.97. `npm run eval -- boundary` fits them again and prints both.
 */
export const boundaryWeights = {
  bias: -10.54,
  question: 1.2,
  comma: -1.91,
  nextDeed: 2.3,
  commaAnd: 1.99,
  listed: 1.67,
  series: 1.22,
  beforeAsks: 0.3,
  afterAsks: 1.22,
  beforeTells: -1.37,
  afterTells: -1.23,
  afterOpens: 1.22,
  bothOpen: 1.42,
  beforeIsShort: -0.07,
  afterIsShort: -0.61,
  beforeWords: 0.32,
  afterWords: 1.21,
  afterIsAmount: -1.22,
  afterPoints: -0.82,
  beforeNats: 0.41,
  afterNats: 0.33,
  beforeFitsAfter: -0.77,
  afterFitsBefore: -0.84,
  togetherIsOther: -0.26,
  withBefore: 0.1,
  withAfter: 0.26,
  wholeNats: -0.6,
  manyPieces: -0.93,
  chat: -0.72,
} as const;

/** What a cut shows, each by the name of its weight. */
export type Evidence = readonly (readonly [name: keyof typeof boundaryWeights, value: number])[];

const nextDeed = /then|afterwards|after that|dann|danach|also|auch|außerdem|sowie|as well|plus|[+&]/i;
const conjunction = /(?<!\p{L})(?:and|und|et|y)(?!\p{L})/iu;
const lastOfSeries = /^\s*,?\s*(?:and|und|et|y|plus|[&+])\s/i;

// Who tells a story is cut often, who asks for several things seldom more than twice.
const fewPieces = 3;
// Beyond these odds a score says no more than "sure".
const mostNats = 5;

function toNats(probability: number): number {
  const nats = Math.log(Math.max(probability, 1e-4) / Math.max(1 - probability, 1e-4));
  return Math.min(Math.max(nats, -mostNats), mostNats);
}

const natsIf = (is: boolean, { probability }: Ranked): number => (is ? Math.max(toNats(probability), 0) : 0);

const yes = (is: boolean): number => (is ? 1 : 0);

/** Commas before a last "and" ("a, b and c") stand where an "and" would. */
const isSeries = ({ joint, rest }: Boundary): boolean => joint.trim() === "," && lastOfSeries.test(rest);

function ofJoint(boundary: Boundary): Evidence {
  const { joint } = boundary;
  return [
    ["question", yes(joint.includes("?"))],
    ["comma", yes(joint.trim() === ",")],
    ["nextDeed", yes(nextDeed.test(joint))],
    ["commaAnd", yes(joint.includes(",") && conjunction.test(joint))],
    ["listed", yes(/[;\n]/.test(joint))],
    ["series", yes(isSeries(boundary))],
  ];
}

/** The more a piece says, the likelier it stands alone. */
const lengthOf = ({ text }: Piece): number => Math.log(text.split(/\s+/).length);

function ofForms({ before, after }: Boundary): Evidence {
  return [
    ["beforeAsks", yes(before.form.isAsking)],
    ["afterAsks", yes(after.form.isAsking)],
    ["beforeTells", yes(before.form.isTelling)],
    ["afterTells", yes(after.form.isTelling)],
    ["afterOpens", after.form.opening],
    ["bothOpen", Math.min(before.form.opening, after.form.opening)],
    ["beforeIsShort", yes(before.form.isShort)],
    ["afterIsShort", yes(after.form.isShort)],
    ["beforeWords", lengthOf(before)],
    ["afterWords", lengthOf(after)],
    ["afterIsAmount", yes(after.form.isAmount)],
    ["afterPoints", isPointing(after.text) ? 1 : yes(after.form.hasPointer) / 2],
  ];
}

/** How well a piece would do for the agent of the other one. */
function natsFor(piece: Piece, { ranked }: Piece): number {
  const found = piece.ranking.find(({ agent }) => agent.id === ranked.agent.id);
  return toNats(found?.probability ?? 0);
}

function ofScores({ before, after, together, message }: Boundary): Evidence {
  const agents = [before.ranked.agent, after.ranked.agent];
  const isOneOfBoth = ({ agent }: Ranked): boolean => agents.some(({ id }) => id === agent.id);
  return [
    ["beforeNats", toNats(before.ranked.probability)],
    ["afterNats", toNats(after.ranked.probability)],
    ["beforeFitsAfter", natsFor(before, after)],
    ["afterFitsBefore", natsFor(after, before)],
    ["togetherIsOther", yes(!isOneOfBoth(together))],
    ["withBefore", natsIf(together.agent.id === before.ranked.agent.id, together)],
    ["withAfter", natsIf(together.agent.id === after.ranked.agent.id, together)],
    ["wholeNats", natsIf(isOneOfBoth(message.ranked), message.ranked)],
    ["manyPieces", yes(message.pieces > fewPieces)],
    ["chat", yes(agents.some(({ role }) => role === "chat"))],
  ];
}

export function evidenceOf(boundary: Boundary): Evidence {
  return [...ofJoint(boundary), ...ofForms(boundary), ...ofScores(boundary)];
}

/** The log-odds that what stands before and after a cut are two requests. */
export function boundaryNats(boundary: Boundary): number {
  return evidenceOf(boundary).reduce<number>(
    (sum, [name, value]) => sum + boundaryWeights[name] * value,
    boundaryWeights.bias,
  );
}
