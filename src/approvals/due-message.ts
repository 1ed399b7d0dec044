// An approved effect whose wait is over, as a message of Nova's own: it walks the same hall as everything else, and its id
// makes it heard once.
import { channelOf } from "../ids.ts";
import type { Message } from "../message.ts";
import type { Proposal } from "../proposal.ts";

export function dueMessage({ id, thread, requester, requesterAccount }: Proposal, now: number): Message {
  return {
    id: `n:proposal:${id}:due`,
    thread,
    channel: channelOf(thread),
    account: { id: requesterAccount, name: requester, standing: "regular" },
    at: now,
    direct: true,
    addressed: true,
    body: { kind: "signal", signal: "effect.due", ref: id },
  };
}
