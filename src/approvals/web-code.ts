// Until there is a sign-in, whoever reaches the local chat page is its one person. So a yes to high stakes there also takes a
// code that only the terminal (or the log) of this Nova shows, new at each start: reading the page is not enough.
import type { AccountId } from "../ids.ts";
import type { Stakes } from "../proposal.ts";

/** `code` absent: nobody was shown one, so the page can't approve high stakes at all. */
export type WebYes = {
  readonly code: string | undefined;
  readonly account: AccountId;
  readonly stakes: Stakes;
  readonly typed: string | null;
};

const needsCode = ({ account, stakes }: WebYes): boolean => account.startsWith("web:") && stakes === "high";

/** What was typed without the code at its end; that is nothing to keep, and no part of an amount. */
export function typedBesideCode(yes: WebYes): string | null {
  const { code, typed } = yes;
  const text = typed?.trimEnd() ?? "";
  return needsCode(yes) && code !== undefined && text.toLowerCase().endsWith(code)
    ? text.slice(0, -code.length).trim()
    : typed;
}

/** One sentence for whoever pressed without it; null: it is there, or not needed. */
export function missingCodeWords(yes: WebYes): string | null {
  const { code, typed } = yes;
  if (!needsCode(yes)) return null;
  if (code === undefined)
    return "Much is at stake, and on this page nobody signs in: approve it in the terminal or on a chat platform. Nothing was done.";
  return typed?.trimEnd().toLowerCase().endsWith(code) === true
    ? null
    : "Much is at stake, and on this page nobody signs in: press Approve again and type what the card asks for, then a space and the web code that Nova showed where it runs (its terminal or log). Nothing was done.";
}
