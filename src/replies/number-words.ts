// Numbers that are written out in English: "two", "twenty-five", "three hundred and five". A lone "one" is hardly ever
// a figure and is passed over unless money stands behind it.

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const scales: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
};
const word = [...small, ...tens, ...Object.keys(scales), "dozen"].join("|");
const run = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${word})(?:(?:[\s-]+(?:and )?)(?:${word}))*(?![\p{L}\p{N}])`,
  "giu",
);
const money = /^(?:dollars?|euros?|pounds?|bucks?|usd|eur|gbp|chf)$/u;

export type Spelled = {
  readonly text: string;
  readonly value: number;
  /** The next word, in small letters. */ readonly after: string;
};

export function spelledIn(text: string): readonly Spelled[] {
  return [...text.matchAll(run)].flatMap((match) => {
    const after = /^\s+(\p{L}+)/u.exec(text.slice(match.index + match[0].length))?.[1]?.toLowerCase() ?? "";
    const value = valueOf(match[0].toLowerCase());
    const isPronoun = match[0].toLowerCase() === "one" && !money.test(after);
    return isPronoun ? [] : [{ text: match[0], value, after }];
  });
}

function valueOf(text: string): number {
  let total = 0;
  let part = 0;
  for (const one of text.split(/[\s-]+/u)) {
    const unit = small.indexOf(one);
    const ten = tens.indexOf(one);
    const scale = one === "dozen" ? 12 : scales[one];
    if (unit >= 0) part += unit;
    else if (ten >= 0) part += 20 + 10 * ten;
    else if (scale !== undefined && scale < 1_000) part = Math.max(1, part) * scale;
    else if (scale !== undefined) {
      total += Math.max(1, part) * scale;
      part = 0;
    }
  }
  return total + part;
}
