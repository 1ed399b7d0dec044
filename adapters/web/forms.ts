// How the page's forms come in and are answered, whether a browser runs the page's script or not.
import type { Context } from "hono";

/** A body that is no form is an empty form, which the parser refuses with a sentence. */
export async function formOf(context: Context): Promise<unknown> {
  try {
    return await context.req.parseBody({ all: true });
  } catch {
    return {};
  }
}

/** A page with script hears of it through its stream; one without is shown the page anew. */
export const done = (context: Context): Response =>
  context.req.header("hx-request") === "true" ? context.body(null, 204) : context.redirect("/", 303);
