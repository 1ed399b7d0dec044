// Posts as the engine makes them, for the suites of surfaces.
import type { Card, Post } from "../../src/post.ts";
import type { Delivery } from "../../src/ports.ts";
import type { ThreadId } from "../../src/ids.ts";

export const reply = (text: string, more: Partial<Post> = {}): Post => ({
  kind: "reply",
  text,
  card: null,
  buttons: [],
  footer: null,
  only: null,
  ...more,
});

const card: Card = {
  proposal: "p-12ab34cd56",
  title: "Confirm sales order SO-1002 for Brightside Ltd, EUR 420.00",
  effects: ["Order state: draft → confirmed", "Stock of BR-20 Main brush: 240 → 200"],
  checks: ["Credit limit kept: EUR 1,200.00 of 5,000.00"],
  terms: ["medium stakes", "undo: cancel the order", "expires in 24 h"],
  requestedBy: "Kit",
  agent: "erp/sales",
  agentWords: "This is the order from Tuesday.",
  fingerprint: "9f86d081",
  state: "Waiting for Kit",
  isOpen: true,
};
export const proposal = (change: Partial<Card> = {}): Post => ({
  kind: "card",
  text: "",
  card: { ...card, ...change },
  buttons: [
    { nonce: "nova1.approve", label: "Approve", style: "primary", asks: null },
    { nonce: "nova1.reject", label: "Reject…", style: "danger", asks: "Why not?" },
  ],
  footer: null,
  only: null,
});
export const question: Post = {
  kind: "question",
  text: "Which of these do you mean?",
  card: null,
  buttons: [
    { nonce: "nova1.one", label: "Overdue invoices", style: "primary", asks: null },
    { nonce: "nova1.two", label: "Stock", style: "plain", asks: null },
  ],
  footer: null,
  only: null,
};

export const delivery = (
  thread: ThreadId,
  post: Post,
  more: { readonly id: string; readonly shownAs?: string; readonly inReplyTo?: string },
): Delivery => ({
  id: more.id,
  thread,
  post,
  shownAs: more.shownAs ?? null,
  inReplyTo: more.inReplyTo ?? null,
});
