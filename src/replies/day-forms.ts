// How people and models write days: ISO, dotted, slashed, with the month's English or German name, with or without a year.

/** In order, English and German. */
const months = [
  "jan(?:uary|uar)?",
  "feb(?:ruary|ruar)?",
  "mar(?:ch)?|märz?",
  "apr(?:il)?",
  "may|mai",
  "june?|juni",
  "july?|juli",
  "aug(?:ust)?",
  "sept?(?:ember)?",
  "o[ck]t(?:ober)?",
  "nov(?:ember)?",
  "de[cz](?:ember)?",
];
const month = String.raw`(?:${months.join("|")})\.?(?!\p{L})`;
const dayNumber = String.raw`\d{1,2}(?:st|nd|rd|th|\.)?`;
export const two = (digits: string): string => digits.padStart(2, "0");
const year = (digits: string): string => (digits.length === 2 ? `20${digits}` : digits);
const monthOf = (name: string): string =>
  two(String(1 + months.findIndex((start) => new RegExp(`^(?:${start})\\.?$`, "iu").test(name))));

/** One way to write a day. `daysOf`: every day that it can mean; none: it is no day. */
type Form = {
  readonly pattern: RegExp;
  readonly daysOf: (groups: Readonly<Record<string, string>>) => readonly string[];
};
const dayIn = ({ y, m, d }: Readonly<Record<string, string>>): string =>
  y === undefined || y === "" ? `${m}-${two(d ?? "")}` : `${year(y)}-${m}-${two(d ?? "")}`;
const written: readonly Form[] = [
  {
    pattern: /(?<![\p{L}\p{N}])(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?![\p{N}-])/gu,
    daysOf: (groups) => [dayIn(groups)],
  },
  {
    pattern: /(?<![\p{L}\p{N}.])(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4}|\d{2})(?![\p{L}\p{N}])/gu,
    daysOf: ({ y = "", m = "", d = "" }) => [dayIn({ y, m: two(m), d })],
  },
  {
    pattern: /(?<![\p{L}\p{N}/])(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4}|\d{2})(?![\p{L}\p{N}/])/gu,
    daysOf: ({ y = "", m = "", d = "" }) => [dayIn({ y, m: two(m), d }), dayIn({ y, m: two(d), d: m })],
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?<d>${dayNumber}) (?:of )?(?<m>${month})(?:,? (?<y>\d{4}))?(?![\p{L}\p{N}])`,
      "giu",
    ),
    daysOf: ({ y = "", m = "", d = "" }) => [dayIn({ y, m: monthOf(m), d: d.replace(/\D+$/u, "") })],
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?<m>${month}) (?<d>\d{1,2}(?:st|nd|rd|th)?)(?:,? (?<y>\d{4}))?(?![\p{L}\p{N}])`,
      "giu",
    ),
    daysOf: ({ y = "", m = "", d = "" }) => [dayIn({ y, m: monthOf(m), d: d.replace(/\D+$/u, "") })],
  },
];

const isDay = (day: string): boolean => /(?:^|-)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u.test(day);

export const dayForms: readonly Form[] = written.map(({ pattern, daysOf }) => ({
  pattern,
  daysOf: (groups) => daysOf(groups).filter(isDay),
}));
