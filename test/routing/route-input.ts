// One router trained on the fixture roster, and the plainest question that can be put to it.
import { trust } from "../../config/trust.ts";
import { decideRoute } from "../../src/routing/decide.ts";
import type { RouteDecision, RouteInput } from "../../src/routing/route.ts";
import { loadRouter, trainRouter } from "../../src/routing/training.ts";
import { roster } from "../fixtures/roster.ts";

/** What the product itself demands. */
export const lineSettings = trust.lines;
export const models = trainRouter(roster, lineSettings, 1);
export const router = loadRouter(models);
export const quietThread = { lastAgent: null, lastText: null, waiting: null };

export function ask(text: string, over: Partial<RouteInput> = {}): RouteInput {
  return {
    router,
    roster,
    person: "owner",
    projectAgents: null,
    thread: quietThread,
    address: null,
    text,
    modelReady: false,
    ...over,
  };
}

export function decide(text: string, over: Partial<RouteInput> = {}): RouteDecision {
  return decideRoute(ask(text, over)).decision;
}
