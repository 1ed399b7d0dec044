// House rule: nothing that Nova says may fetch a page. A link is shown between angle brackets, as code, or in a message
// whose previews are suppressed.
import type { MessageBody } from "./message-body.ts";
import type { Recorder } from "./recorder.ts";

const SUPPRESS_EMBEDS = 1 << 2;

export function forbidPreviews(recorder: Recorder, body: MessageBody, where: string): void {
  if (((body.flags ?? 0) & SUPPRESS_EMBEDS) !== 0) return;
  const shown = (body.content ?? "")
    .replaceAll(/```[\s\S]*?```|`[^`]*`/gu, "")
    .replaceAll(/<https?:[^>\s]*>/giu, "");
  if (/https?:\/\//iu.test(shown)) recorder.violate("house", "link-preview", where);
  const pictures = (body.embeds ?? []).filter((embed) => "image" in embed || "thumbnail" in embed);
  if (pictures.length > 0) recorder.violate("house", "picture", where);
}
