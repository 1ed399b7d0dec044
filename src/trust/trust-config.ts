// What `config/trust.ts` may say: how much each stakes level asks of an agent, and how evidence ages. Strict like the rest
// of the config, because a misspelt line must never mean "nothing is asked".
import { z } from "zod";
import { BootError } from "../boot-error.ts";
import { nearestNames } from "../nearest.ts";

const share = z.number().gt(0, "must be above 0").lt(1, "must be below 1");
const weight = z.number().gt(0, "must be above 0").max(1_000, "must be 1000 at most");

const Lines = z.strictObject({
  lowError: share,
  highError: share,
  enoughRows: z.number().int().positive().nullable(),
});
const Stakes = z.strictObject({ low: share, medium: share, high: share });
const Prior = z.strictObject({ good: weight, bad: weight });
const TrustShape = z.strictObject({
  /** Routing: the tolerated share of wrong automatic routes. */
  lines: Lines,
  /** The lower bound of the share of good answers that an answer of these stakes asks of its agent. */
  stakes: Stakes,
  /** After so many days a piece of evidence counts half. */
  halfLifeDays: z.number().gt(0, "must be above 0").max(3_650, "must be 3650 at most"),
  /** What is taken for granted of an agent that nobody has judged, as so many good and bad answers. */
  prior: Prior,
});
export type TrustSettings = z.infer<typeof TrustShape>;

const knownKeys = [TrustShape, Lines, Stakes, Prior].flatMap((shape) => Object.keys(shape.shape));

/** Throws BootError with one sentence per mistake. */
export function parseTrust(raw: unknown, file: string): TrustSettings {
  const parsed = TrustShape.safeParse(raw);
  const problems = parsed.success ? orderProblems(parsed.data) : parsed.error.issues.flatMap(sentencesOf);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new BootError(`${file} is not valid. ${problems.join(" ")}`);
}

function sentencesOf(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.map(String).join(".");
  const inside = path === "" ? "" : `${path}.`;
  if (issue.code !== "unrecognized_keys")
    return [`At ${path === "" ? "the top" : path}: ${issue.message.replace(/\.$/u, "")}.`];
  return issue.keys.map((key) => {
    const near = nearestNames(key, knownKeys, 1)[0];
    return `Unknown key "${inside}${key}"${near === undefined ? ": take it out." : `: did you mean "${near}"?`}`;
  });
}

/** More at stake must never ask less. */
function orderProblems({ stakes: { low, medium, high } }: TrustSettings): readonly string[] {
  return [
    ...(low > medium ? [`stakes.low (${low}) asks more than stakes.medium (${medium}): raise medium.`] : []),
    ...(medium > high ? [`stakes.medium (${medium}) asks more than stakes.high (${high}): raise high.`] : []),
  ];
}
