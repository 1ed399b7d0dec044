// Whether a cut stands between two requests or inside one: what speaks for it and against it, weighed.
import { isPointing } from "./context.ts";
import type { Form } from "./form.ts";
import type { Ranked } from "./ranking.ts";

/** A piece of a message: what it looks like, and whom it is likeliest for. */
export interface Piece {
  readonly text: string;
  readonly form: Form;
  readonly ranked: Ranked;
}

export interface Boundary {
  readonly before: Piece;
  readonly after: Piece;
  /** What stands between them: a comma, "and then", the end of a sentence. */
  readonly joint: string;
  /** Whom both together are likeliest for. */
  readonly together: Ranked;
}

/**
 * Fitted by logistic regression on about 1,100 cuts inside the agents' own examples and 1,500 joins of two of them, each
 * scored by a router that had not seen them, on the written examples of the tests, and on the development half of the
 * frozen messages. Against the rules before it, half as many single requests are cut for the same requests found.
 */
const weights = {
  bias: -0.83,
  beforeAsks: 0.19,
  afterAsks: 1.12,
  beforeTells: -1.7,
  afterTells: -0.71,
  beforeOpens: 0.78,
  afterOpens: 2.68,
  beforeIsShort: -0.38,
  afterIsShort: -1.31,
  afterIsAmount: -1.45,
  afterPoints: -1.43,
  beforeNats: 0.47,
  afterNats: 0.51,
  leastNats: 0.07,
  togetherNats: -0.45,
  togetherOther: -0.69,
  sentence: -0.04,
  question: 0.88,
  comma: -1.87,
  nextDeed: 2.52,
  commaAnd: 1.42,
  listed: 1.47,
  colon: 0.08,
} as const;

type Evidence = readonly (readonly [name: keyof typeof weights, value: number])[];

const nextDeed = /then|afterwards|after that|dann|danach|also|auch|außerdem|sowie|as well|plus|[+&]/i;
const conjunction = /(?<!\p{L})(?:and|und|et|y)(?!\p{L})/iu;

// Beyond these odds a score says no more than "sure".
const mostNats = 5;

function toNats(probability: number): number {
  const nats = Math.log(Math.max(probability, 1e-4) / Math.max(1 - probability, 1e-4));
  return Math.min(Math.max(nats, -mostNats), mostNats);
}

const yes = (is: boolean): number => (is ? 1 : 0);

function ofJoint(joint: string): Evidence {
  const isNextDeed = nextDeed.test(joint);
  return [
    ["sentence", yes(/[.!]/.test(joint) && !isNextDeed)],
    ["question", yes(joint.includes("?"))],
    ["comma", yes(joint.trim() === ",")],
    ["nextDeed", yes(isNextDeed)],
    ["commaAnd", yes(joint.includes(",") && conjunction.test(joint))],
    ["listed", yes(/[;\n]/.test(joint))],
  ];
}

function ofForms({ before, after }: Boundary): Evidence {
  return [
    ["beforeAsks", yes(before.form.isAsking)],
    ["afterAsks", yes(after.form.isAsking)],
    ["beforeTells", yes(before.form.isTelling)],
    ["afterTells", yes(after.form.isTelling)],
    ["beforeOpens", before.form.opening],
    ["afterOpens", after.form.opening],
    ["beforeIsShort", yes(before.form.isShort)],
    ["afterIsShort", yes(after.form.isShort)],
    ["afterIsAmount", yes(after.form.isAmount)],
    ["afterPoints", isPointing(after.text) ? 1 : yes(after.form.hasPointer) / 2],
    ["colon", yes(before.text.includes(":"))],
  ];
}

function ofScores({ before, after, together }: Boundary): Evidence {
  const [first, second] = [before.ranked, after.ranked];
  const isOther = together.agent.id !== first.agent.id && together.agent.id !== second.agent.id;
  return [
    ["beforeNats", toNats(first.probability)],
    ["afterNats", toNats(second.probability)],
    ["leastNats", toNats(Math.min(first.probability, second.probability))],
    ["togetherNats", isOther ? 0 : toNats(together.probability)],
    ["togetherOther", yes(isOther)],
  ];
}

/** The log-odds that what stands before and after a cut are two requests. */
export function boundaryNats(boundary: Boundary): number {
  const evidence = [...ofJoint(boundary.joint), ...ofForms(boundary), ...ofScores(boundary)];
  return evidence.reduce<number>((sum, [name, value]) => sum + weights[name] * value, weights.bias);
}
