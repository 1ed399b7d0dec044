// A company's own things are words that no example holds: asked about in a known way they are known enough, and a strange
// request does not become a known one by its frame.
import { expect, test } from "vitest";
import { decideRoute } from "../../src/routing/decide.ts";
import type { RouteDecision } from "../../src/routing/route.ts";
import { ownRoster as roster, ownRouter as router } from "../support/trained-router.ts";

const targetOf = (text: string): RouteDecision["target"] =>
  decideRoute({
    router,
    roster,
    person: "owner",
    projectAgents: null,
    thread: { lastAgent: null, lastText: null, waiting: null },
    address: null,
    text,
    modelReady: false,
  }).decision.target;

test.each([
  ["erp/stock", "how many gears do we have?"],
  ["erp/stock", "how many gears are in stock?"],
  ["erp/stock", "is the hopper in stock"],
  ["erp/stock", "how many wigs are left"],
  ["erp/stock", "do we have any buttons"],
  ["erp/sales", "order 5 sieves for Lakeside"],
  ["erp/purchasing", "buy 10 anvils from Kestrel"],
  ["erp/suppliers", "who supplies trombones"],
])("goes to %s unasked: %j", (agent, text) => {
  expect(targetOf(text)).toEqual({ kind: "agent", agent });
});

test.each([
  ["erp/items", "price of the trombone"],
  ["erp/items", "what is the price of gears"],
  ["erp/sales", "order 5 sieves"],
])("is sent to %s or offered to it, and not declined: %j", (agent, text) => {
  const target = targetOf(text);
  const offered = target.kind === "agent" ? [target.agent] : target.kind === "ask" ? target.options : [];
  expect(offered).toContain(agent);
});

test.each([
  "how many moons does Jupiter have",
  "price of a flight to Rome",
  "what does a haircut cost",
  "order a pizza",
  "is the moon in stock",
])("is nobody's all the same: %j", (text) => {
  expect(targetOf(text).kind).toBe("none");
});
