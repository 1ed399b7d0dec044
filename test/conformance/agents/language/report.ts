// An agent whose answers may be as long as they like, so that the rules can see what a surface does with them.
import { language } from "#nova";
import { z } from "zod";
import draft from "../../../../agents/language/draft.ts";

export default language({
  ...draft,
  job: "Writes reports of any length.",
  declines: draft.declines.map(({ text }) => ({ text, instead: "language/note" })),
  reply: z.object({ answer: z.string() }),
  evals: draft.evals.map(({ ask }) => ({ ask, expect: ({ answer }) => answer !== "" })),
  maxWords: 100_000,
});
