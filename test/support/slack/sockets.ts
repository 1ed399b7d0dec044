// Socket Mode: single-use tickets, hello, pings, envelopes to exactly one open socket, one acknowledgement per
// envelope on that same socket, and the four kinds of `disconnect`.

import { WebSocketServer } from "ws";
import { isRecord, textOf } from "./core.ts";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { Ledger, Settings, Timers } from "./core.ts";
import type { AttemptResult, Carrier, Delivery } from "./deliveries.ts";
import type { World } from "./world.ts";

type DisconnectReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

interface Link {
  number: number;
  socket: WebSocket;
  tcp: Duplex;
  retiring: boolean;
  isSilent: boolean;
  /** Answers pings, and loses whatever is sent over it. */
  isDeaf: boolean;
  stopPinging: () => void;
}

interface Pending {
  link: Link;
  kind: Delivery["kind"];
  settle: (result: AttemptResult) => void;
}

export interface Sockets extends Carrier {
  issueTicket: () => string;
  upgrade: (request: IncomingMessage, tcp: Duplex, head: Buffer) => void;
  /** Sockets that would get an envelope now. */
  openCount: () => number;
  disconnect: (reason: DisconnectReason, which?: "all" | "one") => void;
  /** Cuts TCP without a close frame. */
  drop: (which?: "all" | "one") => void;
  /** Stops answering pings and delivers nothing, while TCP stays open. */
  freeze: () => void;
  /** One socket answers pings as before, and carries nothing any more. */
  deafen: () => void;
  /** Sends anything at all, as text or binary, to every open socket. */
  sendRaw: (frame: string | Buffer) => void;
  /** Withholds `hello` from new connections while true. */
  withholdHello: (withhold: boolean) => void;
  close: () => void;
}

interface Parts {
  settings: Settings;
  ledger: Ledger;
  timers: Timers;
  world: World;
  random: () => number;
}

