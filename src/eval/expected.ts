// Whether an answer is what its eval expects: the right arm of the contract, exactly the changes that should have been
// proposed, and then the check of the card itself.
import type { AgentCard, Eval } from "../agent.ts";
import type { Answered } from "./rehearsal.ts";

/** A question or a refusal is no answer where a reply is expected, and a reply is none where one of them is. */
export function isExpected(card: AgentCard, tried: Eval, { kept, proposed }: Answered): boolean {
  if (tried.arm === "needs") return proposed.length === 0 && kept.kind === "needs" && tried.expect(kept);
  if (tried.arm === "declined")
    return proposed.length === 0 && kept.kind === "declined" && kept.instead === tried.instead;
  const { proposes = [] } = tried;
  const isProposed =
    proposed.length === proposes.length && proposed.every(({ op }, at) => op === proposes[at]);
  const reply = card.reply.safeParse(kept.kind === "fulfilled" ? kept.value : null);
  return isProposed && reply.success && tried.expect(reply.data, proposed);
}
