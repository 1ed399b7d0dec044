// Who else should have it: the near misses that a card names are the only thing that says so without a model.
import { decline } from "./act.ts";
import type { Act } from "./act.ts";
import { likeness } from "./choice.ts";
import type { Scene } from "./scene.ts";

/** Null: no near miss is alike enough, or one of the agent's own tools is more so. */
export function sendElsewhere({ text, declines, readers, effects }: Scene, enough: number): Act | null {
  const ranked = declines
    .map((near) => ({ ...near, like: likeness(near.text, text) }))
    .toSorted((left, right) => right.like - left.like);
  const [best] = ranked;
  const own = [...readers, ...effects].flatMap(({ examples }) => examples);
  const nearestOwn = Math.max(0, ...own.map((example) => likeness(example, text)));
  if (best === undefined || best.like < enough || best.like <= nearestOwn) return null;
  return decline(`That is for ${best.instead}, not for me.`, best.instead);
}
