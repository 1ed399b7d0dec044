// Tryton as an ERP of Nova's: plans are computed by reading, deeds bear a mark, and what happened is found out by reading
// back, never by Tryton's OK. Built and tested against Tryton 6.0.
import type { Clock, Erp } from "../../src/ports.ts";
import { createLane } from "../../src/remote-erp/lane.ts";
import { compensate, compensates } from "./compensation.ts";
import { execute, reconcile, verify } from "./execution.ts";
import type { House } from "./execution.ts";
import { operations } from "./operations.ts";
import { connector, prepare } from "./preparation.ts";
import { answerQuery } from "./queries.ts";
import { probeRights } from "./rights.ts";
import { createTryton } from "./rpc.ts";
import type { TrytonAccess } from "./rpc.ts";
import { limitMs } from "./wire.ts";

export type TrytonErpOptions = TrytonAccess & {
  /** The instance's name in the config. */
  readonly name: string;
  readonly clock: Pick<Clock, "now">;
};

/** Measured: a sale whose client was gone 15 ms after sending appeared up to 2.1 s later; a busy server takes far longer. */
const graceMs = Math.max(60_000, limitMs + 5_000);

/** Connects at the first question; `probe` asks one. Its refusals are sentences for a person. */
export function createTrytonErp(options: TrytonErpOptions): Erp {
  const tryton = createTryton(options);
  const { name, clock } = options;
  // One deed after the other: between looking and acting, no other approval of Nova's own may come.
  const inTurn = createLane(1);
  const house = (): House => ({
    name,
    desk: { tryton, today: new Date(clock.now()).toISOString().slice(0, 10) },
  });
  return {
    connector,
    name,
    capabilities: () => ({
      preview: "computed",
      idempotency: "search",
      concurrency: "token",
      graceMs,
      compensates,
    }),
    probe: async () => probeRights(tryton, [...operations.keys()]),
    query: async (query) => answerQuery(house().desk, query),
    prepare: async (command) => prepare(house(), command),
    execute: async (approval, prepared, run) =>
      inTurn(async () => execute(house(), { approval, prepared, run })),
    verify: async (prepared, actionId) => verify(house(), prepared, actionId),
    // Whether the grace is over is for the asker to judge: it knows since when it waits.
    reconcile: async (actionId) => reconcile(house(), actionId),
    compensate: async (prepared, actionId) => compensate(house(), prepared, actionId),
    close: async () => tryton.close(),
  };
}
