// Language work without a language model: summaries by extraction, drafts as a bare frame around the person's own
// words. Translating and polishing are declined, because a guess would read like the real thing.
import { decline, honesty, say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import type { Scene } from "./scene.ts";
import { summarise } from "./summary.ts";
import { contentWords } from "./words.ts";

/** By the first words of the agent's instructions, which say what its craft is. */
export function writeOffline(scene: Scene): Act {
  const craft = scene.instructions.slice(0, 60);
  if (/\b(?:summar|condens)/i.test(craft)) return summarise(scene);
  if (/\btranslat/i.test(craft)) return decline(`Translating needs a language model. ${honesty}`);
  if (/\b(?:improve|edit|correct|polish)/i.test(craft))
    return decline(`Improving a text needs a language model. ${honesty}`);
  if (/\b(?:write|draft|compose)\b/i.test(craft)) return draft(scene.text);
  return decline(honesty);
}

/** Subject and points in the person's own words; what only they can know stands in square brackets. */
function draft(text: string): Act {
  const request = text.trim().replace(/[.!?]+$/, "");
  const [lead = "", ...rest] = request.split(/(?::\s+|\n+)/);
  const about = /\b(?:about|on|regarding|that|saying|asking)\s+(.+)$/i.exec(lead)?.[1];
  const thing = lead.replace(/^(?:please |can you |could you )?\p{L}+ (?:me |us )?(?:(?:a|an|the) )?/iu, "");
  if (about === undefined && rest.length === 0 && contentWords(thing).length < 2)
    return {
      kind: "ask",
      question: "What should the text be about? A few points are enough: I put them into a plain frame.",
    };
  const points = (rest.length > 0 ? rest.join("\n") : (about ?? "[your points]")).split(
    /\n+|,\s+(?:and\s+)?|;\s+|(?<=[.!?])\s+/,
  );
  const subject = (about ?? thing).replace(/^./u, (first) => first.toUpperCase());
  const body = points.map((point) => `- ${point}`).join("\n");
  const note = `(A bare frame around your points. ${honesty})`;
  if (!/\b(?:e-?mail|mail|letter|message|reply|reminder|note|invitation|refusal)\b/i.test(lead))
    return say(`${subject}\n\n${body}\n\n${note}`, marksIn(body));
  const to = /\bto\s+(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)/u.exec(lead)?.[1] ?? "[name]";
  const letter = `Subject: ${subject}\n\nHello ${to},\n\n${body}\n\nKind regards\n[your name]`;
  return say(`${letter}\n\n${note}`, marksIn(letter));
}

const marksIn = (text: string): readonly Found[] =>
  [...new Set(text.match(/\[[^\]]+\]/g))].map((placeholder) => ({ from: "draft", row: { placeholder } }));
