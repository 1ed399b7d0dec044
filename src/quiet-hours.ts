// Quiet hours: when they are, and when they end. Pure; the time of day is the one of the place, whatever its clocks do.
export type QuietHours = { readonly from: string; readonly to: string; readonly timeZone: string };

const dayMinutes = 1_440;
const minuteMs = 60_000;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function localMinutes(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return minutesOf(format.format(at));
}

/** When the quiet hours that `at` lies in end, epoch ms; null: it lies in none. */
export function quietUntil({ from, to, timeZone }: QuietHours, at: number): number | null {
  const now = localMinutes(at, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const isQuiet = start < end ? start <= now && now < end : start <= now || now < end;
  if (!isQuiet) return null;
  const until = Math.floor(at / minuteMs) * minuteMs + ((end - now + dayMinutes) % dayMinutes) * minuteMs;
  // A clock that is put forward or back that night shifts the end by as much.
  const shift = ((end - localMinutes(until, timeZone) + dayMinutes + 720) % dayMinutes) - 720;
  return until + shift * minuteMs;
}
