// How events come from Slack: two sockets that Nova keeps alive, or requests that somebody serves.
import type { Logger } from "@slack/bolt";
import type { Clock } from "../../src/ports.ts";
import { createHttp } from "./http.ts";
import { Sockets } from "./sockets.ts";
import type { Report } from "./wire.ts";

/** Socket Mode needs the app-level token; HTTP needs the signing secret and somebody who serves it. */
export type TransportChoice =
  | { readonly kind: "socket"; readonly appToken: string }
  | { readonly kind: "http"; readonly signingSecret: string };
export type Transport =
  | { readonly sockets: Sockets; readonly http: null }
  | { readonly sockets: null; readonly http: ReturnType<typeof createHttp> };

export function createTransport(parts: {
  readonly choice: TransportChoice;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly report: Report;
  readonly logger: Logger;
  readonly chance: () => number;
  /** True while requests are taken. */
  readonly isOpen: () => boolean;
  readonly onFatal: (why: string) => void;
  /** The first connection after none: something may have been missed. */
  readonly onBack: () => void;
}): Transport {
  const { choice, ...shared } = parts;
  if (choice.kind === "http")
    return { sockets: null, http: createHttp({ ...shared, signingSecret: choice.signingSecret }) };
  return { sockets: new Sockets({ ...shared, appToken: choice.appToken }), http: null };
}
