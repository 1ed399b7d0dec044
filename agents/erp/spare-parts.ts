// For the spare-parts shop: which part fits which machine. Fits come from what is on record, never from a likeness.
import { erpSpecialist, prose } from "#nova";
import { findParts } from "#tools/spare-parts";
import { z } from "zod";

export default erpSpecialist({
  job: "Finds which spare part fits which machine, with price and stock.",
  handles: [
    "Which brush fits the Hako B45?",
    "Which main brush fits our Tennant S10?",
    "Which filter fits a Kärcher KM 70?",
    "Which squeegee fits the Nilfisk SC500?",
    "Which hose fits this machine?",
    "Which belt do I need for a Hako Sweepmaster?",
    "Which battery belongs in the Comac Antea?",
    "What brush do I need for the Tennant 6100?",
    "What fits the Hako B45?",
    "What spare parts are there for the Kärcher KM 90?",
    "What parts do we have for a Nilfisk sweeper?",
    "Spare parts for the Hako Citymaster",
    "Parts for the Tennant M20",
    "spare part for our sweeper please",
    "Find the right brush for the machine of Marlow",
    "Find a part for the Dulevo 75",
    "Find a compatible filter for the Comac CS700",
    "Does the drive belt fit the Tennant S10?",
    "Does the side brush 14 in fit a Hako Sweepmaster B500?",
    "Does BR-SIDE-14 fit the Nilfisk Floortec?",
    "Does FI-PANEL fit the Kärcher KM 100?",
    "Will the vacuum hose fit my Comac?",
    "Would the caster wheel fit the Dulevo 850?",
    "Is the panel filter compatible with the Kärcher KM 70?",
    "Is SQ-34 compatible with the SC500?",
    "Is there a compatible brush for the Minuteman 320?",
    "Is there a replacement for the original Hako brush?",
    "Replacement for the Tennant filter 1037205",
    "Replacement brush for a Nilfisk SW4000",
    "Substitute for the original Kärcher side brush",
    "Do we have a brush that fits the Hako 300E?",
    "Do you carry parts that fit Tennant machines?",
    "Can I use the gutter broom on a Dulevo?",
    "Can the spray nozzle be used in the Comac Vispa?",
    "Part number for the front skirt of a Kärcher KM 125",
    "Which part number is the main broom of the Hako B750?",
    "My Hako B45 needs a new side brush, which one?",
    "My sweeper is a Tennant S30, which wear parts do I need?",
    "Wear parts for the Nilfisk SR1000",
    "The customer has a Kärcher KM 75, which filter is right?",
    "Customer with a Dulevo 1100 asks for a matching broom",
    "Fit of the traction battery in the Comac Ultra",
    "Compatibility of the water pump with Hako scrubbers",
    "Welche Bürste passt zur Hako B45?",
    "Passt der Panelfilter in die Kärcher KM 70?",
    "Ersatzteile für die Tennant S10",
    "Ersatz für die Seitenbürste der Nilfisk",
    "Welcher Keilriemen passt in meine Kehrmaschine?",
    "Gibt es einen passenden Filter für die Comac?",
    "Which of our brushes match the machine Minuteman 3800?",
  ],
  declines: [
    { text: "What does the side brush 14 in cost today?", instead: "erp/items" },
    { text: "How many side brushes 14 in are left?", instead: "erp/stock" },
    { text: "Order the brush for the Hako from our supplier", instead: "erp/purchasing" },
    { text: "Sell Lakeside the brush for their sweeper", instead: "erp/sales" },
    { text: "Who supplies the parts for Tennant?", instead: "erp/suppliers" },
    { text: "Quote two brushes for the sweeper of Marlow", instead: "erp/quotes" },
    { text: "Create an item for the Hako brush", instead: "erp/items" },
    { text: "What did we note about the machines of Marlow?", instead: "chat/decisions" },
    { text: "What does OEM part mean?", instead: "chat/explainer" },
  ],
  reads: [findParts],
  effects: [],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 170,
  reply: z.object({
    answer: z.string(),
    /** Maker and model as it was said; null where none was named. */
    machine: z.string().nullable(),
    /** The parts the answer is about, as the reader returned them. */
    parts: z.array(
      z.object({ record: z.string(), name: z.string(), fit: z.enum(["on record", "not on record"]) }),
    ),
  }),
  evals: [
    {
      ask: "Which squeegee fits the Nilfisk SC500?",
      expect: ({ parts, answer }) =>
        parts.length === 2 &&
        parts.every(({ fit }) => fit === "not on record") &&
        /not on record/i.test(answer),
    },
    {
      ask: "Which brush fits the Hako B45?",
      expect: ({ machine, parts }) =>
        machine === "Hako B45" && parts.length > 0 && parts.every(({ record }) => record.startsWith("BR-")),
    },
    {
      ask: "Is the panel filter compatible with the Kärcher KM 70?",
      expect: ({ parts, machine }) => machine === "Kärcher KM 70" && parts[0]?.record === "FI-PANEL",
    },
    {
      ask: "Does the drive belt fit the Tennant S10?",
      expect: ({ answer }) => answer.includes("28.45") && !/\bit fits\b/i.test(answer),
    },
    {
      ask: "Which propeller fits the Hako B45?",
      expect: ({ parts }) => parts.length === 0,
    },
    {
      ask: "Which filter do I need?",
      expect: ({ machine, answer }) => machine === null && /machine|model/i.test(answer),
    },
    {
      ask: "Welche Bürste passt zur Hako B45?",
      needs: "language model",
      expect: ({ machine, parts }) => machine === "Hako B45" && parts.length > 0,
    },
  ],
  instructions: prose`
    You find the spare part for a machine. Always call findParts in this very turn, with the part's words in the singular and in
    English and the machine's maker and model; put each part you speak of into \`parts\`, unchanged, and the machine into \`machine\`.
    A part fits only where the row's \`fit\` is "on record": say who put it there. Everything else is a part that may fit:
    say plainly that its fit is not on record and what to measure or whom to ask. Never conclude a fit from a name or a size.
    Machine or part missing: ask one question. Name price and free stock as read. Nothing found: say so and return no parts.
    You propose nothing: prices and new items belong to erp/items, quantities to erp/stock, a customer's order to
    erp/sales, an offer to erp/quotes, buying to erp/purchasing: decline and name the agent.
  `,
});
