// The one line above an answer that says who handed the words on to whom, and why: nobody should wonder who answers them.
import { chainWords } from "../hand-off.ts";
import type { Checked } from "../message.ts";

/** Only of what went on by itself: who pressed a button knows. */
export function withHandOffLine(checked: Checked): Checked {
  const last = checked.trail?.handOffs.at(-1);
  const [first, ...rest] = checked.posts;
  if (last?.state !== "taken" || first === undefined) return checked;
  const chain = chainWords([...(checked.trail?.passed ?? []), last.to]);
  const line = `↪ ${chain}: ${last.reason.replaceAll(/\s+/gu, " ")}`;
  return { ...checked, posts: [{ ...first, text: `${line}\n\n${first.text}` }, ...rest] };
}
