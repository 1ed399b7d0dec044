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
  {
    fault: "an item of a batch tells its title only",
    file: "src/cards/card-effects.ts",
    cut: 'return [prepared.summary, ...told.map(lineOf)].join("; ");',
    put: "return told.length < 0 ? prepared.summary + keys.size : prepared.summary;",
    noticedBy: "test/rooms/batch-card.test.ts",
    named: "A16 A2",
  },
  {
    fault: "more is approved by one press than a platform shows on one card",
    file: "src/cards/card-effects.ts",
    cut: "return widths.reduce((sum, width) => sum + width, 0) <= wholeText.rest;",
    put: "return widths.reduce((sum, width) => sum + width, 0) <= wholeText.rest * 100;",
    noticedBy: "test/rooms/batch-card.test.ts",
    named: "asked on several",
  },
];
