// Measured trust in memory: read from the journal at the start and after each decision or thumb, so that an answer costs no
// question. What can't be read leaves the figures as they were; nothing waits for it.
import type { Clock, Evidence, Journal } from "../ports.ts";
import type { Stakes } from "../proposal.ts";
import { evidenceReachMs, measure, stakesOrder } from "./measure.ts";
import type { AgentEvidence, EvalResult, Standing } from "./measure.ts";
import type { TrustSettings } from "./trust-config.ts";
import { evidenceWords } from "./trust-words.ts";

export type AgentTrust = {
  readonly standings: readonly Standing[];
  /** All of its evidence in words; empty: none. */
  readonly evidence: string;
};
/** What speaks against an agent where these stakes ask more of it. */
export type Doubt = { readonly stakes: Stakes; readonly evidence: AgentEvidence };
export type Trust = {
  readonly settings: TrustSettings;
  readonly of: (agent: string) => AgentTrust;
  readonly standing: (agent: string, stakes: Stakes) => Standing;
  /** Null: nothing speaks against it there. Asked for every answer, so it costs no question. */
  readonly doubtAt: (agent: string, stakes: Stakes) => Doubt | null;
  /** Reads what was judged since the last time. Never rejects. */
  readonly refresh: () => Promise<void>;
};
export type TrustDeps = {
  readonly journal: Pick<Journal, "evidence">;
  readonly clock: Pick<Clock, "now">;
  readonly settings: TrustSettings;
  readonly modelId: string;
  /** Of the model that is in use, as they are now. */
  readonly evals: () => readonly EvalResult[];
  readonly onTrouble: (thrown: unknown) => void;
};

/** What commits together may bear times this far apart. */
const overlapMs = 60_000;

export function createTrust(deps: TrustDeps): Trust {
  const { clock, settings, modelId, evals } = deps;
  const book = createBook(deps);
  const evidenceOf = (agent: string): AgentEvidence => ({
    judged: book.of(agent),
    evals: evals().find((one) => one.agent === agent && one.passed + one.failed > 0) ?? null,
  });
  const standing = (agent: string, stakes: Stakes): Standing =>
    measure(evidenceOf(agent), stakes, { settings, now: clock.now() });
  return {
    settings,
    standing,
    of: (agent) => ({
      standings: stakesOrder.map((stakes) => standing(agent, stakes)),
      evidence: evidenceWords(evidenceOf(agent), modelId),
    }),
    doubtAt: (agent, stakes) => {
      const evidence = evidenceOf(agent);
      if (evidence.judged.length === 0 && evidence.evals === null) return null;
      const { verdict } = measure(evidence, stakes, { settings, now: clock.now() });
      return verdict === "doubted" ? { stakes, evidence } : null;
    },
    refresh: book.refresh,
  };
}

type Book = Pick<Trust, "refresh"> & { readonly of: (agent: string) => readonly Evidence[] };

function createBook({ journal, clock, settings, onTrouble }: TrustDeps): Book {
  const byKey = new Map<string, Evidence>();
  let byAgent: ReadonlyMap<string, readonly Evidence[]> = new Map();
  let readAt: number | null = null;
  const read = async (): Promise<void> => {
    const now = clock.now();
    const oldest = now - evidenceReachMs(settings);
    for (const piece of await journal.evidence(readAt === null ? oldest : readAt - overlapMs))
      byKey.set(piece.key, piece);
    for (const [key, { at, kind }] of byKey) if (at < oldest || kind === "none") byKey.delete(key);
    byAgent = Map.groupBy(byKey.values(), ({ agent }) => agent);
    readAt = now;
  };
  return {
    of: (agent) => byAgent.get(agent) ?? [],
    refresh: async () => read().catch(onTrouble),
  };
}
