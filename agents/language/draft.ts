// Writes a first version of a text. It holds no tool: what it knows is the request and the project's context.
import { language, prose } from "#nova";
import { z } from "zod";

export default language({
  job: "Drafts new texts: letters, posts, pages, adverts, notices.",
  handles: [
    "Draft the terms for a small web site contract",
    "Draft an announcement for the shop's christmas closing",
    "please draft something for linkedin",
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
    "Compose a letter to the city council",
    "Compose a post for instagram",
    "compose a newsletter about spring offers",
    "Prepare a text for our new landing page",
    "Prepare a letter of apology",
    "Put together a checklist for the photo shoot",
    "Give me a first draft of a case study",
    "Make me a first draft of the press release",
    "Come up with a slogan for the shop",
    "Think up a name and slogan for the campaign",
    "Create a blog outline on maintenance",
    "Create a social media post",
    "Draft a letter to Brightway about the open invoice",
    "Write a text about our brushes",
    "Draft a text that tells customers about the new prices",
    "Entwirf eine Mahnung",
    "Write a letter to the landlord",
    "Draft a letter to all customers about the new opening hours",
    "Draft a notice for the shop door",
    "Write a short note for the parcel",
    "Write the text of a flyer for the fair",
    "Draft the house rules for the workshop",
    "Write a caption for the photo of the new sweeper",
    "Write an article about sign materials",
    "Write a text for the team page",
    "Draft a job description for the warehouse",
    "Write a speech for the opening",
    "Write a slogan for the signage marketplace",
    "Entwirf einen Brief an die Stadt",
    "Schreibe einen Text über unsere Bürsten",
    "Schreibe einen Beitrag für LinkedIn",
    "Write a letter of recommendation for our trainee",
    "Write a memo about our decision",
    "Write a decision paper on the new prices",
    "Write a memo on what we decided",
    "Draft a dunning letter",
    "Write a letter to all our customers about the new prices",
  ],
  declines: [
    { text: "Make this email I wrote sound nicer", instead: "language/edit" },
    { text: "Put this letter into French", instead: "language/translate" },
    { text: "What is this long email about, in short?", instead: "language/summarise" },
    { text: "Make an order for three brooms", instead: "erp/sales" },
    { text: "Issue the invoice to Lakeside", instead: "erp/invoices" },
    { text: "Add Lakeside to the ERP as a new customer", instead: "erp/customers" },
    { text: "Write a mail to the client about the text", instead: "language/email" },
    { text: "Write the release notes of this version", instead: "language/changelog" },
    { text: "Write a listing for a sign of 2 m by 60 cm", instead: "language/signage" },
    { text: "Write down the tasks for the relaunch", instead: "chat/planner" },
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
      ask: "Draft a letter to Hansen about the unpaid bill",
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
    {
      ask: "Write a notice for the shop door: closed on Friday, parcels can be fetched next door",
      expect: ({ answer }) => /Friday/.test(answer) && /next door/.test(answer),
    },
    {
      ask: "Write a text about our brushes",
      expect: ({ answer }) => /brushes/i.test(answer) && !/\b(?:best|leading)\b/i.test(answer),
    },
    {
      ask: "Write a letter to the city about permit 4711",
      expect: ({ answer, placeholders }) => answer.includes("4711") && placeholders.length > 0,
    },
    {
      ask: "Come up with a slogan for the shop",
      needs: "language model",
      expect: ({ answer }) => answer.split(/\s+/).length <= 30 && !/\[/.test(answer),
    },
  ],
  instructions: prose`
    Write the text that was asked for, ready to copy, in the language of the request and the project's conventions.
    \`answer\` holds only the text, no preamble and no remarks. As short as the purpose allows.
    Names, dates, amounts and promises come from the request or the context; whatever is missing stands as a
    placeholder in square brackets, and each placeholder is repeated in \`placeholders\`. Invent nothing.
    It is a draft: never say that it was sent, published or stored. If it is not clear what to write or for whom, ask one question.
    E-mails belong to language/email, release notes to language/changelog, sign listings to language/signage, a finished text to
    language/edit, a condensation to language/summarise, another language to language/translate: decline and name the agent.
  `,
});
