// A18: quiet hours end at the time of day of their place, also in the nights when its clocks are changed.
import { expect, test } from "vitest";
import { quietUntil } from "../../src/quiet-hours.ts";

const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };
const noon = { from: "12:00", to: "13:30", timeZone: "America/New_York" };
const utc = (text: string): number => Date.parse(`${text}:00.000Z`);

test.each([
  ["before they begin", night, "2027-01-12T20:59", null],
  ["as they begin", night, "2027-01-12T21:00", "2027-01-13T06:00"],
  ["after midnight", night, "2027-01-13T03:20", "2027-01-13T06:00"],
  ["in their last minute", night, "2027-01-13T05:59", "2027-01-13T06:00"],
  ["as they end", night, "2027-01-13T06:00", null],
  ["in summer", night, "2027-07-12T21:30", "2027-07-13T05:00"],
  ["in the night that loses an hour", night, "2027-03-27T22:00", "2027-03-28T05:00"],
  ["in the night that has one more", night, "2027-10-30T21:00", "2027-10-31T06:00"],
  ["within one day", noon, "2027-01-12T17:10", "2027-01-12T18:30"],
  ["after they ended within one day", noon, "2027-01-12T18:30", null],
] as const)("A18: %s", (...[, hours, at, until]) => {
  expect(quietUntil(hours, utc(at))).toBe(until === null ? null : utc(until));
});
