// What the person is told of the files that came along: which could not be opened and why, and what was left out. Said by
// code under the answer, whatever the agent made of it.
import type { Checked } from "../message.ts";
import { say } from "../post.ts";

export function withFileNotes(checked: Checked): Checked {
  const notes = checked.attached?.notes ?? [];
  if (notes.length === 0) return checked;
  const words = notes.map((note) => `- ${note}`).join("\n");
  const last = checked.posts.at(-1);
  if (last === undefined) return { ...checked, posts: [say(words)] };
  return {
    ...checked,
    posts: [...checked.posts.slice(0, -1), { ...last, text: `${last.text}\n\n${words}` }],
  };
}
