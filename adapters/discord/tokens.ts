// Interaction tokens while they live: the only way to say something to one person alone. They are never stored; after
// a restart, or after 14 minutes, what was meant for one person goes to that person's direct messages.
import type { AccountId } from "../../src/ids.ts";
import type { Clock } from "../../src/ports.ts";

export type Token = { readonly application: string; readonly token: string };
export type Tokens = {
  readonly keep: (messageId: string, account: AccountId, token: Token) => void;
  /** The token of the interaction that is answered, if it is this person's and still works. */
  readonly take: (messageId: string | null, account: AccountId) => Token | null;
  /** Who used the interaction that is answered, while it works: the one to tell where nothing can be posted. */
  readonly askerOf: (messageId: string | null) => AccountId | null;
  /** A whispered message can only be changed with the token that whispered it. */
  readonly whispered: (id: string, token: Token) => void;
  readonly ofWhisper: (id: string) => Token | null;
};

const lifeMs = 14 * 60_000;
const remembered = 1_000;

export function createTokens(clock: Clock): Tokens {
  const open = new Map<string, Token & { readonly account: AccountId; readonly untilMs: number }>();
  const whispers = new Map<string, Token & { readonly untilMs: number }>();
  const trim = (map: Map<string, unknown>) => {
    const [oldest] = map.keys();
    if (map.size > remembered && oldest !== undefined) map.delete(oldest);
  };
  const alive = <T extends { readonly untilMs: number }>(held: T | undefined): T | null =>
    held === undefined || held.untilMs < clock.now() ? null : held;
  return {
    keep: (messageId, account, token) => {
      open.set(messageId, { ...token, account, untilMs: clock.now() + lifeMs });
      trim(open);
    },
    take: (messageId, account) => {
      const held = alive(open.get(messageId ?? ""));
      return held?.account === account ? held : null;
    },
    askerOf: (messageId) => alive(open.get(messageId ?? ""))?.account ?? null,
    whispered: (id, token) => {
      whispers.set(id, { ...token, untilMs: clock.now() + lifeMs });
      trim(whispers);
    },
    ofWhisper: (id) => alive(whispers.get(id)),
  };
}
