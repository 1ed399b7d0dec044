// The mark under an answer, in few words: that it is unverified and what speaks against its agent, or what a second look found.
import type { Doubt } from "./trust.ts";
import { againstWords } from "./trust-words.ts";

type Look = { readonly verdict: "holds" | "doubts" | "wrong"; readonly why: string };
/** A footer is one line, on a phone too. */
const whyLimit = 120;

/** E.g. "⚠ unverified at medium stakes: 2 rejected of 9 judged". */
export const markWords = ({ stakes, evidence }: Doubt): string =>
  `⚠ unverified at ${stakes} stakes: ${againstWords(evidence, stakes)}`;

/** The reviewer's sentence is a model's: one line, cut, and shown as it was said. */
export function lookWords({ verdict, why }: Look, mark: string): string {
  if (verdict === "holds") return `a second look holds it (${mark.replace("⚠ ", "")})`;
  const line = why.replaceAll(/[\s\p{C}]+/gu, " ").trim();
  const sentence =
    line.length > whyLimit ? `${line.slice(0, whyLimit - 1).replace(/[\ud800-\udbff]$/u, "")}…` : line;
  return `⚠ a second look ${verdict === "wrong" ? "says it is wrong" : "doubts it"}: “${sentence}”`;
}
