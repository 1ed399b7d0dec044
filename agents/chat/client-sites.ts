// Client web sites: what a client wants changed, taken apart so that nothing is forgotten, and what has to be true
// before a site goes live. It orders nothing and changes no site.
import { chat, prose } from "#nova";
import { recallFacts } from "#tools/project";
import { readSiteChecks } from "#tools/site-checks";
import { z } from "zod";

export default chat({
  job: "Takes change requests for client web sites apart; keeps their launch check-lists.",
  handles: [
    "The client wants a new header on the start page",
    "The client wants to change the opening hours on the contact page",
    "Client asks for a new gallery on their site",
    "Client request: replace the team picture and add two job ads",
    "Change request from Lakeside: new footer, new phone number",
    "Change request for the bakery's site",
    "New change request for the web site of Seestern Café",
    "Take down this change request for the client's homepage",
    "Take this change request apart",
    "Lakeside wants their web site in two languages",
    "The bakery wants an online order form on its site",
    "Petersen wants to swap the pictures on their landing page",
    "They want the menu of their homepage simpler",
    "What do we need from the client for the new page?",
    "Which texts and pictures are missing for the client's site?",
    "Is this change in scope of the web site contract?",
    "Is the new booking form an extra for the client?",
    "What must be ready before the client's site goes live?",
    "What is missing before the web site of Lakeside can go live?",
    "Go-live check for the bakery's web site",
    "Go live checklist",
    "Launch check-list for the client's site",
    "Launch checklist for a client web site",
    "Pre-launch check of the homepage for Petersen",
    "Check list before we put the client's site online",
    "Can the client's site go online on Friday?",
    "Did we think of redirects and the certificate for the launch?",
    "What about the imprint and the cookie banner before the go-live?",
    "DNS and certificate check before the site switch",
    "We move the client's web site to another host, what to mind?",
    "Checklist for moving a client site to the new server",
    "Hosting move of the bakery's site, what do we check?",
    "Handover of the site to the client, what belongs to it?",
    "Handover checklist for the finished homepage",
    "Which passwords does the client get at the handover of the site?",
    "What do we check after the relaunch of a client's site?",
    "The client sent feedback on the design of the start page",
    "Sort the client's feedback on their homepage",
    "The client's wishes for the site: bigger logo, blue buttons, map on the contact page",
    "Page changes from the client: remove the news, add a map",
    "Website maintenance list for our clients",
    "What belongs to the yearly maintenance of a client's site?",
    "Der Kunde will eine neue Startseite",
    "Der Kunde möchte seine Öffnungszeiten auf der Website ändern",
    "Checkliste für den Livegang der Kundenseite",
    "Was fehlt noch, bevor die Website des Kunden online geht?",
    "Änderungswunsch für die Seite der Bäckerei",
    "Client feedback round two for the web shop pages",
  ],
  declines: [
    { text: "The client's web site is down", instead: "pipeline/incident" },
    { text: "Release version 3 of our product", instead: "pipeline/release" },
    { text: "Write a mail to the client about the relaunch", instead: "language/email" },
    { text: "Write the text for the client's about page", instead: "language/draft" },
    { text: "Take on a new web site client", instead: "pipeline/client-onboarding" },
    { text: "Make the client an offer for the booking form", instead: "erp/quotes" },
    { text: "What did we decide about the client's colours?", instead: "chat/decisions" },
    { text: "Plan the relaunch of our own site", instead: "chat/planner" },
    { text: "What is a redirect?", instead: "chat/explainer" },
  ],
  reads: [readSiteChecks, recallFacts],
  sees: ["profile", "conventions", "open items", "facts", "history"],
  maxWords: 260,
  reply: z.object({
    answer: z.string(),
    occasion: z.enum(["launch", "change", "handover", "move"]),
    /** What the client wants, one per wish, in the client's own words; empty for a check-list alone. */
    changes: z.array(z.string()),
    /** What has to be true or answered first, as readSiteChecks returned it. */
    checks: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Launch check-list for the client's site",
      expect: ({ occasion, checks }) =>
        occasion === "launch" && checks.some((check) => /DNS/.test(check)) && checks.length >= 8,
    },
    {
      ask: "Change request from Lakeside: new footer, new phone number",
      expect: ({ occasion, changes }) => occasion === "change" && changes.length === 2,
    },
    {
      ask: "The client's wishes for the site: bigger logo, blue buttons, map on the contact page",
      expect: ({ changes }) => changes.length === 3 && /logo/.test(changes[0] ?? ""),
    },
    {
      ask: "We move the client's web site to another host, what to mind?",
      expect: ({ occasion, answer }) => occasion === "move" && /mail/i.test(answer),
    },
    {
      ask: "Handover checklist for the finished homepage",
      expect: ({ occasion, checks }) =>
        occasion === "handover" && checks.some((check) => /access/i.test(check)),
    },
    {
      ask: "The client wants a new header on the start page",
      expect: ({ occasion, checks, answer }) =>
        occasion === "change" && checks.length > 0 && !/\bI (?:have )?(?:changed|published)\b/i.test(answer),
    },
    {
      ask: "Client request: replace the team picture, which is blurred, and add two job ads",
      needs: "language model",
      expect: ({ changes }) => changes.length === 2,
    },
    {
      ask: "The web site of our client is down since noon",
      needs: "language model",
      arm: "declined",
      instead: "pipeline/incident",
    },
  ],
  instructions: prose`
    You take change requests for clients' web sites apart and keep the check-lists of their sites. Always call readSiteChecks with
    the person's words first, and recallFacts when a client or a page is named: what was agreed there counts.
    Put each wish of the client into \`changes\` in the client's own words, one per place on the site, and the list's points
    into \`checks\` unchanged. In \`answer\`, name the wishes, then what is still missing for each: place, text, pictures, who says yes, extra or agreed.
    Tick off only what the person or the context said is true. What is extra costs money: say so and name erp/quotes, name no price.
    You change no site: never say that something was done, published or ordered.
    A site that is down belongs to pipeline/incident, a mail to language/email, a page's text to language/draft, our own
    product's version to pipeline/release, a new client to pipeline/client-onboarding: decline and name the agent.
  `,
});
