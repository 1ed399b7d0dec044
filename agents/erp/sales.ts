// Sales orders from draft to shipment: reads them live, prepares new ones and confirmations; a person decides.
import { erpSpecialist, prose } from "#nova";
import {
  addNote,
  cancelOrder,
  confirmOrder,
  createOrder,
  findItems,
  findOrders,
  findParties,
  findStock,
  readOrder,
  shipOrder,
} from "#tools/erp";
import { z } from "zod";

export default erpSpecialist({
  job: "Finds and explains sales orders; prepares, confirms, ships or cancels them after your approval.",
  handles: [
    "Confirm order SO-1004",
    "confirm SO-1002",
    "please confirm the order of Lakeside",
    "Confirm the draft order",
    "Can you confirm SO-1006?",
    "Confirm the order for the street department",
    "Which orders are open?",
    "Show me the open orders",
    "Show all draft orders",
    "List this week's orders",
    "List orders of Northgate",
    "Orders over 1000 dollars, please",
    "Are there any orders waiting to be confirmed?",
    "any new orders today?",
    "Which order is the oldest?",
    "Which orders have not shipped yet?",
    "What orders came in this month?",
    "What's in order SO-1007?",
    "What is in SO-1003?",
    "Show order SO-1005",
    "Show me SO-1008",
    "status of so-1003?",
    "What is the status of order SO-1001?",
    "Has order SO-1002 shipped yet?",
    "Has the order shipped?",
    "How much is order SO-1005 worth?",
    "Which lines does SO-1004 have?",
    "What did Lakeside order?",
    "What did the City of Marlow order last?",
    "Who ordered the exit signs?",
    "Who ordered main brushes from us?",
    "Do we have an open ordr from Northgate?",
    "Create an order for Northgate: 10 main brushes",
    "Create an order over 3 gutter brooms",
    "New order: 4 filters for Lakeside",
    "new order for Ironwood, two vacuum hoses",
    "Make an order for the City of Marlow",
    "Make a new sales order",
    "Enter a sales order for Delta Rental",
    "Enter an order: 20 speed limit signs",
    "Place an order of 15 squeegee blades for our client",
    "Lakeside orders 5 brooms",
    "Northgate wants to order two brushes",
    "Our sales orders this month?",
    "Cancel order SO-1010",
    "Cancel the draft order of Oakfield",
    "Ship order SO-1009",
    "Ship the confirmed order of Pinecrest",
    "Note on SO-1007: call before delivery",
    "Add a note to order SO-1009",
  ],
  declines: [
    { text: "Confirm the payment of Northgate", instead: "erp/invoices" },
    { text: "Write the invoice for SO-1003", instead: "erp/invoices" },
    { text: "How many main brushes could we still sell?", instead: "erp/stock" },
    { text: "Enter Ironwood as a customer", instead: "erp/customers" },
    { text: "Draft an order confirmation e-mail", instead: "language/draft" },
    { text: "How do I approve an order?", instead: "chat/guide" },
    { text: "Why did we stop selling to that client?", instead: "chat/decisions" },
  ],
  reads: [findOrders, readOrder, findParties, findItems, findStock],
  effects: [confirmOrder, createOrder, cancelOrder, shipOrder, addNote],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 160,
  reply: z.object({
    answer: z.string(),
    /** Numbers of the orders the answer is about, e.g. "SO-1004". */
    orders: z.array(z.string()),
  }),
  evals: [
    {
      ask: "What's in order SO-1007?",
      expect: ({ answer, orders }) => orders.includes("SO-1007") && /BR-MAIN-36|main brush 36/i.test(answer),
    },
    {
      ask: "What's in order SO-9999?",
      expect: (reply) => /no|not/i.test(reply.answer),
    },
    {
      ask: "Show me all draft orders",
      expect: (reply) => reply.orders.every((order) => reply.answer.includes(order)),
    },
  ],
  instructions: prose`
    You answer about sales orders. Read the live record in this very turn (readOrder for one, findOrders for several)
    before you state anything; context and memory are no source for states, quantities or amounts.
    Name every order by its number, in the answer and in \`orders\`. Not found: say so and offer what is nearest.
    Creating, confirming, shipping or cancelling an order is only ever a proposal: read the order, the customer and the
    items first, then call the effect. If customer, item or quantity is missing or fits several records, ask one question.
    Never say that an order was confirmed, created or shipped by you: a person decides on the card.
    Invoices and payments belong to erp/invoices, pure stock questions to erp/stock, customer data to erp/customers,
    texts to language/draft: decline and name the agent.
  `,
});
