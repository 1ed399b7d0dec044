// The project's own messages that routing is measured with: frozen, never trained on, each with what ought to become of
// it. One JSON object a line, in files of a folder.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BootError } from "../boot-error.ts";

export const FrozenMessage = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(["single", "oos", "ambiguous", "multi", "followup", "hostile"]),
  text: z.string(),
  /** Where it was written; null: a place without a project, where nothing is narrowed. */
  project: z.string().nullable(),
  /** The thread's last agent and the message it had; null: nothing was said before. */
  after: z.strictObject({ agent: z.string(), text: z.string() }).nullable(),
  /**
   * single, followup: who is fully right; multi: exactly these, in the order of the parts; ambiguous: one of them has
   * to be offered; oos: nobody; hostile: whom the words really ask for, or nobody.
   */
  expect: z.strictObject({ agents: z.array(z.string()) }),
});
export type FrozenMessage = z.infer<typeof FrozenMessage>;

export type Half = "development" | "test";

/** Settings are chosen on the development half only; the other half says what they are worth. Falls by the id alone. */
export function halfOf({ id }: Pick<FrozenMessage, "id">): Half {
  const [first = 0] = createHash("sha256").update(id).digest();
  return first % 2 === 0 ? "development" : "test";
}

/** Sorted by id. Throws a BootError for a line that is no message, and for an id that stands twice. */
export function loadFrozenSet(folder: string): readonly FrozenMessage[] {
  if (!existsSync(folder))
    throw new BootError(`${folder} is not there; name the folder of the frozen messages with --set.`);
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const messages = files.toSorted().flatMap((name) => readLines(join(folder, name)));
  const seen = new Set<string>();
  for (const { id } of messages) {
    if (seen.has(id)) throw new BootError(`Two frozen messages have the id ${id}; give one another.`);
    seen.add(id);
  }
  if (messages.length === 0)
    throw new BootError(`${folder} holds no frozen message; add a .jsonl file with one message a line.`);
  return messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function readLines(file: string): readonly FrozenMessage[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      const parsed = FrozenMessage.safeParse(parseJson(line));
      if (parsed.success) return [parsed.data];
      const [issue] = parsed.error.issues;
      const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
      throw new BootError(`${file}:${at + 1} is no frozen message${where}; correct the line.`);
    });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
