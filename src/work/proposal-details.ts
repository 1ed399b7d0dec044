// Everything about one proposal, for one person's eyes: what the card leaves out on a phone, the hashes that the approval
// binds, and what the audit chain says happened to it.
import { z } from "zod";
import { decidersOf } from "../approvals/authority.ts";
import { boundUnder } from "../approvals/bound-before.ts";
import { checkLines } from "../cards/card-checks.ts";
import { effectsOf } from "../cards/card-effects.ts";
import { termsOf } from "../cards/card.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Clock, Journal, TrailRow } from "../ports.ts";
import { say } from "../post.ts";
import type { Proposal } from "../proposal.ts";
import { resultLines } from "../cards/result-words.ts";
import { stateWords } from "../cards/state-words.ts";
import { toExact } from "../cards/exact-text.ts";
import type { Trust } from "../trust/trust.ts";
import { figureWords } from "../trust/trust-words.ts";
import { batchDetails } from "./batch-details.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "trail" | "batch">;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly trust: Pick<Trust, "standing" | "of">;
};

export function createDetailsWorker(deps: Deps): (task: Task<"details">) => Promise<Draft> {
  return async (task) => {
    const { person, message, assignment } = task;
    const privately = (text: string): Draft =>
      answered(task, say(text, { kind: "notice", only: message.account.id }));
    if (person.class !== "owner" && person.class !== "member")
      return privately("Only the owner and members can look behind a card.");
    const proposal = await deps.journal.proposal(assignment.proposal);
    if (proposal === null) return privately(`There is no proposal ${assignment.proposal} any more.`);
    // The card of a batch goes by its first item's name; every other item is asked after by its own.
    if (proposal.batch?.lead === proposal.id)
      return privately(
        batchDetails(
          await deps.journal.batch(proposal.id),
          deps.clock.now(),
          trustWords(deps.trust, proposal),
        ),
      );
    return privately(detailsOf(deps, proposal, await deps.journal.trail(proposal.id)));
  };
}

function detailsOf(deps: Deps, proposal: Proposal, trail: readonly TrailRow[]): string {
  const { prepared } = proposal;
  const may = decidersOf(deps.directory, proposal);
  const list = (title: string, rows: readonly string[]): readonly string[] =>
    rows.length === 0 ? [] : [`**${title}**`, ...rows.map((row) => `- ${row}`)];
  return [
    `**${prepared.summary}**`,
    stateWords(proposal),
    ...list("What changes", effectsOf(prepared)),
    ...list("Outcome", resultLines(proposal)),
    ...list("Checks", checkLines(proposal, true)),
    ...list("Terms", termsOf(proposal, deps.clock.now())),
    ...list("Who", [
      `asked by ${proposal.requester}, prepared by ${proposal.agent} (${proposal.effect})`,
      trustWords(deps.trust, proposal),
      `may decide: ${may.length === 0 ? "nobody who is still listed" : may.join(", ")}; ${proposal.minApprovals} needed`,
    ]),
    ...list("Bound by the approval", [
      `operation \`${prepared.command.op}\` at ${prepared.command.connector}/${prepared.command.instance}`,
      `command \`${proposal.commandHash}\``,
      `effect \`${proposal.effectHash}\``,
      ...Object.entries(prepared.versionTokens).map(([record, token]) => `${record} at version \`${token}\``),
      `policy ${proposal.policyVersion}`,
    ]),
    ...list("On record", trail.map(trailLine)),
    // Last: it is long, and what does not fit a message goes along as a file.
    "**Letter for letter**",
    `\`\`\`json\n${toExact(boundUnder(proposal.effectHash, prepared))}\n\`\`\``,
  ].join("\n");
}

/** How far its agent has earned this; whatever it says, people decide. */
function trustWords(trust: Deps["trust"], { agent, stakes }: Proposal): string {
  const standing = trust.standing(agent, stakes);
  const { evidence } = trust.of(agent);
  return `trust in ${agent} at ${figureWords(standing)} asked${evidence === "" ? "" : ` (${evidence})`}`;
}

const Body = z.looseObject({
  person: z.string().optional(),
  decision: z.string().optional(),
  isTicked: z.boolean().optional(),
  now: z.looseObject({ state: z.string(), outcomeDetail: z.string().nullish() }).optional(),
});

function trailLine({ at, kind, body }: TrailRow): string {
  const parsed = Body.safeParse(parseJson(body));
  const when = `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  if (!parsed.success) return `${when} ${kind}`;
  const { person, decision, isTicked, now } = parsed.data;
  if (kind === "reminder") return `${when} reminded: nobody had decided by half of its time`;
  if (kind === "vote") return `${when} ${person ?? "somebody"} pressed ${decision ?? "a button"}`;
  if (kind === "tick") return `${when} ${isTicked === true ? "taken in again" : "left out of its batch"}`;
  const detail = now?.outcomeDetail ?? "";
  return `${when} ${now?.state ?? kind}${detail === "" ? "" : `: ${detail}`}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
