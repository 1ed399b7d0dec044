// The gateway: HELLO, heartbeats, IDENTIFY, READY, RESUME with replay, op 7/9 and every final close.
// A session outlives its socket, so events of an outage are buffered and replayed exactly as Discord does.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GatewayCloseCodes, GatewayDispatchEvents } from "discord-api-types/v10";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import { isWanted, KNOWN, MESSAGE_CONTENT, PRIVILEGED } from "./intents.ts";
import { guildCreated, toUser, type Dispatch } from "./packets.ts";
import type { Recorder } from "./recorder.ts";
import { applicationFlags, type Settings } from "./settings.ts";
import { ids, type World } from "./world.ts";

/** Plain numbers: they are compared with what a client sent. */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

interface Frame {
  readonly op: number;
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly buffer: Frame[];
  seq: number;
  link: Link | null;
  /** When a session without a socket can no longer be resumed. */
  deadAtMs: number;
}

interface Link {
  readonly socket: WebSocket;
  readonly isResumeHost: boolean;
  session: Session | null;
  lastBeatMs: number;
  sends: number[];
}

const frameSchema = z.object({ op: z.number(), d: z.unknown() });
const identifySchema = z.object({
  token: z.string(),
  intents: z.number().int(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  compress: z.boolean().optional(),
  shard: z.tuple([z.number(), z.number()]).optional(),
});
const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

export interface Knobs {
  /** Answer the upgrade with this status instead of a WebSocket. */
  refuseUpgrade: number | null;
  /** Never send HELLO. */
  withholdHello: boolean;
  /** Never acknowledge a heartbeat: a zombie connection. */
  muteHeartbeats: boolean;
  /** Deliver every event this many times. */
  copies: number;
  /** Guilds stay unavailable. */
  withholdGuilds: boolean;
}

export interface Gateway {
  readonly knobs: Knobs;
  /** Live connections that are identified or resumed. */
  readonly connected: number;
  readonly identifies: number;
  identifyLeft(): number;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  dispatch(event: Dispatch, place: { readonly guildId: string | null }): void;
  /** The newest event of this type from a person once more, late, with the ids that it had. */
  repeat(type: Dispatch["t"]): void;
  /** Holds every event back until released, in order or reversed. */
  hold(): (order?: "same" | "reversed") => void;
  /** op 7, then the server closes. */
  askReconnect(): void;
  invalidateSessions(isResumable: boolean): void;
  closeAll(code: number): void;
  /** TCP reset: no close frame. */
  dropAll(): void;
  /** Sends any frame as it is. */
  sendRaw(text: string): void;
  forgetSessions(): void;
  close(): void;
}

export interface GatewayParts {
  readonly world: World;
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly token: { readonly value: string; valid: boolean };
  /** `ws://127.0.0.1:P`, known once the server listens. */
  readonly baseUrl: () => string;
}

export function createGateway(parts: GatewayParts): Gateway {
  const { settings, recorder, world } = parts;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const links = new Set<Link>();
  const knobs: Knobs = {
    refuseUpgrade: null,
    withholdHello: false,
    muteHeartbeats: false,
    copies: 1,
    withholdGuilds: false,
  };
  const counts = { identifies: 0, lastIdentifyMs: -Infinity, sessions: 0 };
  type Sent = { readonly event: Dispatch; readonly place: { readonly guildId: string | null } };
  const newest = new Map<Dispatch["t"], Sent>();
  let held: Sent[] | null = null;

  const send = (link: Link, frame: { op: number; d: unknown; s?: number; t?: string }) => {
    const full = { op: frame.op, d: frame.d ?? null, s: frame.s ?? null, t: frame.t ?? null };
    recorder.write("out", frame.t ?? `op ${frame.op}`, { body: frame.d });
    if (link.socket.readyState === link.socket.OPEN) link.socket.send(JSON.stringify(full));
  };
  const close = (link: Link, code: number, why: string) => {
    recorder.write("close", `${code}`, { body: why });
    link.socket.close(code, why);
  };
  const push = (session: Session, event: Dispatch) => {
    session.seq += 1;
    const frame: Frame = {
      op: OP.dispatch,
      s: session.seq,
      t: event.t,
      d: withoutContent(event, session.intents),
    };
    session.buffer.push(frame);
    if (session.link !== null) send(session.link, frame);
  };

  const identify = (link: Link, data: unknown) => {
    if (link.session !== null)
      return close(link, GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
    const parsed = identifySchema.safeParse(data);
    if (!parsed.success)
      return close(link, GatewayCloseCodes.DecodeError, parsed.error.message.slice(0, 100));
    const wanted = parsed.data;
    if (wanted.compress === true) recorder.violate("platform", "compress", "IDENTIFY asked for compression.");
    if (performance.now() - counts.lastIdentifyMs < settings.identifyGapMs) {
      return send(link, { op: OP.invalidSession, d: false });
    }
    if (counts.identifies >= settings.identifyBudget) parts.token.valid = false;
    if (!parts.token.valid || wanted.token !== parts.token.value) {
      return close(link, GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
    }
    if ((wanted.intents & ~KNOWN) !== 0)
      return close(link, GatewayCloseCodes.InvalidIntents, "Invalid intent(s).");
    if ((wanted.intents & PRIVILEGED & ~settings.privilegedIntents) !== 0) {
      return close(link, GatewayCloseCodes.DisallowedIntents, "Disallowed intent(s).");
    }
    counts.identifies += 1;
    counts.lastIdentifyMs = performance.now();
    counts.sessions += 1;
    const session: Session = {
      id: `session-${counts.sessions}`,
      intents: wanted.intents,
      buffer: [],
      seq: 0,
      link,
      deadAtMs: Infinity,
    };
    sessions.set(session.id, session);
    link.session = session;
    push(session, {
      t: GatewayDispatchEvents.Ready,
      d: {
        v: 10,
        user: toUser(world.bot),
        guilds: [...world.guilds.values()].map((guild) => ({ id: guild.id, unavailable: true })),
        session_id: session.id,
        resume_gateway_url: `${parts.baseUrl()}/resume`,
        shard: [0, 1],
        application: { id: ids.application, ...applicationFlags(settings), flags_new: "0" },
      },
    });
    if (knobs.withholdGuilds) return;
    for (const guild of world.guilds.values()) push(session, guildCreated(world, guild));
  };

  const resume = (link: Link, data: unknown) => {
    const parsed = resumeSchema.safeParse(data);
    if (!parsed.success) return close(link, GatewayCloseCodes.DecodeError, "Bad RESUME.");
    if (!link.isResumeHost)
      recorder.violate("platform", "resume-host", "RESUME did not use resume_gateway_url.");
    if (!parts.token.valid || parsed.data.token !== parts.token.value) {
      return close(link, GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
    }
    const session = sessions.get(parsed.data.session_id);
    if (session === undefined || session.deadAtMs < performance.now()) {
      return send(link, { op: OP.invalidSession, d: false });
    }
    if (parsed.data.seq > session.seq) return close(link, GatewayCloseCodes.InvalidSeq, "Invalid seq.");
    session.link?.socket.terminate();
    session.deadAtMs = Infinity;
    link.session = session;
    for (const frame of session.buffer.filter((held) => held.s > parsed.data.seq)) send(link, frame);
    session.link = link;
    push(session, { t: GatewayDispatchEvents.Resumed, d: undefined });
  };

  const receive = (link: Link, raw: string) => {
    const nowMs = performance.now();
    link.sends = [...link.sends.filter((at) => nowMs - at < 60_000), nowMs];
    if (link.sends.length > 120)
      return close(link, GatewayCloseCodes.RateLimited, "You are being rate limited.");
    if (Buffer.byteLength(raw) > 4096)
      return close(link, GatewayCloseCodes.DecodeError, "Payload too large.");
    const frame = parseFrame(raw);
    if (frame === null) return close(link, GatewayCloseCodes.DecodeError, "Error while decoding payload.");
    recorder.write("in", `op ${frame.op}`, { body: frame.op === 2 || frame.op === 6 ? "(token)" : frame.d });
    if (frame.op === OP.heartbeat) {
      link.lastBeatMs = nowMs;
      const ahead = typeof frame.d === "number" && frame.d > (link.session?.seq ?? 0);
      if (ahead)
        recorder.violate(
          "platform",
          "heartbeat-seq",
          `Heartbeat with ${String(frame.d)} that was never sent.`,
        );
      if (!knobs.muteHeartbeats) send(link, { op: OP.heartbeatAck, d: null });
      return undefined;
    }
    if (frame.op === OP.identify) return identify(link, frame.d);
    if (frame.op === OP.resume) return resume(link, frame.d);
    if (link.session === null) return close(link, GatewayCloseCodes.NotAuthenticated, "Not authenticated.");
    if (frame.op === OP.presence || frame.op === OP.voice) return undefined;
    recorder.violate("platform", "opcode", `The fake knows no opcode ${frame.op}.`);
    return close(link, GatewayCloseCodes.UnknownOpcode, "Unknown opcode.");
  };

  const onClose = (link: Link, code: number) => {
    links.delete(link);
    recorder.write("close", `client ${code}`);
    const { session } = link;
    if (session === null || session.link !== link) return;
    session.link = null;
    const isGone = code === 1000 || code === 1001;
    session.deadAtMs = isGone ? -Infinity : performance.now() + settings.resumeTtlMs;
  };

  const accept = (socket: WebSocket, url: URL) => {
    const link: Link = {
      socket,
      isResumeHost: url.pathname.startsWith("/resume"),
      session: null,
      lastBeatMs: performance.now(),
      sends: [],
    };
    links.add(link);
    recorder.write("open", url.pathname);
    const watch = setInterval(() => {
      if (performance.now() - link.lastBeatMs > settings.heartbeatMs * 1.5)
        close(link, GatewayCloseCodes.SessionTimedOut, "Session timed out.");
    }, settings.heartbeatMs / 2);
    socket.on("message", (data) => receive(link, textOf(data)));
    socket.on("error", () => undefined);
    socket.on("close", (code) => {
      clearInterval(watch);
      onClose(link, code);
    });
    if (url.searchParams.get("v") !== "10")
      return close(link, GatewayCloseCodes.InvalidAPIVersion, "Invalid API version.");
    if (url.searchParams.get("encoding") !== "json") recorder.violate("platform", "encoding", url.search);
    if (url.searchParams.has("compress")) recorder.violate("platform", "compress", url.search);
    if (!knobs.withholdHello) send(link, { op: OP.hello, d: { heartbeat_interval: settings.heartbeatMs } });
    return undefined;
  };

  return {
    knobs,
    get connected() {
      return [...sessions.values()].filter((session) => session.link !== null).length;
    },
    get identifies() {
      return counts.identifies;
    },
    identifyLeft: () => Math.max(0, settings.identifyBudget - counts.identifies),
    upgrade(request, stream, head) {
      if (knobs.refuseUpgrade !== null) {
        recorder.write("open", `refused ${knobs.refuseUpgrade}`);
        stream.end(
          `HTTP/1.1 ${knobs.refuseUpgrade} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
        );
        return;
      }
      server.handleUpgrade(request, stream, head, (socket) =>
        accept(socket, new URL(request.url ?? "/", "ws://127.0.0.1")),
      );
    },
    repeat(type) {
      const sent = newest.get(type);
      if (sent === undefined) throw new Error(`no ${type} was sent yet`);
      this.dispatch(sent.event, sent.place);
    },
    hold() {
      const mine: Sent[] = [];
      held = mine;
      return (order = "same") => {
        held = null;
        for (const { event, place } of order === "same" ? mine : mine.toReversed())
          this.dispatch(event, place);
      };
    },
    dispatch(event, place) {
      const isOwn = event.t === GatewayDispatchEvents.MessageCreate && event.d.author.id === ids.bot;
      if (!isOwn) newest.set(event.t, { event, place });
      if (held !== null) {
        held.push({ event, place });
        return;
      }
      for (const session of sessions.values()) {
        if (session.deadAtMs < performance.now() || !isWanted(event, session.intents, place.guildId))
          continue;
        for (let copy = 0; copy < knobs.copies; copy += 1) push(session, event);
      }
    },
    askReconnect() {
      for (const link of links) {
        send(link, { op: OP.reconnect, d: null });
        setTimeout(() => link.socket.terminate(), settings.reconnectGraceMs);
      }
    },
    invalidateSessions(isResumable) {
      for (const link of links) {
        send(link, { op: OP.invalidSession, d: isResumable });
        if (!isResumable) link.session = null;
      }
      if (!isResumable) sessions.clear();
    },
    closeAll(code) {
      for (const link of links) close(link, code, "closed by the test");
    },
    dropAll() {
      for (const link of links) link.socket.terminate();
    },
    sendRaw(text) {
      for (const link of links) link.socket.send(text);
    },
    forgetSessions: () => sessions.clear(),
    close() {
      for (const link of links) link.socket.terminate();
      server.close();
    },
  };
}

function parseFrame(raw: string): z.infer<typeof frameSchema> | null {
  try {
    const parsed = frameSchema.safeParse(JSON.parse(raw));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.isBuffer(data) ? data.toString("utf8") : Buffer.from(data).toString("utf8");
}

/** Without the privileged intent a guild message of someone else arrives empty, unless it mentions the bot. */
function withoutContent(event: Dispatch, intents: number): unknown {
  if (event.t !== GatewayDispatchEvents.MessageCreate && event.t !== GatewayDispatchEvents.MessageUpdate)
    return event.d;
  const { d } = event;
  const isExempt =
    d.guild_id === undefined || d.author.id === ids.bot || d.mentions.some((user) => user.id === ids.bot);
  if ((intents & MESSAGE_CONTENT) !== 0 || isExempt) return d;
  return { ...d, content: "", embeds: [], attachments: [], components: [] };
}
