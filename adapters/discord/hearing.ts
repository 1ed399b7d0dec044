// The ears of the adapter: the listener with its way of answering Discord, and its last word when something was lost.
import type { Hear } from "../../src/ports.ts";
import { createAcknowledge } from "./acknowledge.ts";
import { createListener } from "./listener.ts";
import type { Listener, ListenerParts } from "./listener.ts";
import { sayLost } from "./lost.ts";
import { wordsOf } from "./outcomes.ts";
import type { Tokens } from "./tokens.ts";

export type HearingParts = Omit<ListenerParts, "acknowledge" | "parents" | "onLost"> & {
  readonly tokens: Tokens;
  /** Null until Discord has said who Nova is. */
  readonly application: () => string | null;
};

export function createHearing(parts: HearingParts, hear: Hear): Listener {
  const { client, tokens, application, onTrouble } = parts;
  const { rest } = client;
  const acknowledge = createAcknowledge({
    rest,
    tokens,
    application,
    onMissed: (error) => onTrouble(`Discord took no answer to an interaction: ${wordsOf(error)}`),
  });
  return createListener(
    {
      ...parts,
      acknowledge,
      parents: new Map(),
      onLost: (message, error) => void sayLost({ rest, onTrouble }, message, error),
    },
    hear,
  );
}
