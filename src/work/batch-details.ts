// Everything about a batch, for one person's eyes: each item with all that its approval binds, letter for letter. What
// has happened to one of them is told by the details of that item.
import { endsOf } from "../cards/batch-card.ts";
import { checkLines } from "../cards/card-checks.ts";
import { effectsOf } from "../cards/card-effects.ts";
import { boundUnder } from "../approvals/bound-before.ts";
import { termsOf } from "../cards/card.ts";
import { toExact } from "../cards/exact-text.ts";
import type { Batch } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import { stateWords } from "../cards/state-words.ts";

/** Of Markdown; `now` in epoch ms, `trust` in words. */
export function batchDetails({ items, unticked }: Batch, now: number, trust: string): string {
  const [lead] = items;
  if (lead === undefined) return "There is no item in this batch any more.";
  const { connector, instance, op } = lead.prepared.command;
  return [
    `**${items.length} × ${lead.effect} on one card**`,
    items.every(({ state }) => state === "proposed" || state === "pending")
      ? `${stateWords(lead)}; ${items.length - unticked.length} of ${items.length} ticked`
      : endsOf(items),
    `- asked by ${lead.requester}, prepared by ${lead.agent}`,
    `- ${trust}`,
    `- operation \`${op}\` at ${connector}/${instance}, policy ${lead.policyVersion}`,
    ...termsOf(lead, now).map((term) => `- ${term}`),
    ...items.flatMap((item) => ["", ...itemDetails(item, !unticked.includes(item.id))]),
  ].join("\n");
}

function itemDetails(item: Proposal, isTicked: boolean): readonly string[] {
  const { id, batch, prepared, state, outcomeDetail, commandHash, effectHash } = item;
  const isOpen = state === "proposed" || state === "pending";
  const stands = isOpen ? (isTicked ? "ticked" : "left out") : state.replaceAll("_", " ");
  const detail = outcomeDetail === null || outcomeDetail === "" ? "" : `: ${outcomeDetail}`;
  return [
    `**${batch?.number ?? 0} · ${prepared.summary}**`,
    `\`${id}\` ${stands}${detail}`,
    ...[...effectsOf(prepared), ...checkLines(item, true)].map((line) => `- ${line}`),
    `- command \`${commandHash}\``,
    `- effect \`${effectHash}\``,
    ...Object.entries(prepared.versionTokens).map(([record, token]) => `- ${record} at version \`${token}\``),
    `\`\`\`json\n${toExact(boundUnder(effectHash, prepared))}\n\`\`\``,
  ];
}
