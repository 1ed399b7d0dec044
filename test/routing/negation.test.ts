// What is forbidden or merely told is never acted on: sentences of both sides, over the project's own roster.
import { expect, describe, test } from "vitest";
import { decideRoute } from "../../src/routing/decide.ts";
import { negationIn } from "../../src/routing/negation.ts";
import { isGuarded } from "../../src/routing/ranking.ts";
import type { RouteDecision, RouteInput } from "../../src/routing/route.ts";
import { ownRoster as roster, ownRouter as router } from "../support/trained-router.ts";
import { ask, quietThread } from "./route-input.ts";

const decide = (text: string, over: Partial<RouteInput> = {}): RouteDecision =>
  decideRoute({ ...ask(text), roster, router, ...over }).decision;

/** Agents that can change something and get the words, or a part of them, without a question. */
function actedOn({ target }: RouteDecision): readonly string[] {
  const reached =
    target.kind === "agent"
      ? [target.agent]
      : target.kind === "plan"
        ? target.parts.map(({ agent }) => agent)
        : [];
  return reached.filter((id) => roster.some((entry) => entry.id === id && isGuarded(entry)));
}

const refused = [
  "don't start the stock reorder",
  "don’t start the stock reorder",
  "dont start the stock reorder",
  "Do not cancel SO-1010!",
  "don't cancel SO-1010",
  "please don't pay BILL-2026-0002 yet",
  "ok stop, do not pay BILL-2026-0002",
  "no, don't start the weekly review",
  "never mind the weekly review",
  "never start the reorder without me",
  "no need to run the month-end close",
  "let's not pay the bill",
  "SO-1010 must not be shipped",
  "we shouldn't run the release",
  "I don't want to cancel SO-1010",
  "hold off on the release",
  "under no circumstances pay Kestrel",
  "can you not start the reorder",
  "I'd rather not run the release",
  "don't you dare cancel SO-1010",
  "there's no point in starting the reorder",
  "nobody should pay BILL-2026-0002",
  "bitte nicht starten",
  "storniere SO-1010 nicht",
  "SO-1010 nicht stornieren",
  "Starte den Nachbestelllauf bitte nicht",
  "die Rechnung noch nicht bezahlen",
  "zahl die Rechnung noch nicht",
  "wir sollten BILL-2026-0002 nicht bezahlen",
  "SO-1010 darf nicht storniert werden",
  "ich will SO-1010 nicht stornieren",
  "keine Zahlung auslösen",
  "auf keinen Fall den Release starten",
  "vergiss den Nachbestelllauf",
];
const told = [
  "the site was down yesterday but is fine now",
  "I already paid the bill",
  "Note that the incident is over",
  "ich habe die Rechnung schon bezahlt",
  "die Seite läuft wieder",
];
/** Starts nothing, although an effect that waits for a yes may be what is meant. */
const startsNothing = [
  "stop the reorder",
  "stopp den Nachbestelllauf",
  "brich den Release ab",
  "cancel the weekly review",
  "I onboarded the new client yesterday",
  "what happens when the site is down?",
  "how did the last weekly review go",
];
const meant = [
  "don't forget to run the weekly review",
  "don't hesitate to start the weekly review",
  "why don't we start the reorder",
  "can't you start the reorder?",
  "wouldn't it be time to run the reorder?",
  "not only cancel SO-1010 but also SO-1011",
  "no, start the reorder",
  "make sure we don't run dry over christmas: run the reorder",
  "I already told you: start the reorder",
  "start the stock reorder",
  "the site is down",
  "the site was down yesterday and is down again now, open an incident",
  "we never received the goods of PO-1009",
  "which invoices are not paid",
  "orders that are not shipped",
  "isn't it in stock?",
  "don't we have side brushes in stock?",
  "is SO-1009 shipped or not",
  "confirm SO-1007, no need to wait",
  "Kunden die nicht zahlen",
  "noch nicht bezahlte Rechnungen von Delta",
  "add a note to SO-1010: do not ring the bell",
  "put a note on Northgate: driver must not block the ramp",
  `translate: "don't start the engine"`,
  "vergiss nicht, den Nachbestelllauf zu starten",
  "nicht nur SO-1010 stornieren, sondern auch SO-1011",
  "kannst du nicht den Release starten?",
  "warum starten wir nicht den Release",
  "welche Rechnungen sind nicht bezahlt",
  "Aufträge, die nicht versendet wurden",
  "zeig mir die nicht bezahlten Rechnungen",
  "wer hat noch nicht bezahlt",
  "Der Onlineshop ist nicht erreichbar!",
  "Störung melden: Zahlungen im Shop gehen nicht durch",
];

