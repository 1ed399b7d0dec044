// A run's end as a message of Nova's own: it walks the same hall as everything else, and its id makes it said once.
import { channelOf } from "../ids.ts";
import type { Message } from "../message.ts";
import type { RunRow } from "../ports.ts";

export function newsOf(run: RunRow, now: number): Message {
  return {
    id: `n:run:${run.id}:ended`,
    thread: run.thread,
    channel: channelOf(run.thread),
    account: { id: run.requesterAccount, name: run.requester, standing: "regular" },
    at: now,
    direct: true,
    addressed: true,
    body: { kind: "signal", signal: run.state === "done" ? "run.finished" : "run.failed", ref: run.id },
  };
}
