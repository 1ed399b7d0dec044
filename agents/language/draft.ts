// Writes a first version of a text. It holds no tool: what it knows is the request and the project's context.
import { language, prose } from "#nova";
import { z } from "zod";

export default language({
  job: "Drafts new texts: e-mails, posts, pages, offers, checklists.",
  handles: [
    "Draft an email to a client about the delay",
    "Draft an email to our printer",
    "Draft a message to the team about the opening hours",
    "Draft a reply asking for more time",
    "Draft release notes for version 4",
    "Draft the terms for a small web site contract",
    "Draft an announcement for the shop's christmas closing",
    "please draft something for linkedin",
    "Write an email to the landlord",
    "Write a friendly reminder to a client",
    "Write me a reply to this complaint",
    "Can you write me an answer to this mail?",
    "Write a short announcement about the relaunch",
    "Write a LinkedIn post about the signage marketplace",
    "Write a tweet about the launch",
    "Write a blog post about street sweepers",
    "Write a product description for the main broom",
    "Write a text for the about page",
    "Write a cover letter for the offer",
    "Write a job ad for a part-time developer",
    "Write an FAQ entry on return shipping",
    "Write the invitation to our webinar",
    "Write meta descriptions for the landing pages",
    "Write a thank-you note to a partner",
    "write a polite refusal",
    "I need a text for the start page",
    "I need a product description for the catalogue",
    "need a mail to all marketplace sellers",
    "Compose a letter to the city council",
    "Compose a post for instagram",
    "compose a newsletter about spring offers",
    "Prepare a text for our new landing page",
    "Prepare a letter of apology",
    "Put together a checklist for the photo shoot",
    "Give me three subject lines for the newsletter",
    "Give me a first draft of a case study",
    "Make me a first draft of the press release",
    "Come up with a slogan for the shop",
    "Think up a name and slogan for the campaign",
    "Create a blog outline on maintenance",
    "Create a social media post",
    "Draft an email to Ironwood about the late delivery",
    "Draft a mail to Northgate about the missing parts",
    "Draft a letter to Brightway about the open invoice",
    "Draft a reminder to Delta Rental about their overdue invoice",
    "Write a reminder about an unpaid invoice",
    "Write a payment reminder to Lakeside",
    "Write a mail to Summit about their order",
    "Write to Oakfield that their order is late",
    "Write a short note to the customer about the price",
    "Write a text about our brushes",
    "Draft a text that tells customers about the new prices",
    "Schreibe eine E-Mail an Lakeside",
    "Entwirf eine Mahnung",
    "Write a memo about our decision",
    "Write a decision paper on the new prices",
    "Write a memo on what we decided",
    "Draft an order confirmation mail to Lakeside",
    "Draft an invoice reminder",
    "Write to Summit that their order is late",
    "Write to Brightway that the parts are on their way",
    "Tell Northgate in a mail that we can not deliver",
    "Draft a dunning letter",
    "Write a letter to all our customers about the new prices",
    "Draft a mail to our customers about the holidays",
  ],
  declines: [
    { text: "Make this email I wrote sound nicer", instead: "language/edit" },
    { text: "Put this letter into French", instead: "language/translate" },
    { text: "What is this long email about, in short?", instead: "language/summarise" },
    { text: "Make an order for three brooms", instead: "erp/sales" },
    { text: "Issue the invoice to Lakeside", instead: "erp/invoices" },
    { text: "Add Lakeside to the ERP as a new customer", instead: "erp/customers" },
    { text: "Run the onboarding with its welcome note for Northgate", instead: "pipeline/client-onboarding" },
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
