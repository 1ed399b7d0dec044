// The board's part on trust: whom the evidence speaks against, and by what. Everybody else keeps to what is asked of them.
import type { Board, BoardPart } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { doubtedAmong } from "../trust/doubted.ts";
import type { Trust } from "../trust/trust.ts";
import { minuteOf } from "./board-time.ts";

const rowLimit = 8;

type Measured = { readonly trust: Pick<Trust, "of">; readonly roster: Roster };

export const withTrust = (board: Board, measured: Measured): Board => ({
  ...board,
  parts: [...board.parts, trustPart(measured, board.at)],
});

function trustPart({ trust, roster }: Measured, at: number): BoardPart {
  const doubted = doubtedAmong(trust, roster.entries);
  return {
    title: "Trust",
    rows: doubted.slice(0, rowLimit).map(({ agent, stakes, evidence }) => ({
      mark: "ill",
      text: `${agent} is doubted at ${stakes} stakes: ${evidence}`,
      at: null,
      link: null,
    })),
    more: Math.max(0, doubted.length - rowLimit),
    none: "Nothing speaks against any agent.",
    freshness: `by decisions, thumbs and evals, ${minuteOf(at, at)}`,
  };
}
