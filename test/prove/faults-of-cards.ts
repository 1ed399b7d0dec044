// Faults in how a card is drawn: what somebody reads is no longer what their approval binds.
import type { Fault } from "./faults.ts";

const drawn = { noticedBy: "test/rooms/exact-card.test.ts", named: "drawn card" } as const;

export const cardFaults: readonly Fault[] = [
  {
    fault: "an amount or a party goes to the details",
    file: "src/cards/card-effects.ts",
    cut: "...changes.filter((_change, at) => keys.has(at)).map(lineOf),\n    ...others.filter(isChange).map(lineOf),",
    put: "...others.filter(isChange).map(lineOf),\n    ...changes.filter((_change, at) => keys.has(at)).map(lineOf),",
    noticedBy: "test/rooms/key-lines.test.ts",
    named: "A2",
  },
  {
    fault: "checks push an amount to the details",
    file: "src/cards/card-effects.ts",
    cut: "Math.max(effectLines.least, roomForKeys(prepared), left)",
    put: "Math.max(effectLines.least, left)",
    noticedBy: "test/rooms/key-lines.test.ts",
    named: "checks take their room",
  },
  {
    fault: "Slack shows another amount",
    file: "adapters/slack/proposal-card.ts",
    cut: "letters(clip(toOneLine(card.title), lineLimit), { bold: true }),",
    put: 'letters(clip(toOneLine(card.title).replace("0", "9"), lineLimit), { bold: true }),',
    ...drawn,
  },
  {
    fault: "Discord shows another amount",
    file: "adapters/discord/cards.ts",
    cut: "clipLiteral(toOneLine(card.title), description.title),",
    put: 'clipLiteral(toOneLine(card.title).replace("0", "9"), description.title),',
    ...drawn,
  },
  {
    fault: "the page leaves a part of the title out",
    file: "adapters/web/cards.ts",
    cut: '<h2 class="title">${card.title}</h2>',
    put: '<h2 class="title">${card.title.slice(0, 20)}</h2>',
    ...drawn,
  },
  {
    fault: "the terminal shows another change",
    file: "adapters/terminal/cards.ts",
    cut: "wrap(toOneLine(effect), inner.columns - 2)",
    put: 'wrap(toOneLine(effect).replace("→", "←"), inner.columns - 2)',
    ...drawn,
  },
  {
    fault: "the card names another amount than the one that is bound",
    file: "src/cards/card.ts",
    cut: ": moneyWords(amountCents, currency);",
    put: ": moneyWords(amountCents * 10, currency);",
    ...drawn,
  },
  {
    fault: "a title that is cut is taken to name the amount",
    file: "src/cards/card.ts",
    cut: ".slice(0, wholeStart), words)",
    put: ", words)",
    ...drawn,
  },
  {
    fault: "a warning does not fit on the card, and nobody hears of it",
    file: "adapters/discord/cards.ts",
    cut: "...toPhoneChecks(card.checks).map(toLine),",
    put: "...toPhoneChecks(card.checks).slice(0, 1).map(toLine),",
    ...drawn,
  },
  {
    fault: "a click approves what a platform has cut",
    file: "src/cards/card-effects.ts",
    cut: "return seen.length + (seen.match(/[^\\p{L}\\p{N} ]/gu)?.length ?? 0);",
    put: "return seen.length / 10;",
    ...drawn,
  },
];
