// A Nova over the fuzzers' till and door, which can die at a named moment: what its folder held then is what the next one
// finds, and nothing that the dead one still does arrives anywhere.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigInput } from "../../src/config.ts";
import type { Erp, Journal, Model } from "../../src/ports.ts";
import { bareDoor } from "../support/doors/bare.ts";
import type { BareDoor, Visitor } from "../support/doors/bare.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { createTill } from "../support/till-erp.ts";
import type { Till, TillMode } from "../support/till-erp.ts";

export const moments = [
  "kept",
  "decided",
  "begun",
  "before the deed",
  "behind the deed",
  "settled",
  "finished",
] as const;
export type Moment = (typeof moments)[number];
export type TillHouse = {
  readonly door: BareDoor;
  readonly till: Till;
  readonly clock: HandClock;
  readonly nova: NovaUnderTest;
  /** The embedded ERP that lies in the same folder, beside the till: nobody in the house asks it. */
  readonly books: () => Erp;
  /** Dies the next time this moment comes. */
  readonly dieAt: (moment: Moment) => void;
  /** Takes up what the dead one left, if it died, after `meddle` had its hands on it. True when it had died. */
  readonly rise: (meddle?: (folder: string) => void) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const at = (id: Visitor["id"], standing: Visitor["standing"] = "regular"): Visitor => ({ id, standing });
export const visitors = {
  kit: at("slack:T1/U1"),
  maya: at("slack:T1/U2"),
  gus: at("slack:T1/U3"),
  ada: at("slack:T1/U4"),
  stranger: at("slack:T1/U9"),
  bot: at("slack:T1/B1"),
  "kit's id in another workspace": at("slack:T2/U1"),
  "kit as an outsider": at("slack:T1/U1", "outsider"),
  "ada as an outsider": at("slack:T1/U4", "outsider"),
  "ada's id on another platform": at("discord:U4"),
} as const satisfies Record<string, Visitor>;

const config: Partial<ConfigInput> = {
  people: [
    { name: "Kit", ids: ["slack:T1/U1"], role: "owner" },
    { name: "Maya", ids: ["slack:T1/U2"], role: "member" },
    { name: "Gus", ids: ["slack:T1/U3"], role: "guest" },
    { name: "Ada", ids: ["slack:T1/U4"], role: "member" },
  ],
  approvals: { approvers: { low: ["Kit", "Ada"], medium: ["Kit", "Ada"], high: ["Kit", "Ada"] } },
};
const agentsFolder = new URL("../fixtures/till", import.meta.url).pathname;

/** Looks, pays what it was asked to pay, and says so. "pay Alder 1200: coffee" */
const cashier: Model = {
  id: "cashier",
  isLanguageModel: false,
  generate: async ({ messages }) => {
    const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
    const asked = messages.findLast(({ role }) => role === "user");
    const { to, cents } =
      /pay (?<to>\S+) (?<cents>\d+)/u.exec(asked?.role === "user" ? asked.text : "")?.groups ?? {};
    const steps = messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
    const done = steps.filter(({ role }) => role === "tools").length;
    const step = [
      { name: "lookAtTill", input: {} },
      { name: "pay", input: { to: to ?? "nobody", cents: Number(cents ?? 1) } },
    ][done] ?? { name: "reply", input: { answer: "It is prepared." } };
    return { text: "", calls: [{ id: `c${done}`, ...step }], stop: "tools", usage };
  },
};

export type TillHouseOptions = {
  readonly mode?: TillMode;
  readonly model?: Model;
  readonly approvals?: ConfigInput["approvals"];
};

export async function openTillHouse({
  mode = "key",
  model = cashier,
  approvals = config.approvals,
}: TillHouseOptions = {}): Promise<TillHouse> {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const till = createTill(mode, clock);
  const left = mkdtempSync(join(tmpdir(), "nova-died-"));
  let armed: Moment | null = null;
  let isDead = false;
  let client = till.connect();
  let folder = "";
  let books: Erp | null = null;
  const passes = (moment: Moment): void => {
    if (moment !== armed || isDead) return;
    armed = null;
    isDead = true;
    // As a kill would leave it: another process copies, so that no lock of this one's is touched.
    execFileSync("cp", ["-r", `${folder}/.`, left]);
    client.cut();
    door.cut();
  };
  till.listen = passes;
  const nova = await startNova({
    doors: [door],
    clock,
    config: { ...config, approvals },
    model,
    agentsFolder,
    beforeBoot: (home) => {
      folder = home;
      client = till.connect();
    },
    wrapErp: (embedded) => {
      books = embedded;
      return { ...client.erp, close: async () => embedded.close() };
    },
    wrapJournal: (journal) => watched(journal, passes),
  });
  return {
    door,
    till,
    clock,
    nova,
    books: () => {
      if (books === null) throw new Error("no house without books");
      return books;
    },
    dieAt: (moment) => {
      armed = moment;
    },
    rise: async (meddle = () => undefined) => {
      armed = null;
      if (!isDead) return false;
      await nova.restart({
        beforeBoot: (home) => {
          rmSync(home, { recursive: true });
          execFileSync("cp", ["-r", left, home]);
          rmSync(left, { recursive: true });
          execFileSync("mkdir", [left]);
          meddle(home);
          client = till.connect();
          isDead = false;
        },
      });
      return true;
    },
    close: async () => {
      await nova.close();
      rmSync(left, { recursive: true, force: true });
    },
  };
}

/** The journal, with an ear for the moments between its commits. */
function watched(journal: Journal, passes: (moment: Moment) => void): Journal {
  const then = <A extends readonly unknown[], T>(
    moment: Moment,
    act: (...args: A) => Promise<T>,
  ): ((...args: A) => Promise<T>) => {
    return async (...args) => {
      const result = await act(...args);
      passes(moment);
      return result;
    };
  };
  return {
    ...journal,
    keep: then("kept", async (...given: Parameters<Journal["keep"]>) => journal.keep(...given)),
    decide: then("decided", async (...given: Parameters<Journal["decide"]>) => journal.decide(...given)),
    beginExecute: then("begun", async (...given: Parameters<Journal["beginExecute"]>) =>
      journal.beginExecute(...given),
    ),
    settle: then("settled", async (...given: Parameters<Journal["settle"]>) => journal.settle(...given)),
    finish: then("finished", async (...given: Parameters<Journal["finish"]>) => journal.finish(...given)),
  };
}
