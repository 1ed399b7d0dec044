// The executing function over a real journal, with an ERP whose every answer a test may change: for proofs that need many
// cases and no platform.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { parseConfig } from "../../src/config.ts";
import type { ConfigInput } from "../../src/config.ts";
import { createDirectory } from "../../src/people.ts";
import { createJudge } from "../../src/approvals/judgement.ts";
import { createPolicy } from "../../src/approvals/policy.ts";
import type { AccountId } from "../../src/ids.ts";
import type { Erp, ExecuteOptions, Journal, Membership, Prepared } from "../../src/ports.ts";
import type { NewProposal, Proposal } from "../../src/proposal.ts";
import { toProposal } from "../../src/rooms/approvals.ts";
import { createSuccession } from "../../src/approvals/succession.ts";
import { createExecution } from "../../src/work/execution.ts";
import type { ExecuteApproved } from "../../src/work/execution.ts";
import { createTestEntropy } from "./entropy.ts";
import { createHandClock } from "./hand-clock.ts";
import type { HandClock } from "./hand-clock.ts";
import { cardOf, proposalOf, voteOf } from "./journal-samples.ts";

export type Sent = ExecuteOptions & { readonly prepared: Prepared };
export type ExecutionStage = {
  readonly journal: Journal;
  readonly clock: HandClock;
  readonly erp: Erp;
  /** Every deed that reached the ERP. */
  readonly sent: readonly Sent[];
  /** From now on the ERP answers like this. */
  readonly answers: (changes: Partial<Erp>) => void;
  /** What `prepare` says from now on, beside what it said when it was asked. */
  readonly shifts: (changes: Partial<Prepared>) => void;
  /** Asked by Kit, shown and approved, as `id`. */
  readonly approved: (id: string, changes?: Partial<NewProposal>) => Promise<void>;
  readonly execute: ExecuteApproved;
  /** From now on the platform says that of this account. */
  readonly calls: (account: AccountId, word: Membership) => void;
  /** A new process, with this config, beside the same ERP. */
  readonly restart: (config?: Partial<ConfigInput>) => Promise<void>;
  readonly get: (id: string) => Promise<Proposal>;
  readonly close: () => Promise<void>;
};

const people: ConfigInput["people"] = [
  { name: "Kit", ids: ["discord:1001"], role: "owner" },
  { name: "Ada", ids: ["discord:1003"], role: "owner" },
  { name: "Maya", ids: ["discord:1002"], role: "member" },
];
const projects: ConfigInput["projects"] = [
  { id: "sweeper-parts", name: "Sweeper Parts", channels: ["discord:2001"], agents: ["*"], erp: "main" },
];
const base: ConfigInput = { people, projects, erps: { main: { kind: "embedded" } } };
export const sample: Prepared = {
  ...proposalOf("p-0").prepared,
  command: { connector: "double", instance: "main", op: "order.confirm", args: { order: "SO-7" } },
  risk: { amountCents: 4000, currency: "EUR", isReversible: true, isExternal: false, records: 1 },
};

const routed = { job: "", handles: [], declines: [], stakes: "high", hasPlan: false } as const;
const roster = {
  toRouting: () => [{ id: "erp/sales", role: "erp" as const, hasEffects: true, ...routed }],
};

export function stageExecution(): ExecutionStage {
  const folder = mkdtempSync(join(tmpdir(), "nova-execution-"));
  const clock = createHandClock();
  const sent: Sent[] = [];
  let shift: Partial<Prepared> = {};
  let erp: Erp = doubleOf(sent, () => shift);
  const called = new Map<AccountId, Membership>();
  const platform = {
    surface: "discord",
    memberOf: async (account: AccountId) => called.get(account) ?? ("member" as const),
  } as const;
  let boots = 0;
  const boot = (config: Partial<ConfigInput>) => {
    boots += 1;
    const entropy = createTestEntropy(`execution ${boots}`);
    const journal = createSqliteJournal({ folder, clock, entropy });
    const parsed = parseConfig({ ...base, ...config }, "the test's config");
    const erps = new Map([["main", erp]]);
    const directory = createDirectory(parsed, clock);
    const policy = createPolicy(parsed, { directory, entropy, clock, erps, adapters: [platform] });
    const deps = { journal, clock, roster, policy, erps };
    const succeed = createSuccession(deps, policy);
    const execute = createExecution({
      ...deps,
      succeed,
      auditTrouble: async () => null,
      onMoved: () => undefined,
    });
    return { journal, policy, execute };
  };
  let current = boot({});
  const get = async (id: string): Promise<Proposal> => {
    const found = await current.journal.proposal(id);
    if (found === null) throw new Error(`there is no ${id}`);
    return found;
  };
  return {
    get journal() {
      return current.journal;
    },
    clock,
    get erp() {
      return erp;
    },
    sent,
    answers: (changes) => {
      Object.assign(erp, changes);
    },
    shifts: (changes) => {
      shift = changes;
    },
    calls: (account, word) => {
      called.set(account, word);
    },
    approved: async (id, changes = {}) => {
      const { prepared, thread, project, turn, requesterAccount } = proposalOf(id, { prepared: sample });
      const requester = "Kit";
      const draft = { ...proposalOf(id), prepared, declaredStakes: "low" as const };
      const judge = await createJudge(current.policy, current.journal, { project, drafts: [draft] });
      const from = { turn, run: null, project, thread, requester, requesterAccount, ...judge(draft) };
      const proposal = { ...toProposal(current.policy, draft, from), ...changes };
      await current.journal.propose(proposal, cardOf(id));
      for (const { id: card, rev } of await current.journal.claimDue())
        await current.journal.shown({ id: card, rev, platformId: card });
      await current.journal.decide(voteOf(id));
    },
    execute: async (id) => current.execute(id),
    restart: async (config = {}) => {
      await current.journal.close();
      erp = { ...erp };
      current = boot(config);
    },
    get,
    close: async () => {
      await current.journal.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Does whatever it is told, at once. */
function doubleOf(sent: Sent[], shift: () => Partial<Prepared>): Erp {
  return {
    connector: "double",
    name: "main",
    capabilities: () => ({
      preview: "exact",
      idempotency: "search",
      concurrency: "token",
      graceMs: 65_000,
      compensates: [],
    }),
    probe: async () => ({ operations: ["order.confirm"], detail: "" }),
    query: async () => ({ rows: [], total: 0 }),
    prepare: async (command) => ({ kind: "prepared", prepared: { ...sample, command, ...shift() } }),
    execute: async (_approval, prepared, options) => {
      sent.push({ ...options, prepared });
      return { kind: "ok", ids: [], detail: "" };
    },
    verify: async () => "applied",
    reconcile: async () => "applied",
    compensate: async () => null,
    close: async () => undefined,
  };
}
