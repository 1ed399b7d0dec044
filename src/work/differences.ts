// What was asked for beside what it would be now, line by line: only what an approval binds, never figures that age by
// themselves.
import { movedRecords } from "../approvals/coverage.ts";
import { moneyWords } from "../cards/money-words.ts";
import type { Prepared, RiskFacts } from "../ports.ts";

type Line = {
  readonly name: string;
  /** What it changes from; the same before and now, it says nothing of the difference. */
  readonly from: string;
  readonly to: string;
};
const none = "nothing";
const noLine: Omit<Line, "name"> = { from: "", to: none };

/** One line per difference; empty when an approval of the one would fit the other. */
export function differencesOf(asked: Prepared, now: Prepared): readonly string[] {
  const before = byName(linesOf(asked));
  const after = byName(linesOf(now));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const lines = names.flatMap(linesBetween);
  const told = lines.length > 0 ? lines : riskBetween(asked, now);
  return [...warningsBetween(asked, now), ...(told.length > 0 ? told : changedBetween(asked, now))];

  function linesBetween(name: string): readonly string[] {
    const [was, is] = [before.get(name) ?? [], after.get(name) ?? []];
    const count = Math.max(was.length, is.length);
    return Array.from({ length: count }, (_, at) => ({ was: was[at] ?? noLine, is: is[at] ?? noLine }))
      .filter(({ was: one, is: other }) => one.from !== other.from || one.to !== other.to)
      .map((pair) => `${name}: ${inWords(pair)}`);
  }
}

/** They are the reason to ask again, so they come first. */
function warningsBetween({ warnings: before }: Prepared, { warnings: now }: Prepared): readonly string[] {
  return [
    ...now.filter((one) => !before.includes(one)).map((one) => `the ERP warns now: ${one}`),
    ...before.filter((one) => !now.includes(one)).map((one) => `the ERP warns no longer: ${one}`),
  ];
}

/** Figures that no line of the effect shows: said where nothing else differs. */
function riskBetween({ risk: before }: Prepared, { risk: now }: Prepared): readonly string[] {
  const words = ({ amountCents, currency, party, records, isReversible, isExternal }: RiskFacts) => ({
    amount: amountCents === null ? none : `${amountCents < 0 ? "-" : ""}${moneyWords(amountCents, currency)}`,
    party: party ?? none,
    records: String(records),
    "can be undone": isReversible ? "yes" : "no",
    "binds somebody outside": isExternal ? "yes" : "no",
  });
  const [was, is] = [Object.entries(words(before)), Object.entries(words(now))];
  return was.flatMap(([name, to], at) => {
    const after = is[at]?.[1] ?? none;
    return to === after ? [] : [`${name}: before ${to}, now ${after}`];
  });
}

/** All there is to say where nothing that a card shows differs. */
const changedBetween = (asked: Prepared, now: Prepared): readonly string[] =>
  movedRecords(asked, now).map((record) => `${record} was changed in the ERP since`);

type Pair = { readonly was: Omit<Line, "name">; readonly is: Omit<Line, "name"> };

function inWords({ was, is }: Pair): string {
  const isSameStart = was.from === is.from || was.from === "" || is.from === "";
  const words = ({ from, to }: Pair["was"]): string => (isSameStart ? to : `${from} → ${to}`);
  return `before ${words(was)}, now ${words(is)}`;
}

/** One document may have two lines of the same name: they are compared in their order. */
function byName(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of lines) found.set(line.name, [...(found.get(line.name) ?? []), line]);
  return found;
}

const linesOf = ({ summary, undo, changes, deltas, guards }: Prepared): readonly Line[] => [
  { name: "as a whole", from: "", to: summary },
  ...changes.map(({ record, label, before, after }) => ({
    name: `${record} ${label}`,
    from: before === after ? "" : (before ?? none),
    to: after ?? none,
  })),
  ...deltas.map(({ record, label, delta }) => ({ name: `${record} ${label}`, from: "", to: delta })),
  ...guards.map(({ check, isMet }) => ({ name: check, from: "", to: isMet ? "met" : "not met" })),
  { name: "undo", from: "", to: undo ?? "none" },
];
