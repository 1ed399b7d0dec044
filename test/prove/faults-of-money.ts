// Faults in what a model may cost: what is set aside, under which lines, and what becomes of it when nobody says the price.
import type { Fault } from "./faults.ts";

const budgets = "adapters/sqlite/budgets.ts";
const ceiling = "adapters/anthropic/ceiling.ts";
const journal = "test/contracts/journal.test.ts";
const requests = "test/adapters/anthropic-money.test.ts";
const rooms = "test/rooms/budget.test.ts";

const inTheLedger: readonly Fault[] = [
  {
    fault: "what does not fit is asked all the same",
    file: budgets,
    cut: "if (line.limitMicros <= 0 || highestMicros > leftMicros)",
    put: "if (line.limitMicros <= 0)",
    noticedBy: journal,
    named: "fits under one line and not under another",
  },
  {
    fault: "a limit of nothing lets through what costs nothing",
    file: budgets,
    cut: "if (line.limitMicros <= 0 || highestMicros > leftMicros)",
    put: "if (highestMicros > leftMicros)",
    noticedBy: journal,
    named: "a limit of nothing allows nothing",
  },
  {
    fault: "what is on its way counts for nothing",
    file: budgets,
    cut: "return standing === null ? 0 : standing.reservedMicros + standing.spentMicros;",
    put: "return standing === null ? 0 : standing.spentMicros;",
    noticedBy: journal,
    named: "whoever asks at the same moment",
  },
  {
    fault: "a request is settled as often as somebody says so",
    file: budgets,
    cut: '  store.run("DELETE FROM reservation WHERE id = ?1", id);\n',
    put: "",
    noticedBy: journal,
    named: "settled at the true one, once",
  },
  {
    fault: "a cost that nobody knows is none",
    file: budgets,
    cut: "costMicros ?? highest, unsettled",
    put: "costMicros ?? 0, unsettled",
    noticedBy: journal,
    named: "a cost that nobody knows is the highest",
  },
  {
    fault: "what a dead process had set aside stays so for ever",
    file: "adapters/sqlite/recovery.ts",
    cut: "  settleLeftOpen(ledger);\n",
    put: "",
    noticedBy: rooms,
    named: "what died in the middle counts at its highest",
  },
  {
    fault: "what a dead process had set aside is given back",
    file: budgets,
    cut: "settleCost(ledger, id, null);",
    put: "settleCost(ledger, id, 0);",
    noticedBy: rooms,
    named: "what died in the middle counts at its highest",
  },
];

const onTheWay: readonly Fault[] = [
  {
    fault: "requests go out unpaid",
    file: "adapters/anthropic/attempt.ts",
    cut: "const paid = await pay(params);",
    put: "const paid: Paid = () => void pay;",
    noticedBy: requests,
    named: "a plain answer",
  },
  {
    fault: "only the first of several tries is paid for",
    file: "adapters/anthropic/attempt.ts",
    cut: "    const outcome = await takeTurn(wire, attempt);",
    put: "    const pay: Attempt['pay'] = retries === 0 ? attempt.pay : async () => () => undefined;\n    const outcome = await takeTurn(wire, { ...attempt, pay });",
    noticedBy: requests,
    named: "four tries are four",
  },
  {
    fault: "what was cancelled in silence cost nothing",
    file: "adapters/anthropic/collector.ts",
    cut: "if (!isReported) return null;",
    put: "if (!isReported) return { ...usage };",
    noticedBy: requests,
    named: "cancelled in silence",
  },
  {
    fault: "a model without a known price is free",
    file: "adapters/anthropic/prices.ts",
    cut: '?? ""] ?? highest;',
    put: '?? ""] ?? per(0, 0);',
    noticedBy: requests,
    named: "is that of the dearest",
  },
  {
    fault: "the answer is left out of what a request can cost",
    file: ceiling,
    cut: "params.max_tokens * price.output",
    put: "0",
    noticedBy: requests,
    named: "never less than one token for each byte",
  },
  {
    fault: "an endpoint that counts too little lowers the bound",
    file: ceiling,
    cut: "Math.max(counted, Math.ceil(stable / mostBytesPerToken))",
    put: "counted",
    noticedBy: requests,
    named: "no less than it can be",
  },
];

const forWhom: readonly Fault[] = [
  ...(
    [
      [
        "perThreadPerDay",
        '    daily(`thread:${bill.thread}`, "This thread\'s budget for today", "perThreadPerDay"),\n',
      ],
      [
        "perPersonPerDay",
        '    daily(personScope(bill.person), "Your budget for today", "perPersonPerDay"),\n',
      ],
      ["perDay", '    daily(everybody, "The budget of everybody for today", "perDay"),\n'],
    ] as const
  ).map(([key, cut]) => ({
    fault: `${key} is asked of nobody`,
    file: "src/budget-lines.ts",
    cut,
    put: "",
    noticedBy: rooms,
    named: `${key} holds`,
  })),
  {
    fault: "a day ends at midnight somewhere else",
    file: "src/budget-lines.ts",
    cut: '    timeZone,\n    year: "numeric",',
    put: '    timeZone: "UTC",\n    year: "numeric",',
    noticedBy: rooms,
    named: "a day ends at midnight of its time zone",
  },
  {
    fault: "what a model says it cost beyond what it set aside is forgotten",
    file: "src/paid-model.ts",
    cut: "if (unpaid > 0) budget.note(bill, unpaid);",
    put: "",
    noticedBy: rooms,
    named: "is charged what a model says it cost",
  },
  {
    fault: "one message may ask for ever",
    file: "src/loop-stop.ts",
    cut: "if (questions.add(turn, 1) <= maxQuestions) return;",
    put: "if (questions.add(turn, 1) > 0) return;",
    noticedBy: rooms,
    named: "asks the model 48 times at most",
  },
  {
    fault: "one message may call any number of tools",
    file: "src/loop-stop.ts",
    cut: "if (tools.add(turn, count) <= maxTools) return;",
    put: "if (tools.add(turn, count) > 0) return;",
    noticedBy: rooms,
    named: "calls 160 tools at most",
  },
];

export const moneyFaults: readonly Fault[] = [...inTheLedger, ...onTheWay, ...forWhom];
