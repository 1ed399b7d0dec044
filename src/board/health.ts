// What a supervisor and a monitoring system ask of a running Nova. Everything is read when it is asked for: nothing
// is sampled, timed or counted in between. Of texts there is one: why a connection is not what it should be, in the
// adapter's own words, never a message's.
import type { Hono } from "hono";
import { Counter, Gauge, Registry } from "prom-client";
import type { ChatAdapter, Clock, Health, Journal, ToolServers } from "../ports.ts";

export type HealthParts = {
  readonly adapters: readonly ChatAdapter[];
  readonly journal: Pick<Journal, "isWritable" | "figures">;
  readonly clock: Clock;
  /** Said, but no condition of readiness: without them Nova only lacks their tools. */
  readonly toolServers: Pick<ToolServers, "standing">;
  /** Said likewise: everything that needs no ERP goes on while one is away. */
  readonly erps: () => readonly Standing[];
};
type Figures = Awaited<ReturnType<Journal["figures"]>>;

/** A journal that does not answer for this long is not ready, whatever it will say later. */
const journalWaitMs = 2000;
/** No adapter says one; this page is open to whoever reaches it, so it looks again. */
const token = /xox[a-z]-\S+|xapp-\S+|[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}/gu;
const states: readonly Health["state"][] = ["connecting", "ready", "degraded", "fatal", "stopped"];

export function mountHealth(app: Hono, parts: HealthParts): void {
  const scrape = createScrape(parts);
  app.get("/healthz", (context) => context.text("alive\n"));
  app.get("/readyz", async (context) => {
    const standing = parts.adapters.map((adapter) => [adapter.surface, adapter.health()] as const);
    const isWritable = (await inTime(parts.clock, async () => parts.journal.isWritable())) ?? false;
    const isReady =
      isWritable && standing.every(([, { state }]) => state === "ready" || state === "degraded");
    const adapters = Object.fromEntries(standing.map(([surface, { state }]) => [surface, state]));
    const reasons = Object.fromEntries(
      standing
        .filter(([, { state }]) => state !== "ready")
        .map(([surface, { detail }]) => [surface, detail.replaceAll(token, "(token)")]),
    );
    const others = { mcp: parts.toolServers.standing(), erps: parts.erps() };
    const journal = isWritable ? "writable" : "not writable";
    const why = { ...reasons, ...reasonsOf("mcp", others.mcp), ...reasonsOf("erp", others.erps) };
    const body = { isReady, journal, adapters, reasons: why, ...statesOf(others) };
    return context.json(body, isReady ? 200 : 503);
  });
  app.get("/metrics", async (context) => {
    const { text, type } = await scrape();
    return context.body(text, 200, { "Content-Type": type });
  });
}

type Standing = { readonly name: string; readonly state: string; readonly detail: string };

const reasonsOf = (kind: string, standing: readonly Standing[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    standing
      .filter(({ state }) => state !== "ready")
      .map(({ name, detail }) => [`${kind}/${name}`, detail.replaceAll(token, "(token)")]),
  );

/** What is configured by kind and name, each with its state; a kind of which there is none is left out. */
const statesOf = (kinds: Readonly<Record<string, readonly Standing[]>>): object =>
  Object.fromEntries(
    Object.entries(kinds)
      .filter(([, standing]) => standing.length > 0)
      .map(([kind, standing]) => [
        kind,
        Object.fromEntries(standing.map(({ name, state }) => [name, state])),
      ]),
  );

/** Null when it fails or takes too long: for a probe both mean the same, and the journal's own log says which. */
async function inTime<T>(clock: Clock, ask: () => Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const cancel = clock.after(journalWaitMs, () => late.resolve(null));
  try {
    return await Promise.race([ask(), late.promise]);
  } catch {
    return null;
  } finally {
    cancel();
  }
}

type Scrape = () => Promise<{ readonly text: string; readonly type: string }>;

function createScrape({ adapters, journal, clock }: HealthParts): Scrape {
  const registry = new Registry();
  const setJournal = createJournalGauges(registry);
  const setProcess = createProcessGauges(registry);
  const adapterState = new Gauge({
    name: "nova_adapter_state",
    help: "1 for the state that the adapter is in.",
    labelNames: ["surface", "state"],
    registers: [registry],
  });
  return async () => {
    setJournal(await inTime(clock, async () => journal.figures()));
    for (const adapter of adapters) {
      const now = adapter.health().state;
      for (const state of states)
        adapterState.set({ surface: adapter.surface, state }, now === state ? 1 : 0);
    }
    setProcess();
    return { text: await registry.metrics(), type: registry.contentType };
  };
}

/** Figures that could not be read are left out, never repeated from the last time. */
function createJournalGauges(registry: Registry): (figures: Figures | null) => void {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  const readable = gauge("nova_journal_readable", "1 when the journal's figures could be read.");
  const turns = gauge("nova_turns", "Turns in the journal: open, or done with an outcome.", ["state"]);
  const outbox = gauge("nova_outbox", "Posts in the outbox: due, or dead because no platform takes them.", [
    "state",
  ]);
  return (figures) => {
    readable.set(figures === null ? 0 : 1);
    turns.reset();
    outbox.reset();
    if (figures === null) return;
    turns.set({ state: "open" }, figures.open);
    turns.set({ state: "done" }, figures.done);
    outbox.set({ state: "due" }, figures.outboxDue);
    outbox.set({ state: "dead" }, figures.dead);
  };
}

/** The usual names, without prom-client's default collectors: those run timers while nobody looks. */
function createProcessGauges(registry: Registry): () => void {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const cpu = new Counter({
    name: "process_cpu_seconds_total",
    help: "User and system CPU time, in seconds.",
    registers: [registry],
  });
  const resident = gauge("process_resident_memory_bytes", "Resident memory, in bytes.");
  const heap = gauge("nodejs_heap_size_used_bytes", "Heap in use, in bytes.");
  const uptime = gauge("nova_uptime_seconds", "Seconds since this process started.");
  return () => {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    // The kernel counts; this only passes its figure on.
    cpu.reset();
    cpu.inc((user + system) / 1_000_000);
    resident.set(rss);
    heap.set(heapUsed);
    uptime.set(process.uptime());
  };
}