describe("what is not to be done", () => {
  test.each(refused)("%j reaches nobody who can change something", (text) => {
    expect(negationIn(text)).toMatchObject({ holds: "guarded", isRefusal: true });
    expect(actedOn(decide(text))).toEqual([]);
  });

  test.each(told)("%j is only told", (text) => {
    expect(negationIn(text)).toMatchObject({ holds: "guarded", isRefusal: false });
    expect(actedOn(decide(text))).toEqual([]);
  });

  test.each(startsNothing)("%j starts nothing", (text) => {
    expect(negationIn(text)?.holds).toBe("pipelines");
    expect(actedOn(decide(text)).filter((id) => id.startsWith("pipeline/"))).toEqual([]);
  });
});

test.each(meant)("%j goes on as before", (text) => {
  expect(negationIn(text)).toBeNull();
  expect(decide(text).stage).not.toBe("withheld");
});

test("the same words without the refusal are what would have been acted on", () => {
  expect(actedOn(decide("start the stock reorder"))).toEqual(["pipeline/stock-reorder"]);
  expect(actedOn(decide("cancel SO-1010"))).toEqual(["erp/sales"]);
});

test("it is asked about, with the reason first", () => {
  const decided = decide("don't start the stock reorder");
  expect(decided).toMatchObject({
    stage: "withheld",
    target: { kind: "ask", options: ["pipeline/stock-reorder"] },
    needs: "confirm",
  });
  expect(decided.reasons[0]).toBe("The message says what is not to be done.");
  expect(decided.reasons[1]).toContain("pipeline/stock-reorder fits");
});

test.each([
  "don't start the reorder, but show low stock",
  "show low stock, but don't start the reorder",
  "which invoices are overdue, and do not cancel SO-1010",
  "cancel SO-1010 but don't pay BILL-2026-0002",
  "don't pay BILL-2026-0002 and write a mail to Delta",
  "zeig den niedrigen Bestand, aber starte die Nachbestellung nicht",
])("of several requests none is acted on beside a refusal, and no button does it all: %j", (text) => {
  const { target, ...decided } = decide(text);
  expect(actedOn({ target, ...decided })).toEqual([]);
  const parts = target.kind === "ask" ? (target.all?.parts ?? []) : [];
  expect(parts.filter((part) => negationIn(part.text) !== null)).toEqual([]);
});

test("what is left of the message is offered first", () => {
  const { target } = decide("don't start the reorder, but show which invoices are overdue");
  expect(target.kind === "ask" && target.options[0]).toBe("erp/invoices");
});

test("a name typed in front of a refusal makes it no wish; a press does", () => {
  const text = "@pipeline/stock-reorder don't start";
  expect(actedOn(decide(text))).toEqual([]);
  expect(actedOn(decide("don't start it", { address: "pipeline/stock-reorder" }))).toHaveLength(1);
});

test("what is told or forbidden is no answer to an agent that waits for a value", () => {
  const thread = { ...quietThread, waiting: { kind: "input", agent: "erp/sales" } as const };
  expect(actedOn(decide("I already paid the bill", { thread }))).toEqual([]);
  expect(actedOn(decide("don't cancel it", { thread }))).toEqual([]);
  expect(actedOn(decide("SO-1010", { thread }))).toEqual(["erp/sales"]);
});

test("in a thread of an agent with effects, a refusal goes on with nothing", () => {
  const thread = { ...quietThread, lastAgent: "erp/sales", lastText: "cancel SO-1010" };
  for (const text of ["don't", "no, don't do it", "don't cancel it", "bitte nicht stornieren"])
    expect(actedOn(decide(text, { thread })), text).toEqual([]);
});
