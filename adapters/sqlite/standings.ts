// Where a proposal stands, as its last audit row seals it: the row in the table must read exactly the same.
import type { Proposal } from "../../src/proposal.ts";

export type Standing = Pick<
  Proposal,
  | "state"
  | "expiresAt"
  | "decidedBy"
  | "decidedAt"
  | "reason"
  | "outcomeDetail"
  | "shownAt"
  | "remindAt"
  | "escalatedAt"
  | "runAt"
  | "result"
>;

/** The columns of a proposal's row that hold it. */
export type StandingRow = {
  readonly state: string;
  readonly expires_at: number | null;
  readonly decided_by: string;
  readonly decided_at: number | null;
  readonly reason: string | null;
  readonly outcome_detail: string | null;
  readonly shown_at: number | null;
  readonly remind_at: number | null;
  readonly escalated_at: number | null;
  readonly run_at: number | null;
  readonly result: string | null;
};

export const standingOf = (from: Standing): Standing => ({
  state: from.state,
  expiresAt: from.expiresAt,
  decidedBy: from.decidedBy,
  decidedAt: from.decidedAt,
  reason: from.reason,
  outcomeDetail: from.outcomeDetail,
  ...timesOf(from),
  ...(from.result == null ? {} : { result: from.result }),
});

/** As `standingOf` would be written, but from the row's own text: not even a space may differ. */
export const standingTextOf = (row: StandingRow): string => {
  const [state, expiresAt, decidedAt, reason, detail] = [
    row.state,
    row.expires_at,
    row.decided_at,
    row.reason,
    row.outcome_detail,
  ].map((value) => JSON.stringify(value));
  const times = timesOf({
    shownAt: row.shown_at,
    remindAt: row.remind_at,
    escalatedAt: row.escalated_at,
    runAt: row.run_at,
  });
  const set = Object.entries(times).map(([name, at]) => `,"${name}":${JSON.stringify(at)}`);
  if (row.result !== null) set.push(`,"result":${row.result}`);
  return `{"state":${state},"expiresAt":${expiresAt},"decidedBy":${row.decided_by},"decidedAt":${decidedAt},"reason":${reason},"outcomeDetail":${detail}${set.join("")}}`;
};

type Times = Pick<Standing, "shownAt" | "remindAt" | "escalatedAt" | "runAt">;
/** Only those that are set, so that rows from before them read as they were sealed. */
const timesOf = ({ shownAt, remindAt, escalatedAt, runAt }: Times): Times => ({
  ...(shownAt == null ? {} : { shownAt }),
  ...(remindAt == null ? {} : { remindAt }),
  ...(escalatedAt == null ? {} : { escalatedAt }),
  ...(runAt == null ? {} : { runAt }),
});
