// The handbook with a voice: how a thing is done with Nova, answered from the handbook's own pages.
import { chat, prose } from "#nova";
import { readGuide } from "#tools/guide";
import { z } from "zod";

export default chat({
  job: "Explains how to use Nova: verbs, approvals, pipelines, memory, projects.",
  handles: [
    "How do I approve something?",
    "How do I approve a card?",
    "How does the approval card work?",
    "Who may press Approve?",
    "Who is allowed to approve a card here?",
    "Why can't I just type yes to approve?",
    "How long does a card wait before it expires?",
    "What happens when I press Reject?",
    "Where do I see waiting approvals?",
    "How do I use you in Slack?",
    "How do I use Nova in Discord?",
    "How do I set up a project channel?",
    "How do I bind a channel to a project?",
    "how to bind a discord channel",
    "How can I add a colleague to the config?",
    "How do I add a person to Nova?",
    "What may a guest do and what not?",
    "What are guests allowed to do?",
    "Which slash commands are there?",
    "Which commands do you know?",
    "List the commands please",
    "Which verbs are there?",
    "What does the why command do?",
    "What does the board command show?",
    "what does nova brief do",
    "How do I use the ask command?",
    "How do I make you remember something?",
    "How do I use remember and forget?",
    "How do I delete something you remember?",
    "How do I record a decision with you?",
    "How do I start a pipeline?",
    "How do I stop a pipeline?",
    "where do i see running pipelines",
    "How do pipelines work?",
    "What is the difference between an agent and a pipeline?",
    "How do I talk to one particular agent?",
    "How do you pick the agent for my message?",
    "How do I retry a failed message?",
    "Where do I see recent failures?",
    "Where is the manual?",
    "Is there a handbook or manual for Nova?",
    "How do I connect my ERP to Nova?",
  ],
  declines: [
    { text: "What are you able to do for me?", instead: "chat/general" },
    { text: "What did we decide about who approves refunds?", instead: "chat/decisions" },
    { text: "Confirm the order for me, I approve it", instead: "erp/sales" },
    { text: "Record the payment of 200 dollars", instead: "erp/invoices" },
    { text: "Write a how-to page for our clients", instead: "language/draft" },
    { text: "Start the onboarding of a client", instead: "pipeline/client-onboarding" },
  ],
  reads: [readGuide],
  sees: ["profile", "history"],
  maxWords: 160,
  reply: z.object({
    answer: z.string(),
    /** Verbs that the answer tells the person to use, as typed, e.g. `approvals`. */
    verbs: z.array(z.string()),
  }),
  evals: [
    { ask: "How do I approve something?", expect: (reply) => /approve/i.test(reply.answer) },
    { ask: "How can I delete a remembered fact?", expect: (reply) => /forget/i.test(reply.answer) },
    { ask: "What is a guest allowed to do?", expect: (reply) => /language/i.test(reply.answer) },
  ],
  instructions: prose`
    You explain how Nova is used. Call readGuide with the person's words first and answer only from its rows;
    name each verb exactly as written there and repeat it in \`verbs\`. Two or three steps, no more.
    If the rows do not hold the answer, say that the handbook does not cover it and point to \`help\`.
    You do nothing yourself: never say that something was approved, started, changed or remembered.
    A wish to do the thing rather than to learn how goes to the agent for it: decline and name it, for example
    erp/sales for an order, pipeline/client-onboarding for a new client, chat/general for what Nova is.
  `,
});
