// Two of the agents' own examples written as one message: cuts of which it is known that two requests meet there.
import type { Random } from "./random.ts";

export interface Handle {
  readonly agent: string;
  readonly text: string;
}

export interface Join {
  readonly text: string;
  /** Where the first request ends. */
  readonly end: number;
}

/** How people put two requests together, about as often as they do. */
const joints = [
  { times: 8, english: " and ", german: " und " },
  { times: 5, english: ", and ", german: ", und " },
  { times: 4, english: ", ", german: ", " },
  { times: 4, english: ". ", german: ". " },
  { times: 3, english: "? ", german: "? " },
  { times: 2, english: " and then ", german: " und dann " },
  { times: 2, english: ", then ", german: ", dann " },
  { times: 1, english: " then ", german: " dann " },
  { times: 1, english: "; ", german: "; " },
  { times: 1, english: ". Also ", german: ". Außerdem " },
  { times: 1, english: ", also ", german: ", außerdem " },
  { times: 1, english: " plus ", german: " und " },
  { times: 1, english: " + ", german: " + " },
  { times: 1, english: " & ", german: " & " },
  { times: 1, english: "\n", german: "\n" },
].flatMap(({ times, ...joint }) => Array.from({ length: times }, () => joint));

const germanWords =
  /[äöüß]|\b(?:der|die|das|und|ist|bitte|wie|was|ein|eine|für|mit|zeig|wir|ich|noch|uns)\b/i;
// Longer ones are whole letters already.
const longestHandle = 90;

const isGerman = ({ text }: Handle): boolean => germanWords.test(text);

function pick<T>(all: readonly T[], random: Random): T | undefined {
  return all[Math.floor(random() * all.length)];
}

/** After the end of a sentence people write a capital letter half of the time. */
function asSecond(text: string, joint: string, random: Random): string {
  const isSentence = /[.?]/.test(joint) && random() < 0.5;
  return isSentence ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** At most `tries` joins of two requests in one language for different agents; the same seed joins the same ones. */
export function joinHandles(
  handles: readonly Handle[],
  { tries, random }: { readonly tries: number; readonly random: Random },
): readonly Join[] {
  const short = handles.filter(({ text }) => text.length < longestHandle);
  return Array.from({ length: tries }).flatMap((): readonly Join[] => {
    const [first, second] = [pick(short, random), pick(short, random)];
    const joint = pick(joints, random)?.[first !== undefined && isGerman(first) ? "german" : "english"];
    if (first === undefined || second === undefined || joint === undefined) return [];
    if (first.agent === second.agent || isGerman(first) !== isGerman(second)) return [];
    const before = first.text.replace(/[.?!]+$/, "");
    return [{ text: `${before}${joint}${asSecond(second.text, joint, random)}`, end: before.length }];
  });
}
