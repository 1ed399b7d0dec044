// The fake's memory of what happened: requests, answers, frames both ways, closes, and every broken rule.
// Tests wait on it instead of sleeping: `until` re-reads its condition whenever something new was written.

export type EntryKind = "request" | "response" | "in" | "out" | "open" | "close" | "event" | "violation";

export interface Entry {
  readonly seq: number;
  /** Monotonic milliseconds. */
  readonly atMs: number;
  readonly kind: EntryKind;
  /** `POST /channels/2001/messages`, `op 2`, `MESSAGE_CREATE`, a close code, a rule's name. */
  readonly name: string;
  readonly body?: unknown;
  readonly status?: number;
}

/** What a vendor enforces (`platform`) is told apart from what Nova promises (`house`). */
export interface Violation {
  readonly set: "platform" | "house";
  readonly rule: string;
  readonly text: string;
}

export interface Recorder {
  readonly log: readonly Entry[];
  readonly violations: readonly Violation[];
  write(kind: EntryKind, name: string, more?: { readonly body?: unknown; readonly status?: number }): Entry;
  violate(set: Violation["set"], rule: string, text: string): void;
  until<T>(condition: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
}

export function createRecorder(): Recorder {
  const log: Entry[] = [];
  const violations: Violation[] = [];
  const waiting = new Set<() => void>();

  const write: Recorder["write"] = (kind, name, more = {}) => {
    const entry: Entry = { seq: log.length + 1, atMs: performance.now(), kind, name, ...more };
    log.push(entry);
    for (const look of waiting) queueMicrotask(look);
    return entry;
  };

  return {
    log,
    violations,
    write,
    violate(set, rule, text) {
      violations.push({ set, rule, text });
      write("violation", rule, { body: text });
    },
    until(condition, timeoutMs = 8_000) {
      const first = condition();
      if (first !== undefined && first !== null && first !== false) return Promise.resolve(first);
      return new Promise((resolve, reject) => {
        const look = () => {
          const value = condition();
          if (value === undefined || value === null || value === false) return;
          waiting.delete(look);
          clearTimeout(timer);
          clearInterval(again);
          resolve(value);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          clearInterval(again);
          reject(new Error(`not seen within ${timeoutMs} ms: ${condition.toString()}\n${tail(log)}`));
        }, timeoutMs);
        // What the fake can't see (Nova's own state) writes no entry here.
        const again = setInterval(look, 10);
        waiting.add(look);
      });
    },
  };
}

function tail(log: readonly Entry[]): string {
  const line = (entry: Entry) =>
    `  ${entry.seq} ${entry.kind} ${entry.name} ${entry.status ?? ""} ${(JSON.stringify(entry.body) ?? "").slice(0, 160)}`;
  return log.slice(-25).map(line).join("\n");
}
