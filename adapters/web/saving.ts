// A long post can be taken along as a file: what is read on the page is what is saved, letter by letter.
import type { Context } from "hono";
import { markup } from "./html.ts";
import type { Html } from "./html.ts";
import type { Post } from "../../src/post.ts";
import type { Entry, Store } from "./store.ts";

/** Shorter posts are copied faster than they are saved. */
const worthSaving = 4_000;

/** The page shows everything: where other places show a beginning beside a file, here is the file's text. */
export const wholeOf = (post: Post): string => post.file?.text ?? post.text;

export function drawSave({ elementId, content }: Entry): Html | null {
  if (content.kind !== "post" || wholeOf(content.post).length < worthSaving) return null;
  return markup`<p class="footer"><a href="/chat/files/${elementId}" download="answer.md">Save as a file</a></p>`;
}

export function sendFile(store: Store, context: Context): Response {
  const entry = store.changedAfter(0).find(({ elementId }) => elementId === context.req.param("id"));
  if (entry?.content.kind !== "post")
    return context.text("That answer is no longer on this page; ask for it again.", 404);
  context.header("Content-Disposition", 'attachment; filename="answer.md"');
  context.header("Content-Type", "text/markdown; charset=utf-8");
  return context.body(wholeOf(entry.content.post));
}
