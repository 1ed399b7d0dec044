// Faults a test orders: what to break, when (before or after Slack stored it), how, and how often.
// A seeded chaos mode draws from the same list, so a chaotic run can be repeated.

import { createRandom } from "./core.ts";
import type { ServerResponse } from "node:http";
import type { Timers } from "./core.ts";

export type FaultHow =
  | "reset"
  | "close"
  | "hang"
  | "stallAfterHeaders"
  | "truncated"
  | "html"
  | "redirect"
  | { delayMs: number }
  | { error: string }
  | { status: number; headers?: Record<string, string>; body?: string };

export interface FaultRule {
  /** A Web API method (or `socket` for the WebSocket upgrade), or a predicate over method and arguments. */
  match: string | ((method: string, args: Record<string, unknown>) => boolean);
  /** How often; without it, until removed. */
  times?: number;
  /** `before`: refused, nothing stored. `after`: stored, then the answer fails. */
  when: "before" | "after";
  how: FaultHow;
}

export interface Faults {
  /** Adds a rule; the returned function takes it away again. */
  add: (rule: FaultRule) => () => void;
  /** From now on about one call in four to `methods` fails in a seeded way. Returns the switch that ends it. */
  chaos: (seed: number, methods?: readonly string[]) => () => void;
}

export interface FaultSource extends Faults {
  draw: (method: string, args: Record<string, unknown>) => FaultRule | undefined;
}

const chaoticWays: readonly FaultHow[] = [
  "reset",
  "close",
  "html",
  "truncated",
  { status: 500 },
  { status: 503 },
  { status: 429, headers: { "retry-after": "0" } },
  { status: 429 },
  { error: "internal_error" },
  { error: "fatal_error" },
  { delayMs: 20 },
];

export function createFaults(): FaultSource {
  const rules: { rule: FaultRule; left: number }[] = [];
  let chaotic: ((method: string) => FaultRule | undefined) | undefined;
  return {
    add(rule) {
      const held = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(held);
      return () => {
        held.left = 0;
      };
    },
    chaos(seed, methods = ["chat.postMessage", "chat.update"]) {
      const random = createRandom(seed);
      chaotic = (method) => {
        if (!methods.includes(method) || random() > 0.25) return undefined;
        const how = chaoticWays[Math.floor(random() * chaoticWays.length)] ?? "reset";
        // A 429 or a platform refusal after storing would be a lie of Slack's own, so those come before only.
        const isRefusal = typeof how === "object" && "status" in how && how.status === 429;
        return { match: method, when: isRefusal || random() < 0.5 ? "before" : "after", how };
      };
      return () => {
        chaotic = undefined;
      };
    },
    draw(method, args) {
      for (const held of rules) {
        if (held.left <= 0) continue;
        const { match } = held.rule;
        if (typeof match === "string" ? match !== method : !match(method, args)) continue;
        held.left -= 1;
        return held.rule;
      }
      return chaotic?.(method);
    },
  };
}

/** Plays a fault on an open response. A delay is not played here: it only postpones the real answer. */
export function playFault(response: ServerResponse, how: FaultHow, timers: Timers): void {
  if (how === "hang") return;
  if (how === "reset") {
    response.socket?.resetAndDestroy();
  } else if (how === "close") {
    response.socket?.end();
  } else if (how === "stallAfterHeaders") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "64" });
    response.flushHeaders();
  } else if (how === "truncated") {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"ok":tr');
  } else if (how === "html") {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<html><body>Slack is having a moment</body></html>");
  } else if (how === "redirect") {
    response.writeHead(302, { location: "/elsewhere" });
    response.end();
  } else if ("delayMs" in how) {
    timers.after(how.delayMs, () => response.end());
  } else if ("error" in how) {
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ ok: false, error: how.error }));
  } else {
    response.writeHead(how.status, { "content-type": "application/json", ...how.headers });
    response.end(
      how.body ?? JSON.stringify({ ok: false, error: how.status === 429 ? "ratelimited" : "internal_error" }),
    );
  }
}
