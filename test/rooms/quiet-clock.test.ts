// A18: a card's clock stands still in quiet hours. Whatever they are, wherever, and whatever the clocks do that night: the
// open time of a card outside them is exactly its life.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awakeFrom, isQuiet, longestStandstillMs, openUntil } from "../../src/approvals/quiet-clock.ts";
import type { QuietTimes } from "../../src/quiet-hours.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const utc = (text: string): number => Date.parse(`${text}:00.000Z`);
const berlin = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };
const only = (place: QuietTimes["place"]): QuietTimes => ({ place, people: [] });

// Written apart from the product: a minute is quiet by the wall clock of its zone, and minutes are counted one by one.
const clocks = new Map<string, Intl.DateTimeFormat>();
function wallClock(at: number, timeZone: string): string {
  const known = clocks.get(timeZone);
  const options = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const clock = known ?? new Intl.DateTimeFormat("en-GB", options);
  clocks.set(timeZone, clock);
  return clock.format(at);
}
function isQuietMinute({ place, people }: QuietTimes, at: number): boolean {
  const within = ({ from, to, timeZone }: NonNullable<QuietTimes["place"]>): boolean => {
    const now = wallClock(at, timeZone);
    return from < to ? from <= now && now < to : from <= now || now < to;
  };
  return (place !== null && within(place)) || (people.length > 0 && people.every(within));
}
function openTime(quiet: QuietTimes, from: number, to: number): number {
  let open = 0;
  for (let at = from; at < to;) {
    const next = Math.min(to, (Math.floor(at / minuteMs) + 1) * minuteMs);
    if (!isQuietMinute(quiet, at)) open += next - at;
    at = next;
  }
  return open;
}

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Asia/Kolkata",
  "Africa/Casablanca",
] as const;
/** Within a day or so of a change of the clocks somewhere, or anywhere in two years. */
const changes = ["2027-03-14T07:00", "2027-03-28T01:00", "2027-10-03T14:30", "2027-10-31T01:00"].map(utc);
const anyTime = fc.oneof(
  fc.integer({ min: utc("2026-06-01T00:00"), max: utc("2028-06-01T00:00") }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * hourMs, max: 6 * hourMs }))
    .map(([change, by]) => change + by),
);
const timeOfDay = fc
  .integer({ min: 0, max: 1_439 })
  .map((minutes) => new Date(minutes * minuteMs).toISOString().slice(11, 16));
const anyHours = fc
  .record({ from: timeOfDay, to: timeOfDay, timeZone: fc.constantFrom(...zones) })
  .filter(({ from, to }) => from !== to);
const anyQuiet = fc.record({
  place: fc.option(anyHours),
  people: fc.array(anyHours, { maxLength: 2 }),
});

describe("a clock that stands still in quiet hours", () => {
  test.each([
    ["none of the night counts", only(berlin), "2027-01-12T20:00", 24, "2027-01-14T14:00"],
    ["in the night that loses an hour", only(berlin), "2027-03-27T20:00", 2, "2027-03-28T06:00"],
    ["in the night that has one more", only(berlin), "2027-10-30T19:00", 2, "2027-10-31T07:00"],
    ["it begins when they end", only(berlin), "2027-01-12T23:00", 1, "2027-01-13T07:00"],
    [
      "where one of two is awake it goes on",
      { place: null, people: [] },
      "2027-01-12T23:00",
      1,
      "2027-01-13T00:00",
    ],
  ] as const)("A18: %s", (...[, quiet, from, hours, until]) => {
    expect(openUntil(quiet, utc(from), hours * hourMs)).toBe(utc(until));
  });

  test("A18: whatever the quiet hours, the zones and the night, the open time is the life, and not a millisecond more", () => {
    fc.assert(
      fc.property(anyQuiet, anyTime, fc.integer({ min: 1, max: 24 * hourMs }), (quiet, from, lifeMs) => {
        const until = openUntil(quiet, from, lifeMs);
        const latest = from + lifeMs + longestStandstillMs;
        expect(until).toBeLessThanOrEqual(latest);
        if (until === latest) return;
        expect(openTime(quiet, from, until)).toBe(lifeMs);
        expect(isQuietMinute(quiet, until - 1)).toBe(false);
      }),
      { seed: 18, numRuns: 300 },
    );
  });

  test("A18: whoever is asked for a time to disturb gets the first one that is not quiet", () => {
    fc.assert(
      fc.property(anyQuiet, anyTime, (quiet, at) => {
        const awake = awakeFrom(quiet, at);
        expect(isQuiet(quiet, at)).toBe(isQuietMinute(quiet, at));
        if (awake === null) return;
        expect(isQuietMinute(quiet, awake)).toBe(false);
        expect(openTime(quiet, at, awake)).toBe(0);
      }),
      { seed: 19, numRuns: 300 },
    );
  });

  test("A18: nobody is ever awake: the card ends all the same, a fortnight late", () => {
    const never: QuietTimes = { place: { ...berlin, from: "07:00", to: "22:00" }, people: [berlin] };
    const from = utc("2027-01-12T20:00");
    expect(openUntil(never, from, hourMs)).toBe(from + hourMs + longestStandstillMs);
  });
});
