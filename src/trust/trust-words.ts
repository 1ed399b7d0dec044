// Trust in words: how an agent stands, and by which evidence.
import type { Evidence, EvidenceKind } from "../ports.ts";
import type { Stakes } from "../proposal.ts";
import { stakesOrder } from "./measure.ts";
import type { AgentEvidence, Standing } from "./measure.ts";

const kinds: readonly { readonly kind: EvidenceKind; readonly one: string; readonly many: string }[] = [
  { kind: "approved", one: "approved as asked", many: "approved as asked" },
  { kind: "edited", one: "edited", many: "edited" },
  { kind: "rejected", one: "rejected", many: "rejected" },
  { kind: "up", one: "thumb up", many: "thumbs up" },
  { kind: "down", one: "thumb down", many: "thumbs down" },
];

/** E.g. "12 approved as asked, 2 edited, 1 rejected, 3 thumbs up; 6 of 6 evals on claude-…"; empty: there is none. */
export function evidenceWords({ judged, evals }: AgentEvidence, modelId: string): string {
  const people = countWords(judged);
  const measured =
    evals === null ? "" : `${evals.passed} of ${evals.passed + evals.failed} evals on ${modelId}`;
  return [people, measured].filter((words) => words !== "").join("; ");
}

/** What speaks against an agent at these stakes, e.g. "2 rejected, 1 thumb down of 9 judged; 4 of 6 evals failed". */
export function againstWords({ judged, evals }: AgentEvidence, stakes: Stakes): string {
  const rank = stakesOrder.indexOf(stakes);
  const here = judged.filter(({ kind, stakes: of }) => {
    if (kind === "edited") return true;
    return speaksFor.has(kind) ? stakesOrder.indexOf(of) >= rank : stakesOrder.indexOf(of) <= rank;
  });
  const against = countWords(here.filter(({ kind }) => !speaksFor.has(kind)));
  const failed =
    evals === null || evals.failed === 0
      ? ""
      : `${evals.failed} of ${evals.passed + evals.failed} evals failed`;
  const people = against === "" ? "" : `${against} of ${here.length} judged`;
  return [people, failed].filter((words) => words !== "").join("; ");
}
const speaksFor: ReadonlySet<EvidenceKind> = new Set<EvidenceKind>(["approved", "up"]);

function countWords(judged: readonly Evidence[]): string {
  const count = (kind: EvidenceKind): number => judged.filter((piece) => piece.kind === kind).length;
  return kinds
    .map(({ kind, one, many }) => ({ times: count(kind), one, many }))
    .filter(({ times }) => times > 0)
    .map(({ times, one, many }) => `${times} ${times === 1 ? one : many}`)
    .join(", ");
}

function verdictWords({ verdict, hasEvidence }: Standing): string {
  if (verdict === "unproven") return hasEvidence ? "not enough evidence yet" : "no evidence yet";
  if (verdict === "doubted") return "doubted";
  return hasEvidence ? "trusted" : "taken on trust";
}

const listed = new Intl.ListFormat("en-GB");
/** E.g. "low, medium and high". */
export const stakesWords = (stakes: readonly Stakes[]): string => listed.format(stakes);

/** E.g. "low trusted, medium and high no evidence yet". */
export function standingsWords(standings: readonly Standing[]): string {
  return [...Map.groupBy(standings, verdictWords)]
    .map(([words, group]) => `${stakesWords(group.map(({ stakes }) => stakes))} ${words}`)
    .join(", ");
}

/** E.g. "medium stakes: doubted, at least 0.55 good by the evidence, 0.75 asked". */
export const figureWords = (standing: Standing): string =>
  `${standing.stakes} stakes: ${verdictWords(standing)}, ${standing.bound.toFixed(2)} of ${standing.line.toFixed(2)}`;
