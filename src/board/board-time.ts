// Times on a board are absolute: a board may be read long after it was drawn, and "two minutes ago" would lie by then.
const dayMs = 86_400_000;

/** "14:03 UTC", with its date where that is not the day of `now`. */
export function minuteOf(at: number, now: number): string {
  const iso = new Date(at).toISOString();
  const isToday = Math.floor(at / dayMs) === Math.floor(now / dayMs);
  return `${isToday ? "" : `${iso.slice(0, 10)} `}${iso.slice(11, 16)} UTC`;
}
