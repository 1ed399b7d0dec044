// Everything that works once Nova knows who it is in a workspace: hearing, catching up, saying, put together.
import type { Backfill } from "../../src/surfaces/backfill.ts";
import type { ChatAdapter, Clock, Desk, Hear, Recall } from "../../src/ports.ts";
import { createAccounts } from "./accounts.ts";
import { createAskers } from "./askers.ts";
import { createCatchUp } from "./backfill.ts";
import { createBolt } from "./bolt.ts";
import { createHandOff } from "./hand-off.ts";
import type { HandOff } from "./hand-off.ts";
import type { Self } from "./inbound.ts";
import { readTalk } from "./talk.ts";
import { createLive } from "./live.ts";
import type { Live } from "./live.ts";
import type { Transport } from "./transport.ts";
import type { Clients, createLogger, Report } from "./wire.ts";

export type Running = {
  readonly handOff: HandOff;
  readonly catchUp: Backfill;
  readonly outbound: Live;
  readonly read: NonNullable<ChatAdapter["read"]>;
  readonly self: Self;
};
export type RunningParts = {
  readonly options: {
    readonly botToken: string;
    readonly apiUrl: string;
    readonly clock: Clock;
    readonly report: Report;
  };
  readonly clients: Clients;
  readonly transport: Transport;
  readonly logger: ReturnType<typeof createLogger>;
  readonly self: Self;
  readonly hear: Hear;
  readonly recall: Recall;
  readonly desk: Desk | null;
  readonly onFatal: (why: string) => void;
};

export function createRunning(parts: RunningParts): Running {
  const { options, clients, transport, self, hear, recall, desk, onFatal } = parts;
  const { clock, report } = options;
  const { sockets, http } = transport;
  const receiver = sockets === null ? http.receiver : sockets.receiver;
  const accounts = createAccounts({ client: clients.people, team: self.team, clock, report });
  const shared = { hear, self, accounts, clock, report };
  const catchUp = createCatchUp({ ...shared, client: clients.reads, recall });
  const { caughtUp } = catchUp;
  const askers = createAskers();
  const handOff = createHandOff({ ...shared, desk, askers, client: clients.people, caughtUp });
  createBolt({ ...options, receiver, handOff, self, logger: parts.logger });
  const outbound = createLive({ clients, botId: self.botId, clock, onFatal, askerOf: askers.of });
  const talk = { client: clients.reads, accounts, self };
  return { self, handOff, catchUp, outbound, read: async (thread, limit) => readTalk(talk, thread, limit) };
}
