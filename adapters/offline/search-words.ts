// What a question looks for, once the words that only say what kind of record it is about are gone.
import type { ToolSpec } from "../../src/ports.ts";
import { cuesOf } from "./options.ts";
import { fieldsOf } from "./schema.ts";
import type { Field } from "./schema.ts";
import { plain } from "./scene.ts";
import { findCodes } from "./values.ts";
import { contentWords, numberOf, singular, spoken, stem, stemsOf } from "./words.ts";

const kindWords = new Set(
  `stock level inventory available left warehouse hand item product part quantity amount count many piece order invoice
  bill customer client supplier company party record status state open overdue outstanding unpaid draft confirmed
  shipped paid ledger balance account price cost entry list total decide decision decided remember agree agreed fact
  memory carry low run below reorder level worth line lines number sell sold buy due late new latest recent last check
  ordered ship payment money owe called cash yet already our his her enough came running spare based
  category zero dollar euro carry reserved arrived paying without contain details currently today week month year moment
  project know much anything everything nothing thing stuff anybody somebody everybody anyone someone everyone else got
  supply supplies supplied deliver make come remembered remind settle settled note noted kept keep said say record
  firm email mail address phone contact terms limit credit free need buying bought catalogue sum overall altogether
  named name reach tell cancelled invoiced unshipped pending reordering restock summary overview city adress sale
  sales oldest newest biggest largest highest lowest register receive put book mark bill enter add make create place
  post issue right just deliver purchase request quote offer lately recently booking booked journal entry receipt credit note wait waiting goods deliveries way expect expected answer answered outgoing incoming delivered minimum soon shelf stored store lie one earn revenue ready price prices missing
  wie viel viele was wer wo welche welcher welches wann ist sind hat haben habe wir uns unser unsere unseren der die
  das den dem ein eine einen auf im am von vom zu zur zum für und noch bitte zeig zeige zeigen gibt es lager bestand
  lagerbestand rechnung rechnungen auftrag aufträge kunde kunden kundenliste lieferant lieferanten liefert liefern
  offen offene überfällig überfällige schuldet geld liegt geht neige preis kostet teile artikel alle mir`
    .split(/\s+/)
    .map(stem),
);

const money = /[€$£]?\d[\d.,]*\s?(?:€|\$|£|dollars?|euros?|usd|eur)(?!\p{L})/giu;

/** Days and maker's numbers fall apart into figures that nobody asked for. */
const dotted = /\d{4}-\d\d-\d\d|\d+(?:[.,/]\d+)+(?:-\d+)*/gu;

/** Words that set one of the tool's flags or choices have said what they had to say. */
function flagWords(tool: ToolSpec): ReadonlySet<string> {
  const fields = fieldsOf(tool.inputSchema);
  const cues = fields.filter(({ type }) => type === "boolean").flatMap(cuesOf);
  const choices = fields.flatMap(({ options }) => options.map((option) => spoken(plain(option))));
  return new Set([...cues, ...choices].flatMap(stemsOf));
}

export function findWords(field: Field, text: string, tool: ToolSpec): string | undefined {
  const code = findCodes(text)[0];
  if (code !== undefined) return code;
  const named = new Set([...stemsOf(spoken(tool.name)), ...flagWords(tool)]);
  const content = contentWords(
    text
      .replace(/['’]s\b/g, "")
      .replaceAll(money, " ")
      .replaceAll(dotted, " "),
  );
  const special = content.filter((word) => !named.has(stem(word)) && !kindWords.has(stem(word)));
  // "20 nozzles" counts, "brush 14 in" is a name.
  const isCount = (word: string): boolean => numberOf(word) !== null;
  const searched = special.slice(special.findIndex((word) => !isCount(word)));
  if (special.some((word) => !isCount(word))) return searched.map(singular).join(" ");
  const isOpen = !field.isRequired || field.isNullable || field.hasDefault;
  if (isOpen) return undefined;
  return content.length > 0 ? content.join(" ") : text.slice(0, Math.min(field.maxLength, 500));
}
