// No command carries a secret: it would be kept in the journal, stand on the card, and never look the same twice beside the
// redacted effect. What an agent puts into the arguments is refused before an ERP or a tool server sees it.
import type { ErpCommand, Json, PrepareResult } from "../ports.ts";
import type { Redact } from "../secrets.ts";

/** The refusal names the secret and never says it, so the agent may mend its call; null: there is none in it. */
export function refusedArgs({ args }: ErpCommand, redact: Redact): PrepareResult | null {
  const texts = textsIn(args);
  const cleaned = texts.map(redact);
  if (cleaned.every((text, index) => text === texts[index])) return null;
  const named = [...new Set(cleaned.join("\n").match(/\[secret:[^\]]*\]/gu))].join(" and ");
  return {
    kind: "refused",
    why: `What was asked for contains ${named}, a secret of Nova's own, so nothing is proposed (secret_in_args). Leave it out: Nova logs in by itself, and no record should hold it.`,
  };
}

/** Names and values, each as it is: in the JSON of the whole a text that is JSON itself would be escaped twice. */
function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, Json]) => [name, ...textsIn(inner)]);
}
