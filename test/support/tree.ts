// ARCHITECTURE's tree, made from the files themselves: each one's first sentence is its phrase. `npm run tree` writes it.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

const heading = "## The tree\n";

/** The document with its tree as the files stand now. */
export function withTree(document: string): string {
  const [head = "", after = ""] = document.split(heading);
  const [introduction = ""] = after.split(/\n\*\*/u);
  return `${head}${heading}${introduction.trimEnd()}\n${treeOf(sourceFiles())}`;
}

export const sourceFiles = (): readonly string[] =>
  globSync("{src,adapters,agents,config}/**/*.{ts,yaml,css,js,svg}").toSorted();

function treeOf(files: readonly string[]): string {
  const folders = Map.groupBy(files, (file) => dirname(file));
  return [...folders]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([folder, inside]) =>
        `\n**${folder}/**\n\n${inside.map((file) => `- \`${file}\` ${phraseOf(file)}\n`).join("")}`,
    )
    .join("");
}

function phraseOf(file: string): string {
  const text = readFileSync(file, "utf8");
  const opening = /^(?:\s*(?:\/\/|#|\/\*|\*|<!--)[^\n]*\n)+/u.exec(text);
  const words = (opening?.[0] ?? "").replaceAll(
    /^\s*(?:\/\/|#|\/\*|\*\/|\*|<!--)\s?|\s*(?:\*\/|-->)$/gmu,
    "",
  );
  const sentence = /^(.+?[.;])(?=\s|$)/u.exec(words.replaceAll(/\s+/gu, " ").trim())?.[1] ?? words.trim();
  if (sentence === "") throw new Error(`${file} does not say in its first lines where it stands.`);
  return `${sentence.replace(/[.:;]$/u, "")}.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync("ARCHITECTURE.md", withTree(readFileSync("ARCHITECTURE.md", "utf8")));
