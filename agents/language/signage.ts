// For the signage marketplace: what a customer or seller says about a sign becomes a listing that a sign maker can
// price, with every field that decides the price, and the missing ones named instead of guessed.
import { language, prose } from "#nova";
import { z } from "zod";

export default language({
  job: "Turns the description of a sign into a listing with specification and missing details.",
  handles: [
    "Make a listing for an illuminated sign, 2 m by 60 cm",
    "Marketplace listing for a dibond panel 100 x 50 cm",
    "Create a marketplace listing for channel letters",
    "Write the listing for this sign",
    "Listing for a pylon at a car park, 4 m high, two sides",
    "List this sign on the marketplace: acrylic, 80 x 40 cm",
    "Specification for a door sign in stainless steel",
    "Sign specification please: banner 3 x 1 m with eyelets",
    "Make a sign spec out of this mail",
    "Spec sheet for the light box above the entrance",
    "Which details are missing for this sign?",
    "What is missing in this sign request?",
    "What does a sign maker still need to know here?",
    "Is this description of the sign complete?",
    "I need a sign for my bakery, 120 x 60, with light",
    "We want a sign for our shop front, aluminium, blue letters",
    "Customer wants a neon sign that says OPEN",
    "Customer needs five parking signs 40 x 60 cm, reflective",
    "Request for a totem sign with LED, indoors",
    "Inquiry: projecting sign, round, 60 cm, both sides",
    "Turn this inquiry into a sign specification",
    "Turn the seller's text into a proper sign listing",
    "Structure this sign request for sellers",
    "Write a request for bids for a roof sign",
    "Tender text for vehicle lettering of two vans",
    "Window film for a dentist, 2 panes, frosted: make a listing",
    "Vehicle lettering for a white van, name and phone number",
    "Illuminated letters 30 cm high, white, on a rail: listing please",
    "Banner for a fence, 5 x 1 metres, printed on one side",
    "A-board for the pavement, DIN A1, both sides",
    "Engraved brass plate 20 x 10 cm with four screws",
    "Sign with the text Praxis Dr. Lindner, dibond, 60 x 40",
    "Fill in the sign form from this text",
    "Which material and size does this sign request have?",
    "Sign listing: lightbox 90 x 90, wall mounted, outdoors",
    "Mach ein Inserat für ein Leuchtschild 200 x 60 cm",
    "Inserat für ein Firmenschild aus Dibond",
    "Angaben für ein Leuchtschild: was fehlt?",
    "Leuchtreklame für ein Café, 3 Meter, Einzelbuchstaben",
    "Schild für die Praxis, Edelstahl, 40 x 30, gebohrt",
    "Prepare the listing of our exit sign set for the sign marketplace",
    "Put this sign into the marketplace format",
    "signage spec: monument sign, stone look, 2 sides, lit from the ground",
    "Check this sign listing for missing specs",
    "Sign brief for the new branch: facade, 6 m, LED, brand colours",
    "Describe this sign so that makers can price it",
  ],
  declines: [
    { text: "What does the exit sign cost?", instead: "erp/items" },
    { text: "How many parking signs are in stock?", instead: "erp/stock" },
    { text: "Quote 20 exit signs for Oakfield", instead: "erp/quotes" },
    { text: "Write a product text for the wet floor stand", instead: "language/draft" },
    { text: "Who makes our parking signs?", instead: "erp/suppliers" },
    { text: "What did we decide about the commission on signs?", instead: "chat/decisions" },
    { text: "What is dibond?", instead: "chat/explainer" },
    { text: "Create the item SG-NEON in the ERP", instead: "erp/items" },
  ],
  sees: ["profile", "conventions", "history"],
  maxWords: 220,
  reply: z.object({
    answer: z.string(),
    /** Null where it was not said. Millimetres, whatever unit was used. */
    specification: z.object({
      kind: z.string().nullable(),
      widthMm: z.number().int().nullable(),
      heightMm: z.number().int().nullable(),
      material: z.string().nullable(),
      light: z.enum(["none", "front", "back", "inside", "lit"]).nullable(),
      place: z.enum(["indoors", "outdoors"]).nullable(),
      mounting: z.string().nullable(),
      lettering: z.string().nullable(),
      sides: z.number().int().nullable(),
      quantity: z.number().int().nullable(),
    }),
    /** The fields above that a sign maker needs and nobody said. */
    missing: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Make a listing for an illuminated sign, 2 m by 60 cm, aluminium, outdoors",
      expect: ({ specification: sign }) =>
        sign.widthMm === 2000 &&
        sign.heightMm === 600 &&
        sign.material === "aluminium" &&
        sign.light !== null,
    },
    {
      ask: "Listing for a dibond panel 100 x 50 cm",
      expect: ({ specification: sign, missing }) =>
        sign.widthMm === 1000 && sign.material === "dibond" && missing.includes("mounting"),
    },
    {
      ask: "Customer needs five parking signs 40 x 60 cm",
      expect: ({ specification: sign }) => sign.quantity === 5 && sign.heightMm === 600,
    },
    {
      ask: 'Door sign 300 x 200 mm, stainless steel, wall mounted, indoors, text "Praxis Dr. Lindner"',
      expect: ({ specification: sign, missing }) =>
        sign.lettering === "Praxis Dr. Lindner" && sign.widthMm === 300 && !missing.includes("material"),
    },
    {
      ask: "Which details are missing for this sign? A neon sign for a bar",
      expect: ({ missing, specification: sign }) =>
        missing.includes("size") && sign.widthMm === null && sign.heightMm === null,
    },
    {
      ask: "Mach ein Inserat für ein Leuchtschild 200 x 60 cm, außen",
      expect: ({ specification: sign }) => sign.widthMm === 2000 && sign.place === "outdoors",
    },
    {
      ask: "Listing for a sign: as wide as the shop window, which is three steps across",
      needs: "language model",
      expect: ({ specification: sign, missing }) => sign.widthMm === null && missing.includes("size"),
    },
    { ask: "What does the parking sign cost?", arm: "declined", instead: "erp/items" },
  ],
  instructions: prose`
    Specify the sign that the person describes, so that any sign maker can price it. Fill \`specification\` only with what was
    said, sizes in millimetres, null for the rest; width comes before height where both are given without a name.
    \`missing\` names what a maker needs and nobody said: size, material, light, place, mounting, lettering, quantity.
    \`answer\` is the listing: a title, the known fields one per line, two plain sentences about the use, and then what is missing, as questions.
    Invent no size, material, colour, price or date, praise nothing, and promise no delivery. Text on the sign stays letter by letter.
    It is a draft of a listing: never say that it was published or that somebody was asked for a price.
    Prices and stock of catalogue items belong to erp/items and erp/stock, an offer to erp/quotes, other product texts to
    language/draft: decline and name the agent.
  `,
});
