// What a person's yes leans on beside the proposal itself, row by row: the message that pressed, the button, the post that
// carries it and where that stands, the run that asks. Each bears a seal whose key lies outside the database.
import type { Audit } from "./audit.ts";

type Seals = Pick<Audit, "seal">;

/** `message` and every other JSON text exactly as it is stored: not even a space may differ. */
export type TurnWords = { readonly id: string; readonly thread: string; readonly message: string };
export const turnSeal = ({ seal }: Seals, { id, thread, message }: TurnWords): string =>
  seal(["turn", id, thread, message]);

export type HandOffWords = { readonly turn: string; readonly number: number; readonly body: string };
export const handOffSeal = ({ seal }: Seals, { turn, number, body }: HandOffWords): string =>
  seal(["handoff", turn, number, body]);

export type ButtonWords = { readonly nonce: string; readonly outbox: string; readonly action: string };
export const buttonSeal = ({ seal }: Seals, { nonce, outbox, action }: ButtonWords): string =>
  seal(["button", nonce, outbox, action]);

/** A card names its proposal, anything else holds its words. */
export type PostWords = {
  readonly id: string;
  readonly thread: string;
  readonly proposal: string | null;
  readonly post: string | null;
};
export const postSeal = ({ seal }: Seals, { id, thread, proposal, post }: PostWords): string =>
  seal(["post", id, thread, proposal, post]);

/** Where a post stands, as its platform confirmed it; apart from the post, because it is learned later and may change. */
export const placeSeal = ({ seal }: Seals, id: string, platformId: string): string =>
  seal(["place", id, platformId]);

/** When a proposal was last taken up: it decides when it is taken up again. */
export const touchSeal = ({ seal }: Seals, id: string, touchedAt: number): string =>
  seal(["touched", id, touchedAt]);

export type ThumbWords = {
  readonly turn: string;
  readonly person: string;
  readonly account: string;
  readonly agent: string;
  readonly mark: string | null;
  readonly other: string | null;
  readonly said_in: string;
  readonly at: number;
};
export function thumbSeal({ seal }: Seals, thumb: ThumbWords): string {
  const { turn, person, account, agent, mark, other, said_in, at } = thumb;
  return seal(["thumb", turn, person, account, agent, mark, other, said_in, at]);
}

export type EffectWords = {
  readonly key: string;
  readonly attempt: number;
  readonly intent_at: number;
  readonly state: string;
  readonly settled_at: number | null;
  readonly detail: string | null;
};
export const effectSeal = ({ seal }: Seals, effect: EffectWords): string => {
  const { key, attempt, intent_at, state, settled_at, detail } = effect;
  return seal(["effect", key, attempt, intent_at, state, settled_at, detail]);
};

export type RunWords = {
  readonly id: string;
  readonly agent: string;
  readonly version: number;
  readonly project: string | null;
  readonly thread: string;
  readonly requester: string;
  readonly requester_account: string;
  readonly input: string;
};
export function runSeal({ seal }: Seals, run: RunWords): string {
  const { id, agent, version, project, thread, requester, requester_account, input } = run;
  return seal(["run", id, agent, version, project, thread, requester, requester_account, input]);
}
