// Whether the audit chain can be believed: its rows by their seals, its end by the file beside the database, and every
// proposal and vote by its last sealed row. Before something runs only what may have changed is walked again.
import { statSync } from "node:fs";
import { z } from "zod";
import { NovaFailure, toFailure } from "../../src/failures.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { AuditVerdict } from "../../src/ports/journal-rows.ts";
import { chainStart } from "./audit.ts";
import type { ChainPlace } from "./audit.ts";
import type { AuditHead } from "./audit-head.ts";
import type { ErpRecords } from "./erp-records.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow, verifiedProposal } from "./proposals.ts";
import { alteredRow } from "./altered-rows.ts";
import { assertEffect } from "./effect-rows.ts";
import { assertTicks } from "./ticks.ts";
import { assertVotes } from "./votes.ts";

export type AuditPart = Pick<Journal, "verifyAudit" | "proveAudit" | "auditRows" | "acceptAudit">;
type Proof = {
  readonly ledger: Ledger;
  readonly head: AuditHead;
  readonly file: string;
  readonly erps: ErpRecords;
};
type Sound = { readonly place: ChainPlace; readonly version: string };

export function auditOf(proof: Proof, { commit }: Pick<GroupCommit, "commit">): AuditPart {
  const { audit } = proof.ledger;
  let sound: Sound | null = null;
  const verify = async (): Promise<AuditVerdict> => {
    const version = versionOf(proof);
    const verdict = await verifyAll(proof);
    sound = verdict.brokenAt === null ? { place: placeOf(proof, verdict), version } : null;
    return verdict;
  };
  return {
    verifyAudit: verify,
    proveAudit: async () => {
      const { place, version } = sound ?? { place: chainStart, version: "" };
      const isSame = version === versionOf(proof) && audit.sealAt(place.seq) === place.mac;
      if (!isSame) return verify();
      const verdict = withErps(proof, endOf(proof, await audit.walk(place)));
      sound = verdict.brokenAt === null ? { place: placeOf(proof, verdict), version } : null;
      return verdict;
    },
    auditRows: async (afterSeq, limit) => audit.page(afterSeq, limit),
    acceptAudit: async () => {
      const found = await audit.walk(chainStart);
      const inside = found.brokenAt === null ? await verifyStandings(proof, found) : found;
      if (inside.brokenAt !== null) throw new NovaFailure("audit.broken", inside.why ?? "");
      const lost = proof.head.fault();
      if (lost !== null) {
        proof.head.accept();
        await commit(() =>
          audit.append({ kind: "audit.accepted", subject: "audit", body: JSON.stringify({ lost }) }),
        );
      }
      return verify();
    },
  };
}

/** The seal of the last row that was walked; a chain that was cut meanwhile has none, and is walked anew. */
const placeOf = ({ ledger }: Proof, { rows }: AuditVerdict): ChainPlace => ({
  seq: rows,
  mac: ledger.audit.sealAt(rows) ?? "",
});

const dataVersion = {
  sql: "PRAGMA data_version",
  row: z.object({ data_version: z.number() }),
};

/** Changes when another hand writes: through SQLite the first half, past it the second. */
function versionOf({ ledger, file }: Proof): string {
  const version = ledger.store.get(dataVersion)?.data_version ?? 0;
  return `${version}:${statSync(file).mtimeMs}`;
}

async function verifyAll(proof: Proof): Promise<AuditVerdict> {
  const walked = await proof.ledger.audit.walk(chainStart);
  const chain = endOf(proof, walked);
  if (chain.brokenAt === null) return verifyStandings(proof, chain);
  const inside = walked.brokenAt === null ? await verifyStandings(proof, walked) : walked;
  return inside.brokenAt === null ? { ...chain, isLostEnd: true } : chain;
}

function endOf({ head }: Proof, chain: AuditVerdict): AuditVerdict {
  const why = chain.brokenAt === null ? head.fault() : null;
  return why === null ? chain : { rows: chain.rows, brokenAt: chain.rows, why };
}

const ProposalPage = ProposalRow.extend({ ord: z.number().int() });
const pageAfter = {
  sql: `SELECT ord, ${proposalColumns} FROM proposal WHERE ord > ?1 ORDER BY ord LIMIT 200`,
  row: ProposalPage,
};

/** Each proposal stands exactly where its last audit row says, with exactly the votes that were sealed. */
async function verifyStandings(proof: Proof, chain: AuditVerdict): Promise<AuditVerdict> {
  const { ledger } = proof;
  let page = ledger.store.all(pageAfter, Number.MIN_SAFE_INTEGER);
  for (; page.length > 0; page = ledger.store.all(pageAfter, page.at(-1)?.ord ?? Number.MAX_SAFE_INTEGER)) {
    for (const row of page) {
      try {
        verifiedProposal(ledger, row);
        assertVotes(ledger, row.id);
        assertEffect(ledger, row.id);
        assertTicks(ledger, row.id);
      } catch (error) {
        return { rows: chain.rows, brokenAt: chain.rows, why: toFailure(error).detail };
      }
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const missing = missingProposal(ledger, chain);
  const why = missing.brokenAt === null ? await alteredRow(ledger) : null;
  return why === null ? withErps(proof, missing) : { rows: chain.rows, brokenAt: chain.rows, why };
}

/** A sound record goes on in the lists that ERPs keep of what was done there. */
function withErps({ erps }: Proof, chain: AuditVerdict): AuditVerdict {
  const why = chain.brokenAt === null ? erps.fault() : null;
  return why === null ? chain : { rows: chain.rows, brokenAt: chain.rows, why };
}

const withoutRow = {
  sql: `SELECT a.subject FROM audit a WHERE a.kind = 'proposal'
    AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.id = a.subject) LIMIT 1`,
  row: z.object({ subject: z.string() }),
};

function missingProposal({ store }: Ledger, chain: AuditVerdict): AuditVerdict {
  const gone = store.get(withoutRow);
  if (gone === null) return chain;
  const why = `Proposal ${gone.subject} was taken out of the journal outside Nova.`;
  return { rows: chain.rows, brokenAt: chain.rows, why };
}
