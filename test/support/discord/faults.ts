// Fault rules: which request fails, how, and whether it was stored before the answer got lost.
// `before`: nothing is stored. `after`: stored, then the answer fails in the given way.

export type How =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: { readonly [name: string]: string };
    }
  | { readonly delayMs: number }
  | "reset"
  | "close"
  | "hang"
  | "stall"
  | "truncate"
  | "html";

export interface FaultRule {
  /** A text such as `POST /channels/2001/messages` (prefix of method and path), or a look at the request. */
  readonly match: string | ((request: FaultTarget) => boolean);
  /** How often it strikes; 1 unless told. */
  readonly times?: number;
  readonly when?: "before" | "after";
  readonly how: How;
}

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Strike {
  readonly when: "before" | "after";
  readonly how: How;
}

export interface Faults {
  /** Returns the way to take the rule back. */
  add(rule: FaultRule): () => void;
  take(request: FaultTarget): Strike | null;
}

export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      const held = { rule, left: rule.times ?? 1 };
      rules.push(held);
      return () => {
        held.left = 0;
      };
    },
    take(request) {
      const text = `${request.method} ${request.path}`;
      for (const held of rules) {
        const { match } = held.rule;
        const isHit = typeof match === "string" ? text.startsWith(match) : match(request);
        if (held.left > 0 && isHit) {
          held.left -= 1;
          return { when: held.rule.when ?? "before", how: held.rule.how };
        }
      }
      return null;
    },
  };
}
