// A value letter for letter: JSON in which everything that could hide, reorder or pass for something else is spelled as
// an escape, so that what is read can be parsed back into exactly what is bound.

/**
 * Everything but plain letters, digits and signs of Latin alphabets and currencies; and the backtick, which could end a
 * block of code, with the signs that begin mentions and addresses, which platforms break even inside one.
 */
const mistakable = /[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u017f\u20a0-\u20bf]|[`@</]/gu;

export const toExact = (value: unknown): string =>
  JSON.stringify(value, null, 1).replaceAll(mistakable, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
