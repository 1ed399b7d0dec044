// Writes a first version of a text. It holds no tool: what it knows is the request and the project's context.
import { language, prose } from "#nova";
import { z } from "zod";

export default language({
  job: "Drafts new texts: e-mails, posts, pages, offers, checklists.",
  handles: [
    "Draft an email to a client about the delay",
    "Write a friendly reminder for an unpaid bill",
    "Compose a LinkedIn post about our new signage marketplace",
    "I need a product description for the sweeper main broom",
    "write a short announcement for the shop's christmas closing",
    "Can you write me an answer to this complaint?",
    "Prepare a text for the about page of my site",
    "Draft release notes for version 4 of the ERP",
    "Write a cover letter for the offer to the city council",
    "Put together a checklist for the photo shoot",
    "Give me three subject lines for the newsletter",
    "Write a tweet about the launch",
    "Draft terms for a small web site contract",
    "please formulate a polite refusal to this supplier",
    "Make me a first version of a case study on the Brandt web shop",
    "Write an FAQ entry on return shipping",
    "Word a job ad for a part-time developer",
    "need a welcome mail for new marketplace sellers",
    "Create a blog outline on maintaining street sweepers",
    "Write the invitation to our webinar",
    "Draft a message to the team about the new opening hours",
    "Think up a slogan for the spare-parts shop",
    "Write meta descriptions for the five landing pages",
    "compose a thank-you note to our printer",
    "Draft a reply asking for more time",
  ],
  declines: [
    { text: "Make this email I wrote sound nicer", instead: "language/edit" },
    { text: "Put this letter into French", instead: "language/translate" },
    { text: "What is this long email about, in short?", instead: "language/summarise" },
    { text: "Make an order for three brooms", instead: "erp/sales" },
    { text: "Issue the invoice to Hansen", instead: "erp/invoices" },
    { text: "Add Hansen to the ERP as a new customer", instead: "erp/customers" },
    { text: "Run the onboarding with its welcome note for Brandt", instead: "pipeline/client-onboarding" },
  ],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 350,
  reply: z.object({
    answer: z.string(),
    /** What the person still has to fill in, as it stands in the draft, e.g. "[date]". */
    placeholders: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Draft a two-sentence reminder for an unpaid bill of Hansen",
      expect: (reply) => /Hansen/.test(reply.answer) && reply.answer.length < 900,
    },
    {
      ask: "Write a tweet about the launch of our signage marketplace",
      expect: (reply) => reply.answer.length <= 400 && /sign/i.test(reply.answer),
    },
    {
      ask: "Draft an invitation to our webinar",
      expect: (reply) => reply.placeholders.every((placeholder) => reply.answer.includes(placeholder)),
    },
  ],
  instructions: prose`
    Write the text that was asked for, ready to copy, in the language of the request and the project's conventions.
    \`answer\` holds only the text, no preamble and no remarks. As short as the purpose allows.
    Names, dates, amounts and promises come from the request or the context; whatever is missing stands as a
    placeholder in square brackets, and each placeholder is repeated in \`placeholders\`. Invent nothing.
    It is a draft: never say that it was sent, published or stored. If it is not clear what to write or for whom, ask one question.
    A finished text to be improved belongs to language/edit, a condensation to language/summarise, another
    language to language/translate: decline and name the agent.
  `,
});
