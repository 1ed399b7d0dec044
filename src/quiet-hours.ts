// Quiet hours: when they are, and when they end. Pure; the time of day is the one of the place, whatever its clocks do.
export type QuietHours = { readonly from: string; readonly to: string; readonly timeZone: string };

/** Quiet in the place, or for everybody whom a card asks: `people` is empty where one of them has no quiet hours. */
export type QuietTimes = { readonly place: QuietHours | null; readonly people: readonly QuietHours[] };

const dayMinutes = 1_440;
const minuteMs = 60_000;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

// Making one takes a hundred times as long as using it, and a config names few zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const kept = formats.get(timeZone);
  if (kept !== undefined) return kept;
  const options = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-GB", options);
  formats.set(timeZone, format);
  return format;
}

/** The time of day in that zone, in whole minutes since its midnight. */
export const localMinutes = (at: number, timeZone: string): number =>
  minutesOf(formatOf(timeZone).format(at));

export function isQuietAt({ from, to, timeZone }: QuietHours, at: number): boolean {
  const now = localMinutes(at, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start < end ? start <= now && now < end : start <= now || now < end;
}

/** When the quiet hours that `at` lies in end, epoch ms; null: it lies in none. */
export function quietUntil(hours: QuietHours, at: number): number | null {
  if (!isQuietAt(hours, at)) return null;
  const { to, timeZone } = hours;
  const [now, end] = [localMinutes(at, timeZone), minutesOf(to)];
  const until = Math.floor(at / minuteMs) * minuteMs + ((end - now + dayMinutes) % dayMinutes) * minuteMs;
  // A clock that is put forward or back that night shifts the end by as much.
  const shift = ((end - localMinutes(until, timeZone) + dayMinutes + 720) % dayMinutes) - 720;
  return until + shift * minuteMs;
}
