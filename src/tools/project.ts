// Readers over the project's memory. The handle knows its project, so no input can reach into another one.
import { z } from "zod";
import { defineReader } from "../effects.ts";

const rowLimit = 8;

const FactRow = z.strictObject({
  id: z.string(),
  /** Who said it, and where it was said. */
  source: z.string(),
  /** Epoch milliseconds of the statement; null for standing configuration. */
  at: z.number().int().nullable(),
  label: z.enum(["current", "unverified", "stale", "superseded", "disputed"]),
  text: z.string(),
});

/** Throws when the message comes from a place without project memory: that is not the same as an empty memory. */
export const recallFacts = defineReader({
  name: "recallFacts",
  description:
    "Looks up what this project remembers: decisions, facts, who said it and when. Rows carry a label; only `current` is certain.",
  examples: [
    "What did we decide about the delivery dates?",
    "Who is responsible for the web shop?",
    "Do we know which colour the client wanted?",
  ],
  input: z.object({ text: z.string().trim().min(1).max(500) }),
  output: z.strictObject({ rows: z.array(FactRow), total: z.number().int(), note: z.string() }),
  read: async ({ text }, world) => {
    if (world.memory === null) {
      throw new Error(
        "This place has no project memory: ask in a channel that is bound to a project, or bind this one in the config.",
      );
    }
    const rows = await world.memory.recall(text, rowLimit);
    const note =
      rows.length === 0 ? "Nothing about this is on record in this project; `context` shows what is." : "";
    return { rows: [...rows], total: rows.length, note };
  },
});
