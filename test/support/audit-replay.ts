// What somebody with nothing but an export of the audit chain can know: where every proposal stands, and why. Written
// from the format alone; it shares no code with what wrote the chain.
import { z } from "zod";

const Line = z.strictObject({
  seq: z.number().int(),
  at: z.number().int(),
  kind: z.string(),
  subject: z.string(),
  body: z.string(),
  prev: z.string(),
  mac: z.string(),
});
const Move = z.looseObject({
  from: z.string().optional(),
  now: z.object({
    state: z.string(),
    expiresAt: z.number().nullable(),
    decidedBy: z.array(z.string()),
    decidedAt: z.number().nullable(),
    reason: z.string().nullable(),
    outcomeDetail: z.string().nullable(),
  }),
});
export type Replayed = z.infer<typeof Move>["now"];

/** Every proposal by id, as its rows lead to it. Throws where a row does not follow from those before it. */
export function replay(jsonLines: string): ReadonlyMap<string, Replayed> {
  const proposals = new Map<string, Replayed>();
  let before: { readonly seq: number; readonly mac: string } | null = null;
  for (const text of jsonLines.split("\n").filter((line) => line !== "")) {
    const row = Line.parse(JSON.parse(text));
    if (row.seq !== (before?.seq ?? 0) + 1) throw new Error(`row ${row.seq} follows ${before?.seq ?? 0}`);
    if (before !== null && row.prev !== before.mac) throw new Error(`row ${row.seq} breaks the chain`);
    before = row;
    if (row.kind !== "proposal" && row.kind !== "vote") continue;
    const { from, now } = Move.parse(JSON.parse(row.body));
    const stood = proposals.get(row.subject)?.state;
    if (row.kind === "proposal" && stood !== from)
      throw new Error(`${row.subject} moved from ${from ?? "nothing"}, but stood at ${stood ?? "nothing"}`);
    proposals.set(row.subject, now);
  }
  return proposals;
}
