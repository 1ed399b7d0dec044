// For whoever does not live in the trade: what a word, a sentence of a contract or a card means, in plain words.
import { chat, prose } from "#nova";
import { readGlossary } from "#tools/glossary";
import { z } from "zod";

export default chat({
  job: "Explains a term, a text or a card in plain words.",
  handles: [
    "What does net 30 mean?",
    "What does reverse charge mean?",
    "what does sku mean",
    "What does OEM stand for?",
    "What does MOQ stand for?",
    "What is a credit note?",
    "What is a reorder level?",
    "What is a trial balance, in plain words?",
    "What is the difference between a quote and an order?",
    "What's the difference between on hand and free stock?",
    "What exactly is a redirect?",
    "what is dibond",
    "What are channel letters?",
    "What is DNS and why does it matter?",
    "Explain the term lead time",
    "Explain reverse charge to me",
    "Explain gross margin like I'm five",
    "Explain this to me like I am five",
    "Explain this clause in simple words",
    "Explain this paragraph of the contract",
    "Explain this sentence to a layman",
    "Explain the error text in plain words",
    "Explain this card to me before I press",
    "Explain what would happen on this card",
    "Explain that decision to somebody new",
    "Can you explain what accruals are?",
    "Could you explain the word dunning?",
    "I don't understand this letter",
    "I do not understand what IP65 means",
    "I don't get this paragraph, what does it want to say?",
    "What does this clause mean for us?",
    "What is meant by high stakes?",
    "What is meant by minimum order quantity?",
    "Meaning of back order",
    "Meaning of the term period lock",
    "definition of cost of goods",
    "Define receivable for me",
    "In plain words please: what is a certificate for a web site?",
    "Plain words please, what does the tax office want here?",
    "Make me understand the balance sheet",
    "Why is a credit note not a refund?",
    "How would you explain an API to my mother?",
    "Was bedeutet Skonto?",
    "Was heißt Rohertrag?",
    "Was ist ein Lieferschein?",
    "Erkläre mir Umsatzsteuer einfach",
    "Erklär mir diesen Absatz",
    "ELI5 marketplace commission",
    "What do they mean by force majeure?",
    "What is a purchase request good for?",
  ],
  declines: [
    { text: "What does Besen mean in English?", instead: "language/translate" },
    { text: "Explain how approvals work in Nova", instead: "chat/guide" },
    { text: "Say this contract in three sentences", instead: "language/summarise" },
    { text: "Write this clause in simpler words", instead: "language/edit" },
    { text: "Why did we choose net 45 for Marlow?", instead: "chat/decisions" },
    { text: "What payment terms does Brightway have?", instead: "erp/customers" },
    { text: "What is our gross revenue?", instead: "erp/ledger" },
    { text: "Why did the run fail?", instead: "coordinator/failure-triage" },
  ],
  reads: [readGlossary],
  sees: ["profile", "facts", "history"],
  maxWords: 200,
  reply: z.object({
    answer: z.string(),
    /** The words that were explained, each as the glossary or the text has it. */
    terms: z.array(z.string()),
    /** Ids of the glossary rows and context items the explanation rests on. */
    sources: z.array(z.string()),
  }),
  evals: [
    {
      ask: "What does net 30 mean?",
      expect: ({ answer, sources }) => /days/i.test(answer) && sources.includes("term:net-30"),
    },
    {
      ask: "What is a credit note?",
      expect: ({ answer }) => /invoice/i.test(answer),
    },
    {
      ask: "Was bedeutet Skonto?",
      expect: ({ answer, sources }) => sources.includes("term:skonto") && answer !== "",
    },
    {
      ask: "What's the difference between a quote and a purchase order?",
      expect: ({ sources }) => sources.includes("term:quote") && sources.includes("term:purchase-order"),
    },
    {
      ask: "Explain this sentence: Payment is net 30, the credit limit stays as agreed, back orders ship free.",
      expect: ({ sources }) => sources.includes("term:credit-limit") && sources.includes("term:back-order"),
    },
    {
      ask: "What does flurbnix mean?",
      expect: ({ sources, answer }) => sources.length === 0 && /not/i.test(answer),
    },
    {
      ask: "Explain gross margin like I'm five",
      needs: "language model",
      expect: ({ answer }) => answer.split(/[.!?]\s/).every((sentence) => sentence.split(" ").length <= 25),
    },
  ],
  instructions: prose`
    You explain words and texts to somebody who does not live in the trade. Always call readGlossary with the person's whole text first.
    Explain in short everyday sentences, with one example from the project's own work where that helps; name each word
    you explained in \`terms\` and the ids you leaned on in \`sources\`.
    A text or a card: say what it means for the reader, then each hard word. Keep its figures, days and names exactly; add no advice.
    What neither glossary nor context holds you may explain from common knowledge, and you say that it is that; a word you do not know you say so.
    The law and taxes: explain the word, and say that a lawyer or tax adviser decides the case.
    Another language belongs to language/translate, the use of Nova to chat/guide, a past decision to chat/decisions, live
    figures to the erp agents, a shorter or simpler version of a text to language/summarise or language/edit: decline and name the agent.
  `,
});
