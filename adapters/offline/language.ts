// Language work without a language model: summaries by extraction, lists sorted by their own marks, drafts as a bare
// frame around the person's own words. Translating and polishing are declined, because a guess would read like the real thing.
import { decline, honesty } from "./act.ts";
import type { Act } from "./act.ts";
import { changeLog } from "./change-log.ts";
import { draft, email } from "./letter.ts";
import { plan } from "./plan.ts";
import type { Scene } from "./scene.ts";
import { specifySign } from "./sign.ts";
import { summarise } from "./summary.ts";

type Craft = (scene: Scene) => Act;

/** By the first words of the agent's instructions, which say what its craft is; the first that fits is it. */
const crafts: readonly (readonly [RegExp, Craft])[] = [
  [/^plan\b/i, ({ text }) => plan(text)],
  [/^specify the sign\b/i, ({ text }) => specifySign(text)],
  [/\bchange log\b/i, ({ text }) => changeLog(text)],
  [/\b(?:summar|condens)/i, summarise],
  [/\btranslat/i, () => decline(`Translating needs a language model. ${honesty}`)],
  [
    /\b(?:improve|edit|correct|polish)/i,
    () => decline(`Improving a text needs a language model. ${honesty}`),
  ],
  [/\be-?mail\b/i, ({ text }) => email(text)],
  [/\b(?:write|draft|compose)\b/i, ({ text }) => draft(text)],
];

const craftOf = ({ instructions }: Scene): Craft | null =>
  crafts.find(([words]) => words.test(instructions.slice(0, 80)))?.[1] ?? null;

/** An agent without any tool whose work is a text. */
export const isCraft = (scene: Scene): boolean =>
  scene.readers.length + scene.effects.length === 0 && craftOf(scene) !== null;

export const writeOffline = (scene: Scene): Act => craftOf(scene)?.(scene) ?? decline(honesty);
