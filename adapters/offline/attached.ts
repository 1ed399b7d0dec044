// Files that came with the words: what they say is taken from the context, line by line; what they show stays unseen
// here, and that is said.
import { honesty, say } from "./act.ts";
import type { Act } from "./act.ts";
import type { Scene } from "./scene.ts";

/** The words of the attached files, without the marks of quoting; null: there are none. */
export function attachedWords({ context }: Pick<Scene, "context">): string | null {
  const lines = context
    .filter(({ id }) => id.startsWith("file:"))
    .flatMap(({ text }) => text.split("\n"))
    .filter((line) => line.startsWith("> "))
    .map((line) => line.slice(2))
    .filter((line) => !/^\(page \d+\)$/u.test(line));
  const words = lines.join("\n").trim();
  return words === "" ? null : words;
}

/** Whatever was answered was answered without a look at the images. */
export function admitBlind(scene: Scene, act: Act): Act {
  if (scene.images.length === 0 || act.kind === "use") return act;
  const blind = `I can't see images (${scene.images.join(", ")}) without a language model.`;
  if (act.kind === "ask") return { ...act, question: `${blind} ${act.question}` };
  if (act.kind === "decline") return { ...act, why: `${blind} ${act.why}` };
  const isAboutThem = attachedWords(scene) === null && scene.text.startsWith("Attached: ");
  return isAboutThem ? say(`${blind} ${honesty}`) : { ...act, answer: `${act.answer}\n\n${blind}` };
}