export function createSockets({ settings, ledger, timers, world, random }: Parts): Sockets {
  const server = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: 64 * 1024 * 1024 });
  const tickets = new Map<string, number>();
  const links = new Set<Link>();
  const tcps = new Set<Duplex>();
  const pending = new Map<string, Pending>();
  const answered = new Set<string>();
  const expired = new Set<string>();
  let numbers = 0;
  let helloWithheld = false;

  const usable = () =>
    [...links].filter((link) => !link.retiring && link.socket.readyState === link.socket.OPEN);

  const send = (link: Link, frame: Record<string, unknown>) => {
    ledger.record({ kind: "frame.out", name: textOf(frame["type"]), body: frame, socket: link.number });
    link.socket.send(JSON.stringify(frame));
  };

  const retire = (link: Link, reason: DisconnectReason) => {
    link.retiring = true;
    send(link, { type: "disconnect", reason, debug_info: { host: "fake-slack" } });
    const lead = reason === "warning" ? settings.times.closeAfterWarningMs : 0;
    if (reason === "warning") timers.after(lead, () => link.socket.close(1000));
  };

  const onAck = (link: Link, frame: Record<string, unknown>) => {
    const envelopeId = textOf(frame["envelope_id"]);
    ledger.record({ kind: "frame.in", name: "ack", body: frame, envelopeId, socket: link.number });
    const waiting = pending.get(envelopeId);
    if (waiting === undefined) {
      if (answered.has(envelopeId)) ledger.violate("house", "acknowledged twice", frame);
      else if (expired.has(envelopeId)) ledger.violate("house", "acknowledged too late", frame);
      else ledger.violate("platform", "acknowledged an unknown envelope", frame);
      return;
    }
    if (waiting.link !== link) ledger.violate("platform", "acknowledged on another socket", frame);
    const payload = frame["payload"];
    const hasResponse = isRecord(payload) && Object.keys(payload).length > 0;
    if (hasResponse && waiting.kind === "events_api")
      ledger.violate("platform", "answered an event in its ack", frame);
    pending.delete(envelopeId);
    answered.add(envelopeId);
    waiting.settle(hasResponse ? { acked: true, response: payload } : { acked: true });
  };

  const onFrame = (link: Link, data: RawData) => {
    const raw = Buffer.isBuffer(data) ? data.toString("utf8") : "";
    let frame: unknown;
    try {
      frame = JSON.parse(raw);
    } catch {
      frame = raw;
    }
    if (!isRecord(frame) || typeof frame["envelope_id"] !== "string") {
      ledger.violate("platform", "sent a frame that is no acknowledgement", raw.slice(0, 200));
      return;
    }
    onAck(link, frame);
  };

  const gone = (link: Link) => {
    if (!links.delete(link)) return;
    link.stopPinging();
    ledger.record({ kind: "socket.close", name: "closed", socket: link.number });
    for (const [envelopeId, waiting] of pending) {
      if (waiting.link !== link) continue;
      pending.delete(envelopeId);
      waiting.settle({ acked: false, reason: "timeout" });
    }
  };

  const greet = (link: Link) => {
    const connections = [...links].filter((one) => !one.retiring).length;
    const debug_info = { host: "fake-slack", build_number: 1, approximate_connection_time: 3600 };
    if (helloWithheld) return;
    const connection_info = { app_id: world.appId };
    send(link, { type: "hello", num_connections: connections, debug_info, connection_info });
  };

  const accept = (socket: WebSocket, tcp: Duplex) => {
    const link: Link = {
      number: (numbers += 1),
      socket,
      tcp,
      retiring: false,
      isSilent: false,
      isDeaf: false,
      stopPinging: () => {},
    };
    const ping = () => {
      if (socket.readyState !== socket.OPEN) return;
      if (!link.isSilent) socket.ping();
      link.stopPinging = timers.after(settings.times.pingMs, ping);
    };
    links.add(link);
    ledger.record({ kind: "socket.open", name: "opened", socket: link.number });
    socket.on("message", (data) => onFrame(link, data));
    socket.on("ping", (data) => {
      if (!link.isSilent) socket.pong(data);
    });
    socket.on("error", (error) => ledger.violate("platform", "broke the WebSocket protocol", error.message));
    tcp.on("close", () => gone(link));
    if (usable().length > settings.maxSockets) {
      retire(link, "too_many_websockets");
      socket.close(1000);
      return;
    }
    greet(link);
    link.stopPinging = timers.after(settings.times.pingMs, ping);
  };

  const refuse = (tcp: Duplex, status: string) => {
    tcp.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  };

  return {
    issueTicket() {
      const ticket = crypto.randomUUID();
      tickets.set(ticket, Date.now());
      return ticket;
    },
    upgrade(request, tcp, head) {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const ticket = url.searchParams.get("ticket") ?? "";
      const issuedAt = tickets.get(ticket);
      tickets.delete(ticket);
      if (
        url.pathname !== "/link" ||
        issuedAt === undefined ||
        Date.now() - issuedAt > settings.times.ticketMs
      ) {
        ledger.violate("platform", "connected without a fresh ticket", request.url);
        refuse(tcp, "403 Forbidden");
        return;
      }
      tcps.add(tcp);
      tcp.on("close", () => tcps.delete(tcp));
      tcp.on("error", () => tcp.destroy());
      tcp.on("end", () => tcp.destroy());
      server.handleUpgrade(request, tcp, head, (socket) => {
        // The real Slack leaves TCP open after the close handshake, so the product must not wait for its end.
        Object.assign(tcp, { end: () => tcp });
        accept(socket, tcp);
      });
    },
    async attempt(delivery) {
      const open = usable().filter((link) => !link.isSilent);
      const link = open[Math.floor(random() * open.length)];
      if (link === undefined) return { acked: false, reason: "timeout" };
      const envelopeId = crypto.randomUUID();
      const { promise, resolve } = Promise.withResolvers<AttemptResult>();
      const stop = timers.afterAwake(settings.times.ackMs, () => {
        if (!pending.delete(envelopeId)) return;
        expired.add(envelopeId);
        resolve({ acked: false, reason: "timeout" });
      });
      const settle = (result: AttemptResult) => {
        stop();
        resolve(result);
      };
      pending.set(envelopeId, { link, kind: delivery.kind, settle });
      const isEvent = delivery.kind === "events_api";
      if (link.isDeaf) return promise;
      const retry = isEvent ? { retry_attempt: delivery.attempt, retry_reason: delivery.reason ?? "" } : {};
      send(link, {
        envelope_id: envelopeId,
        type: delivery.kind,
        payload: delivery.payload,
        accepts_response_payload: !isEvent,
        ...retry,
      });
      return promise;
    },
    openCount: () => usable().length,
    disconnect(reason, which = "all") {
      if (reason === "link_disabled") world.appTokenState = "link_disabled";
      for (const link of which === "all" ? usable() : usable().slice(0, 1)) retire(link, reason);
    },
    drop(which = "all") {
      for (const link of which === "all" ? [...links] : usable().slice(0, 1)) link.tcp.destroy();
    },
    freeze() {
      for (const link of links) link.isSilent = true;
    },
    deafen() {
      for (const link of usable().slice(0, 1)) link.isDeaf = true;
    },
    sendRaw(frame) {
      for (const link of usable()) {
        ledger.record({ kind: "frame.out", name: "raw", socket: link.number });
        link.socket.send(frame);
      }
    },
    withholdHello(withhold) {
      helloWithheld = withhold;
    },
    close() {
      for (const tcp of tcps) tcp.destroy();
      server.close();
    },
  };
}
