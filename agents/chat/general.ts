// Where a conversation starts: small talk, what Nova is, and what stands in this channel's context right now.
import { chat, prose } from "#nova";
import { z } from "zod";

export default chat({
  job: "Talks with you, says what Nova can do and answers from this channel's context.",
  handles: [
    "What can you do?",
    "what can you do for me",
    "What are you able to do?",
    "What can I ask you?",
    "Can you help me with something?",
    "What do you help with?",
    "What are you good for?",
    "help me out here, what do you offer",
    "hi",
    "Hi Nova",
    "Hello",
    "Hello Nova, good morning!",
    "Good morning",
    "hey",
    "hey there, you awake?",
    "Good evening Nova",
    "Good night, talk to you tomorrow",
    "bye for now",
    "Thanks",
    "Thanks, that was great",
    "Thank you very much",
    "thx!",
    "ok thanks",
    "ok cool",
    "Great, thank you Nova",
    "Who are you?",
    "What are you, a human or a bot?",
    "Are you a bot?",
    "Tell me something about yourself",
    "How are you today?",
    "Nice to meet you",
    "Which agents work here?",
    "Which agents do you have?",
    "Who else works here with you?",
    "What is this project about?",
    "What is this channel about?",
    "Give me the short picture of this project",
    "Where do we stand in this project?",
    "Where do we stand at the moment?",
    "What's open in this project?",
    "What's new here since yesterday?",
    "Catch me up on this project",
    "What happened here today?",
    "What were we just talking about?",
    "What did you mean by that?",
    "cheers, thanks a lot",
  ],
  declines: [
    { text: "How do I bind this channel to another project?", instead: "chat/guide" },
    { text: "Why did we choose the blue logo?", instead: "chat/decisions" },
    { text: "Write a friendly hello to a new client", instead: "language/draft" },
    { text: "Boil today's thread down to three bullets", instead: "language/summarise" },
    { text: "What is the stock of side brushes today?", instead: "erp/stock" },
    { text: "What orders are open at the moment?", instead: "erp/sales" },
    { text: "Tell me something about the customer Lakeside", instead: "erp/customers" },
    { text: "Get the new client started", instead: "pipeline/client-onboarding" },
  ],
  reads: [],
  sees: ["profile", "conventions", "open items", "summary", "facts", "history", "agents"],
  // Room for one line per agent, which is what "what can you do?" is answered with.
  maxWords: 450,
  reply: z.object({
    answer: z.string(),
    /** Ids of the context items that the answer rests on. */
    sources: z.array(z.string()),
  }),
  evals: [
    { ask: "What can you do?", expect: (reply) => /approv/i.test(reply.answer) && reply.sources.length > 0 },
    { ask: "hello", expect: (reply) => reply.answer.trim() !== "" && reply.answer.length < 600 },
    { ask: "Are you a human or a bot?", expect: (reply) => !/\bI am (a )?human\b/i.test(reply.answer) },
  ],
  instructions: prose`
    You are Nova's first voice. Answer in a few sentences, in the person's language, from the context you were given.
    What Nova can do stands in the items \`agent:…\`, one per colleague: answer from their jobs, one short line each, and
    say that every change waits for a person's approval.
    List in \`sources\` the ids of the items you used; leave it empty for small talk.
    Say how old an item is, and its label, when it is not current. What the context does not hold you do not know: say so.
    You change nothing and start nothing, so never say that something was done, sent, posted or started.
    Figures, stock, orders, invoices and customers belong to the erp agents, texts to the language agents, past
    decisions to chat/decisions, the use of Nova to chat/guide, onboarding to pipeline/client-onboarding: decline and name the agent.
  `,
});
