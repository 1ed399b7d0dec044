// One Socket Mode connection, from ticket to end. It never reconnects by itself: the SDK would wait five seconds
// without any socket and dies on a refused ticket. Its TCP sockets are known, so an end is an end at once.
import { SocketModeClient } from "@slack/socket-mode";
import type { SocketModeOptions } from "@slack/socket-mode";
import { Agent, buildConnector } from "undici";
import { z } from "zod";
import { clientOptions } from "./wire.ts";
import type { Report } from "./wire.ts";
import type { Logger } from "@slack/bolt";

/** What the SDK emits for every envelope; it leaves its own emitter untyped. */
export type SocketEvent = {
  readonly ack: (response?: unknown) => Promise<void>;
  readonly body: Record<string, unknown>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

export type Connection = {
  /** Resolves at `hello`; rejects when Slack gives no ticket or no socket. */
  readonly opened: Promise<unknown>;
  /** Resolves with the reason when the connection is over. */
  readonly over: Promise<string>;
  readonly discard: () => void;
};

export type ConnectionSettings = {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly report: Report;
  readonly onEvent: (event: SocketEvent) => void;
};

const Frame = z.object({
  type: z.string(),
  reason: z.string().optional(),
  envelope_id: z.string().optional(),
});

/**
 * Envelopes without an inner event (`app_rate_limited`) make this version of the SDK throw where nobody catches it.
 * They are acknowledged here and never reach it.
 */
class GuardedClient extends SocketModeClient {
  readonly #onEnd: (reason: string) => void;
  readonly #report: Report;

  constructor(options: SocketModeOptions, onEnd: (reason: string) => void, report: Report) {
    super(options);
    this.#onEnd = onEnd;
    this.#report = report;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = typeof data === "string" && !/"event"\s*:\s*\{/.test(data) ? parseFrame(data) : null;
    if (frame?.type === "events_api") {
      this.#report("warn", "Slack sent an envelope without an event: it is holding events back");
      const acknowledgement = JSON.stringify({ envelope_id: frame.envelope_id, payload: {} });
      this.websocket?.send(acknowledgement, (error) => {
        if (error !== undefined) this.#report("warn", `an acknowledgement was not sent: ${error.message}`);
      });
      return;
    }
    try {
      await super.onWebSocketMessage(data, isBinary);
    } catch (thrown) {
      this.#report("error", `a frame of Slack's could not be read: ${String(thrown)}`);
    }
    if (frame?.type === "disconnect") this.#onEnd(frame.reason ?? "disconnect");
  }
}

function parseFrame(data: string): z.infer<typeof Frame> | null {
  try {
    return Frame.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

export function openConnection(settings: ConnectionSettings): Connection {
  const { appToken, apiUrl, logger, report, onEvent } = settings;
  const over = Promise.withResolvers<string>();
  const { dispatcher, cut } = createDispatcher();
  const options: SocketModeOptions = {
    appToken,
    autoReconnectEnabled: false,
    clientOptions: clientOptions(apiUrl, 10_000, logger),
    logger,
    dispatcher,
  };
  const client = new GuardedClient(options, over.resolve, report);
  client.on("slack_event", onEvent);
  client.on("disconnected", () => over.resolve("closed"));
  return {
    opened: client.start(),
    over: over.promise,
    discard: () => {
      // The close frame goes out first; what is left of the handshake may take half a minute and is cut.
      client
        .disconnect()
        .catch((thrown: unknown) => report("info", `a socket closed unwillingly: ${String(thrown)}`));
      setImmediate(cut);
    },
  };
}

/** undici hides the sockets of a WebSocket; a connector of one's own is the only way to keep hold of them. */
function createDispatcher(): { readonly dispatcher: Agent; readonly cut: () => void } {
  const connect = buildConnector({ allowH2: false });
  const sockets = new Set<{ destroy: () => unknown }>();
  const dispatcher = new Agent({
    connect: (options, callback) => {
      connect(options, (...result) => {
        const [error, socket] = result;
        // On a failure there is no second argument at all, whatever its type says.
        if (error === null) {
          sockets.add(socket);
          socket.once("close", () => sockets.delete(socket));
        }
        callback(...result);
      });
    },
  });
  return {
    dispatcher,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      void dispatcher.destroy();
    },
  };
}
