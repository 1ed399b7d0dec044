// Something went wrong and nobody knows yet whose it is: the handbook, the memory and a plan are asked about the same
// words at once, so that the person gets what to press, what is known, and what to do next in one answer.
import { coordinator } from "#nova";
import guide from "../chat/guide.ts";
import planner from "../chat/planner.ts";
import researcher from "../chat/researcher.ts";

const answerOf = (
  parts: readonly { readonly agent: string; readonly answer: string }[],
  agent: string,
): string => parts.find((part) => part.agent === agent)?.answer ?? "";

export default coordinator({
  job: "Failure triage: what to press, what is on record about it, and the next steps.",
  maxParts: 3,
  handles: [
    "Why did that fail?",
    "why did it fail",
    "Why did my last message fail?",
    "Why did the run fail?",
    "Why did the weekly review fail?",
    "Why did the onboarding stop?",
    "Why did the release run fail?",
    "Why did the month-end close fail?",
    "Why did the stock reorder stop?",
    "Why did the proposal fail?",
    "Why was my order not created?",
    "Why was the invoice not posted?",
    "Why did you not send anything?",
    "Why does the pipeline hang?",
    "Why is the run stuck?",
    "Why do you always get this error?",
    "The run failed, what now?",
    "The pipeline failed, what do I do now?",
    "The run hangs since ten minutes, what now?",
    "The approval failed, what happened?",
    "It says something went wrong, what now?",
    "I got an error, what now?",
    "I got an error message from you",
    "An error came up, help me sort it out",
    "Help me sort out these errors",
    "Help me find out what went wrong",
    "What went wrong there?",
    "What went wrong with the last run?",
    "What broke just now?",
    "Something is broken here, where do I start?",
    "Something failed, what are the next steps?",
    "Nothing works since this morning",
    "Nothing works any more with you",
    "You did not answer, what went wrong?",
    "You keep failing, what is the matter?",
    "Triage the failures",
    "Triage this failure",
    "Triage this error: the ERP did not answer",
    "failure triage please",
    "Go through the recent failures with me",
    "Sort the failures of today by cause",
    "Look into the failed run",
    "Look into this failure for me",
    "Find the cause of the failed run",
    "Investigate why the order was not created",
    "Investigate the failed approval",
    "The change was approved and nothing happened, why?",
    "The outcome is unclear, what do I do?",
    "The ERP refused it, what can I do about that?",
    "It timed out again, what is wrong?",
    "Same error again, what shall we do about it?",
    "Debug this with me",
    "Warum ist das fehlgeschlagen?",
    "Warum ging das schief?",
    "Da ist ein Fehler gekommen, was nun?",
    "Der Lauf ist abgebrochen, was jetzt?",
  ],
  declines: [
    { text: "Where do I see failures in Nova?", instead: "chat/guide" },
    { text: "How do I retry a message that failed?", instead: "chat/guide" },
    { text: "The shop is down for customers", instead: "pipeline/incident" },
    { text: "Correct the wrong stock figure of the filter", instead: "erp/stock" },
    { text: "Why did we decide against the API?", instead: "chat/decisions" },
    { text: "Fix the errors in my text", instead: "language/edit" },
    { text: "What does the error code mean in plain words?", instead: "chat/explainer" },
    { text: "Plan the repair of the van", instead: "chat/planner" },
  ],
  parts: [
    { card: guide, ask: (said) => `What do I do about a failure: retry, failures, status? It was: ${said}` },
    { card: researcher, ask: (said) => `Gather everything on record about this failure: ${said}` },
    {
      card: planner,
      ask: (said) =>
        `Plan: read the exact words of the failure (${said.replaceAll(/[,;.?!\n]+/gu, " ").trim()}), then look with status whether everything is connected, then try it once more, then ask the owner if it fails again`,
    },
  ],
  evals: [
    {
      ask: "The run failed, what now?",
      expect: (parts) => /retry|failures/.test(answerOf(parts, "chat/guide")),
    },
    {
      ask: "Why did my last message fail?",
      expect: (parts) => /status/.test(answerOf(parts, "chat/planner")),
    },
    {
      ask: "Triage this error: the ERP did not answer",
      expect: (parts) => answerOf(parts, "chat/researcher") !== "",
    },
    {
      ask: "Nothing works since this morning",
      expect: (parts) => parts.every(({ text }) => /Nothing works since this morning/.test(text)),
    },
    {
      ask: "Help me sort out these errors",
      expect: (parts) => parts.length === 3 && parts.every(({ answer }) => answer !== ""),
    },
    {
      ask: "The approval failed, what happened?",
      expect: (parts) => !parts.some(({ answer }) => /\b(?:was|is) repaired\b/i.test(answer)),
    },
  ],
});
