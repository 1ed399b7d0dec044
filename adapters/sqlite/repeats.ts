// Whether a command was asked before: by its hash, in the channel where it would be asked again. A thread would be too
// narrow, because on some platforms every message of a channel begins one.
import { channelOf } from "../../src/ids.ts";
import type { ThreadId } from "../../src/ids.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { NewProposal, Proposal } from "../../src/proposal.ts";
import { partByTrust } from "./altered.ts";
import { batchesOf } from "./batches.ts";
import type { BatchPart } from "./batches.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { inBody } from "./repeats-schema.ts";

const sameCommand = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE ${inBody("commandHash")} = ?1 ORDER BY ord DESC`,
  row: ProposalRow,
};
const sameWish = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE ${inBody("sameness")} = ?1 ORDER BY ord DESC`,
  row: ProposalRow,
};

type Asked = Pick<NewProposal, "commandHash" | "sameness">;

function lastProposal(ledger: Ledger, thread: ThreadId, { commandHash, sameness }: Asked): Proposal | null {
  const rows = [
    ...ledger.store.all(sameCommand, commandHash),
    ...(sameness === undefined ? [] : ledger.store.all(sameWish, sameness)),
  ].toSorted((a, b) => b.created_at - a.created_at);
  const { trusted } = partByTrust(ledger, rows);
  return trusted.find((proposal) => channelOf(proposal.thread) === channelOf(thread)) ?? null;
}

export type RepeatPart = Pick<Journal, "lastProposal"> & BatchPart;
export const repeatsOf = (ledger: Ledger, group: GroupCommit): RepeatPart => ({
  ...batchesOf(ledger, group),
  lastProposal: async (thread, asked) => lastProposal(ledger, thread, asked),
});
