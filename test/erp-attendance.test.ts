// An ERP under watch: asked at growing intervals while it is away, refused in one sentence meanwhile, and let alone where
// only one answer failed.
import { beforeEach, expect, test } from "vitest";
import { attendErp } from "../src/erp/erp-attendance.ts";
import type { Attended, ErpStanding } from "../src/erp/erp-attendance.ts";
import { NovaFailure } from "../src/failures.ts";
import type { Erp } from "../src/ports.ts";
import { ErpFault } from "../src/remote-erp/fault.ts";
import { createHandClock } from "./support/hand-clock.ts";
import type { HandClock } from "./support/hand-clock.ts";

const silent = new ErpFault("transport", "ERPNext did not answer: connect ECONNREFUSED.");
const shut = new ErpFault("key", "ERPNext does not accept the API key: make a new one.");
const page = { rows: [], total: 0 };
const stock = { kind: "stock", text: null, limit: 1 } as const;

let clock: HandClock;
let probes: number;
/** What the next answers are: an error, or that all is well. */
let mood: { probe: Error | null; query: Error | null };
let heard: ErpStanding["state"][];
let attended: Attended;

beforeEach(() => {
  clock = createHandClock();
  probes = 0;
  mood = { probe: null, query: null };
  heard = [];
  attended = attendErp(inner, {
    clock,
    ask: async () => attended.erp.probe(),
    onAsked: ({ state }) => void heard.push(state),
  });
});

const no = async (): Promise<never> => Promise.reject(new Error("not asked for here"));
const inner: Erp = {
  connector: "erpnext",
  name: "main",
  capabilities: () => ({
    preview: "computed",
    idempotency: "search",
    concurrency: "recheck",
    graceMs: 1,
    compensates: [],
  }),
  probe: async () => {
    probes += 1;
    if (mood.probe !== null) throw mood.probe;
    return { operations: ["order.confirm"], detail: "all well" };
  },
  query: async () => {
    if (mood.query !== null) throw mood.query;
    return page;
  },
  prepare: no,
  execute: no,
  verify: async () => "absent",
  reconcile: async () => "absent",
  compensate: no,
  close: async () => {},
};
/** Lets what was begun come to its end. */
const settle = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const refusalOf = async (asked: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await asked.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof NovaFailure)) throw new Error("it was not refused");
  expect(thrown.kind).toBe("erp.unavailable");
  return thrown.forPerson;
};

test("one that is away is asked again after 5, 10, 20, 40 and then every 60 s, until it is back", async () => {
  mood.probe = silent;
  await refusalOf(attended.erp.probe());
  const asked: number[] = [];
  for (let second = 1; second <= 200; second += 1) {
    const before = probes;
    clock.advance(1_000);
    await settle();
    if (probes > before) asked.push(second);
  }
  expect(asked).toEqual([5, 15, 35, 75, 135, 195]);
  mood.probe = null;
  clock.advance(60_000);
  await settle();
  expect(attended.standing()).toEqual({ state: "ready", detail: "all well" });
  expect(clock.waiting()).toBe(0);
});

test("meanwhile every question is refused at once in one sentence, and nothing reaches it", async () => {
  mood.probe = silent;
  await refusalOf(attended.erp.probe());
  expect(await refusalOf(attended.erp.query(stock))).toBe(
    "The ERP “main” can't be used right now (ERPNext did not answer: connect ECONNREFUSED); nothing was changed there, and I keep trying to reach it.",
  );
  const command = { connector: "erpnext", instance: "main", op: "order.confirm", args: {} };
  expect(await refusalOf(attended.erp.prepare(command))).toMatch(/^The ERP “main” can't be used/u);
  // What became of a deed is looked for all the same.
  expect(await attended.erp.reconcile("p-1", 0)).toBe("absent");
});

test("a login that is refused is said with its mend, and not tried again and again", async () => {
  mood.probe = shut;
  expect(await refusalOf(attended.erp.probe())).toMatch(
    /does not let Nova in \(ERPNext does not accept the API key: make a new one\)/u,
  );
  clock.advance(299_000);
  await settle();
  expect(probes).toBe(1);
  clock.advance(1_000);
  await settle();
  expect(probes).toBe(2);
});

test("one answer that never came is no outage: the ERP is asked, and stays", async () => {
  await attended.erp.probe();
  mood.query = silent;
  expect(await refusalOf(attended.erp.query(stock))).toMatch(/can't be used right now/u);
  await settle();
  expect(heard).toEqual(["ready", "ready"]);
  mood.query = null;
  expect(await attended.erp.query(stock)).toEqual(page);
});

test("an outage is noticed by the first question that it swallows", async () => {
  await attended.erp.probe();
  mood = { probe: silent, query: silent };
  await refusalOf(attended.erp.query(stock));
  await settle();
  expect(attended.standing().state).toBe("unreachable");
});

test("one that says nothing at all counts as away after ten seconds", async () => {
  const never = attendErp(
    { ...inner, probe: async () => new Promise<never>(() => undefined) },
    { clock, ask: no, onAsked: () => undefined },
  );
  const asked = refusalOf(never.erp.probe());
  clock.advance(10_000);
  expect(await asked).toMatch(/It does not answer in time/u);
});

test("one that answers, but not what Nova may do, still answers questions", async () => {
  mood.probe = new ErpFault("denied", "ERPNext does not allow this to Nova's user.");
  expect(await refusalOf(attended.erp.probe())).toMatch(/can't be asked what Nova may do there/u);
  expect(await attended.erp.query(stock)).toEqual(page);
  expect(attended.standing().state).toBe("unasked");
});

test("nothing is asked once Nova stops", async () => {
  mood.probe = silent;
  await refusalOf(attended.erp.probe());
  attended.stop();
  clock.advance(600_000);
  await settle();
  expect(probes).toBe(1);
});
