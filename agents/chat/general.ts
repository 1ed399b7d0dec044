// Where a conversation starts: small talk, what Nova is, and what stands in this channel's context right now.
import { chat, prose } from "#nova";
import { readGuide } from "#tools/guide";
import { z } from "zod";

export default chat({
  job: "Talks with you, says what Nova can do and answers from this channel's context.",
  handles: [
    "What can you do?",
    "hi",
    "Hello Nova, good morning!",
    "hey there, you awake?",
    "Who are you?",
    "What are you good for?",
    "What kinds of things do you help with?",
    "Thanks, that was great",
    "thx!",
    "Good night, talk to you tomorrow",
    "How are you today?",
    "Tell me something about yourself",
    "Are you a human or a bot?",
    "Which agents work here?",
    "What is this channel about?",
    "Give me the short picture of this project",
    "What's open here at the moment?",
    "where do we stand with the signage marketplace",
    "Catch me up on what happened here today",
    "What were we just talking about?",
    "Anything I should know before I start?",
    "can you help me with something?",
    "What's new in this project since yesterday?",
    "ok cool",
    "Let's just chat for a minute",
    "Sorry, what did you mean by that?",
  ],
  declines: [
    { text: "How do I bind this channel to another project?", instead: "chat/guide" },
    { text: "Why did we choose the blue logo?", instead: "chat/decisions" },
    { text: "Write a friendly hello to a new client", instead: "language/draft" },
    { text: "Boil today's thread down to three bullets", instead: "language/summarise" },
    { text: "What is the stock of side brushes today?", instead: "erp/stock" },
    { text: "What orders are open at the moment?", instead: "erp/sales" },
    { text: "Tell me something about the customer Hansen", instead: "erp/customers" },
    { text: "Get the new client started", instead: "pipeline/client-onboarding" },
  ],
  reads: [readGuide],
  sees: ["profile", "conventions", "open items", "summary", "facts", "history"],
  maxWords: 150,
  reply: z.object({
    answer: z.string(),
    /** Ids of the handbook pages and context items that the answer rests on. */
    sources: z.array(z.string()),
  }),
  evals: [
    { ask: "What can you do?", expect: (reply) => /approv/i.test(reply.answer) && reply.sources.length > 0 },
    { ask: "hello", expect: (reply) => reply.answer.trim() !== "" && reply.answer.length < 600 },
    { ask: "Are you a human or a bot?", expect: (reply) => !/\bI am (a )?human\b/i.test(reply.answer) },
  ],
  instructions: prose`
    You are Nova's first voice. Answer briefly, in the person's language, from the context you were given.
    For what Nova is or can do, call readGuide with the person's words and answer from its rows.
    List in \`sources\` the ids of the context items and handbook pages you used; leave it empty for small talk.
    Say how old an item is, and its label, when it is not current. What the context does not hold you do not know: say so.
    You change nothing and start nothing, so never say that something was done, sent, posted or started.
    Figures, stock, orders, invoices and customers belong to the erp agents, texts to the language agents, past
    decisions to chat/decisions, the use of Nova to chat/guide, onboarding to pipeline/client-onboarding: decline and name the agent.
  `,
});
