// Looks for a post that may have arrived: by its nonce, or by what only it can say.
import type { Delivery, Found } from "../../src/ports.ts";
import type { Drawn } from "./cards.ts";
import { toPlatformId } from "./inbound.ts";
import { isSame } from "./payload.ts";
import type { Sent } from "./payload.ts";

/** Nothing older than what it answers can be the answer. */
export function sourceOf(delivery: Delivery): bigint {
  return BigInt(/^d:[mi]:(\d+)$/u.exec(delivery.inReplyTo ?? "")?.[1] ?? 0);
}

export type Wanted = {
  readonly drawn: Drawn;
  readonly nonce: string;
  readonly botId: string | null;
  readonly since: bigint;
};

/** By nonce where Discord still tells it, else by what only this post can say: its words and its buttons. */
export function searchPage(page: readonly Sent[], wanted: Wanted): Found {
  const own = page.filter(
    (message) => message.author?.id === wanted.botId && BigInt(message.id) > wanted.since,
  );
  const byNonce = own.find((message) => `${message.nonce ?? ""}` === wanted.nonce);
  const hasNonces = own.some((message) => (message.nonce ?? null) !== null);
  const found = byNonce ?? (hasNonces ? undefined : own.find((message) => isSame(message, wanted.drawn)));
  if (found === undefined) return { kind: "absent" };
  const platformId = toPlatformId(found.channel_id, found.id);
  return { kind: "found", platformId, ...(isSame(found, wanted.drawn) ? {} : { isPreview: true }) };
}
