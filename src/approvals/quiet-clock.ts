// A clock that stands still in quiet hours: what of a card's time has passed while somebody could be asked, and when the
// next moment is at which somebody may be. Pure; the time of day is the one of each place, whatever its clocks do.
import { isQuietAt, localMinutes, minutesOf } from "../quiet-hours.ts";
import type { QuietHours, QuietTimes } from "../quiet-hours.ts";

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** Who is never awake must not keep a card open for ever: so long after its plain end it ends all the same. */
export const longestStandstillMs = 14 * dayMinutes * minuteMs;

export const isQuiet = ({ place, people }: QuietTimes, at: number): boolean =>
  (place !== null && isQuietAt(place, at)) ||
  (people.length > 0 && people.every((hours) => isQuietAt(hours, at)));

/** The first moment at which `openMs` have passed since `from`, quiet times not counted, epoch ms. */
export function openUntil(quiet: QuietTimes, from: number, openMs: number): number {
  const latest = from + openMs + longestStandstillMs;
  let [at, left] = [from, openMs];
  while (at < latest) {
    const end = nextChange(quiet, at);
    if (!isQuiet(quiet, at)) {
      if (left <= end - at) return at + left;
      left -= end - at;
    }
    at = end;
  }
  return latest;
}

/** `at` where it is not quiet then, else when it is over; null: it is quiet for a fortnight and longer. */
export function awakeFrom(quiet: QuietTimes, at: number): number | null {
  for (let now = at; now < at + longestStandstillMs; now = nextChange(quiet, now)) {
    if (!isQuiet(quiet, now)) return now;
  }
  return null;
}

const allOf = ({ place, people }: QuietTimes): readonly QuietHours[] =>
  place === null ? people : [place, ...people];

/** Until then it stays as quiet or as open as it is at `at`: the next minute at which any of the hours begins or ends. */
function nextChange(quiet: QuietTimes, at: number): number {
  const start = Math.floor(at / minuteMs) * minuteMs;
  const next = allOf(quiet).map((hours) => start + minutesToEdge(hours, start) * minuteMs);
  return Math.min(start + dayMinutes * minuteMs, ...next);
}

/** Never over the minute at which the clocks of the place are changed. */
function minutesToEdge({ from, to, timeZone }: QuietHours, start: number): number {
  const now = localMinutes(start, timeZone);
  const [begin = 0, end = 0] = [from, to].map(
    (time) => (minutesOf(time) - now + dayMinutes - 1) % dayMinutes,
  );
  let step = Math.min(begin, end) + 1;
  const isPlain = (): boolean =>
    localMinutes(start + step * minuteMs, timeZone) === (now + step) % dayMinutes;
  while (step > 1 && !isPlain()) step = Math.floor(step / 2);
  return step;
}
