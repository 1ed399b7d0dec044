// Small, valid samples of what the journal takes. Each test changes only what it is about.
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { ProjectId } from "../../src/ids.ts";
import type { ThreadId } from "../../src/ids.ts";
import type { Answer, Message } from "../../src/message.ts";
import type { Post } from "../../src/post.ts";
import type { Prepared } from "../../src/ports/erp.ts";
import type { Fact, Finish, KeptTurn, OutboxDraft, Vote } from "../../src/ports/journal-rows.ts";

export const project = ProjectId.parse("sweeper-parts");
export const who = { person: "Kit", project };

export function messageOf(id: string, changes: Partial<Message> = {}): Message {
  return {
    id,
    thread: "discord:2001:2001",
    channel: "discord:2001",
    account: { id: "discord:1001", name: "kit", standing: "regular" },
    at: 1_767_600_000_000,
    direct: false,
    addressed: true,
    body: { kind: "text", text: `words of ${id}` },
    ...changes,
  };
}

export function postOf(text: string): Post {
  return { kind: "reply", text, card: null, buttons: [], footer: null, only: null };
}

export function draftOf(id: string, changes: Partial<OutboxDraft> = {}): OutboxDraft {
  const content = { kind: "post", post: postOf(`post ${id}`) } as const;
  return { id, thread: "discord:2001:2001", turn: null, content, buttons: [], ...changes };
}

export function cardOf(proposal: string, changes: Partial<OutboxDraft> = {}): OutboxDraft {
  const buttons = [
    { nonce: `yes-${proposal}`, action: { kind: "approve", proposal } },
    { nonce: `no-${proposal}`, action: { kind: "reject", proposal } },
  ] as const;
  return draftOf(`card:${proposal}`, { content: { kind: "card", proposal }, buttons, ...changes });
}

export function answerOf(turn: KeptTurn, changes: Partial<Answer> = {}): Answer {
  const person = { name: "Kit", class: "owner", accounts: [turn.message.account.id] } as const;
  const home = {
    id: project,
    name: "Sweeper Parts",
    channels: [turn.message.channel],
    agents: ["chat/*"],
    erp: null,
  };
  return {
    turn: { ...turn, person, project: home },
    agent: "chat/general",
    route: { stage: "classifier", reasons: ["words"], candidates: [] },
    pack: null,
    outcome: "answered",
    posts: [],
    proposals: [],
    runs: [],
    waiting: null,
    usage: { inputTokens: 10, outputTokens: 5, dollars: 0.25 },
    failure: null,
    ...changes,
  };
}

export function finishOf(turn: KeptTurn, changes: Partial<Finish> = {}): Finish {
  const outbox = [draftOf(`reply:${turn.id}`, { thread: turn.message.thread, turn: turn.id })];
  return {
    answer: answerOf(turn),
    outbox,
    asked: `asked ${turn.id}`,
    answered: `said ${turn.id}`,
    ...changes,
  };
}

const prepared: Prepared = {
  command: {
    connector: "embedded",
    instance: "main",
    op: "confirm_order",
    args: { order: "SO-7", lines: [{ item: "B-1", quantity: 2000 }] },
  },
  summary: "Confirm order SO-7 for Brushwood, 40.00 EUR",
  changes: [{ record: "order:SO-7", label: "state", before: "draft", after: "confirmed" }],
  deltas: [{ record: "item:B-1", label: "stock", delta: "-2", before: "10", after: "8" }],
  guards: [{ check: "stock", isMet: true, detail: "10 in stock" }],
  warnings: [],
  versionTokens: { "order:SO-7": "3" },
  risk: { amountCents: 4000, currency: "EUR", isReversible: true, isExternal: false, records: 2 },
  undo: "Cancel the order",
};

export function proposalOf(id: string, changes: Partial<NewProposal> = {}): NewProposal {
  return {
    id,
    effect: "confirmOrder",
    agent: "erp/sales",
    prepared,
    declaredStakes: "medium",
    agentWords: "They asked for it.",
    turn: "turn-1",
    run: null,
    project,
    thread: "discord:2001:2001",
    requester: "Kit",
    requesterAccount: "discord:1001",
    commandHash: commandHashOf(prepared.command),
    effectHash: effectHashOf(prepared),
    stakes: "medium",
    minApprovals: 1,
    approvers: ["Kit", "Ada"],
    policyVersion: "1",
    expireAfterMs: 86_400_000,
    approveNonce: `yes-${id}`,
    rejectNonce: `no-${id}`,
    ...changes,
  };
}

export function voteOf(proposal: string, changes: Partial<Vote> = {}): Vote {
  const account = "discord:1001" as const;
  return { proposal, person: "Kit", account, decision: "approve", reason: null, ...changes };
}

export function factOf(id: string, text: string, changes: Partial<Fact> = {}): Fact {
  return {
    id,
    project,
    text,
    kind: "fact",
    saidBy: "Kit",
    at: 1_767_600_000_000,
    turn: "turn-1",
    ...changes,
  };
}

export const threadOf = (name: string): ThreadId => `discord:${name}:${name}`;
