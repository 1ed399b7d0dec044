// The frozen routing set as data: one schema for its lines and one way to read it, for whoever measures with it and for the
// test that pins it. Only measurements may read it; nothing is ever trained on it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const folder = join(import.meta.dirname, "routing");

const AgentId = z.string().regex(/^[a-z]+\/[a-z][a-z-]*$/u);

/** One message and what a sensible person would do with it. What the fields mean stands in `routing/README.md`. */
export const RoutingCase = z.strictObject({
  id: z.string().regex(/^[soamfh]-\d{4}$/u),
  kind: z.enum(["single", "oos", "ambiguous", "multi", "followup", "hostile"]),
  text: z.string(),
  project: z.string().nullable(),
  after: z.strictObject({ agent: AgentId, text: z.string().min(1) }).nullable(),
  expect: z.strictObject({ agents: z.array(AgentId) }),
});
export type RoutingCase = z.infer<typeof RoutingCase>;

const files = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();

/** Every case, in the order of file names and lines. Throws on a line that is not a case. */
export function loadRoutingSet(): readonly RoutingCase[] {
  return files().flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => RoutingCase.parse(JSON.parse(line))),
  );
}

/** SHA-256 over the names and bytes of all files: what the measured figures belong to. */
export function routingSetHash(): string {
  const hash = createHash("sha256");
  for (const name of files()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}
