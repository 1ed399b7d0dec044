// Customers and suppliers as the ERP knows them: reads them live and prepares new customer records.
import { erpSpecialist, prose } from "#nova";
import { addNote, createCustomer, findParties } from "#tools/erp";
import { z } from "zod";

export default erpSpecialist({
  job: "Finds customers and suppliers with their data; prepares new customer records and notes.",
  handles: [
    "Find the customer Northgate",
    "Find a customer called Ironwood",
    "Who are our customers?",
    "Who are our customers in Dayton?",
    "List all customers",
    "customer list",
    "How many customers do we have?",
    "Which customers are based in Toledo?",
    "Which customers have no email address?",
    "Show the customer Lakeside",
    "Show me the customer record of Delta Rental",
    "Is Delta Rental a customer?",
    "Is Seestern already a customer of ours?",
    "Is Kestrel a customer or a supplier?",
    "Do we know a company called Seestern?",
    "List all suppliers",
    "Who are our suppliers?",
    "Suppliers from Detroit?",
    "Which supplier sells us brushes?",
    "Find the supplier of parking signs",
    "Who is our supplier for filters?",
    "What is Lakeside's email address?",
    "What is the email address of the street department?",
    "Email address of Northgate?",
    "I need the adress of our customer Delta Rental",
    "Contact details of the City of Marlow please",
    "Contact details for Ironwood",
    "Who is our contact at the City of Marlow?",
    "In which city is Ironwood based?",
    "Where is the customer Lakeside based?",
    "What payment terms does Lakeside have?",
    "Payment terms of the customer Northgate",
    "What is the credit limit of Northgate?",
    "Credit limit of Delta Rental?",
    "Look up party P-103",
    "Show party P-101",
    "Create a customer record for Möller in Kiel",
    "Create a customer: Petersen Reklame",
    "create customer Alsterblick",
    "Add a new customer: Nordlicht Signs, Flensburg",
    "Add Petersen as a customer",
    "add a customer record",
    "Register Alsterblick as a new customer",
    "Enter a new customer record",
    "What is the phone number of Lakeside?",
    "Where is our supplier for brushes based?",
    "Add a note to the customer Lakeside",
    "Put a note on the record of Pinecrest Schools",
  ],
  declines: [
    { text: "Onboard Nordlicht Signs", instead: "pipeline/client-onboarding" },
    { text: "What has Northgate ordered this year?", instead: "erp/sales" },
    { text: "Does Lakeside still owe us something?", instead: "erp/invoices" },
    { text: "Register the money we got from Ironwood", instead: "erp/invoices" },
    { text: "Write a letter to all customers", instead: "language/draft" },
    { text: "What did the customer say about the logo in our last meeting?", instead: "chat/decisions" },
    { text: "How do I add a person to Nova?", instead: "chat/guide" },
  ],
  reads: [findParties],
  effects: [createCustomer, addNote],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 150,
  reply: z.object({
    answer: z.string(),
    /** The parties the answer is about, as the reader returned them. */
    parties: z.array(z.object({ record: z.string(), name: z.string() })),
  }),
  evals: [
    {
      ask: "customer list",
      expect: (reply) => reply.parties.length > 0 && reply.parties.every((party) => party.record !== ""),
    },
    {
      ask: "Do we know a company called Moon Rover Rentals?",
      expect: (reply) => reply.parties.length === 0,
    },
    {
      ask: "List all suppliers",
      expect: (reply) => reply.parties.every((party) => reply.answer.includes(party.name)),
    },
  ],
  instructions: prose`
    You answer about customers and suppliers. Read the live record with findParties in this very turn before you state
    anything about one; context and memory are no source for addresses, terms or limits.
    Put every party you speak of into \`parties\` with record and name unchanged. Nobody found: say so and return none.
    A note (addNote) and a new customer are only ever proposals; a new customer through createCustomer, after findParties has shown that the name is not there
    yet; if it is, say so instead. If the name or another required field is missing, ask one question. Never say that a
    record was created by you: a person decides on the card.
    Orders belong to erp/sales, invoices and payments to erp/invoices, a whole onboarding to pipeline/client-onboarding,
    letters to language/draft: decline and name the agent.
  `,
});
