// Requests with "and", lists and asides are one request; several requests are several: counted over written examples,
// so that a new rule for cutting shows what it costs on the other side.
import { expect, test } from "vitest";
import { loadRoster } from "../../src/roster.ts";
import { withPhrases } from "../../src/training/phrases.ts";
import { isPointing, isTelling } from "../../src/routing/context.ts";
import { decideRoute } from "../../src/routing/decide.ts";
import { loadRouter, trainRouter } from "../../src/routing/training.ts";
import { trust } from "../../config/trust.ts";
import { oneRequest, severalRequests } from "./several-requests.ts";

const agentsFolder = new URL("../../agents/", import.meta.url).pathname;

test("cuts few of the single requests, and finds whom several are for", async () => {
  const roster = withPhrases((await loadRoster(agentsFolder)).toRouting());
  const router = loadRouter(trainRouter(roster, trust.lines, 42));
  const agentsFor = (text: string): string => {
    const { stage, target } = decideRoute({
      router,
      roster,
      person: "owner",
      projectAgents: null,
      thread: { lastAgent: null, lastText: null, waiting: null },
      address: null,
      text,
      modelReady: false,
    }).decision;
    if (stage !== "split") return "";
    if (target.kind === "plan") return sorted(target.parts.map(({ agent }) => agent));
    return target.kind === "ask" ? sorted(target.options) : "";
  };
  const cut = oneRequest.filter(([, text]) => agentsFor(text) !== "");
  const found = severalRequests.filter(([agents, text]) => agentsFor(text) === sorted(agents.split(" ")));
  expect(oneRequest).toHaveLength(60);
  expect(severalRequests).toHaveLength(60);
  expect(cut.length, cut.join("\n")).toBeLessThanOrEqual(8);
  expect(found.length).toBeGreaterThanOrEqual(55);
}, 60_000);

test.each([
  ["the customer is standing here", true],
  ["brandt was quite angry", true],
  ["they've been late again", true],
  ["it's broken", true],
  ["I'd like a quote", false],
  ["what's the price", false],
  ["not 21", true],
  ["2 pumps", true],
  ["the font", false],
  ["their open invoices", false],
  ["I need a quote", false],
  ["is it paid", false],
  ["show the stock", false],
])("knows whether %j only tells something", (text, expected) => {
  expect(isTelling(text)).toBe(expected);
});

test.each([
  ["please correct it", true],
  ["can you register that", true],
  ["draft a post about it", false],
  ["are they paid", false],
  ["show the stock", false],
])("knows whether %j points at what was named before", (text, expected) => {
  expect(isPointing(text)).toBe(expected);
});

function sorted(agents: readonly string[]): string {
  return [...new Set(agents)].toSorted().join(" ");
}
