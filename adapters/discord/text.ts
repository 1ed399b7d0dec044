// Text made fit for Discord: nothing that a model, a person or an ERP wrote can mention, ping, or hide what it says.
// `allowed_mentions` already forbids the ping; this makes it look inert too, also where a copy of it is quoted.

/** Where a reader could be misled about the order of what is written. */
const bidi = /[\u202a-\u202e\u2066-\u2069]/gu;
const mention = /<(?=[@#]|\/[\w-]+:)|@(?=everyone|here)/gu;
/** Quotes, headings and lists only start at the beginning of a line. */
const markup = /[\\*_~`|[\]<]|^[>#-]/gmu;

export const contentLimit = 2000;

/** Markdown stays, mentions become plain text. */
export function toInert(text: string): string {
  return text.replace(bidi, "\ufffd").replace(mention, "$&\u200b");
}

/** Shown letter by letter: for what code draws from records, where Markdown would be a disguise. */
export function toLiteral(text: string): string {
  return toInert(text.replace(markup, (character) => `\\${character}`));
}

/** Cut between characters, never inside one; the end says that it was cut. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}
