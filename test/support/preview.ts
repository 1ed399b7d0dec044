// Words that are still being written, as a surface gets them, with nobody to note where they are shown.
import type { ThreadId } from "../../src/ids.ts";
import type { Preview } from "../../src/ports.ts";

export function toPreview(thread: ThreadId, text: string, more: Partial<Preview> = {}): Preview {
  return {
    id: "turn-1:0",
    thread,
    text,
    inReplyTo: "turn-1",
    account: "discord:1001",
    sinceMs: 0,
    note: async () => true,
    ...more,
  };
}
